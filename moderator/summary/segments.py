"""A segment of the programme as a part of the Summary: who presided and spoke, and what was said.

In a panel: co-chairs, panellists, their presentations, the discussion by theme, then questions
and replies.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from moderator.core.terms import PersonId, SegmentKind
from moderator.summary.checks import SLOT
from moderator.summary.english import CATEGORIES, counted, listed, listed_apart, times
from moderator.summary.material import Material, Note, PointKind, interventions
from moderator.summary.outline import Paragraph, Part, Source, SourceKind
from moderator.summary.points import MANNERS, told, under_theme
from moderator.summary.record import Turn

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
_TOLD: Final = frozenset({SegmentKind.PANEL, SegmentKind.CLOSING})
"""Where each speaker of the programme has a paragraph, noted or not: openings are not told."""

_Speech = tuple[PersonId, Turn]
"""A turn of a person of the programme."""


def segment_part(
    material: Material, segment: Mapping[str, Any], elsewhere: Collection[str]
) -> Part:
    """What there is to tell of a segment; notes whose ids are in `elsewhere` have another place."""
    key = segment["id"]
    turns = [turn for turn in material.heard.values() if turn.segment == key]
    notes = [
        note
        for note in material.notes
        if note.segment == key
        and note.id not in elsewhere
        and note.kind is not PointKind.COMMITMENT
    ]
    speeches = [(turn.person, turn) for turn in turns if turn.person is not None]
    of_persons = {turn.id for _, turn in speeches}
    on_speeches = [note for note in notes if note.intervention in of_persons]
    on_the_floor = [note for note in notes if note.intervention not in of_persons]
    asked = [note for note in on_the_floor if note.kind in _ANSWERING]
    points, themes = _points(
        material, segment, [note for note in on_the_floor if note not in asked]
    )
    paragraphs = (
        *_chairs(material, segment),
        *_speeches(material, segment, speeches),
        *_presentations(material, segment, speeches, on_speeches),
        *_discussion(
            material,
            segment,
            [turn for turn in material.statements if turn.segment == key and turn.person is None],
        ),
    )
    exchange = (
        *_questions(material, key, asked),
        *_replies(material, key, speeches, on_speeches, asked),
    )
    again = tuple(_speeches_again(material, key, speeches))
    answered = [note for note in on_speeches if note.kind in _ANSWERING]
    if not (asked or answered):
        return Part(key, segment["title"], (*paragraphs, *again, *points), parts=themes)
    replies = Part(f"{key}.replies", "Questions and replies", (*exchange, *again))
    return Part(key, segment["title"], (*paragraphs, *points), parts=(*themes, replies))


_ANSWERING: Final = frozenset({PointKind.QUESTION, PointKind.REPLY})


def _chairs(material: Material, segment: Mapping[str, Any]) -> Iterator[Paragraph]:
    chairs = [material.person(chair) for chair in segment["chairs"]]
    held = any(
        held.id == segment["id"] and held.begun_at is not None for held in material.record.segments
    )
    if chairs and held:
        noun = _NOUNS[SegmentKind(segment["kind"])]
        verb = "co-chaired" if len(chairs) > 1 else "chaired"
        text = f"The {noun} was {verb} by {listed_apart(chairs)}."
        source = Source(SourceKind.PROGRAMME, segment["id"])
        yield Paragraph(f"{segment['id']}.chairs", text, (source,))


def _speeches(
    material: Material, segment: Mapping[str, Any], speeches: Sequence[_Speech]
) -> Iterator[Paragraph]:
    """The speakers of the programme, in the order in which they first took the floor."""
    first = _first_of_each(speeches)
    if first:
        order = ", in this order," if len(first) > 1 else ""
        names = listed_apart([material.person(person) for person in first])
        text = f"{_SPEECHES[SegmentKind(segment['kind'])]}{order} by {names}."
        yield Paragraph(f"{segment['id']}.speakers", text, interventions(first.values()))


def _presentations(
    material: Material,
    segment: Mapping[str, Any],
    speeches: Sequence[_Speech],
    notes: Sequence[Note],
) -> Iterator[Paragraph]:
    """What each speaker of the programme said, by name; a slot where nothing was noted."""
    key, kind = segment["id"], SegmentKind(segment["kind"])
    for person, first in _first_of_each(speeches).items():
        theirs = [
            note
            for note in notes
            if note.kind not in _ANSWERING
            and any(turn.id == note.intervention for who, turn in speeches if who == person)
        ]
        name = material.name(person)
        if theirs:
            yield told(material, f"{key}.{person}", theirs, MANNERS[None], name)
        elif kind in _TOLD:
            text = f"{name} stated that {SLOT}."
            yield Paragraph(f"{key}.{person}", text, interventions([first]))


def _replies(
    material: Material,
    key: str,
    speeches: Sequence[_Speech],
    notes: Sequence[Note],
    asked: Sequence[Note],
) -> Iterator[Paragraph]:
    """What was replied: by speakers of the programme, who are named, and from the floor."""
    for person in _first_of_each(speeches):
        for kind in (PointKind.QUESTION, PointKind.REPLY):
            theirs = [
                note
                for note in notes
                if note.kind is kind
                and any(turn.id == note.intervention for who, turn in speeches if who == person)
            ]
            if theirs:
                name = material.name(person)
                yield told(material, f"{key}.{person}.{kind}", theirs, MANNERS[kind], name)
    replied = [note for note in asked if note.kind is PointKind.REPLY]
    if replied:
        yield told(material, f"{key}.reply", replied, MANNERS[PointKind.REPLY])


def _questions(material: Material, key: str, asked: Sequence[Note]) -> Iterator[Paragraph]:
    questions = [note for note in asked if note.kind is PointKind.QUESTION]
    if questions:
        yield told(material, f"{key}.question", questions, MANNERS[PointKind.QUESTION])


def _speeches_again(
    material: Material, key: str, speeches: Sequence[_Speech]
) -> Iterator[Paragraph]:
    """The speakers of the programme who took the floor more than once."""
    first = _first_of_each(speeches)
    again = [(person, turn) for person, turn in speeches if turn != first[person]]
    if again:
        names = dict.fromkeys(material.name(person) for person, _ in again)
        text = f"{listed(list(names))} took the floor again."
        yield Paragraph(f"{key}.again", text, interventions(turn for _, turn in again))


def _first_of_each(speeches: Sequence[_Speech]) -> dict[PersonId, Turn]:
    first: dict[PersonId, Turn] = {}
    for person, turn in speeches:
        first.setdefault(person, turn)
    return first


def _discussion(
    material: Material, segment: Mapping[str, Any], turns: Sequence[Turn]
) -> Iterator[Paragraph]:
    if turns:
        panel = SegmentKind(segment["kind"]) is SegmentKind.PANEL
        opening = "In the discussion, the floor" if panel else "The floor"
        text = f"{opening} was taken {times(len(turns))}, {who_spoke(material, turns)}."
        yield Paragraph(f"{segment['id']}.discussion", text, interventions(turns))


def _points(
    material: Material, segment: Mapping[str, Any], notes: Sequence[Note]
) -> tuple[tuple[Paragraph, ...], tuple[Part, ...]]:
    """The points noted, under their themes; where none has a theme, in one line."""
    key = segment["id"]
    by_theme = [
        (theme, [note for note in notes if note.theme == theme["id"]])
        for theme in segment["themes"]
    ]
    themes = [
        Part(
            f"{key}.{theme['id']}",
            theme["text"],
            under_theme(material, f"{key}.{theme['id']}", noted),
        )
        for theme, noted in by_theme
        if noted
    ]
    themed = {note.id for _, noted in by_theme for note in noted}
    others = under_theme(material, f"{key}.none", [one for one in notes if one.id not in themed])
    if not themes:
        return others, ()
    return (), (*themes, Part(f"{key}.none", "Other points raised", others))


def who_spoke(material: Material, turns: Sequence[Turn]) -> str:
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
