"""What happened, told from the log: the segments as held, every turn at the floor, every request.

What was taken back is left out as if it had not been done, but for time that was spoken.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from moderator.core.events import (
    AllowanceSet,
    CommandUndone,
    DialogueClosed,
    DialogueOpened,
    DialogueResumed,
    DialogueSuspended,
    Event,
    FloorGiven,
    FloorRequested,
    GavelTaken,
    InterventionContinued,
    InterventionCorrected,
    InterventionEnded,
    InterventionReturned,
    ListClosed,
    ListOpened,
    RequestNotPresent,
    RequestNotReached,
    RequestWithdrawn,
    SegmentBegun,
)
from moderator.core.evolve import evolve
from moderator.core.model import (
    Correction,
    Dialogue,
    FreeText,
    Intervention,
    Request,
    Rules,
    Segment,
)
from moderator.core.questions import asked_persons, questions_to
from moderator.core.terms import (
    Capacity,
    DelegationCode,
    GroupCode,
    InterventionId,
    Kind,
    Outcome,
    PersonId,
    Phase,
    QuestionId,
    SegmentId,
    SegmentKind,
    Standing,
)
from moderator.core.units import Duration, Instant, between


class Logged(Protocol):
    """One row of the log, as the journal reads it back; `actor` is "role/subject/seat"."""

    @property
    def version(self) -> int: ...
    @property
    def actor(self) -> str: ...
    @property
    def command_id(self) -> str | None: ...
    @property
    def event(self) -> Event: ...


@dataclass(frozen=True, slots=True)
class Act:
    """When something was done and `by` which office ("role/subject"; "clock/": by time alone)."""

    at: Instant
    by: str


@dataclass(frozen=True, slots=True)
class PhaseChange:
    """The dialogue was opened, suspended, resumed or closed."""

    phase: Phase
    act: Act


@dataclass(frozen=True, slots=True)
class GavelChange:
    """`holder` ("role/subject") presided from then on."""

    holder: str
    act: Act


@dataclass(frozen=True, slots=True)
class ListChange:
    """The list of a segment was opened (`open`) or closed."""

    segment: SegmentId
    open: bool
    act: Act


@dataclass(frozen=True, slots=True)
class SegmentHeld:
    """A segment of the programme; `begun_at` is None when it was not held (or not yet).

    `planned` is (start, end), None where the programme gives no times; `begun_by` is the office
    that began it.
    """

    id: SegmentId
    kind: SegmentKind
    rules: Rules
    planned: tuple[Instant, Instant] | None
    begun_at: Instant | None
    begun_by: str | None
    ended_at: Instant | None


@dataclass(frozen=True, slots=True)
class Run:
    """The clock ran from one act to another; `stopped` is None while it runs."""

    started: Act
    stopped: Act | None


@dataclass(frozen=True, slots=True)
class AllowanceChange:
    """The speaking time of a turn became `total`."""

    total: Duration
    act: Act


@dataclass(frozen=True, slots=True)
class CorrectionMade:
    """Somebody has said how a turn is to be read, and why."""

    correction: Correction
    reason: FreeText
    act: Act


@dataclass(frozen=True, slots=True)
class Turn:
    """One intervention, of a delegation or of a person of the programme (exactly one of them).

    `number` and `asked` are None for a person of the programme. `limit` is the speaking time
    that the turn was given at first, `allowance` the last, `used` what had been spoken when the
    clock last stood still. `outcome` and `ended` are None while the turn goes on, and when it was
    returned to the list and not given again; `continued` tells who let it go on after an end.

    A turn that was corrected reads as it was corrected last; `original` is then what was recorded
    at the time, None for all others. One that was `struck` did not take place.
    """

    id: InterventionId
    segment: SegmentId
    delegation: DelegationCode | None
    person: PersonId | None
    kind: Kind
    capacity: Capacity
    group: GroupCode | None
    number: int | None
    asked: Act | None
    given: tuple[Act, ...]
    returned: tuple[Act, ...]
    continued: tuple[Act, ...]
    runs: tuple[Run, ...]
    limit: Duration
    changes: tuple[AllowanceChange, ...]
    allowance: Duration
    used: Duration
    ended: Act | None
    outcome: Outcome | None
    has_floor: bool
    corrections: tuple[CorrectionMade, ...] = ()
    original: Correction | None = None
    struck: bool = False

    @property
    def overrun(self) -> Duration:
        """Time spoken beyond the allowance; 0 when there was none."""
        return Duration(max(0, self.used - self.allowance))

    @property
    def stood_still(self) -> Duration:
        """How long the clock stood still between its runs, but for the time back on the list."""
        pauses = [
            (before.stopped.at, run.started.at)
            for before, run in pairwise(self.runs)
            if before.stopped is not None
        ]
        kept = [
            between(stopped, started)
            for stopped, started in pauses
            if not any(stopped <= act.at <= started for act in self.given)
        ]
        return Duration(sum(kept))

    @property
    def heard(self) -> bool:
        """Whether the speaker took the floor: not when absent, nor when returned to the list."""
        if self.struck:
            return False
        return self.has_floor or self.outcome not in (None, Outcome.NOT_PRESENT)


@dataclass(frozen=True, slots=True)
class RequestMade:
    """An entry of a list of speakers and where it stands now.

    `left` tells when, and by whom, it left the list unheard; None for all other standings.
    """

    id: InterventionId
    segment: SegmentId
    delegation: DelegationCode
    kind: Kind
    capacity: Capacity
    group: GroupCode | None
    number: int
    asked: Act
    standing: Standing
    left: Act | None


@dataclass(frozen=True, slots=True)
class QuestionPut:
    """A question to a panellist, in writing or at the floor (then its id is that of the turn).

    `delegation` is None for a person of the programme; `answered` is what the panellist, or the
    chair, ticked.
    """

    id: QuestionId
    to: PersonId
    delegation: DelegationCode | None
    written: bool
    at: Instant
    answered: bool


@dataclass(frozen=True, slots=True)
class Record:
    """What the log tells up to `version`, whose last event was `at`.

    Phases, turns, and what became of gavel and lists are in the order in which they came, segments
    in that of the programme, requests in the order of their arrival, and questions in that in
    which they were put, panellist by panellist.
    """

    version: int
    at: Instant
    phases: tuple[PhaseChange, ...]
    gavel: tuple[GavelChange, ...]
    lists: tuple[ListChange, ...]
    segments: tuple[SegmentHeld, ...]
    turns: tuple[Turn, ...]
    requests: tuple[RequestMade, ...]
    questions: tuple[QuestionPut, ...] = ()


def record_of(entries: Iterable[Logged]) -> Record:
    """The record of a whole log, from its first row on; an empty log has an empty record."""
    fold = _Fold()
    for entry in entries:
        fold.add(entry)
    return fold.record()


def handovers(record: Record) -> dict[InterventionId, Duration]:
    """How long it took from one speaker to the next, by the turn of the next.

    It is counted from when the clock before stood still to when this one first ran, within a
    segment; a turn before which the dialogue was suspended, or nobody spoke, has none.
    """
    runs = sorted(
        ((run, turn) for turn in record.turns for run in turn.runs), key=lambda of: of[0].started.at
    )
    found: dict[InterventionId, Duration] = {}
    begun: set[InterventionId] = set()
    for (before, former), (run, turn) in pairwise(runs):
        begun.add(former.id)
        if turn.id in begun or turn.segment != former.segment or before.stopped is None:
            continue
        since, until = before.stopped.at, run.started.at
        if not any(since <= change.act.at <= until for change in record.phases):
            found[turn.id] = between(since, until)
    return found


@dataclass(frozen=True, slots=True)
class _Done:
    """Something of the record, with the command and the row that brought it about."""

    act: Act
    command: str | None
    version: int


@dataclass(slots=True)
class _Story:
    """What has been gathered about one turn, besides what the core's state holds."""

    limit: Duration
    given: list[_Done] = field(default_factory=list)
    returned: list[_Done] = field(default_factory=list)
    continued: list[Act] = field(default_factory=list)
    changes: list[tuple[Duration, _Done]] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    ended: Act | None = None
    corrections: list[CorrectionMade] = field(default_factory=list)

    def allow(self, total: Duration, done: _Done) -> None:
        """Note a new speaking time, if it is one."""
        if total != (self.changes[-1][0] if self.changes else self.limit):
            self.changes.append((total, done))

    def take_back(self, command: str | None, undoing: _Done) -> None:
        """Forget what a command did, but for a giving after which there was speaking."""
        self.returned = [done for done in self.returned if done.command != command]
        self.changes = [change for change in self.changes if change[1].command != command]
        for giving in [done for done in self.given if done.command == command]:
            if self._spoken_in(giving.act.at, undoing.act.at):
                self.returned.append(undoing)
            else:
                self.given.remove(giving)

    def _spoken_in(self, since: Instant, now: Instant) -> bool:
        return any(
            run.started.at >= since
            and (now if run.stopped is None else run.stopped.at) > run.started.at
            for run in self.runs
        )


