"""Who was heard, at a glance: turns and time by region and by kind of voice, and what to look at.

Figures and hints for the chair; nothing here moves anybody (practice, story 12).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from moderator.core.heard import heard
from moderator.core.model import Dialogue, Intervention
from moderator.core.order import Candidate, candidates
from moderator.core.terms import Category, DelegationCode, InterventionId
from moderator.core.units import Duration

OFTEN: Final = 3
"""So many turns of others are heard before a hint says who was not."""


class KindOfVoice(StrEnum):
    """Delegations that are weighed together, and groups, for whom any of them may speak."""

    STATES = "states"
    OBSERVERS = "observers"
    ORGANIZATIONS = "organizations"
    CIVIL_SOCIETY = "civil-society"
    PRIVATE_SECTOR = "private-sector"
    GROUPS = "groups"


KINDS: Final[Mapping[Category, KindOfVoice]] = {
    Category.MEMBER_STATE: KindOfVoice.STATES,
    Category.OBSERVER_STATE: KindOfVoice.OBSERVERS,
    Category.OBSERVER_ORGANIZATION: KindOfVoice.OBSERVERS,
    Category.UN_ENTITY: KindOfVoice.ORGANIZATIONS,
    Category.INTERGOVERNMENTAL: KindOfVoice.ORGANIZATIONS,
    Category.NGO: KindOfVoice.CIVIL_SOCIETY,
    Category.ACADEMIA: KindOfVoice.CIVIL_SOCIETY,
    Category.PRIVATE_SECTOR: KindOfVoice.PRIVATE_SECTOR,
}
"""What kind of voice each category is."""


@dataclass(frozen=True, slots=True)
class Present:
    """A delegation on the list of delegations; `region` is None for one of no regional group."""

    region: str | None
    category: Category


@dataclass(frozen=True, slots=True)
class Row:
    """One region or kind of voice.

    `present`, `waiting` and `heard` count delegations (groups, in the row of groups), each once;
    `turns` counts turns and `used` is their time in milliseconds. `of_present`, `of_turns` and
    `of_used` are its shares of those of all rows, in thousandths; 0 when there are none.
    """

    key: str
    present: int
    waiting: int
    heard: int
    turns: int
    used: Duration
    of_present: int
    of_turns: int
    of_used: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The turns of delegations so far, `turns` in all with the time `used`.

    `first_time` of them were the first of their delegation or group in the dialogue. `regions`
    leave out who is of none, and statements on behalf of a group; they come by their codes.
    """

    turns: int
    used: Duration
    first_time: int
    regions: tuple[Row, ...]
    kinds: tuple[Row, ...]


class HintReason(StrEnum):
    """What the chair may want to look at."""

    REGION_NOT_HEARD = "region-not-heard"
    STAKEHOLDERS_NOT_HEARD = "stakeholders-not-heard"
    FIRST_TIME_BEHIND_SECOND = "first-time-behind-second"


@dataclass(frozen=True, slots=True)
class Hint:
    """A reason, and the waiting requests that it is about, in the order of the list.

    `region` has not been heard, while `other` was `count` times; where the reason is not a
    region's they are None, and `count` is how often others were heard, or how many second
    statements wait ahead of somebody's first.
    """

    reason: HintReason
    requests: tuple[InterventionId, ...]
    region: str | None = None
    other: str | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Fairness:
    """The balance of the segment that goes on and of the whole dialogue, and hints on the list."""

    segment: Balance
    dialogue: Balance
    hints: tuple[Hint, ...]


def fairness(state: Dialogue, present: Mapping[DelegationCode, Present]) -> Fairness:
    """Who was heard of those `present`, the delegations of the dialogue by their codes.

    Time is counted up to the last event; persons of the programme are not counted. A delegation
    that is not on the list of delegations any more is counted in the totals alone.
    """
    regions = {code: about.region for code, about in present.items()}
    waiting = candidates(state, regions)
    segment = _balance(state, present, waiting, lambda turn: turn.segment == state.segment_id)
    return Fairness(
        segment=segment,
        dialogue=_balance(state, present, waiting, lambda turn: True),
        hints=tuple(_hints(segment, waiting)),
    )


@dataclass(frozen=True, slots=True)
class _Voice:
    """A delegation, or the group for which it speaks."""

    delegation: DelegationCode
    group: str | None

    @property
    def name(self) -> str:
        return self.group or self.delegation


_KeyOf = Callable[[_Voice], str | None]


