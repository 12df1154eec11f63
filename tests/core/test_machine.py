"""A meeting at random: whatever is pressed by whomever and whenever, the promises hold.

The rules are aimed: at the speaker, the first of the list, a withdrawn request, the latest command.
Blind ids would hardly ever reach the states in which something can go wrong.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

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
from moderator.core.due import due, next_due
from moderator.core.events import Event, FloorGiven, FloorRequested
from moderator.core.evolve import evolve_all
from moderator.core.limits import replies_given
from moderator.core.model import Correction, Details, Dialogue, Limits, Rules, Segment
from moderator.core.personal import booth, own
from moderator.core.personal import panellist as seen_by_panellist
from moderator.core.reading import public_texts
from moderator.core.rejected import Rejected
from moderator.core.terms import (
    BUREAU,
    STATEMENTS,
    Capacity,
    Category,
    CommandId,
    Enforcement,
    InterventionId,
    Kind,
    Level,
    Outcome,
    PauseReason,
    Phase,
    Policy,
    QuestionId,
    Ruling,
    SegmentKind,
    Standing,
)
from moderator.core.undo import can_be_undone
from moderator.core.units import MINUTE, SECOND, Duration, Instant, after
from moderator.core.view import View, bureau, public
from tests.core.dialogues import (
    ALVA,
    ASSISTANT,
    BELARUS,
    BOOTH,
    BRAZIL,
    BRUN,
    CHAIR,
    CO_CHAIR,
    G77,
    GAVEL,
    NIGERIA,
    NOBODY,
    OPENING,
    PANEL_1,
    PANEL_2,
    RAPPORTEUR,
    SECRETARY,
    panellist,
    seat,
    text,
)
from tests.core.test_refusals import PAIRS

DELEGATIONS = (NIGERIA, BRAZIL, BELARUS)
PERSONS = (ALVA, BRUN)
SEGMENTS = (OPENING, PANEL_1, PANEL_2)
CHAIRS = st.sampled_from((CHAIR, CO_CHAIR, SECRETARY))
AT_THE_FLOOR = st.sampled_from(("speaker",) * 5 + ("first", "last turn", "nobody"))
ON_THE_LIST = st.sampled_from(("first", "second", "last") * 2 + ("speaker", "gone", "nobody"))
WHO_SPOKE = st.sampled_from(("last turn",) * 4 + ("speaker", "first", "nobody"))
BESIDE_THE_LIST = st.sampled_from(("point", "reply") * 3 + ("interrupted", "speaker"))
RULED_ON = st.sampled_from(("last point",) * 3 + ("speaker", "point"))
GONE = st.just("gone")
SEEN = st.sampled_from(("now",) * 5 + ("before", "nobody"))
"""Whom the asker saw at the floor: mostly who is there, at times who was."""

PAUSES = st.sampled_from(
    (0, 1, SECOND, 5 * SECOND, 20 * SECOND, MINUTE, "to what is next", "just before what is next")
)
RULES = st.builds(
    Rules,
    limits=st.just(
        Limits(
            national=Duration(60 * SECOND),
            group=Duration(90 * SECOND),
            observer=Duration(50 * SECOND),
            stakeholder=Duration(45 * SECOND),
            panellist=Duration(120 * SECOND),
            again=Duration(40 * SECOND),
            reply=Duration(30 * SECOND),
            right_of_reply=Duration(55 * SECOND),
            right_of_reply_again=Duration(35 * SECOND),
            point_of_order=Duration(25 * SECOND),
        )
    ),
    enforcement=st.sampled_from(
        (Enforcement.AUTOMATIC, Enforcement.AUTOMATIC, Enforcement.FIRM, Enforcement.ADVISORY)
    ),
    grace=st.sampled_from((Duration(0), Duration(10 * SECOND))),
    start_after=st.sampled_from((None, Duration(0), Duration(5 * SECOND))),
    round=st.sampled_from((None, 2)),
    draw_window=st.sampled_from((Duration(0), Duration(60 * SECOND))),
)
SEEDS = ("seed-1", "seed-2")
SECRETS = tuple(f"secret-{what}" for what in ("gist", "text", "note", "question", "why"))
"""Words that only the bureau, or one seat, is told; so their ids are not public either."""

NEVER_PUBLIC = (
    *(str(actor.seat) for actor in (CHAIR, CO_CHAIR, SECRETARY, ASSISTANT, seat(NIGERIA))),
    *(str(actor.subject) for actor in (CHAIR, CO_CHAIR, SECRETARY, ASSISTANT)),
    *SECRETS,
    "gavel",
    "by_bureau",
    "private",
    "details",
    "slow_down",
)


def mostly(holds: Callable[[Dialogue], object]) -> Any:
    """A rule that makes sense only in some states is tried in the others now and then."""
    return precondition(lambda self: holds(self.state) or self.commands % 4 == 0)


LIST_IS_OPEN = mostly(lambda state: state.list_open)
NOBODY_WAITS = mostly(lambda state: not state.waiting)
SOMEBODY_SPEAKS = mostly(lambda state: state.floor)
SOMEBODY_WAITS = mostly(lambda state: state.waiting)
SOMEBODY_SPOKE = mostly(lambda state: state.last and not state.floor)
REPLY_OR_POINT = mostly(lambda state: state.replies or state.points)
IN_A_SEGMENT = mostly(lambda state: state.segment)


class Meeting(RuleBasedStateMachine):
    """A dialogue, its log, and people who press whatever they like."""

    def __init__(self) -> None:
        super().__init__()
        self.state = Dialogue()
        self.now = GAVEL
        self.log: list[Event] = []
        self.done: list[Done] = []
        self.holders: list[InterventionId | None] = [None]
        self.commands = 0
        self.shown = {public: public(self.state), bureau: bureau(self.state)}

    @initialize(rules=st.tuples(RULES, RULES), opened=st.sampled_from((True, True, True, False)))
    def convene(self, rules: tuple[Rules, Rules], opened: bool) -> None:
        self.segments = (
            Segment(OPENING, SegmentKind.OPENING, rules[0]),
            Segment(PANEL_1, SegmentKind.PANEL, rules[0], speakers=PERSONS),
            Segment(PANEL_2, SegmentKind.PANEL, rules[1], speakers=(BRUN,)),
        )
        if opened:
            self.handle(OpenDialogue(self.tap(), CHAIR, self.segments))
            self.handle(BeginSegment(self.tap(), CHAIR, PANEL_1, None))
            self.handle(OpenList(self.tap(), CHAIR, PANEL_1))
            for delegation in DELEGATIONS:
                self.ask(delegation, by_bureau=False, for_group=False)

    # What people do

    @rule(pause=PAUSES, bell_rings=st.booleans())
    def time_passes(self, pause: Any, bell_rings: bool) -> None:
        if isinstance(pause, str):
            deadline = next_due(self.state)
            early = 1 if pause.startswith("just before") else 0
            pause = 0 if deadline is None else max(0, deadline - early - self.now)
        self.now = after(self.now, pause)
        if bell_rings:
            self.record(due(self.state, self.now))

    @rule(
        by=CHAIRS,
        kind=st.sampled_from((OpenDialogue, SuspendDialogue, CloseDialogue, TakeGavel)),
        seen=SEEN,
    )
    def use_the_gavel(self, by: Actor, kind: Any, seen: str) -> None:
        if kind is OpenDialogue:
            self.handle(OpenDialogue(self.tap(), by, self.segments))
        elif kind is CloseDialogue:
            self.handle(CloseDialogue(self.tap(), by, self.holder(seen)))
        else:
            self.handle(kind(self.tap(), by))

    @precondition(lambda self: self.state.phase is not Phase.OPEN)
    @rule(by=CHAIRS)
    def resume_or_reopen(self, by: Actor) -> None:
        if self.state.phase is Phase.CLOSED:
            self.undo_the_latest_that_stands(by)
        self.handle(ResumeDialogue(self.tap(), by))

    @rule(
        by=CHAIRS,
        seen=SEEN,
        segment=st.sampled_from((PANEL_1, PANEL_1, PANEL_2, OPENING)),
        carry_over=st.booleans(),
    )
    def begin_a_segment(self, by: Actor, seen: str, segment: Any, carry_over: bool) -> None:
        self.handle(BeginSegment(self.tap(), by, segment, self.holder(seen), carry_over))

    @NOBODY_WAITS
    @rule(by=CHAIRS, seed=st.sampled_from((None, *SEEDS)))
    def open_the_list_and_everybody_asks(self, by: Actor, seed: str | None) -> None:
        draw = None if seed is None else hashlib.sha256(seed.encode()).hexdigest()
        self.handle(OpenList(self.tap(), by, self.state.segment_id or PANEL_1, draw))
        for delegation in DELEGATIONS:
            self.ask(delegation, by_bureau=False, for_group=False)

    @LIST_IS_OPEN
    @rule(
        by=CHAIRS,
        segment=st.sampled_from((None, None, None, *SEGMENTS)),
        after_=st.sampled_from((None, 20 * SECOND, MINUTE)),
    )
    def close_the_list(self, by: Actor, segment: Any, after_: Any) -> None:
        when = None if after_ is None else after(self.now, after_)
        target = segment or self.state.segment_id or PANEL_1
        self.handle(CloseList(self.tap(), by, target, when))

    @IN_A_SEGMENT
    @rule(by=CHAIRS, kind=st.sampled_from((HideList, ShowList, OpenList)))
    def open_hide_or_show_the_list(self, by: Actor, kind: Any) -> None:
        self.handle(kind(self.tap(), by, self.state.segment_id or PANEL_1))

    @IN_A_SEGMENT
    @rule(by=CHAIRS, seed=st.sampled_from(SEEDS))
    def reveal_the_draw(self, by: Actor, seed: str) -> None:
        self.handle(RevealDraw(self.tap(), by, self.state.segment_id or PANEL_1, seed))

    @SOMEBODY_WAITS
    @rule(by=CHAIRS, shuffled=st.randoms(use_true_random=False), stale=st.booleans())
    def accept_another_order(self, by: Actor, shuffled: Any, stale: bool) -> None:
        order = list(self.state.waiting)
        shuffled.shuffle(order)
        if stale:
            order = [*order[1:], self.target("gone")]
        segment = self.state.segment_id or PANEL_1
        self.handle(AcceptOrder(self.tap(), by, segment, tuple(order), Policy.DRAW))

    @SOMEBODY_WAITS
    @rule(by=CHAIRS, pause=PAUSES)
    def the_first_of_the_list_speaks(self, by: Actor, pause: Any) -> None:
        first = self.target("first")
        self.handle(GiveFloor(self.tap(), by, self.state.floor_id, request=first))
        self.handle(StartClock(self.tap(), by, first))
        self.time_passes(pause, bell_rings=False)

    @rule(delegation=st.sampled_from(DELEGATIONS), by_bureau=st.booleans(), for_group=st.booleans())
    def ask(self, delegation: Any, by_bureau: bool, for_group: bool) -> None:
        self.handle(
            RequestFloor(
                id=self.tap(),
                by=ASSISTANT if by_bureau else seat(delegation),
                segment=self.state.segment_id or PANEL_1,
                delegation=delegation,
                kind=Kind.STATEMENT,
                capacity=Capacity.GROUP if for_group else Capacity.NATIONAL,
                group=G77 if for_group else None,
            )
        )

    @rule(delegation=st.sampled_from(DELEGATIONS), aim=WHO_SPOKE, give_it=st.booleans())
    def ask_for_a_reply(self, delegation: Any, aim: str, give_it: bool) -> None:
        self.ask_for(delegation, Kind.RIGHT_OF_REPLY, statement=self.target(aim))
        if give_it and self.state.replies:
            reply = self.state.replies[-1]
            self.handle(GiveFloor(self.tap(), CHAIR, self.state.floor_id, request=reply))

    @rule(delegation=st.sampled_from(DELEGATIONS), give_it=st.booleans())
    def raise_a_point_of_order(self, delegation: Any, give_it: bool) -> None:
        self.ask_for(delegation, Kind.POINT_OF_ORDER)
        if give_it and self.state.points:
            point = self.state.points[-1]
            self.handle(GiveFloor(self.tap(), CHAIR, self.state.floor_id, request=point))

    @rule(delegation=st.sampled_from(DELEGATIONS), to=st.sampled_from(PERSONS))
    def put_a_question(self, delegation: Any, to: Any) -> None:
        self.ask_for(delegation, Kind.QUESTION, to=to)

    def ask_for(self, delegation: Any, kind: Kind, **names: Any) -> None:
        segment = self.state.segment_id or PANEL_1
        by = seat(delegation)
        tap, capacity = self.tap(), Capacity.NATIONAL
        self.handle(RequestFloor(tap, by, segment, delegation, kind, capacity, **names))

    @REPLY_OR_POINT
    @rule(by=CHAIRS, aim=BESIDE_THE_LIST, seen=SEEN)
    def give_to_a_reply_or_a_point(self, by: Actor, aim: str, seen: str) -> None:
        self.handle(GiveFloor(self.tap(), by, self.holder(seen), request=self.target(aim)))

    @REPLY_OR_POINT
    @rule(
        aim=BESIDE_THE_LIST,
        kind=st.sampled_from((WithdrawRequest, MarkNotPresent, MoveRequest)),
    )
    def take_a_reply_or_a_point_off(self, aim: str, kind: Any) -> None:
        more = (None,) if kind is MoveRequest else ()
        self.handle(kind(self.tap(), CHAIR, self.target(aim), *more))

    @rule(by=CHAIRS, aim=RULED_ON, ruling=st.sampled_from(Ruling), words=st.booleans())
    def rule_on_a_point(self, by: Actor, aim: str, ruling: Ruling, words: bool) -> None:
        why = text("secret-why") if words else None
        self.handle(RuleOnPoint(self.tap(), by, self.target(aim), ruling, why))

    @rule(aim=ON_THE_LIST | AT_THE_FLOOR | BESIDE_THE_LIST, show=st.booleans())
    def describe(self, aim: str, show: bool) -> None:
        details = Details(
            level=Level.MINISTER,
            language="fr",
            speaker=text("shown" if show else "secret-gist"),
            text=text("secret-text"),
            gist=text("secret-gist"),
            show_speaker=show,
        )
        self.handle(DescribeRequest(self.tap(), ASSISTANT, self.target(aim), details))

    @SOMEBODY_WAITS
    @rule(aim=ON_THE_LIST, later=st.sampled_from((0, 0, 1)))
    def let_one_pass(self, aim: str, later: int) -> None:
        which = self.target(aim)
        waiting = self.state.waiting
        place = waiting.index(which) - later if which in waiting else 0
        request = self.state.requests.get(which)
        by = seat(request.delegation if request else NIGERIA)
        self.handle(LetOnePass(self.tap(), by, which, place))

    @rule(by=CHAIRS, aim=ON_THE_LIST | WHO_SPOKE | GONE, before=ON_THE_LIST)
    def reinstate(self, by: Actor, aim: str, before: str) -> None:
        target = None if before == "nobody" else self.target(before)
        self.handle(ReinstateRequest(self.tap(), by, self.target(aim), target))

    @rule(delegation=st.sampled_from(DELEGATIONS), to=st.sampled_from(PERSONS))
    def write_a_question(self, delegation: Any, to: Any) -> None:
        words = text("secret-question")
        self.handle(WriteQuestion(self.tap(), seat(delegation), delegation, to, words))

    @rule(ago=st.integers(0, 9), answered=st.booleans(), written=st.booleans())
    def tick(self, ago: int, answered: bool, written: bool) -> None:
        asked: list[str] = [
            one.id for one in self.state.requests.values() if one.kind is Kind.QUESTION
        ]
        questions: list[str] = list(self.state.questions) if written else asked
        question = questions[ago % len(questions)] if questions else NOBODY
        self.handle(SetAnswered(self.tap(), CHAIR, QuestionId(question), answered))

    @rule(whose=st.sampled_from((*DELEGATIONS, *PERSONS)), seconds=st.sampled_from((None, 70, 200)))
    def set_a_private_limit(self, whose: Any, seconds: int | None) -> None:
        total = None if seconds is None else Duration(seconds * SECOND)
        owner = (whose, None) if whose in DELEGATIONS else (None, whose)
        self.handle(SetPrivateLimit(self.tap(), CHAIR, *owner, total))

    @rule(by=CHAIRS, rules=RULES, segment=st.sampled_from(SEGMENTS), stale=st.booleans())
    def set_the_rules(self, by: Actor, rules: Rules, segment: Any, stale: bool) -> None:
        base = self.state.revision - (1 if stale else 0)
        self.handle(SetRules(self.tap(), by, base, segment, rules))

    @SOMEBODY_SPEAKS
    @rule(aim=AT_THE_FLOOR, words=st.sampled_from((None, "secret-note")))
    def send_a_note_and_ask_to_slow_down(self, aim: str, words: str | None) -> None:
        told = None if words is None else text(words)
        self.handle(SendNote(self.tap(), CHAIR, self.target(aim), told))
        self.handle(AskToSlowDown(self.tap(), BOOTH, self.target(aim)))

    @SOMEBODY_WAITS
    @rule(aim=ON_THE_LIST, by=st.sampled_from((CHAIR, ASSISTANT, seat(NIGERIA), seat(BRAZIL))))
    def withdraw(self, aim: str, by: Actor) -> None:
        self.handle(WithdrawRequest(self.tap(), by, self.target(aim)))

    @SOMEBODY_WAITS
    @rule(by=CHAIRS, aim=ON_THE_LIST, before=ON_THE_LIST)
    def move(self, by: Actor, aim: str, before: str) -> None:
        target = None if before == "nobody" else self.target(before)
        why = text("secret-why")
        self.handle(MoveRequest(self.tap(), by, self.target(aim), target, why))

    @SOMEBODY_WAITS
    @rule(by=CHAIRS, aim=ON_THE_LIST | AT_THE_FLOOR)
    def call_somebody_who_is_absent(self, by: Actor, aim: str) -> None:
        self.handle(MarkNotPresent(self.tap(), by, self.target(aim)))

    @SOMEBODY_WAITS
    @rule(by=CHAIRS, aim=ON_THE_LIST, seen=SEEN)
    def give(self, by: Actor, aim: str, seen: str) -> None:
        self.handle(GiveFloor(self.tap(), by, self.holder(seen), request=self.target(aim)))

    @rule(by=CHAIRS, person=st.sampled_from(PERSONS), seen=SEEN)
    def give_to_a_panellist(self, by: Actor, person: Any, seen: str) -> None:
        self.handle(GiveFloor(self.tap(), by, self.holder(seen), person=person))

    @SOMEBODY_SPEAKS
    @rule(
        by=CHAIRS,
        kind=st.sampled_from((StartClock, StopClock)),
        aim=AT_THE_FLOOR,
        reason=st.sampled_from((None, PauseReason.INTERPRETATION)),
    )
    def start_or_stop(self, by: Actor, kind: Any, aim: str, reason: PauseReason | None) -> None:
        why = (reason,) if kind is StopClock else ()
        self.handle(kind(self.tap(), by, self.target(aim), *why))

    @SOMEBODY_SPEAKS
    @rule(by=CHAIRS, aim=AT_THE_FLOOR, seconds=st.sampled_from((10, 45, 60, 75, 200)))
    def set_the_allowance(self, by: Actor, aim: str, seconds: int) -> None:
        total = Duration(seconds * SECOND)
        self.handle(SetAllowance(self.tap(), by, self.target(aim), total))

    @SOMEBODY_SPEAKS
    @rule(
        by=CHAIRS,
        aim=AT_THE_FLOOR,
        outcome=st.sampled_from((Outcome.CONCLUDED, Outcome.WITHDRAWN_BY_CHAIR)),
    )
    def end(self, by: Actor, aim: str, outcome: Outcome) -> None:
        self.handle(EndIntervention(self.tap(), by, self.target(aim), outcome))

    @SOMEBODY_SPEAKS
    @rule(aim=AT_THE_FLOOR, somebody=st.sampled_from((None, None, seat(BRAZIL), panellist(BRUN))))
    def yield_the_floor(self, aim: str, somebody: Actor | None) -> None:
        turn = self.state.floor
        if somebody is None:
            whose = turn and turn.person
            somebody = panellist(whose) if whose else seat((turn and turn.delegation) or NIGERIA)
        self.handle(YieldFloor(self.tap(), somebody, self.target(aim)))

    @SOMEBODY_SPOKE
    @rule(by=CHAIRS, aim=WHO_SPOKE, more=st.sampled_from((0, 1, 30 * SECOND, 30 * SECOND)))
    def let_go_on(self, by: Actor, aim: str, more: int) -> None:
        turn = self.state.interventions.get(self.target(aim))
        used = turn.clock.used if turn else 0
        total = Duration(used + more)
        self.handle(ContinueIntervention(self.tap(), by, self.target(aim), total))

    @SOMEBODY_SPOKE
    @rule(by=CHAIRS)
    def let_go_on_who_has_asked_again(self, by: Actor) -> None:
        turn = self.state.last
        if turn is not None and turn.delegation is not None:
            self.ask(turn.delegation, by_bureau=False, for_group=turn.group is not None)
            self.let_go_on(by, "last turn", more=30 * SECOND)

    @SOMEBODY_SPEAKS
    @rule(by=CHAIRS, aim=AT_THE_FLOOR)
    def put_back(self, by: Actor, aim: str) -> None:
        self.handle(ReturnToList(self.tap(), by, self.target(aim)))

    @rule(
        by=CHAIRS,
        limits=st.sampled_from((Limits(), Limits(national=Duration(30 * SECOND)))),
        stale=st.sampled_from((0, 0, 0, 1)),
        cut=st.booleans(),
    )
    def change_the_programme(self, by: Actor, limits: Limits, stale: int, cut: bool) -> None:
        changed = tuple(
            replace(one, rules=replace(one.rules, limits=limits))
            for one in self.segments[: 2 if cut else 3]
        )
        base = self.state.revision - stale
        seen = self.state.floor
        self.handle(
            ChangeProgramme(self.tap(), by, base, "sent", changed, DELEGATIONS, PERSONS, (G77,))
        )
        if seen is not None and self.state.floor_id == seen.id:
            assert self.state.floor is not None
            assert self.state.floor.clock.allowance == seen.clock.allowance

    @rule(
        by=st.sampled_from((RAPPORTEUR, CHAIR)),
        aim=WHO_SPOKE,
        delegation=st.sampled_from((None, *DELEGATIONS)),
        outcome=st.sampled_from(Outcome),
        struck=st.booleans(),
    )
    def correct(self, by: Actor, aim: str, delegation: Any, outcome: Any, struck: bool) -> None:
        capacity = Capacity.PANELLIST if delegation is None else Capacity.NATIONAL
        right = Correction(delegation, capacity, None, outcome, Duration(MINUTE), struck)
        target = self.target(aim)
        self.record(due(self.state, self.now))
        before = self.state.interventions.get(target)
        self.handle(CorrectIntervention(self.tap(), by, target, right, text("why")))
        assert self.state.interventions.get(target) == before, "the original was overwritten"

    @rule(by=CHAIRS, blackout=st.booleans(), message=st.sampled_from((None, "please-sit")))
    def set_the_stage(self, by: Actor, blackout: bool, message: str | None) -> None:
        words = None if message is None else text(message)
        self.handle(SetStage(self.tap(), by, blackout, words))

    @rule(by=CHAIRS, ago=st.integers(0, 30))
    def undo(self, by: Actor, ago: int) -> None:
        if self.done:
            self.handle(Undo(self.tap(), by, self.done[-1 - ago % len(self.done)]))

    @rule(by=CHAIRS)
    def undo_the_latest_that_stands(self, by: Actor) -> None:
        for done in reversed(self.done):
            if done.version not in self.state.undone and can_be_undone(done.events):
                self.handle(Undo(self.tap(), by, done))
                return

    # Aiming

    def tap(self) -> CommandId:
        self.commands += 1
        return CommandId(f"tap-{self.commands:05}")

    def holder(self, seen: str) -> InterventionId | None:
        if seen == "before":
            return self.holders[-2] if len(self.holders) > 1 else None
        return self.state.floor_id if seen == "now" else None

    def target(self, aim: str) -> InterventionId:
        waiting = self.state.waiting
        match aim:
            case "speaker":
                return self.state.floor_id or NOBODY
            case "first":
                return waiting[0] if waiting else NOBODY
            case "second":
                return waiting[1] if len(waiting) > 1 else NOBODY
            case "last":
                return waiting[-1] if waiting else NOBODY
            case "last turn":
                return self.state.last.id if self.state.last else NOBODY
            case "gone":
                gone = (Standing.WITHDRAWN, Standing.NOT_PRESENT, Standing.NOT_REACHED)
                left = [one.id for one in self.state.requests.values() if one.standing in gone]
                return left[-1] if left else NOBODY
            case "point":
                return self.state.points[0] if self.state.points else NOBODY
            case "reply":
                return self.state.replies[0] if self.state.replies else NOBODY
            case "interrupted":
                return self.state.interrupted_id or NOBODY
            case "last point":
                points = [
                    one.id
                    for one in self.state.interventions.values()
                    if one.kind is Kind.POINT_OF_ORDER
                ]
                return points[-1] if points else NOBODY
            case _:
                return NOBODY

    # What the service does with a command, and what has to come of it

    def handle(self, command: Command) -> None:
        self.record(due(self.state, self.now))
        before, refusal = self.state, None
        try:
            events = decide(before, command, self.now)
        except Rejected as rejected:
            refusal = (type(command), rejected.reason)
        if refusal is not None:
            assert refusal in PAIRS, "a refusal that the table of refusals does not know"
            return
        if hasattr(command, "holder") and command.holder != before.floor_id:
            assert not events, "somebody acted past who has the floor"
        self.record(events)
        if not events:
            return
        self.the_same_tap_again_records_nothing(command)
        done = Done(command.by, self.state.version, events)
        self.done.append(done)
        if command.by.role in BUREAU and can_be_undone(events) and type(command) is not Undo:
            self.undoing_it_at_once_restores(before, done)

    def the_same_tap_again_records_nothing(self, command: Command) -> None:
        if isinstance(command, WriteQuestion | LetOnePass):
            return  # another tap may be another question; a stale place lets one more pass
        try:
            events = decide(self.state, replace(command, id=CommandId("tap-again")), self.now)
        except Rejected:
            return
        assert events == ()

    def undoing_it_at_once_restores(self, before: Dialogue, done: Done) -> None:
        try:
            events = decide(self.state, Undo(CommandId("undo"), CHAIR, done), self.now)
        except Rejected:
            # Only a speaking time that is used up already stays as it was set, and a time that has
            # passed is not set again.
            over = before.floor is not None and before.floor.clock.remaining_at(self.now) <= 0
            passed = before.closes_at is not None and before.closes_at <= self.now
            assert over or passed
            return
        restored = evolve_all(self.state, events)
        for audience in (public, bureau):
            now_, then_ = seen_by(audience, restored, self.now), seen_by(audience, before, self.now)
            assert now_ == then_, {k: (now_[k], then_[k]) for k in then_ if now_[k] != then_[k]}

    def record(self, events: Iterable[Event]) -> None:
        for event in events:
            assert self.state.at <= event.at <= self.now, "the log's time ran back, or ahead"
            if isinstance(event, FloorGiven) and event.kind is Kind.RIGHT_OF_REPLY:
                assert event.delegation is not None
                assert replies_given(self.state, event.delegation) < 2, "a third right of reply"
            self.state = evolve_all(self.state, (event,))
            self.log.append(event)
            if self.state.floor_id != self.holders[-1]:
                self.holders.append(self.state.floor_id)

    # What always holds

    @invariant()
    def every_request_is_in_exactly_one_place(self) -> None:
        state = self.state
        asked = [event.request for event in self.log if isinstance(event, FloorRequested)]
        assert sorted(state.requests) == sorted(asked)
        for request in state.requests.values():
            turn = state.interventions.get(request.id)
            outcome = turn.outcome if turn else None
            lines = (state.waiting, state.replies, state.points)
            places = [line for line in lines if request.id in line]
            assert (request.standing is Standing.WAITING) == bool(places)
            assert not places or places == [state.line(request.kind)]
            assert (request.standing is Standing.HAS_FLOOR) == state.at_the_floor(request.id)
            if outcome is Outcome.NOT_PRESENT:
                # It may be reinstated, and then wait or leave again.
                assert request.standing not in (Standing.HEARD, Standing.HAS_FLOOR)
            else:
                assert (request.standing is Standing.HEARD) == (outcome is not None)

    @invariant()
    def each_list_is_a_permutation_of_who_waits_on_it(self) -> None:
        state = self.state
        for kind in Kind:
            line = state.line(kind)
            same = STATEMENTS if kind in STATEMENTS else {kind}
            waits = [
                one.id
                for one in state.requests.values()
                if one.standing is Standing.WAITING and one.kind in same
            ]
            assert sorted(line) == sorted(waits)

    @invariant()
    def only_a_point_of_order_interrupts_and_the_clock_of_whom_it_interrupts_stands(self) -> None:
        state = self.state
        if state.interrupted is not None:
            assert state.floor is not None
            assert state.floor.kind is Kind.POINT_OF_ORDER
            assert state.floor.interrupts == state.interrupted_id
            assert state.interrupted.kind is not Kind.POINT_OF_ORDER
            assert state.interrupted.clock.running_since is None
            assert state.interrupted.starts_at is None
            assert state.interrupted.outcome is None

    @invariant()
    def the_public_sees_no_point_and_no_reply_that_was_not_granted(self) -> None:
        told = json.dumps(public(self.state))
        for request in (*self.state.replies, *self.state.points):
            assert request not in told
        listed = self.state.listed
        assert public(self.state)["list"]["length"] == len(listed)
        if self.state.hidden:
            assert all(request.id not in told for request in listed)
        assert public_texts(self.state) <= {"please-sit", "shown"}

    @invariant()
    def the_list_has_each_voice_once_and_only_of_this_segment(self) -> None:
        listed = self.state.listed
        assert len({request.voice for request in listed}) == len(listed)
        assert {request.segment for request in listed} <= {self.state.segment_id}

    @invariant()
    def arrival_numbers_are_unique(self) -> None:
        numbers = Counter(
            (one.segment if one.kind in STATEMENTS else one.kind, one.number)
            for one in self.state.requests.values()
        )
        assert all(count == 1 for count in numbers.values())

    @invariant()
    def at_most_one_has_the_floor_and_only_in_a_dialogue_that_goes_on(self) -> None:
        state = self.state
        for turn in state.interventions.values():
            if turn.id != state.floor_id:
                assert turn.clock.running_since is None
                assert turn.starts_at is None
        if state.floor is not None:
            assert state.phase in (Phase.OPEN, Phase.SUSPENDED)
            assert state.floor.outcome is None
            assert state.floor.segment == state.segment_id
            if state.phase is Phase.SUSPENDED:
                assert state.floor.clock.running_since is None
                assert state.floor.starts_at is None

    @invariant()
    def a_turn_that_expired_used_its_allowance_and_the_grace(self) -> None:
        for turn in self.state.interventions.values():
            if turn.outcome is Outcome.TIME_EXPIRED:
                assert turn.enforcement is Enforcement.AUTOMATIC
                assert turn.clock.used == turn.clock.allowance + turn.grace

    @invariant()
    def every_turn_that_ended_is_told_once_and_the_last_is_the_latest(self) -> None:
        state = self.state
        ended = [turn for turn in state.interventions.values() if turn.outcome is not None]
        assert all(turn.ended_at is not None for turn in ended)
        if state.last is not None:
            assert state.last.segment == state.segment_id
            # Whoever was not present and is reinstated waits again: that turn is over no longer.
            waiting = {*state.waiting, *state.replies, *state.points}
            assert state.last.ended_at == max(
                turn.ended_at
                for turn in ended
                if turn.segment == state.segment_id and turn.id not in waiting
            )

    @invariant()
    def exactly_the_present_segment_goes_on(self) -> None:
        going_on = [id for id, sitting in self.state.sittings.items() if sitting.ended_at is None]
        present = [] if self.state.phase is Phase.CLOSED else [self.state.segment_id]
        assert going_on == [segment for segment in present if segment is not None]

    @invariant()
    def nothing_is_due_twice(self) -> None:
        state = evolve_all(self.state, due(self.state, self.now))
        deadline = next_due(state)
        assert due(state, self.now) == ()
        assert deadline is None or deadline > self.now

    @invariant()
    def a_patch_of_the_changed_sections_makes_the_new_view(self) -> None:
        for audience, old in self.shown.items():
            new = audience(self.state)
            patch = {name: new[name] for name in new if old[name] != new[name]}
            assert {**old, **patch} == new
            self.shown[audience] = new

    @invariant()
    def views_are_json_and_tell_the_public_nothing_that_is_not_its_business(self) -> None:
        views = [public(self.state), bureau(self.state)]
        views += [own(self.state, one, Category.MEMBER_STATE) for one in DELEGATIONS]
        views += [seen_by_panellist(self.state, one) for one in PERSONS]
        views.append(booth(self.state))
        for view in views:
            assert json.loads(json.dumps(view)) == view
        # Who announced other rules is everybody's business.
        segment = views[0]["segment"] and {**views[0]["segment"], "announced": None}
        told = json.dumps({**views[0], "segment": segment})
        assert not [secret for secret in NEVER_PUBLIC if secret in told]

    def teardown(self) -> None:
        assert self.state.version == len(self.log)
        assert evolve_all(Dialogue(), self.log) == self.state, "the log tells another story"


def seen_by(audience: Any, state: Dialogue, now: Instant) -> View:
    """What an audience sees, with the time used until now, but not since when or how it counts."""
    view: View = audience(state)
    for name, turn in (("floor", state.floor), ("interrupted", state.interrupted)):
        if turn is not None:
            seen = {**view[name], "used": turn.clock.used_at(now)}
            # The floor is given anew, so the rules of the floor are those of now.
            for new in ("running_since", "starts_at", "given_at", "paused", "enforcement", "grace"):
                del seen[new]
            view[name] = seen
    # So it stands among the statements to which one may reply, and a question is put with it.
    statements = view.get("statements", [])
    for statement in statements:
        if state.at_the_floor(statement["id"]):
            del statement["given_at"]
    statements.sort(key=lambda row: row["id"])
    for questions in view.get("questions", {}).values():
        for question in questions:
            del question["at"]
        questions.sort(key=lambda row: row["id"])
    # It goes by the clock that now stands or runs, and by the time at which one was last stopped.
    for name in ("forecast", "spoken"):
        view.pop(name, None)
    return view


Meeting.TestCase.settings = settings(
    max_examples=200, stateful_step_count=50, deadline=None, derandomize=True
)
test_whatever_is_pressed_the_promises_hold = Meeting.TestCase