class _Fold:
    """Goes through a log once, beside the core's own fold."""

    def __init__(self) -> None:
        self._state = Dialogue()
        self._commands: dict[int, str | None] = {}
        self._undoing: str | None = None
        self._phases: list[tuple[Phase, _Done]] = []
        self._gavel: list[tuple[str, _Done]] = []
        self._lists: list[tuple[SegmentId, bool, _Done]] = []
        self._begun: list[tuple[SegmentId, _Done]] = []
        self._stories: dict[InterventionId, _Story] = {}
        self._asked: dict[InterventionId, Act] = {}
        self._left: dict[InterventionId, Act] = {}

    def add(self, entry: Logged) -> None:
        """Take in the next row."""
        event = entry.event
        office = entry.actor.rpartition("/")[0]
        done = _Done(Act(event.at, office), entry.command_id, entry.version)
        before = self._state
        self._state = evolve(before, event)
        self._commands[entry.version] = entry.command_id
        if isinstance(event, CommandUndone):
            self._undoing = entry.command_id
            self._take_back(self._commands[event.version], done)
        elif entry.command_id is None or entry.command_id != self._undoing:
            # What restores is no news: the state has it, and the record is as it was before.
            self._happened(event, done)
        self._follow_clock(before, done.act)

    def record(self) -> Record:
        """What was gathered so far."""
        state = self._state
        stories = sorted(
            (item for item in self._stories.items() if item[1].given),
            key=lambda item: item[1].given[-1].version,
        )
        return Record(
            version=state.version,
            at=state.at,
            phases=tuple(PhaseChange(phase, done.act) for phase, done in self._phases),
            gavel=tuple(GavelChange(holder, done.act) for holder, done in self._gavel),
            lists=tuple(
                ListChange(segment, is_open, done.act) for segment, is_open, done in self._lists
            ),
            segments=tuple(self._segment(segment) for segment in state.segments),
            turns=tuple(self._turn(state.interventions[id_], story) for id_, story in stories),
            requests=tuple(self._request(request) for request in state.requests.values()),
            questions=tuple(_questions(state)),
        )

    def _take_back(self, command: str | None, undoing: _Done) -> None:
        self._phases = [change for change in self._phases if change[-1].command != command]
        self._lists = [change for change in self._lists if change[-1].command != command]
        self._begun = [begun for begun in self._begun if begun[-1].command != command]
        for story in self._stories.values():
            story.take_back(command, undoing)

    def _happened(self, event: Event, done: _Done) -> None:
        match event:
            case DialogueOpened() | DialogueSuspended() | DialogueResumed() | DialogueClosed():
                self._phases.append((self._state.phase, done))
            case GavelTaken(holder=holder):
                self._gavel.append((holder, done))
            case SegmentBegun(segment=segment):
                self._begun.append((segment, done))
            case ListOpened(segment=segment):
                self._lists.append((segment, True, done))
            case ListClosed(segment=segment):
                self._lists.append((segment, False, done))
            case FloorRequested(request=request):
                self._asked[request] = done.act
            case (
                RequestWithdrawn(request=request)
                | RequestNotPresent(request=request)
                | RequestNotReached(request=request)
            ):
                self._left[request] = done.act
            case FloorGiven(intervention=turn, allowance=allowance):
                self._stories.setdefault(turn, _Story(allowance)).given.append(done)
            case AllowanceSet(intervention=turn, total=total):
                self._stories[turn].allow(total, done)
            case InterventionContinued(intervention=turn, total=total):
                self._stories[turn].continued.append(done.act)
                self._stories[turn].allow(total, done)
            case InterventionEnded(intervention=turn):
                self._stories[turn].ended = self._left[turn] = done.act
            case InterventionCorrected(intervention=turn, correction=correction, reason=reason):
                made = CorrectionMade(correction, reason, done.act)
                self._stories[turn].corrections.append(made)
            case InterventionReturned(intervention=turn):
                self._stories[turn].returned.append(done)
            case _:
                pass  # what is left shows in the core's state

    def _follow_clock(self, before: Dialogue, act: Act) -> None:
        ran, runs = _running(before), _running(self._state)
        if ran == runs:
            return
        if ran is not None:
            story = self._stories[ran]
            story.runs[-1] = replace(story.runs[-1], stopped=act)
        if runs is not None:
            self._stories[runs].runs.append(Run(act, None))

    def _segment(self, segment: Segment) -> SegmentHeld:
        sitting = self._state.sittings.get(segment.id)
        return SegmentHeld(
            id=segment.id,
            kind=segment.kind,
            rules=segment.rules,
            planned=segment.planned,
            begun_at=None if sitting is None else sitting.begun_at,
            begun_by=None if sitting is None else self._begun_by(segment.id),
            ended_at=None if sitting is None else sitting.ended_at,
        )

    def _begun_by(self, segment: SegmentId) -> str | None:
        """Who began a segment, the first time that was not taken back; None when all were."""
        acts = (done.act for begun, done in self._begun if begun == segment)
        return next((act.by for act in acts), None)

    def _turn(self, turn: Intervention, story: _Story) -> Turn:
        request = self._state.requests.get(turn.id)
        right = self._state.corrections.get(turn.id)
        original = None
        if right is not None and turn.outcome is not None:
            original = Correction(
                turn.delegation, turn.capacity, turn.group, turn.outcome, turn.clock.used
            )
        read = right or turn
        return Turn(
            id=turn.id,
            segment=turn.segment,
            delegation=read.delegation,
            person=turn.person,
            kind=turn.kind,
            capacity=read.capacity,
            group=read.group,
            number=None if request is None else request.number,
            asked=None if request is None else self._asked[turn.id],
            given=tuple(done.act for done in story.given),
            returned=tuple(done.act for done in story.returned),
            continued=tuple(story.continued),
            runs=tuple(story.runs),
            limit=story.limit,
            changes=tuple(AllowanceChange(total, done.act) for total, done in story.changes),
            allowance=turn.clock.allowance,
            used=turn.clock.used if right is None else right.used,
            ended=None if turn.outcome is None else story.ended,
            outcome=read.outcome,
            has_floor=turn.id == self._state.floor_id,
            corrections=tuple(story.corrections),
            original=original,
            struck=right is not None and right.struck,
        )

    def _request(self, request: Request) -> RequestMade:
        unheard = (Standing.WITHDRAWN, Standing.NOT_PRESENT, Standing.NOT_REACHED)
        return RequestMade(
            id=request.id,
            segment=request.segment,
            delegation=request.delegation,
            kind=request.kind,
            capacity=request.capacity,
            group=request.group,
            number=request.number,
            asked=self._asked[request.id],
            standing=request.standing,
            left=self._left[request.id] if request.standing in unheard else None,
        )


def _questions(state: Dialogue) -> Iterator[QuestionPut]:
    for person in asked_persons(state):
        for row in questions_to(state, person):
            yield QuestionPut(
                id=row["id"],
                to=person,
                delegation=row["delegation"],
                written=row["written"],
                at=row["at"],
                answered=row["answered"],
            )


def _running(state: Dialogue) -> InterventionId | None:
    """Whose clock runs; None while it stands still."""
    turn = state.floor
    return None if turn is None or turn.clock.running_since is None else turn.id
