"""What a person has to look at before a paragraph goes out: nothing here changes a word."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from moderator.summary.english import number
from moderator.summary.quantifiers import (
    NEUTRAL,
    NOUNS,
    Amount,
    Evidence,
    VoiceKind,
    amount,
)

SLOT: Final = "[…]"
"""Where a person has to write."""


class Fault(StrEnum):
    """Why words want a second look."""

    SLOT = "slot"
    OUTRUNS = "outruns"
    WITHOUT_EVIDENCE = "without-evidence"
    NAMED = "named"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class Flag:
    """Words of a paragraph that somebody has to look at.

    `supported` is the phrase that the record holds up, for a quantifier that outruns it.
    """

    fault: Fault
    words: str
    supported: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quantifier with its noun in a text, and what is behind it; None when nothing is."""

    start: int
    end: int
    evidence: Evidence | None


class Watch:
    """The words of one meeting that must not go out unseen.

    `document` is the programme document: its delegations and groups are not named in the body
    (Chad is one, chad is none), and a summary by its chair claims no agreement.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        spoken_of = (*document["delegations"].values(), *document["groups"].values())
        names = sorted((str(named["name"]) for named in spoken_of), key=len, reverse=True)
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")

    def flags(
        self,
        text: str,
        found: Sequence[Phrase],
        *,
        drafted: str = "",
        named: Iterable[str] = (),
    ) -> tuple[Flag, ...]:
        """All that is to be looked at in a text, each once.

        Quantifiers that the draft itself says without evidence are counts of the log, or part of
        what was noted, and may stand; so may the names in `named`.
        """
        flags = [Flag(Fault.SLOT, slot) for slot in _SLOTS.findall(text)]
        flags += (
            flag
            for flag in _quantifiers(text, found)
            if flag.fault is not Fault.WITHOUT_EVIDENCE or flag.words not in drafted
        )
        may = set(named)
        flags += [Flag(Fault.NAMED, name) for name in self._names.findall(text) if name not in may]
        flags += [Flag(Fault.AGREEMENT, word) for word in _CLAIMS.findall(text)]
        return tuple(dict.fromkeys(flags))

    def names_in(self, text: str) -> tuple[str, ...]:
        """The delegations and groups that a text names, each once."""
        return tuple(dict.fromkeys(self._names.findall(text)))

    def is_plain(self, text: str) -> bool:
        """Whether a text names no delegation or group and claims no agreement."""
        return not (self._names.search(text) or _CLAIMS.search(text))


_SLOTS: Final = re.compile(r"\[[^\[\]]*\]")
_CLAIMS: Final = re.compile(
    r"(?i)(?<!\w)(?:agreed|agreements?|consensus|unanim(?:ous|ously|ity))(?!\w)"
)


def phrases_in(text: str, behind: Sequence[Evidence]) -> tuple[Phrase, ...]:
    """The quantifiers of a text, each with its evidence.

    `behind` is what the draft of the paragraph rests on. A phrase that stands as it was drafted
    keeps its evidence; others take, in their order, what is left for a noun of their kind.
    """
    matches = list(_QUANTIFIER.finditer(text))
    left = list(behind)
    held: list[Evidence | None] = [None] * len(matches)
    for place, match in enumerate(matches):
        said = _spoken(match)
        held[place] = next((one for one in left if one.phrase == said), None)
        if (taken := held[place]) is not None:
            left.remove(taken)
    for place, match in enumerate(matches):
        if held[place] is None and left:
            fits = next((one for one in left if _noun_fits(match, one)), None)
            if fits is not None:
                held[place] = fits
                left.remove(fits)
    return tuple(
        Phrase(match.start(), match.end(), held[place]) for place, match in enumerate(matches)
    )


def _quantifiers(text: str, found: Sequence[Phrase]) -> Iterator[Flag]:
    for one in found:
        words = text[one.start : one.end]
        match = _QUANTIFIER.fullmatch(words)
        if match is None or _word(match) == NEUTRAL:
            continue
        if one.evidence is None:
            yield Flag(Fault.WITHOUT_EVIDENCE, words)
        elif not supports(one.evidence, _word(match)):
            yield Flag(Fault.OUTRUNS, words, one.evidence.phrase)


def supports(evidence: Evidence, word: str) -> bool:
    """Whether the record holds up a quantifier: as strong as the table's word, or weaker.

    A number has to be the number; "all" has to be every voice there was.
    """
    if word in _NUMBERS:
        return _NUMBERS[word] == evidence.n
    if word.isdecimal():
        return int(word) == evidence.n
    if word == "all":
        return evidence.n == evidence.of
    order = list(Amount)
    return order.index(_AMOUNTS[word]) <= order.index(amount(evidence.n, evidence.of))


_NUMBERS: Final = {number(n): n for n in range(1, 10)} | {"both": 2}
_AMOUNTS: Final = {
    "some": Amount.SOME,
    "a few": Amount.SOME,
    "few": Amount.SOME,
    "several": Amount.SEVERAL,
    "various": Amount.SEVERAL,
    "many": Amount.MANY,
    "numerous": Amount.MANY,
    "most": Amount.MOST,
    "a majority of": Amount.MOST,
    "the majority of": Amount.MOST,
}
_NOUN_WORDS: Final = {
    "delegation": VoiceKind.DELEGATION,
    "delegations": VoiceKind.DELEGATION,
    "Member State": VoiceKind.DELEGATION,
    "Member States": VoiceKind.DELEGATION,
    "States": VoiceKind.DELEGATION,
    "countries": VoiceKind.DELEGATION,
    **{noun: kind for kind, nouns in NOUNS.items() for noun in nouns},
    "groups": VoiceKind.GROUP,
    "representatives of civil society": VoiceKind.CIVIL_SOCIETY,
    "non-governmental organizations": VoiceKind.CIVIL_SOCIETY,
    "observers": VoiceKind.PARTICIPANT,
    "speakers": None,
}
"""A speaker may be any of them."""

_WORDS: Final = sorted({*_NUMBERS, *_AMOUNTS, "all", NEUTRAL}, key=len, reverse=True)
_QUANTIFIER: Final = re.compile(
    rf"(?<!\w)(?P<word>(?i:{'|'.join(_WORDS)})|\d+)\s+(?:of\s+the\s+)?(?:[\w’'-]+\s+){{0,2}}?"
    rf"(?P<noun>{'|'.join(sorted(map(re.escape, _NOUN_WORDS), key=len, reverse=True))})(?!\w)"
)


def _word(match: re.Match[str]) -> str:
    return " ".join(match["word"].lower().split())


def _spoken(match: re.Match[str]) -> str:
    """The phrase as evidence spells it, whether or not it begins a sentence."""
    said = " ".join(match[0].split())
    return said[:1].lower() + said[1:]


def _noun_fits(match: re.Match[str], one: Evidence) -> bool:
    kind = _NOUN_WORDS[match["noun"]]
    return kind is None or all(voice.kind is kind for voice in one.voices)
