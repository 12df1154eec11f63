"""The first draft of the Summary: what the record holds, in the sections that such papers have.

Chairs and speakers of the programme are named; delegations are not, but for the annex that lists
who took the floor. Nothing is said that programme, record or notes do not hold.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from moderator.core.terms import PersonId, Phase, SegmentKind
from moderator.summary.annexes import annexes
from moderator.summary.english import (
    CATEGORIES,
    capitalised,
    counted,
    date_of,
    listed,
    listed_apart,
    sentence,
    time_of,
    times,
    with_article,
)
from moderator.summary.material import Material, Note, interventions
from moderator.summary.outline import (
    LOG,
    PROGRAMME,
    Paragraph,
    Part,
    Section,
    Source,
    SourceKind,
    laid_out,
)
from moderator.summary.record import Record, Turn

STATUS: Final = (
    "This summary is issued under the responsibility of the President alone. It was not "
    "negotiated and does not necessarily reflect the views of any or all participants."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted Summary; `status` says what kind of paper it is."""

    title: str
    status: str
    sections: tuple[Section, ...]


def draft(document: Mapping[str, Any], record: Record, notes: Iterable[Note]) -> Draft:
    """A first draft from the programme document (in English), the record and the notes.

    Notes come in the order in which they were written, which is kept under each theme.
    """
    material = Material(document, record, notes)
    chapters = (_introduction(material), *_chapters(material))
    return Draft(
        title=f"President’s Summary: {document['title']}",
        status=STATUS,
        sections=laid_out(chapters, annexes(material)),
    )


def _introduction(material: Material) -> Part:
    paragraphs = (
        _date_and_place(material),
        *_sittings(material),
        *_themes(material),
        *_counts(material),
    )
    return Part("Introduction", paragraphs)


def _date_and_place(material: Material) -> Paragraph:
    document, phases = material.document, material.record.phases
    opened = phases[0].act.at if phases else document["starts"]
    return Paragraph(
        f"The meeting “{document['title']}” of {with_article(document['organ'])} "
        f"{'was held' if phases else 'is planned to be held'} on "
        f"{date_of(material.local(opened))} at {document['place']}.",
        (PROGRAMME, LOG) if phases else (PROGRAMME,),
    )


def _sittings(material: Material) -> Iterator[Paragraph]:
    """When the meeting was opened, suspended, resumed and closed."""
    acts = [
        f"{_PHASES[place > 0, change.phase]} at {time_of(material.local(change.act.at))}"
        for place, change in enumerate(material.record.phases)
    ]
    if acts:
        yield Paragraph(sentence(f"The meeting was {listed(acts)}"), (LOG,))


_PHASES: Final = {
    (False, Phase.OPEN): "opened",
    (True, Phase.SUSPENDED): "suspended",
    (True, Phase.OPEN): "resumed",
    (True, Phase.CLOSED): "closed",
}
"""What happened when a phase began, first or later."""


def _themes(material: Material) -> Iterator[Paragraph]:
    for segment in material.document["segments"]:
        themes = [theme["text"] for theme in segment["themes"]]
        if themes:
            text = (
                f"For “{segment['title']}”, the programme set "
                f"{counted(len(themes), 'theme', 'themes')}: {listed_apart(themes)}."
            )
            yield Paragraph(text, (Source(SourceKind.PROGRAMME, segment["id"]),))


def _counts(material: Material) -> Iterator[Paragraph]:
    turns = tuple(material.heard.values())
    if turns:
        text = f"In all, the floor was taken {times(len(turns))}: {_voices(material, turns)}."
        yield Paragraph(text, interventions(turns))


def _voices(material: Material, turns: Sequence[Turn]) -> str:
    """Who took the floor, in numbers; a group is one voice, whoever speaks for it."""
    persons = {turn.person for turn in turns if turn.person is not None}
    groups = {turn.group for turn in turns if turn.group is not None}
    delegations = {
        turn.delegation for turn in turns if turn.delegation is not None and turn.group is None
    }
    parts = [counted(len(persons), "speaker", "speakers") + " named in the programme"]
    parts = parts if persons else []
    for category, (one, many) in CATEGORIES.items():
        count = sum(material.category(delegation) is category for delegation in delegations)
        parts += [counted(count, one, many)] if count else []
    by = [f"by {listed(parts)}"] if parts else []
    if groups:
        by.append(f"on behalf of {counted(len(groups), 'group of States', 'groups of States')}")
    return ", and ".join(by)


# The segments


def _chapters(material: Material) -> Iterator[Part]:
    """A chapter for each run of segments of one kind of which there is something to tell."""
    told = ((segment, _segment(material, segment)) for segment in material.document["segments"])
    full = ((SegmentKind(segment["kind"]), part) for segment, part in told if not part.is_empty)
    for kind, chapter in groupby(full, key=lambda item: item[0]):
        parts = tuple(part for _, part in chapter)
        if len(parts) > 1:
            yield Part(_CHAPTERS[kind], parts=parts)
        elif kind in (SegmentKind.OPENING, SegmentKind.CLOSING):
            yield Part(_CHAPTERS[kind], parts[0].paragraphs, parts=parts[0].parts)
        else:
            yield parts[0]


_CHAPTERS: Final = {
    SegmentKind.OPENING: "Opening segment",
    SegmentKind.PANEL: "Interactive panel discussions",
    SegmentKind.STATEMENTS: "Statements",
    SegmentKind.CLOSING: "Closing segment",
}
_SPEECHES: Final = {
    SegmentKind.OPENING: "Opening remarks were made",
    SegmentKind.PANEL: "Presentations were made",
    SegmentKind.STATEMENTS: "Statements were made",
    SegmentKind.CLOSING: "Closing remarks were made",
}
_NOUNS: Final = {
    SegmentKind.OPENING: "opening segment",
    SegmentKind.PANEL: "panel",
    SegmentKind.STATEMENTS: "segment",
    SegmentKind.CLOSING: "closing segment",
}

