"""The annexes of the Summary: programme as held, who took the floor, who was not reached."""

from collections.abc import Iterator
from typing import Final

from moderator.core.terms import Category, Phase, Standing
from moderator.core.units import Instant
from moderator.summary.english import CATEGORIES, capitalised
from moderator.summary.material import Material, interventions
from moderator.summary.outline import Part, Row, Source, SourceKind, Table
from moderator.summary.record import SegmentHeld, Turn


def annexes(material: Material) -> tuple[Part, ...]:
    """The annexes in their order; those with nothing in them fall away when laid out."""
    return (_programme_as_held(material), _took_the_floor(material), _not_reached(material))


def _programme_as_held(material: Material) -> Part:
    titles = {segment["id"]: segment["title"] for segment in material.document["segments"]}
    rows = tuple(
        Row(
            (titles[segment.id], _planned(material, segment), _held(material, segment)),
            (Source(SourceKind.PROGRAMME, segment.id), Source(SourceKind.LOG, segment.id)),
        )
        for segment in material.record.segments
    )
    return Part("Programme as held", table=Table(rows, ("Segment", "Planned", "Held")))


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
        Part(capitalised(many), table=Table(tuple(_voices(material, turns, category))))
        for category, (_, many) in CATEGORIES.items()
    )
    persons = Part("Speakers named in the programme", table=Table(tuple(_persons(material, turns))))
    return Part("List of those who took the floor", parts=(persons, *categories))


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
            voice = alphabet[turn.delegation], material.voice(turn.delegation, turn.group)
            by_voice.setdefault(voice, []).append(turn)
    for voice in sorted(by_voice):
        yield Row((voice[1],), interventions(by_voice[voice]))


def _not_reached(material: Material) -> Part:
    titles = {segment["id"]: segment["title"] for segment in material.document["segments"]}
    rows = tuple(
        Row(
            (material.voice(request.delegation, request.group), titles[request.segment]),
            (Source(SourceKind.REQUEST, request.id),),
        )
        for request in material.record.requests
        if request.standing is Standing.NOT_REACHED
    )
    return Part("Requests for the floor not reached", table=Table(rows, ("Delegation", "Segment")))
