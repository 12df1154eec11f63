"""The language of the core's tests: given what happened, when somebody asks, then this follows.

A scene treats a command as the service does: what is due first, then the decision. Instants are
fixed and time passes only by `later`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from moderator.core.actor import Actor
from moderator.core.commands import (
    AcceptOrder,
    AskToSlowDown,
    BeginSegment,
    ChangeProgramme,
    CloseDialogue,
    CloseList,
    Command,
    ContinueIntervention,
    CorrectIntervention,
    DescribeRequest,
    Done,
    EndIntervention,
    GiveFloor,
    HideList,
    LetOnePass,
    MarkNotPresent,
    MoveRequest,
    OpenDialogue,
    OpenList,
    ReinstateRequest,
    RequestFloor,
    ResumeDialogue,
    ReturnToList,
    RevealDraw,
    RuleOnPoint,
    SendNote,
    SetAllowance,
    SetAnswered,
    SetPrivateLimit,
    SetRules,
    SetStage,
    ShowList,
    StartClock,
    StopClock,
    SuspendDialogue,
    TakeGavel,
    Undo,
    WithdrawRequest,
    WriteQuestion,
    YieldFloor,
)
from moderator.core.decide import decide
from moderator.core.due import due
from moderator.core.events import Event, FloorGiven, FloorRequested
from moderator.core.evolve import evolve_all
from moderator.core.model import Correction, Details, Dialogue, FreeText, Rules, Segment
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import (
    Capacity,
    CommandId,
    DelegationCode,
    GroupCode,
    InterventionId,
    Kind,
    Outcome,
    PauseReason,
    PersonId,
    Policy,
    QuestionId,
    Role,
    Ruling,
    SegmentId,
    SegmentKind,
    TextId,
)
from moderator.core.units import MINUTE, SECOND, Duration, Instant, after

GAVEL = Instant(1_333_447_200_000)
"""3 April 2012, 10:00 UTC: when every scene begins."""

OPENING, PANEL_1, PANEL_2 = SegmentId("opening"), SegmentId("panel-1"), SegmentId("panel-2")
ALVA, BRUN = PersonId("alva"), PersonId("brun")
"""The panellists of the first panel, in this order; the second has Brun alone."""

NIGERIA, BRAZIL, BELARUS = DelegationCode("NGA"), DelegationCode("BRA"), DelegationCode("BLR")
HOLY_SEE, UNICEF = DelegationCode("VAT"), DelegationCode("UNICEF")
G77 = GroupCode("g77")

CHAIR = Actor(Role.CHAIR, "mexico", "tablet-1")
CO_CHAIR = Actor(Role.CHAIR, "norway", "tablet-2")
SECRETARY = Actor(Role.SECRETARY, "okoye", "laptop")
ASSISTANT = Actor(Role.ASSISTANT, "tanaka", "tablet-3")
BOOTH = Actor(Role.INTERPRETER, None, "booth-fr")
RAPPORTEUR = Actor(Role.RAPPORTEUR, "roy", "laptop-2")


def seat(delegation: DelegationCode, phone: int = 1) -> Actor:
    return Actor(Role.DELEGATION, delegation, f"phone-{phone}")


def panellist(person: PersonId) -> Actor:
    return Actor(Role.PANELLIST, person, "table")


def at(minutes: int = 0, seconds: float = 0) -> Instant:
    """So long after the first gavel."""
    return after(GAVEL, later(minutes, seconds).duration)


def programme(rules: Rules) -> tuple[Segment, ...]:
    return (
        Segment(OPENING, SegmentKind.OPENING, rules),
        Segment(PANEL_1, SegmentKind.PANEL, rules, speakers=(ALVA, BRUN)),
        Segment(PANEL_2, SegmentKind.PANEL, rules, speakers=(BRUN,)),
    )


def minutes(count: float) -> Duration:
    return Duration(int(count * MINUTE))


# Steps


@dataclass(frozen=True)
class Later:
    """Time passes, and the bell rings at its end."""

    duration: Duration


@dataclass(frozen=True)
class TakeBack:
    """Somebody undoes the latest command of a kind."""

    kind: type[Command]
    by: Actor


Step = Command | Later | TakeBack


def later(minutes: int = 0, seconds: float = 0) -> Later:
    return Later(Duration(int(minutes * MINUTE + seconds * SECOND)))


def take_back(kind: type[Command], by: Actor = CHAIR) -> TakeBack:
    return TakeBack(kind, by)


class Scene:
    """A dialogue, its log so far, and what the last step brought about."""

    def __init__(self) -> None:
        self.state = Dialogue()
        self.now = GAVEL
        self.log: list[Event] = []
        self.recorded: tuple[Event, ...] = ()
        self.refusal: Reason | None = None
        self._done: list[tuple[Command, Done]] = []

    def when(self, *steps: Step) -> "Scene":
        for step in steps:
            assert self.refusal is None, f"refused before: {self.refusal}"
            self._take(step)
        return self

    def then(self, *events: Event) -> "Scene":
        """The last step recorded exactly these."""
        assert self.refusal is None, f"refused: {self.refusal}"
        assert self.recorded == events
        return self

    def nothing(self) -> "Scene":
        """The last step was accepted and recorded nothing: it was true already."""
        return self.then()

    def refused(self, reason: Reason) -> "Scene":
        assert self.refusal is reason, f"refused: {self.refusal}; recorded: {self.recorded}"
        return self

    def done(self, kind: type[Command]) -> Done:
        """The latest command of a kind that recorded something."""
        return next(done for command, done in reversed(self._done) if isinstance(command, kind))

    def done_at(self, version: int) -> Done:
        """The command whose last event has a version."""
        return next(done for _, done in self._done if done.version == version)

    def _take(self, step: Step) -> None:
        if isinstance(step, Later):
            self.now = after(self.now, step.duration)
            self.recorded = self._record(due(self.state, self.now))
        elif isinstance(step, TakeBack):
            self._handle(Undo(ID, step.by, self.done(step.kind)))
        else:
            self._handle(step)

    def _handle(self, command: Command) -> None:
        came_true = self._record(due(self.state, self.now))
        try:
            decided = self._record(decide(self.state, command, self.now))
        except Rejected as rejected:
            self.refusal = rejected.reason
            decided = ()
        if decided:
            self._done.append((command, Done(command.by, self.state.version, decided)))
        self.recorded = (*came_true, *decided)

    def _record(self, events: Sequence[Event]) -> tuple[Event, ...]:
        self.log.extend(events)
        self.state = evolve_all(self.state, events)
        return tuple(events)


def given(*steps: Step) -> Scene:
    scene = Scene().when(*steps)
    assert scene.refusal is None, f"refused: {scene.refusal}"
    return scene


def open_floor(rules: Rules | None = None, *asking: DelegationCode) -> tuple[Step, ...]:
    """The dialogue is open, the first panel has begun, and its list is open with these on it."""
    return (open_dialogue(rules), begin(PANEL_1), open_list(), *(ask(who) for who in asking))


def speaking(who: DelegationCode, *waiting: DelegationCode) -> tuple[Step, ...]:
    """At 0:00 the floor was given to somebody; the clock has not started yet."""
    return (*open_floor(None, who, *waiting), give(request(who)))


# Commands, by the chair unless somebody else is named

ID = CommandId("command-1")
NOBODY = InterventionId("never-asked")


def request(delegation: DelegationCode, nth: int = 1) -> InterventionId:
    """The id of the nth request of a delegation."""
    return InterventionId(f"ask-{delegation}-{nth}")


def speech(person: PersonId, nth: int = 1) -> InterventionId:
    """The id of the nth turn of a person of the programme."""
    return InterventionId(f"speech-{person}-{nth}")


def open_dialogue(rules: Rules | None = None, by: Actor = CHAIR) -> Command:
    return OpenDialogue(ID, by, programme(rules or Rules()))


def suspend(by: Actor = CHAIR) -> Command:
    return SuspendDialogue(ID, by)


def resume(by: Actor = CHAIR) -> Command:
    return ResumeDialogue(ID, by)


def close(holder: InterventionId | None = None, by: Actor = CHAIR) -> Command:
    return CloseDialogue(ID, by, holder)


def begin(
    segment: SegmentId,
    holder: InterventionId | None = None,
    by: Actor = CHAIR,
    *,
    carry_over: bool = False,
) -> Command:
    return BeginSegment(ID, by, segment, holder, carry_over)


def open_list(
    segment: SegmentId = PANEL_1, by: Actor = CHAIR, *, draw: str | None = None
) -> Command:
    return OpenList(ID, by, segment, draw)


def close_list(
    segment: SegmentId = PANEL_1, by: Actor = CHAIR, *, when: Instant | None = None
) -> Command:
    return CloseList(ID, by, segment, when)


def hide_list(segment: SegmentId = PANEL_1, by: Actor = CHAIR) -> Command:
    return HideList(ID, by, segment)


def show_list(segment: SegmentId = PANEL_1, by: Actor = CHAIR) -> Command:
    return ShowList(ID, by, segment)


def accept(*order: InterventionId, segment: SegmentId = PANEL_1, by: Actor = CHAIR) -> Command:
    return AcceptOrder(ID, by, segment, order, Policy.GROUPS_FIRST)


def reveal(seed: str, segment: SegmentId = PANEL_1, by: Actor = CHAIR) -> Command:
    return RevealDraw(ID, by, segment, seed)


def ask(
    delegation: DelegationCode,
    nth: int = 1,
    *,
    by: Actor | None = None,
    group: GroupCode | None = None,
    capacity: Capacity = Capacity.NATIONAL,
    segment: SegmentId = PANEL_1,
) -> Command:
    return RequestFloor(
        id=CommandId(request(delegation, nth)),
        by=by or seat(delegation),
        segment=segment,
        delegation=delegation,
        kind=Kind.STATEMENT,
        capacity=Capacity.GROUP if group else capacity,
        group=group,
    )


def reply(
    delegation: DelegationCode, to: InterventionId, nth: int = 9, *, by: Actor | None = None
) -> Command:
    """A right of reply to a turn; its id is that of the nth request of the delegation."""
    return RequestFloor(
        id=CommandId(request(delegation, nth)),
        by=by or seat(delegation),
        segment=PANEL_1,
        delegation=delegation,
        kind=Kind.RIGHT_OF_REPLY,
        capacity=Capacity.NATIONAL,
        statement=to,
    )


def raise_point(
    delegation: DelegationCode, nth: int = 8, *, segment: SegmentId = PANEL_1
) -> Command:
    """A point of order; its id is that of the nth request of the delegation."""
    return RequestFloor(
        id=CommandId(request(delegation, nth)),
        by=seat(delegation),
        segment=segment,
        delegation=delegation,
        kind=Kind.POINT_OF_ORDER,
        capacity=Capacity.NATIONAL,
    )


def ask_panellist(delegation: DelegationCode, person: PersonId, nth: int = 7) -> Command:
    """A question at the floor; its id is that of the nth request of the delegation."""
    return RequestFloor(
        id=CommandId(request(delegation, nth)),
        by=seat(delegation),
        segment=PANEL_1,
        delegation=delegation,
        kind=Kind.QUESTION,
        capacity=Capacity.NATIONAL,
        to=person,
    )


def write(
    delegation: DelegationCode,
    person: PersonId,
    words: str = "question-1",
    *,
    by: Actor | None = None,
) -> Command:
    """A written question, whose id is its words."""
    return WriteQuestion(CommandId(words), by or seat(delegation), delegation, person, text(words))


def tick(question: str, answered: bool = True, by: Actor = CHAIR) -> Command:
    return SetAnswered(ID, by, QuestionId(question), answered)


def describe(which: InterventionId, details: Details, by: Actor = ASSISTANT) -> Command:
    return DescribeRequest(ID, by, which, details)


def let_pass(which: InterventionId, place: int, by: Actor) -> Command:
    return LetOnePass(ID, by, which, place)


def reinstate(
    which: InterventionId, before: InterventionId | None = None, by: Actor = CHAIR
) -> Command:
    return ReinstateRequest(ID, by, which, before)


def rule(
    point: InterventionId,
    ruling: Ruling = Ruling.NOT_UPHELD,
    words: str | None = None,
    by: Actor = CHAIR,
) -> Command:
    return RuleOnPoint(ID, by, point, ruling, None if words is None else text(words))


def note(which: InterventionId, words: str | None, by: Actor = CHAIR) -> Command:
    return SendNote(ID, by, which, None if words is None else text(words))


def slow_down(holder: InterventionId, by: Actor = BOOTH) -> Command:
    return AskToSlowDown(ID, by, holder)


def set_rules(
    rules: Rules, segment: SegmentId = PANEL_1, *, base: int = 0, by: Actor = CHAIR
) -> Command:
    return SetRules(ID, by, base, segment, rules)


def private_limit(
    delegation: DelegationCode | None,
    total: Duration | None,
    *,
    person: PersonId | None = None,
    by: Actor = CHAIR,
) -> Command:
    return SetPrivateLimit(ID, by, delegation, person, total)


def withdraw(which: InterventionId, by: Actor = CHAIR) -> Command:
    return WithdrawRequest(ID, by, which)


def move(
    which: InterventionId,
    before: InterventionId | None,
    by: Actor = CHAIR,
    *,
    reason: str | None = None,
) -> Command:
    return MoveRequest(ID, by, which, before, None if reason is None else text(reason))


def not_present(which: InterventionId, by: Actor = CHAIR) -> Command:
    return MarkNotPresent(ID, by, which)


def give(which: InterventionId, holder: InterventionId | None = None, by: Actor = CHAIR) -> Command:
    return GiveFloor(ID, by, holder, request=which)


def give_to(
    person: PersonId, nth: int = 1, *, holder: InterventionId | None = None, by: Actor = CHAIR
) -> Command:
    return GiveFloor(CommandId(speech(person, nth)), by, holder, person=person)


def start(holder: InterventionId, by: Actor = CHAIR) -> Command:
    return StartClock(ID, by, holder)


def stop(
    holder: InterventionId, by: Actor = CHAIR, *, reason: PauseReason | None = None
) -> Command:
    return StopClock(ID, by, holder, reason)


def allow(holder: InterventionId, total: Duration, by: Actor = CHAIR) -> Command:
    return SetAllowance(ID, by, holder, total)


def end(holder: InterventionId, by: Actor = CHAIR) -> Command:
    return EndIntervention(ID, by, holder)


def take_floor_from(holder: InterventionId, by: Actor = CHAIR) -> Command:
    return EndIntervention(ID, by, holder, Outcome.WITHDRAWN_BY_CHAIR)


def yield_floor(holder: InterventionId, by: Actor) -> Command:
    return YieldFloor(ID, by, holder)


def go_on(which: InterventionId, total: Duration, by: Actor = CHAIR) -> Command:
    return ContinueIntervention(ID, by, which, total)


def put_back(holder: InterventionId, by: Actor = CHAIR) -> Command:
    return ReturnToList(ID, by, holder)


def take_gavel(by: Actor = CHAIR) -> Command:
    return TakeGavel(ID, by)


# The two events with many fields, as they are in most scenes


def floor_requested(
    when: Instant,
    delegation: DelegationCode,
    number: int,
    nth: int = 1,
    *,
    by_bureau: bool = False,
    group: GroupCode | None = None,
) -> Event:
    return FloorRequested(
        at=when,
        request=request(delegation, nth),
        segment=PANEL_1,
        delegation=delegation,
        kind=Kind.STATEMENT,
        capacity=Capacity.GROUP if group else Capacity.NATIONAL,
        group=group,
        number=number,
        by_bureau=by_bureau,
    )


def floor_given(
    when: Instant,
    delegation: DelegationCode,
    *,
    place: int = 0,
    allowance: Duration = Duration(3 * MINUTE),
    starts_after: Duration | None = Duration(5 * SECOND),
    nth: int = 1,
    kind: Kind = Kind.STATEMENT,
) -> Event:
    return FloorGiven(
        at=when,
        intervention=request(delegation, nth),
        segment=PANEL_1,
        delegation=delegation,
        person=None,
        kind=kind,
        capacity=Capacity.NATIONAL,
        group=None,
        place=place,
        allowance=allowance,
        starts_at=None if starts_after is None else after(when, starts_after),
    )


def floor_given_to(
    when: Instant,
    person: PersonId,
    nth: int = 1,
    *,
    allowance: Duration = Duration(7 * MINUTE),
    starts_after: Duration | None = Duration(5 * SECOND),
) -> Event:
    return FloorGiven(
        at=when,
        intervention=speech(person, nth),
        segment=PANEL_1,
        delegation=None,
        person=person,
        kind=Kind.STATEMENT,
        capacity=Capacity.PANELLIST,
        group=None,
        place=None,
        allowance=allowance,
        starts_at=None if starts_after is None else after(when, starts_after),
    )


def text(words: str) -> FreeText:
    """A free text as the core knows it."""
    return FreeText(TextId(words), f"hash-of-{words}")


EVERYBODY = (NIGERIA, BRAZIL, BELARUS)
PERSONS = (ALVA, BRUN)


def change(
    segments: tuple[Segment, ...],
    base: int = 0,
    *,
    delegations: tuple[DelegationCode, ...] = EVERYBODY,
    persons: tuple[PersonId, ...] = PERSONS,
    groups: tuple[GroupCode, ...] = (G77,),
    until: tuple[Instant, ...] = (),
    by: Actor = SECRETARY,
) -> Command:
    return ChangeProgramme(ID, by, base, "source", segments, delegations, persons, groups, until)


def as_heard(
    delegation: DelegationCode | None,
    used: Duration,
    outcome: Outcome = Outcome.CONCLUDED,
    *,
    group: GroupCode | None = None,
    struck: bool = False,
) -> Correction:
    if delegation is None:
        return Correction(None, Capacity.PANELLIST, None, outcome, used, struck)
    capacity = Capacity.GROUP if group else Capacity.NATIONAL
    return Correction(delegation, capacity, group, outcome, used, struck)


def correct(which: InterventionId, right: Correction, by: Actor = RAPPORTEUR) -> Command:
    return CorrectIntervention(ID, by, which, right, text("why"))


def stage(blackout: bool, message: str | None = None, by: Actor = CHAIR) -> Command:
    return SetStage(ID, by, blackout, None if message is None else text(message))