_Speech = tuple[PersonId, Turn]
"""A turn of a person of the programme."""


def _segment(material: Material, segment: Mapping[str, Any]) -> Part:
    turns = [turn for turn in material.heard.values() if turn.segment == segment["id"]]
    notes = [note for note in material.notes if note.segment == segment["id"]]
    speeches = [(turn.person, turn) for turn in turns if turn.person is not None]
    of_persons = {turn.id for _, turn in speeches}
    on_speeches = [note for note in notes if note.intervention in of_persons]
    on_the_floor = [note for note in notes if note.intervention not in of_persons]
    points, themes = _points(material, segment, on_the_floor)
    paragraphs = (
        *_chairs(material, segment),
        *_speeches(material, segment, speeches),
        *_points_of_speeches(material, speeches, on_speeches),
        *_discussion(material, segment, [turn for turn in turns if turn.person is None]),
        *_speeches_again(material, speeches),
        *points,
    )
    return Part(segment["title"], paragraphs, parts=themes)


def _chairs(material: Material, segment: Mapping[str, Any]) -> Iterator[Paragraph]:
    chairs = [material.person(chair) for chair in segment["chairs"]]
    held = any(
        held.id == segment["id"] and held.begun_at is not None for held in material.record.segments
    )
    if chairs and held:
        noun = _NOUNS[SegmentKind(segment["kind"])]
        verb = "co-chaired" if len(chairs) > 1 else "chaired"
        text = f"The {noun} was {verb} by {listed_apart(chairs)}."
        yield Paragraph(text, (Source(SourceKind.PROGRAMME, segment["id"]),))


def _speeches(
    material: Material, segment: Mapping[str, Any], speeches: Sequence[_Speech]
) -> Iterator[Paragraph]:
    """The speakers of the programme, in the order in which they first took the floor."""
    first = _first_of_each(speeches)
    if first:
        order = ", in this order," if len(first) > 1 else ""
        names = listed_apart([material.person(person) for person in first])
        text = f"{_SPEECHES[SegmentKind(segment['kind'])]}{order} by {names}."
        yield Paragraph(text, interventions(first.values()))


def _speeches_again(material: Material, speeches: Sequence[_Speech]) -> Iterator[Paragraph]:
    """The speakers of the programme who took the floor more than once."""
    first = _first_of_each(speeches)
    again = [(person, turn) for person, turn in speeches if turn != first[person]]
    if again:
        names = dict.fromkeys(material.name(person) for person, _ in again)
        text = f"{listed(list(names))} took the floor again."
        yield Paragraph(text, interventions(turn for _, turn in again))


def _first_of_each(speeches: Sequence[_Speech]) -> dict[PersonId, Turn]:
    first: dict[PersonId, Turn] = {}
    for person, turn in speeches:
        first.setdefault(person, turn)
    return first


def _points_of_speeches(
    material: Material, speeches: Sequence[_Speech], notes: Sequence[Note]
) -> Iterator[Paragraph]:
    """What was noted of speakers of the programme, who are named, speech by speech."""
    for person, turn in speeches:
        for note in notes:
            if note.intervention == turn.id:
                yield material.noted(f"{material.name(person)}: {sentence(note.text)}", note)


def _discussion(
    material: Material, segment: Mapping[str, Any], turns: Sequence[Turn]
) -> Iterator[Paragraph]:
    if turns:
        panel = SegmentKind(segment["kind"]) is SegmentKind.PANEL
        opening = "In the discussion, the floor" if panel else "The floor"
        text = f"{opening} was taken {times(len(turns))}, {_voices(material, turns)}."
        yield Paragraph(text, interventions(turns))


def _points(
    material: Material, segment: Mapping[str, Any], notes: Sequence[Note]
) -> tuple[tuple[Paragraph, ...], tuple[Part, ...]]:
    """The points noted, under their themes; where none has a theme, in one line."""
    by_theme = [
        (theme["text"], [note for note in notes if note.theme == theme["id"]])
        for theme in segment["themes"]
    ]
    themes = [
        Part(text, (*_voices_on_theme(material, noted), *_as_points(material, noted)))
        for text, noted in by_theme
        if noted
    ]
    themed = {note.id for _, noted in by_theme for note in noted}
    others = _as_points(material, [note for note in notes if note.id not in themed])
    if not themes:
        return others, ()
    return (), (*themes, Part("Other points raised", others))


def _voices_on_theme(material: Material, notes: Sequence[Note]) -> Iterator[Paragraph]:
    """How many voices the points come from.

    A group is one voice, whoever speaks for it, and whoever does is not counted a second time.
    """
    noted = {note.intervention for note in notes}
    turns = [turn for turn in material.heard.values() if turn.id in noted and turn.delegation]
    groups = {turn.group for turn in turns if turn.group is not None}
    speaking_for_them = {turn.delegation for turn in turns if turn.group is not None}
    others = {turn.delegation for turn in turns} - speaking_for_them
    if turns:
        who = counted(len(groups) + len(others), "participant", "participants")
        text = f"{capitalised(who)} raised points under this theme."
        yield Paragraph(text, interventions(turns))


def _as_points(material: Material, notes: Sequence[Note]) -> tuple[Paragraph, ...]:
    return tuple(material.noted(sentence(note.text), note) for note in notes)
