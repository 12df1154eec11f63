"""The first draft of the Summary: what the record holds, in the sections that such papers have.

Chairs and speakers of the programme are named; delegations are not, but for what they announced
and for the annex that lists who took the floor. Nothing is said that programme, record or notes do
not hold; where a person has to write, a slot stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from moderator.core.terms import Phase, SegmentKind
from moderator.summary.annexes import annexes
from moderator.summary.checks import SLOT
from moderator.summary.english import (
    counted,
    date_of,
    listed,
    listed_apart,
    sentence,
    time_of,
    times,
    with_article,
)
from moderator.summary.material import Material, Note, PointKind, interventions
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
from moderator.summary.points import MANNERS, UNDER_THEMES, same, told
from moderator.summary.record import Record
from moderator.summary.segments import segment_part, who_spoke

STATUS: Final = (
    "This summary is issued under the responsibility of the President alone. It was not "
    "negotiated and does not necessarily reflect the views of any or all participants."
)
ORIGINAL: Final = "English"
"""The drafting language, as mastheads name it."""

_WILL: Final = re.compile(r" that (will|would) ")
UNCONFIRMED: Final = "[unconfirmed]"
"""Stands behind an announcement until its maker has confirmed it, and somebody takes it away."""


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above the title. No symbol: documents are given theirs by the secretariat."""

    organ: str
    date: str
    place: str
    original: str = ORIGINAL


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted Summary; `box` and `status` bear no number, and `status` says what paper it is."""

    title: str
    masthead: Masthead
    box: Paragraph
    status: Paragraph
    sections: tuple[Section, ...]


def draft(
    document: Mapping[str, Any],
    record: Record,
    notes: Iterable[Note],
    *,
    texts: Mapping[str, str] | None = None,
    statistics: bool = False,
) -> Draft:
    """A first draft from the programme document (in English), the record and the notes.

    Notes come in the order in which they were written, which is kept under each theme. `texts` are
    the free texts that the log names, by id: written questions are told in their words. The annex
    of `statistics` is for the drafter, and not meant to be published.
    """
    material = Material(document, record, notes, texts)
    sections = laid_out(tuple(_chapters(material)), annexes(material, statistics=statistics))
    return Draft(
        title=f"President’s Summary: {document['title']}",
        masthead=_masthead(material),
        box=_named(material, _box(material)),
        status=Paragraph("status", STATUS, (PROGRAMME,)),
        sections=tuple(
            replace(one, paragraphs=tuple(_named(material, said) for said in one.paragraphs))
            for one in sections
        ),
    )


def _named(material: Material, paragraph: Paragraph) -> Paragraph:
    """A paragraph that nobody has written: what programme and log name in it may be named."""
    if any(source.kind is SourceKind.NOTE for source in paragraph.sources):
        return paragraph
    return replace(paragraph, named=material.watch.names_in(paragraph.text))


def _masthead(material: Material) -> Masthead:
    document, phases = material.document, material.record.phases
    opened = phases[0].act.at if phases else document["starts"]
    return Masthead(document["organ"], date_of(material.local(opened)), document["place"])


def _box(material: Material) -> Paragraph:
    """What the whole is about, in less than 120 words; a person adds its substance."""
    turns = material.statements
    panels = [one for one in _held(material) if one["kind"] == SegmentKind.PANEL]
    said = [_opening_sentence(material)]
    if panels:
        said.append(
            f"It comprised {counted(len(panels), 'panel discussion', 'panel discussions')}."
        )
    if turns:
        said.append(f"The floor was taken {times(len(turns))}.")
    said.append("[… one sentence of substance]")
    return Paragraph("box", " ".join(said), (PROGRAMME, LOG) if turns else (PROGRAMME,))


def _held(material: Material) -> list[Mapping[str, Any]]:
    begun = {one.id for one in material.record.segments if one.begun_at is not None}
    return [one for one in material.document["segments"] if one["id"] in begun]


def _chapters(material: Material) -> Iterator[Part]:
    """The chapters in their order; those with nothing in them fall away when laid out."""
    everywhere = _said_in_several_panels(material)
    moved = {note.id for note in everywhere}
    segments = [
        (SegmentKind(one["kind"]), segment_part(material, one, moved))
        for one in material.document["segments"]
    ]
    before = [one for one in segments if one[0] is not SegmentKind.CLOSING]
    closing = [one for one in segments if one[0] is SegmentKind.CLOSING]
    yield Part("introduction", "Introduction", _introduction(material))
    yield from _by_kind(before)
    yield _cross_cutting(material, everywhere)
    yield _announcements(material)
    yield from _by_kind(closing)
    if material.heard:
        words = "[… five to ten lines in the President’s own words]"
        paragraphs = (Paragraph("key-messages.1", words),)
        yield Part("key-messages", "Key messages and way forward", paragraphs)


def _by_kind(segments: Iterable[tuple[SegmentKind, Part]]) -> Iterator[Part]:
    """A chapter for each run of segments of one kind of which there is something to tell."""
    full = (one for one in segments if not one[1].is_empty)
    for kind, chapter in groupby(full, key=lambda item: item[0]):
        parts = tuple(part for _, part in chapter)
        if len(parts) > 1:
            yield Part(f"{kind}-segments", _CHAPTERS[kind], parts=parts)
        elif kind in (SegmentKind.OPENING, SegmentKind.CLOSING):
            yield replace(parts[0], heading=_CHAPTERS[kind])
        else:
            yield parts[0]


_CHAPTERS: Final = {
    SegmentKind.OPENING: "Opening segment",
    SegmentKind.PANEL: "Interactive panel discussions",
    SegmentKind.STATEMENTS: "Statements",
    SegmentKind.CLOSING: "Closing segment",
}


# I. Introduction


def _introduction(material: Material) -> tuple[Paragraph, ...]:
    return (
        *_mandate(material),
        _date_and_place(material),
        *_sittings(material),
        *_themes(material),
        *_counts(material),
    )


def _mandate(material: Material) -> Iterator[Paragraph]:
    if material.record.phases:
        text = "The meeting was convened pursuant to [… resolution or decision]."
        yield Paragraph("introduction.mandate", text)


def _date_and_place(material: Material) -> Paragraph:
    sources = (PROGRAMME, LOG) if material.record.phases else (PROGRAMME,)
    return Paragraph("introduction.place", _opening_sentence(material), sources)


def _opening_sentence(material: Material) -> str:
    document, phases = material.document, material.record.phases
    head = _masthead(material)
    return (
        f"The meeting “{document['title']}” of {with_article(document['organ'])} "
        f"{'was held' if phases else 'is planned to be held'} on {head.date} at {head.place}."
    )


def _sittings(material: Material) -> Iterator[Paragraph]:
    """When the meeting was opened, suspended, resumed and closed."""
    acts = [
        f"{_PHASES[place > 0, change.phase]} at {time_of(material.local(change.act.at))}"
        for place, change in enumerate(material.record.phases)
    ]
    if acts:
        text = sentence(f"The meeting was {listed(acts)}")
        yield Paragraph("introduction.sittings", text, (LOG,))


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
            source = Source(SourceKind.PROGRAMME, segment["id"])
            yield Paragraph(f"introduction.themes.{segment['id']}", text, (source,))


def _counts(material: Material) -> Iterator[Paragraph]:
    turns = material.statements
    if turns:
        text = f"In all, the floor was taken {times(len(turns))}: {who_spoke(material, turns)}."
        yield Paragraph("introduction.counts", text, interventions(turns))


# IV and V. What belongs to no single panel


def _said_in_several_panels(material: Material) -> tuple[Note, ...]:
    """The notes from the floor whose point was made in more than one panel."""
    panels = {
        one["id"] for one in material.document["segments"] if one["kind"] == SegmentKind.PANEL
    }
    notes = [
        note
        for note in material.notes
        if note.segment in panels
        and note.kind in UNDER_THEMES
        and not _is_of_person(material, note)
    ]
    places: dict[str, set[str]] = {}
    for note in notes:
        places.setdefault(same(note), set()).add(note.segment)
    return tuple(note for note in notes if len(places[same(note)]) > 1)


def _is_of_person(material: Material, note: Note) -> bool:
    turn = material.speaker(note)
    return turn is not None and turn.person is not None


def _cross_cutting(material: Material, notes: Sequence[Note]) -> Part:
    """Points that more than one panel heard; and a slot for those that only a reader sees."""
    paragraphs = [
        told(material, f"cross-cutting.{kind or 'points'}", alike, MANNERS[kind])
        for kind in UNDER_THEMES
        if (alike := [note for note in notes if note.kind is kind])
    ]
    panels = {note.segment for note in material.notes if note.kind in UNDER_THEMES}
    if not paragraphs and len(panels) > 1:
        text = f"It was stated in more than one panel that {SLOT}."
        paragraphs.append(Paragraph("cross-cutting.1", text))
    return Part("cross-cutting", "Cross-cutting points", tuple(paragraphs))


def _announcements(material: Material) -> Part:
    """Pledges and offers, each with its maker; unconfirmed until a person says otherwise."""
    paragraphs = []
    for note in material.notes:
        if note.kind is PointKind.COMMITMENT:
            turn, maker = material.speaker(note), None
            if turn is not None and turn.person is not None:
                maker = material.person(turn.person)
            elif turn is not None and turn.delegation is not None:
                maker = material.voice(turn.delegation, turn.group)
            said = told(
                material, f"announcements.{note.id}", [note], MANNERS[PointKind.COMMITMENT], maker
            )
            # "Will contribute …", as such notes begin, wants a subject.
            of_person = turn is not None and turn.person is not None
            text = _WILL.sub(f" that {SLOT if of_person else 'it'} \\1 ", said.text)
            paragraphs.append(
                replace(
                    said,
                    text=f"{text} {UNCONFIRMED}",
                    evidence=(),
                    named=material.watch.names_in(maker or ""),
                )
            )
    return Part("announcements", "Announcements and commitments", tuple(paragraphs))
