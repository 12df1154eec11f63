"""The figures of a dialogue for its closing: who was heard, for how long, and who was not.

They are counted from the record as corrected, by the rules by which the annexes of the Summary
list it: at any moment both say the same (practice, story 4).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

from moderator.core.terms import STATES, Category, Kind, Outcome, Standing
from moderator.core.units import Duration, Instant
from moderator.summary.english import CATEGORIES
from moderator.summary.record import Record, Turn


@dataclass(frozen=True, slots=True)
class Part:
    """A part of those who were heard: different `voices`, their turns, and the time these used.

    `average` and `median` are of its turns; None where there are none.
    """

    voices: int
    turns: int
    used: Duration
    average: Duration | None
    median: Duration | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a dialogue comes to at version `version`, whose last event was `at`.

    * `heard`: all turns whose speakers took the floor. Its voices are delegations and persons of
      the programme.
    * `delegations`, `persons`: those of delegations, and of persons of the programme.
    * `kinds`: delegations by category, in the order of the annexes; only those that were heard.
    * `regions`: States by the code of their regional group, in alphabetical order; only those
      that were heard, whether for themselves or for a group.
    * `groups`: how many groups somebody spoke for.
    * `outcomes`: how the turns that were heard ended; one that goes on has no outcome yet. `kept`
      were concluded within their time, `beyond` used more than it.
    * `not_present`: called and absent; `withdrawn`: requests taken back; `not_reached`: requests
      that nobody came to.
    * `questions`: put to panellists, at the floor and in writing; `answered` of them were ticked.
    * `replies`, `points`: rights of reply and points of order that were heard.
    """

    version: int
    at: Instant
    heard: Part
    delegations: Part
    persons: Part
    kinds: Mapping[Category, Part]
    regions: Mapping[str, Part]
    groups: int
    outcomes: Mapping[Outcome, int]
    kept: int
    beyond: int
    not_present: int
    withdrawn: int
    not_reached: int
    questions: int
    answered: int
    replies: int
    points: int


def figures_of(record: Record, document: Mapping[str, Any]) -> Figures:
    """The figures of a record; `document` is the programme document of the protocol."""
    heard = [turn for turn in record.turns if turn.heard]
    delegations = [turn for turn in heard if turn.delegation is not None]
    standings = _standings(record)
    return Figures(
        version=record.version,
        at=record.at,
        heard=_part(heard),
        delegations=_part(delegations),
        persons=_part(turn for turn in heard if turn.person is not None),
        kinds=_kinds(delegations, document["delegations"]),
        regions=_regions(delegations, document["delegations"]),
        groups=len({turn.group for turn in heard if turn.group is not None}),
        outcomes=Counter(turn.outcome for turn in heard if turn.outcome is not None),
        kept=sum(turn.outcome is Outcome.CONCLUDED and not turn.overrun for turn in heard),
        beyond=sum(turn.overrun > 0 for turn in heard),
        not_present=standings[Standing.NOT_PRESENT],
        withdrawn=standings[Standing.WITHDRAWN],
        not_reached=standings[Standing.NOT_REACHED],
        questions=len(record.questions),
        answered=sum(question.answered for question in record.questions),
        replies=sum(turn.kind is Kind.RIGHT_OF_REPLY for turn in heard),
        points=sum(turn.kind is Kind.POINT_OF_ORDER for turn in heard),
    )


def _standings(record: Record) -> Counter[Standing]:
    """How many were not heard, by why; of whom a turn tells, it is as its correction says."""
    turns = {turn.id: turn for turn in record.turns if turn.outcome is not None}
    unheard = Counter(
        request.standing
        for request in record.requests
        if request.id not in turns or request.standing is not Standing.NOT_PRESENT
    )
    unheard[Standing.NOT_PRESENT] += sum(
        turn.outcome is Outcome.NOT_PRESENT and not turn.struck for turn in turns.values()
    )
    return unheard


def _kinds(turns: Iterable[Turn], about: Mapping[str, Any]) -> Mapping[Category, Part]:
    sorts: dict[Category, list[Turn]] = {category: [] for category in CATEGORIES}
    for turn in turns:
        sorts[Category(about[str(turn.delegation)]["category"])].append(turn)
    return {category: _part(among) for category, among in sorts.items() if among}


def _regions(turns: Iterable[Turn], about: Mapping[str, Any]) -> Mapping[str, Part]:
    sorts: dict[str, list[Turn]] = {}
    for turn in turns:
        told = about[str(turn.delegation)]
        if Category(told["category"]) in STATES and told.get("region"):
            sorts.setdefault(told["region"], []).append(turn)
    return {region: _part(sorts[region]) for region in sorted(sorts)}


def _part(turns: Iterable[Turn]) -> Part:
    among = tuple(turns)
    used = [turn.used for turn in among]
    return Part(
        voices=len({(turn.delegation, turn.person) for turn in among}),
        turns=len(among),
        used=Duration(sum(used)),
        average=Duration(round(mean(used))) if used else None,
        median=Duration(round(median(used))) if used else None,
    )