def _balance(
    state: Dialogue,
    present: Mapping[DelegationCode, Present],
    candidates: tuple[Candidate, ...],
    counts: Callable[[Intervention], bool],
) -> Balance:
    """Of the turns that count; whose first a turn was is looked for in all of them."""
    turns: list[tuple[_Voice, Duration]] = []
    names: set[str] = set()
    first_time = 0
    for turn in heard(state):
        voice = _voice(turn)
        if voice is None:
            continue
        if counts(turn):
            turns.append((voice, turn.clock.used_at(state.at)))
            first_time += voice.name not in names
        names.add(voice.name)
    waiting = [_Voice(candidate.delegation, candidate.group) for candidate in candidates]
    invited = [_Voice(code, None) for code in present]

    def region(voice: _Voice) -> str | None:
        about = present.get(voice.delegation)
        return None if about is None or voice.group is not None else about.region

    def kind(voice: _Voice) -> str | None:
        if voice.group is not None:
            return KindOfVoice.GROUPS
        about = present.get(voice.delegation)
        return None if about is None else KINDS[about.category]

    regions = sorted({about.region for about in present.values() if about.region is not None})
    return Balance(
        turns=len(turns),
        used=Duration(sum(used for _, used in turns)),
        first_time=first_time,
        regions=_rows(regions, region, invited, waiting, turns),
        kinds=_rows(KindOfVoice, kind, invited, waiting, turns),
    )


def _voice(turn: Intervention) -> _Voice | None:
    return None if turn.delegation is None else _Voice(turn.delegation, turn.group)


def _rows(
    keys: Iterable[str],
    key_of: _KeyOf,
    present: list[_Voice],
    waiting: list[_Voice],
    turns: list[tuple[_Voice, Duration]],
) -> tuple[Row, ...]:
    of_a_row = [(key_of(voice), voice, used) for voice, used in turns]
    of_a_row = [one for one in of_a_row if one[0] is not None]
    all_present = sum(key_of(voice) is not None for voice in present)
    all_used = sum(used for _, _, used in of_a_row)
    rows = []
    for key in keys:
        own = [(voice, used) for other, voice, used in of_a_row if other == key]
        here = sum(key_of(voice) == key for voice in present)
        spent = sum(used for _, used in own)
        rows.append(
            Row(
                key=key,
                present=here,
                waiting=len({voice.name for voice in waiting if key_of(voice) == key}),
                heard=len({voice.name for voice, _ in own}),
                turns=len(own),
                used=Duration(spent),
                of_present=_share(here, all_present),
                of_turns=_share(len(own), len(of_a_row)),
                of_used=_share(spent, all_used),
            )
        )
    return tuple(rows)


def _share(part: int, whole: int) -> int:
    """In thousandths, rounded to the nearest; 0 of nothing."""
    return 0 if whole == 0 else (2 * 1_000 * part + whole) // (2 * whole)


def _hints(balance: Balance, waiting: tuple[Candidate, ...]) -> Iterator[Hint]:
    yield from _regions_not_heard(balance, waiting)
    stakeholders = tuple(one.id for one in waiting if one.stakeholder)
    theirs = sum(row.turns for row in balance.kinds if row.key in _STAKEHOLDERS)
    if stakeholders and not theirs and balance.turns >= OFTEN:
        yield Hint(HintReason.STAKEHOLDERS_NOT_HEARD, stakeholders, count=balance.turns)
    behind: list[InterventionId] = []
    seconds = 0
    for one in waiting:
        if one.heard_in_segment:
            seconds += 1
        elif seconds:
            behind.append(one.id)
    if behind:
        yield Hint(HintReason.FIRST_TIME_BEHIND_SECOND, tuple(behind), count=seconds)


_STAKEHOLDERS: Final = frozenset(
    {KindOfVoice.ORGANIZATIONS, KindOfVoice.CIVIL_SOCIETY, KindOfVoice.PRIVATE_SECTOR}
)
"""The kinds of voice that speak as stakeholders."""


def _regions_not_heard(balance: Balance, waiting: tuple[Candidate, ...]) -> Iterator[Hint]:
    """Each region that waits and was not heard, while another was often."""
    most = max(balance.regions, key=lambda row: row.turns, default=None)
    if most is None or most.turns < OFTEN:
        return
    for row in balance.regions:
        requests = tuple(one.id for one in waiting if one.region == row.key and one.group is None)
        if requests and row.turns == 0:
            yield Hint(HintReason.REGION_NOT_HEARD, requests, row.key, most.key, most.turns)
