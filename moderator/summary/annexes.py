"""The annexes of the Summary: programme as held, who took the floor, who was not reached."""

from collections.abc import Iterator
from statistics import mean, median
from typing import Final

from moderator.core.terms import Category, Phase, Standing
from moderator.core.units import MINUTE, SECOND, Instant
from moderator.summary.english import CATEGORIES, capitalised
from moderator.summary.material import Material, interventions
from moderator.summary.outline import Part, Row, Source, SourceKind, Table
from moderator.summary.record import SegmentHeld, Turn


def annexes(material: Material, *, statistics: bool) -> tuple[Part, ...]:
    """The annexes in their order; those with nothing in them fall away when laid out."""
    return (
        _programme_as_held(material),
        _took_the_floor(material),
        *((_statistics(material),) if statistics else ()),
        _written_questions(material),
        _not_reached(material),
    )


def _programme_as_held(material: Material) -> Part:
    titles = {segment["id"]: segment["title"] for segment in material.document["segments"]}
    rows = tuple(
        Row(
            (titles[segment.id], _planned(material, segment), _held(material, segment)),
            (Source(SourceKind.PROGRAMME, segment.id), Source(SourceKind.LOG, segment.id)),
        )
        for segment in material.record.segments
    )
    return Part(
        "annex-programme", "Programme as held", table=Table(rows, ("Segment", "Planned", "Held"))
    )


def _planned(material: Material, segment: SegmentHeld) -> str:
    if segment.planned is None:
        return _NOTHING
    starts, ends = segment.planned
    return f"{_clock(material, starts)}–{_clock(material, ends)}"


def _held(material: Material, segment: SegmentHeld) -> str:
    if segment.begun_at is None:
        is_over = material.record.phases[-1].phase is Phase.CLOSED
        return "Not held" if is_over else _NOTHING
    ended = "" if segment.ended_at is None else _clock(material, segment.ended_at)
    return f"{_clock(material, segment.begun_at)}–{ended}"


_NOTHING: Final = "–"


def _clock(material: Material, instant: Instant) -> str:
    return f"{material.local(instant):%H:%M}"


def _took_the_floor(material: Material) -> Part:
    """Every turn once, uncharacterised: by category, in alphabetical order."""
    turns = tuple(material.heard.values())
    categories = (
        Part(
            f"annex-speakers.{category}",
            capitalised(many),
            table=Table(tuple(_voices(material, turns, category))),
        )
        for category, (_, many) in CATEGORIES.items()
    )
    persons = Part(
        "annex-speakers.persons",
        _PERSONS,
        table=Table(tuple(_persons(material, turns))),
    )
    heading = "List of those who took the floor"
    return Part("annex-speakers", heading, parts=(persons, *categories))


def _persons(material: Material, turns: tuple[Turn, ...]) -> Iterator[Row]:
    """Speakers of the programme, in the order in which they first took the floor."""
    for person in dict.fromkeys(turn.person for turn in turns if turn.person is not None):
        theirs = interventions(turn for turn in turns if turn.person == person)
        yield Row((material.person(person),), theirs)


def _voices(material: Material, turns: tuple[Turn, ...], category: Category) -> Iterator[Row]:
    """Delegations of a category; one that spoke for a group, too, has a line for that."""
    # The document lists delegations by the alphabet of its language.
    alphabet = {code: place for place, code in enumerate(material.document["delegations"])}
    by_voice: dict[tuple[int, str], list[Turn]] = {}
    for turn in turns:
        if turn.delegation is not None and material.category(turn.delegation) is category:
            name = material.voice(
                turn.delegation, turn.group, turn.kind, also_national=turn.also_national
            )
            voice = alphabet[turn.delegation], name
            by_voice.setdefault(voice, []).append(turn)
    for voice in sorted(by_voice):
        yield Row((voice[1],), interventions(by_voice[voice]))


def _written_questions(material: Material) -> Part:
    """What was asked in writing, word for word, answered or not."""
    rows = tuple(
        Row(
            (
                material.voice(question.delegation, None),
                material.name(question.to),
                material.texts.get(question.words.id, _NOTHING),
            ),
            (Source(SourceKind.LOG, question.id),),
        )
        for question in material.record.questions
    )
    heads = ("Delegation", "To", "Question")
    return Part("annex-questions", "Written questions", table=Table(rows, heads))


def _not_reached(material: Material) -> Part:
    titles = {segment["id"]: segment["title"] for segment in material.document["segments"]}
    rows = tuple(
        Row(
            (
                material.voice(
                    request.delegation,
                    request.group,
                    request.kind,
                    also_national=request.also_national,
                ),
                titles[request.segment],
            ),
            (Source(SourceKind.REQUEST, request.id),),
        )
        for request in material.record.requests
        if request.standing is Standing.NOT_REACHED
    )
    heading = "Requests for the floor not reached"
    return Part("annex-not-reached", heading, table=Table(rows, ("Delegation", "Segment")))


def _statistics(material: Material) -> Part:
    """How the time was shared, by kind of voice; for the drafter, not for publication."""
    sorts: dict[str, list[Turn]] = {}
    for turn in material.heard.values():
        sorts.setdefault(_sort(material, turn), []).append(turn)
    order = [_PERSONS, _ON_BEHALF, *(capitalised(many) for _, many in CATEGORIES.values())]
    rows = tuple(
        Row(
            (
                sort,
                str(len(sorts[sort])),
                _length(sum(turn.used for turn in sorts[sort])),
                _length(round(mean(turn.used for turn in sorts[sort]))),
                _length(round(median(turn.used for turn in sorts[sort]))),
                str(sum(turn.overrun > 0 for turn in sorts[sort])),
            ),
            interventions(sorts[sort]),
        )
        for sort in order
        if sort in sorts
    )
    heads = ("Who", "Interventions", "Time", "Mean", "Median", "Beyond the limit")
    return Part("annex-statistics", "Statistics (not for publication)", table=Table(rows, heads))


_PERSONS: Final = "Speakers named in the programme"
_ON_BEHALF: Final = "On behalf of groups of States"


def _sort(material: Material, turn: Turn) -> str:
    if turn.delegation is None:
        return _PERSONS
    if turn.group is not None:
        return _ON_BEHALF
    return capitalised(CATEGORIES[material.category(turn.delegation)][1])


def _length(duration: int) -> str:
    """Minutes and seconds, the seconds begun not counted."""
    return f"{duration // MINUTE}:{duration % MINUTE // SECOND:02}"
