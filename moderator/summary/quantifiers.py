"""How many voices made a point, in the words of such papers: a declared table, never a guess.

No definition of "some", "several" or "many" exists, so this one is ours: docs/decisions/0015.
Nothing here says "all", "consensus" or "agreed": that is for a person to write, and to answer for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from moderator.core.terms import Category, DelegationCode, GroupCode, InterventionId
from moderator.summary.english import listed, number


class Amount(StrEnum):
    """A word for how many, from the fewest to the most."""

    ONE = "one"
    TWO = "two"
    SOME = "some"
    SEVERAL = "several"
    MANY = "many"
    MOST = "most"


A_FEW: Final = 4
"""Up to so many voices the words count; beyond, they weigh."""

MANY_FROM: Final = 1 / 4
MOST_ABOVE: Final = 1 / 2
"""Shares of all voices of the segment."""

NEUTRAL: Final = "a number of"
"""Says nothing of how many: what a drafter may always write instead."""


def amount(n: int, of: int) -> Amount:
    """The word for `n` voices (one at least) among the `of` voices that the segment had."""
    if n <= A_FEW:
        return (Amount.ONE, Amount.TWO, Amount.SOME, Amount.SOME)[n - 1]
    if n > of * MOST_ABOVE:
        return Amount.MOST
    return Amount.MANY if n >= of * MANY_FROM else Amount.SEVERAL


class VoiceKind(StrEnum):
    """What a voice is called where it is not named."""

    DELEGATION = "delegation"
    GROUP = "group"
    PARTICIPANT = "participant"
    CIVIL_SOCIETY = "civil-society"


NOUNS: Final[Mapping[VoiceKind, tuple[str, str]]] = {
    VoiceKind.DELEGATION: ("delegation", "delegations"),
    VoiceKind.GROUP: ("group of States", "groups of States"),
    VoiceKind.PARTICIPANT: ("participant", "participants"),
    VoiceKind.CIVIL_SOCIETY: (
        "representative of civil society",
        "representatives of civil society",
    ),
}
"""One and many, in the order in which a sentence names them."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who made a point: a delegation for itself, or a group, whoever spoke for it.

    `name` is for the drafter alone; `members` is how many a group has, None where that is not
    known. `said` are the interventions in which the point was made.
    """

    kind: VoiceKind
    code: str
    name: str
    members: int | None
    said: tuple[InterventionId, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind a phrase: `n` voices of the kind named, among the `of` of the segment."""

    phrase: str
    n: int
    of: int
    voices: tuple[Voice, ...]
    arithmetic: str

    @property
    def interventions(self) -> tuple[InterventionId, ...]:
        """The turns at the floor in which it was said, each once."""
        return tuple(dict.fromkeys(turn for voice in self.voices for turn in voice.said))


@dataclass(frozen=True, slots=True)
class Said:
    """That a delegation took the floor, for itself or for a group.

    Speakers of the programme are no voices: they are named, and counted apart.
    """

    intervention: InterventionId
    delegation: DelegationCode
    category: Category
    group: GroupCode | None = None


def voices(
    said: Iterable[Said],
    delegations: Mapping[str, str],
    groups: Mapping[str, str],
    members: Mapping[str, int],
) -> tuple[Voice, ...]:
    """The voices behind one point, each once, in the order in which they were first heard.

    `delegations` and `groups` are names by code; `members` tells how many a group has.

    A group is one voice, whoever speaks for it. A State that spoke for a group and for itself is
    that group's voice and no second one.
    """
    heard = tuple(said)
    speak_for = {one.delegation: one.group for one in heard if one.group is not None}
    turns: dict[tuple[VoiceKind, str], list[InterventionId]] = {}
    for one in heard:
        group = one.group or speak_for.get(one.delegation)
        kind = _KINDS.get(one.category, VoiceKind.PARTICIPANT)
        voice = (kind, str(one.delegation)) if group is None else (VoiceKind.GROUP, str(group))
        turns.setdefault(voice, []).append(one.intervention)
    return tuple(
        Voice(
            kind,
            code,
            (groups if kind is VoiceKind.GROUP else delegations)[code],
            members.get(code) if kind is VoiceKind.GROUP else None,
            tuple(dict.fromkeys(ids)),
        )
        for (kind, code), ids in turns.items()
    )


_KINDS: Final = {
    Category.MEMBER_STATE: VoiceKind.DELEGATION,
    Category.NGO: VoiceKind.CIVIL_SOCIETY,
}
"""Observers, entities, the private sector and academia are participants, never delegations."""


def voices_in_all(said: Iterable[Said]) -> int:
    """How many voices a segment had: each group and each delegation that spoke for itself once."""
    heard = tuple(said)
    groups = {one.group for one in heard if one.group is not None}
    return len(groups) + len({one.delegation for one in heard if one.group is None})


def evidence(behind: Iterable[Voice], of: int) -> tuple[Evidence, ...]:
    """A phrase for each kind of voice that is behind a point, with what it rests on.

    `of` is how many voices the segment had, and is never less than the number of those behind.
    """
    sorts: dict[VoiceKind, list[Voice]] = {}
    for voice in behind:
        sorts.setdefault(voice.kind, []).append(voice)
    return tuple(
        Evidence(
            phrase(kind, len(sorts[kind]), of),
            len(sorts[kind]),
            of,
            tuple(sorts[kind]),
            arithmetic(kind, len(sorts[kind]), of),
        )
        for kind in NOUNS
        if kind in sorts
    )


def phrase(kind: VoiceKind, n: int, of: int) -> str:
    """The quantifier with its noun: "one delegation", "several delegations"."""
    # Of groups there are few, and whoever reads of them counts them.
    word = number(n) if kind is VoiceKind.GROUP else amount(n, of).value
    one, many = NOUNS[kind]
    return f"{word} {one if n == 1 else many}"


def phrases(found: Iterable[Evidence]) -> str:
    """All phrases of a point as they stand in a sentence, its subject."""
    return listed([one.phrase for one in found])


def arithmetic(kind: VoiceKind, n: int, of: int) -> str:
    """The sum behind a quantifier, for whoever checks or translates it."""
    share = f"{n} of {of}"
    if kind is VoiceKind.GROUP:
        return f"{share}: groups are counted, each as one voice"
    match amount(n, of):
        case Amount.ONE | Amount.TWO | Amount.SOME:
            return f"{share}: up to {number(A_FEW)} are counted"
        case Amount.SEVERAL:
            return f"{share}: five or more, and less than a quarter"
        case Amount.MANY:
            return f"{share}: five or more, a quarter to a half"
        case Amount.MOST:
            return f"{share}: five or more, and more than a half"
