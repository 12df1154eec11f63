"""What was noted, as sentences: a quantifier or a name, what they did, and what they said.

A note's text is used as it stands where it is a clause or says what somebody did; where it is
neither, names a delegation or claims agreement, a slot stands, and a person writes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from moderator.summary.checks import SLOT
from moderator.summary.english import capitalised, listed_apart, sentence
from moderator.summary.material import Material, Note, PointKind, Stance
from moderator.summary.outline import Paragraph
from moderator.summary.quantifiers import Evidence, evidence, phrases


@dataclass(frozen=True, slots=True)
class Manner:
    """How points of a kind are told: one of somebody, several, and one of nobody in particular."""

    one: str
    many: str
    nobody: str


MANNERS: Final[Mapping[PointKind | None, Manner]] = {
    None: Manner("stated", "made points, including", "it was stated"),
    PointKind.CONCERN: Manner(
        "expressed concern", "expressed concerns, including", "concern was expressed"
    ),
    PointKind.GOOD_PRACTICE: Manner(
        "reported, as a good practice,",
        "reported good practices, including",
        "it was reported, as a good practice,",
    ),
    PointKind.RECOMMENDATION: Manner(
        "recommended", "made recommendations, including", "it was recommended"
    ),
    PointKind.QUESTION: Manner("asked", "asked questions, including", "it was asked"),
    PointKind.REPLY: Manner("replied", "gave replies, including", "it was replied"),
    PointKind.COMMITMENT: Manner("announced", "made announcements, including", "it was announced"),
}
UNDER_THEMES: Final = (
    None,
    PointKind.CONCERN,
    PointKind.GOOD_PRACTICE,
    PointKind.RECOMMENDATION,
)
"""The kinds that stand under their theme, in this order; the others have places of their own."""


def under_theme(material: Material, key: str, notes: Sequence[Note]) -> tuple[Paragraph, ...]:
    """The points under one theme, kind by kind; before them, in one paragraph, opposite sides."""
    sides = [[note for note in notes if note.stance is stance] for stance in Stance]
    opposed = [note for side in sides for note in side] if all(sides) else []
    rest = [note for note in notes if note not in opposed]
    paragraphs = [_both_sides(material, f"{key}.views", *sides)] if opposed else []
    for kind in UNDER_THEMES:
        alike = [note for note in rest if note.kind is kind]
        if alike:
            paragraphs.append(told(material, f"{key}.{kind or 'points'}", alike, MANNERS[kind]))
    return tuple(paragraphs)


def told(
    material: Material, key: str, notes: Sequence[Note], manner: Manner, who: str | None = None
) -> Paragraph:
    """A paragraph of points; `who` is the subject where it is named, else voices are counted."""
    voiced = [note for note in notes if who is not None or material.voices([note])]
    sayings = _sayings(material, voiced, manner, who)
    unvoiced = [note for note in notes if note not in voiced]
    if unvoiced:
        sayings = (*sayings, _of_nobody(material, unvoiced, manner))
    return Paragraph(
        key,
        " ".join(text for text, _ in sayings),
        material.sources(notes),
        tuple(one for _, behind in sayings for one in behind),
    )


def behind(material: Material, notes: Sequence[Note]) -> tuple[Evidence, ...]:
    """The quantifiers for those who made some points, among all voices of their segments."""
    turns = [turn for note in notes if (turn := material.speaker(note))]
    segments = {note.segment for note in notes} | {turn.segment for turn in turns}
    return evidence(material.voices(notes), material.voices_of(segments))


_Saying = tuple[str, tuple[Evidence, ...]]
"""A sentence, and what its quantifiers rest on."""


def _sayings(
    material: Material, notes: Sequence[Note], manner: Manner, who: str | None
) -> tuple[_Saying, ...]:
    points = _points(notes)
    done = [(point, _deed(material, point)) for point in points]
    others = [point for point, deed in done if deed is None]
    sayings = []
    if others:
        found = behind(material, [note for point in others for note in point]) if not who else ()
        verb = manner.one if len(others) == 1 else manner.many
        items = _items(material, others, manner)
        sayings.append((sentence(f"{_subject(who, found)} {verb} {items}"), found))
    for point, deed in done:
        if deed is not None:
            found = behind(material, point) if not who else ()
            sayings.append((sentence(f"{_subject(who, found)} {deed}"), found))
    return tuple(sayings)


def _of_nobody(material: Material, notes: Sequence[Note], manner: Manner) -> _Saying:
    items = _items(material, _points(notes), manner)
    return sentence(f"{capitalised(manner.nobody)} {items}"), ()


def _subject(who: str | None, found: tuple[Evidence, ...]) -> str:
    return capitalised(phrases(found)) if who is None else who


def _points(notes: Iterable[Note]) -> tuple[tuple[Note, ...], ...]:
    """Notes that say the same, together; in the order in which the points were first made."""
    points: dict[str, list[Note]] = {}
    for note in notes:
        points.setdefault(same(note), []).append(note)
    return tuple(tuple(point) for point in points.values())


def same(note: Note) -> str:
    """What two notes have in common that say the same."""
    return _bare(note.text).casefold()


def _items(material: Material, points: Sequence[Sequence[Note]], manner: Manner) -> str:
    """That this, that that, and a slot for what nobody but a person can put into words."""
    asks = manner is MANNERS[PointKind.QUESTION]
    texts = [(_asked if asks else _clause)(material, point[0].text) for point in points]
    items = [text for text in texts if text is not None]
    if len(items) < len(texts):
        items.append(SLOT if asks else f"that {SLOT}")
    return listed_apart(items) if len(items) > 1 else items[0]


def _both_sides(
    material: Material, key: str, in_favour: Sequence[Note], against: Sequence[Note]
) -> Paragraph:
    """Opposite positions stand in one sentence, so that neither is read without the other."""
    first, found_first = _side(material, in_favour, "in favour of")
    second, found_second = _side(material, against, "against")
    return Paragraph(
        key,
        sentence(f"{capitalised(first)}, while {second}"),
        material.sources([*in_favour, *against]),
        (*found_first, *found_second),
    )


def _side(material: Material, notes: Sequence[Note], way: str) -> _Saying:
    found = behind(material, notes)
    who = phrases(found) if found else None
    points = _points(notes)
    clause = _clause(material, points[0][0].text) if len(points) == 1 else None
    if clause is not None:
        return f"{who or 'it'} {'stated' if who else 'was stated'} {clause}", found
    return f"{who} spoke {way} {SLOT}" if who else f"views were expressed {way} {SLOT}", found


# What can be used as it stands


def _clause(material: Material, text: str) -> str | None:
    bare = _bare(text)
    if not _is_usable(material, bare):
        return None
    if bare.lower().startswith("that "):
        return f"that {bare[5:]}"
    return f"that {_inside(material, bare)}" if _VERB.search(bare) else None


def _asked(material: Material, text: str) -> str | None:
    bare = _bare(text)
    usable = _is_usable(material, bare) and bare.lower().startswith(_ASKING)
    return bare[:1].lower() + bare[1:] if usable else None


def _deed(material: Material, point: Sequence[Note]) -> str | None:
    """A point that says what somebody did: "called for more training"; None for any other."""
    bare = _bare(point[0].text)
    first = bare.partition(" ")[0].lower()
    if first in _DEEDS and _is_usable(material, bare):
        return first + bare[len(first) :]
    return None


def _bare(text: str) -> str:
    """A text on one line, without the stop at its end."""
    return " ".join(text.split()).rstrip(".;,: ")


def _is_usable(material: Material, bare: str) -> bool:
    one_sentence = not _TWO_SENTENCES.search(bare) and "?" not in bare and "[" not in bare
    return one_sentence and len(bare.split()) <= _LONGEST and material.watch.is_plain(bare)


def _inside(material: Material, bare: str) -> str:
    """A text as it stands inside a sentence: its first letter small, but that of a name."""
    first = re.split(r"\W", bare, maxsplit=1)[0]
    is_name = first != first.capitalize() or material.is_proper(first)
    return bare if is_name else bare[:1].lower() + bare[1:]


_LONGEST: Final = 60
"""Words; more is a statement and no point."""

_TWO_SENTENCES: Final = re.compile(r"[.!…]\s+\S")
_ASKING: Final = (
    "whether ",
    "about ",
    "what ",
    "which ",
    "who ",
    "when ",
    "where ",
    "how ",
    "why ",
)
_DEEDS: Final = frozenset(
    """
    advocated announced appealed asked called cautioned commended described drew emphasized
    encouraged explained expressed highlighted informed introduced invited noted offered opposed
    outlined pledged pointed praised presented proposed questioned recalled recommended referred
    reiterated reported requested shared stressed suggested supported thanked underlined
    underscored urged warned welcomed
    """.split()  # noqa: SIM905  read as words
)
"""What a note begins with that says what somebody did."""

_VERBS: Final = """
is are was were be been has have had do does did can could may might must shall should will would
cannot needs needed remain remains remained require requires required lacks lacked make makes made
become becomes became begin begins began bring brings brought come comes came continue continues
depend depends deserve deserves exist exists get gets give gives gave go goes went grow grows hold
holds held include includes keep keeps kept know knows mean means outlive outlives play plays
prevent prevents protect protects provide provides receive receives remind reminds serve serves
sit sits speak speaks stand stands suffer suffers take takes took travel travels want wants
"""
_VERB: Final = re.compile(rf"(?i)(?<!\w)(?:{'|'.join(_VERBS.split())})(?!\w)")
"""A clause has a verb; these make one out of most notes, and where they do not, a slot stands."""
