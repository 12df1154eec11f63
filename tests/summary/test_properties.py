"""Whatever happens in a meeting: what the record and the draft of it always hold."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator.core.commands import (
    BeginSegment,
    CloseDialogue,
    ContinueIntervention,
    EndIntervention,
    GiveFloor,
    MarkNotPresent,
    OpenDialogue,
    OpenList,
    ResumeDialogue,
    ReturnToList,
    SetAllowance,
    StartClock,
    StopClock,
    SuspendDialogue,
    WithdrawRequest,
)
from moderator.core.rejected import Rejected
from moderator.core.terms import Category, Outcome, Standing
from moderator.core.units import MINUTE, Duration
from moderator.summary.checks import Fault
from moderator.summary.draft import Draft, draft
from moderator.summary.material import Note, PointKind, Stance
from moderator.summary.outline import SourceKind
from moderator.summary.paper import paper as as_it_stands
from moderator.summary.record import Record, record_of
from tests.summary.day_of_2012 import document, programme
from tests.summary.meetings import Meeting

VOICES = [
    ("BR", Category.MEMBER_STATE, None),
    ("DZ", Category.MEMBER_STATE, None),
    ("DZ", Category.MEMBER_STATE, "G77"),
    ("EG", Category.MEMBER_STATE, "G77"),
    ("VA", Category.OBSERVER_STATE, None),
    ("EU", Category.OBSERVER_ORGANIZATION, None),
    ("UNODC", Category.UN_ENTITY, None),
    ("TRONIE", Category.NGO, None),
]
PANELS = ("s2", "s3")
TEXTS = ("Shelters are closing", "shelters are closing.", "Called for training", "Hotlines", "BR")
KINDS = (None, *PointKind)
STANCES = (*Stance, None)
ACTS = (
    "ask",
    "ask",
    "ask",
    "give",
    "give",
    "give",
    "speech",
    "end",
    "continue",
    "return",
    "absent",
    "withdraw",
    "extend",
    "stop",
    "start",
    "suspend",
    "resume",
    "segment",
    "undo",
    "undo",
    "note",
    "note",
    "close",
)
"""What may happen; what comes often stands here more than once."""

steps = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 999), st.integers(0, 90)), max_size=60
)
PROPERTY = settings(max_examples=30)


class Chance(Meeting):
    """A meeting in which anything may be tried; what the rules refuse does not happen."""

    def __init__(self) -> None:
        super().__init__(programme().starts)
        self.notes: list[Note] = []
        self._undoable: list[int] = []
        self.do(OpenDialogue, segments=programme().segments())
        self._begin("s2")

    def play(self, act: str, pick: int, seconds: int) -> None:
        self.later(seconds=seconds)
        try:
            self._try(act, pick)
        except Rejected:
            return

    def _try(self, act: str, pick: int) -> None:
        state = self.state
        holder, waiting = state.floor_id, state.waiting
        match act:
            case "ask" if state.segment_id is not None:
                code, category, group = VOICES[pick % len(VOICES)]
                self.ask(code, category, group=group)
            case "give" if waiting:
                request = waiting[pick % len(waiting)]
                self._mark(self.do(GiveFloor, holder=holder, request=request))
            case "speech" if state.segment is not None:
                speakers = state.segment.speakers
                person = speakers[pick % len(speakers)]
                self._mark(self.do(GiveFloor, holder=holder, person=person))
            case "withdraw" if waiting:
                self._mark(self.do(WithdrawRequest, request=waiting[pick % len(waiting)]))
            case "absent" if waiting or holder:
                who = holder or waiting[0]
                self._mark(self.do(MarkNotPresent, request=who))
            case "continue" if state.last is not None:
                total = Duration(state.last.clock.used + MINUTE)
                self.do(ContinueIntervention, intervention=state.last.id, total=total)
            case "extend" if state.floor is not None:
                total = Duration(state.floor.clock.allowance + MINUTE)
                self._mark(self.do(SetAllowance, holder=holder, total=total))
            case "end" | "return" | "stop" | "start" if holder is not None:
                kind = {
                    "end": EndIntervention,
                    "return": ReturnToList,
                    "stop": StopClock,
                    "start": StartClock,
                }[act]
                self._mark(self.do(kind, holder=holder))
            case "suspend" | "resume":
                self.do(SuspendDialogue if act == "suspend" else ResumeDialogue)
            case "segment":
                self._begin(PANELS[pick % 2])
            case "undo" if self._undoable:
                self.undo(self._undoable.pop())
            case "note":
                self._note(pick)
            case "close" if pick % 9 == 0:
                self._mark(self.do(CloseDialogue, holder=holder))

    def _begin(self, segment: str) -> None:
        self._mark(self.do(BeginSegment, segment=segment, holder=self.state.floor_id))
        self.do(OpenList, segment=segment)

    def _mark(self, version: int) -> None:
        self._undoable.append(version)

    def _note(self, pick: int) -> None:
        turns = [None, *self.state.interventions]
        themes = [None, *(f"t{n}" for n in range(1, 9))]
        id_ = f"note-{len(self.notes)}"
        turn, theme = turns[pick % len(turns)], themes[pick % len(themes)]
        kinds = KINDS[pick % len(KINDS)], STANCES[pick % len(STANCES)]
        self.notes.append(
            Note(id_, PANELS[pick % 2], turn, theme, TEXTS[pick % len(TEXTS)], *kinds)
        )


def played(taken: list[tuple[str, int, int]]) -> tuple[Chance, Record, Draft]:
    meeting = Chance()
    for step in taken:
        meeting.play(*step)
    record = record_of(meeting.log)
    return meeting, record, draft(document(), record, meeting.notes)


@PROPERTY
@given(steps)
def test_every_turn_of_the_log_appears_in_annex_ii_exactly_once(
    taken: list[tuple[str, int, int]],
) -> None:
    meeting, _, paper = played(taken)

    headings = [section.heading for section in paper.sections]
    begin = "List of those who took the floor"
    listed: list[str] = []
    if begin in headings:
        after = paper.sections[headings.index(begin) + 1 :]
        annex = after[: next((n for n, one in enumerate(after) if one.level == 1), len(after))]
        listed = [s.id for one in annex for row in one.table.rows for s in row.sources]
    state = meeting.state
    took_the_floor = [
        turn.id
        for turn in state.interventions.values()
        if turn.id == state.floor_id or turn.outcome not in (None, Outcome.NOT_PRESENT)
    ]
    assert sorted(listed) == sorted(took_the_floor)


@PROPERTY
@given(steps)
def test_every_statement_has_sources_and_they_exist(taken: list[tuple[str, int, int]]) -> None:
    meeting, record, paper = played(taken)

    segments = {segment.id for segment in record.segments} | {""}
    known = {
        SourceKind.PROGRAMME: segments,
        SourceKind.LOG: segments,
        SourceKind.INTERVENTION: {turn.id for turn in record.turns},
        SourceKind.REQUEST: {request.id for request in record.requests},
        SourceKind.NOTE: {note.id for note in meeting.notes},
    }
    paragraphs = [p for one in paper.sections for p in one.paragraphs]
    # What rests on nothing says nothing: a person has to write it.
    stated = [p.sources for p in paragraphs if p.sources or "[…" not in p.text]
    stated += [row.sources for one in paper.sections for row in one.table.rows]
    assert all(stated)
    assert all(source.id in known[source.kind] for sources in stated for source in sources)


@PROPERTY
@given(steps)
def test_every_note_stands_in_the_draft_exactly_once(taken: list[tuple[str, int, int]]) -> None:
    meeting, _, paper = played(taken)

    used = Counter(
        source.id
        for one in paper.sections
        for paragraph in one.paragraphs
        for source in paragraph.sources
        if source.kind is SourceKind.NOTE
    )
    assert used == Counter(note.id for note in meeting.notes)


@pytest.mark.story(24)
@PROPERTY
@given(steps)
def test_every_quantifier_is_what_log_and_notes_count(taken: list[tuple[str, int, int]]) -> None:
    meeting, _, paper = played(taken)
    notes = {note.id: note for note in meeting.notes}
    took = {
        id_: turn
        for id_, turn in meeting.state.interventions.items()
        if turn.delegation is not None
        and (id_ == meeting.state.floor_id or turn.outcome not in (None, Outcome.NOT_PRESENT))
    }

    for paragraph in (p for one in paper.sections for p in one.paragraphs if p.evidence):
        said = [notes[s.id] for s in paragraph.sources if s.kind is SourceKind.NOTE]
        turns = {note.intervention for note in said} & set(took)
        assert {id_ for one in paragraph.evidence for id_ in one.interventions} <= turns
        segments = {note.segment for note in said} | {took[id_].segment for id_ in turns}
        spoke = [turn for turn in took.values() if turn.segment in segments]
        for one in paragraph.evidence:
            assert one.n == len({(voice.kind, voice.code) for voice in one.voices})
            assert one.n <= one.of <= len({(turn.group or turn.delegation) for turn in spoke})


@PROPERTY
@given(steps)
def test_the_draft_claims_nothing_that_it_would_flag_in_others(
    taken: list[tuple[str, int, int]],
) -> None:
    _, _, paper = played(taken)

    faults = {
        flag.fault for entry in as_it_stands(paper, document()).entries for flag in entry.flags
    }
    assert faults <= {Fault.SLOT}


@PROPERTY
@given(steps)
def test_keys_tell_paragraphs_and_sections_apart(taken: list[tuple[str, int, int]]) -> None:
    _, _, paper = played(taken)

    keys = [p.key for one in paper.sections for p in one.paragraphs] + ["box", "status"]
    sections = [one.key for one in paper.sections]
    assert len({*keys, *sections}) == len(keys) + len(sections)


@PROPERTY
@given(steps)
def test_the_runs_of_the_clock_add_up_to_the_time_used(taken: list[tuple[str, int, int]]) -> None:
    meeting, record, _ = played(taken)

    for turn in record.turns:
        assert turn.given
        assert all(run.stopped is not None for run in turn.runs[:-1])
        closed = [(run.started.at, run.stopped.at) for run in turn.runs if run.stopped is not None]
        assert turn.used == sum(stopped - started for started, stopped in closed)
        changed = turn.changes[-1].total if turn.changes else turn.limit
        assert turn.allowance == changed
    spoken = sum(turn.clock.used for turn in meeting.state.interventions.values())
    assert sum(turn.used for turn in record.turns) == spoken


@PROPERTY
@given(steps)
def test_every_request_stands_where_the_log_left_it(taken: list[tuple[str, int, int]]) -> None:
    meeting, record, paper = played(taken)

    kept = {request.id: request.standing for request in meeting.state.requests.values()}
    assert {request.id: request.standing for request in record.requests} == kept
    annex = [one for one in paper.sections if one.heading == "Requests for the floor not reached"]
    missed = [s.id for one in annex for row in one.table.rows for s in row.sources]
    assert missed == [id_ for id_, standing in kept.items() if standing is Standing.NOT_REACHED]


@PROPERTY
@given(steps, st.sampled_from(["give", "speech", "withdraw", "absent", "extend", "end", "return"]))
def test_what_is_undone_at_once_leaves_the_record_as_it_was(
    taken: list[tuple[str, int, int]], act: str
) -> None:
    meeting = Chance()
    for step in taken:
        meeting.play(*step)
    meeting.play("stop", 0, 0)
    before, rows = record_of(meeting.log), len(meeting.log)

    meeting.play(act, 0, 0)
    if len(meeting.log) == rows:
        return
    meeting.play("undo", 0, 0)

    undone = record_of(meeting.log)
    assert undone.turns == before.turns
    assert undone.requests == before.requests
    assert undone.segments == before.segments
