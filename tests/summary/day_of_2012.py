"""A day played to the programme of 3 April 2012. Who asks and what is noted is made up."""

from functools import cache
from pathlib import Path
from typing import Any

import moderator
from moderator.core.commands import (
    BeginSegment,
    CloseDialogue,
    CloseList,
    ContinueIntervention,
    EndIntervention,
    GiveFloor,
    MarkNotPresent,
    OpenDialogue,
    OpenList,
    ResumeDialogue,
    ReturnToList,
    SetAllowance,
    SuspendDialogue,
    WithdrawRequest,
)
from moderator.core.terms import Category, InterventionId
from moderator.core.units import SECOND, Duration
from moderator.programme.load import load_programme
from moderator.programme.programme import Programme
from moderator.summary.material import Note, PointKind, Stance
from tests.summary.meetings import SECRETARY, Meeting

DATA = Path(moderator.__file__).parent / "data"


@cache
def programme() -> Programme:
    file = DATA / "programmes" / "2012-trafficking.yaml"
    return load_programme(file.read_text(encoding="utf-8"))


def document() -> dict[str, Any]:
    """The programme document in the drafting language."""
    return {"id": "d1", **programme().document("en")}


class Day(Meeting):
    """The meeting, with the steps that a day is made of."""

    def __init__(self) -> None:
        super().__init__(programme().starts)
        self.notes: list[Note] = []

    def begin(self, segment: str) -> None:
        self.do(BeginSegment, segment=segment, holder=self.state.floor_id)

    def hear(self, person: str, minutes: float) -> InterventionId:
        """A person of the programme speaks and concludes."""
        self.do(GiveFloor, holder=self.state.floor_id, person=person)
        turn = self._holder()
        self.later(minutes=minutes, seconds=5)
        self.do(EndIntervention, holder=turn)
        return turn

    def give(self, request: InterventionId, minutes: float) -> None:
        """A delegation is given the floor and speaks so long, if its limit allows."""
        self.do(GiveFloor, holder=self.state.floor_id, request=request)
        self.later(minutes=minutes, seconds=5)

    def note(
        self,
        segment: str,
        text: str,
        of: InterventionId | None = None,
        theme: str | None = None,
        kind: PointKind | None = None,
        stance: Stance | None = None,
    ) -> None:
        id_ = f"note-{len(self.notes) + 1}"
        self.notes.append(Note(id_, segment, of, theme, text, kind, stance))

    def _holder(self) -> InterventionId:
        assert self.state.floor_id is not None
        return self.state.floor_id


@cache
def day_of_2012() -> Day:
    """The whole day, from the first gavel to the last."""
    day = Day()
    day.later(minutes=2)
    day.do(OpenDialogue, segments=programme().segments())
    _opening(day)
    _first_panel(day)
    _second_panel(day)
    _closing(day)
    return day


def _opening(day: Day) -> None:
    day.begin("s1")
    day.hear("p01", 9)
    day.hear("p03", 8)  # out of the order of the programme
    day.hear("p02", 11)  # advisory: beyond the ten minutes
    day.undo(day.do(GiveFloor, holder=None, person="p05"))  # she has not arrived
    day.hear("p04", 8)
    day.later(minutes=22)


def _first_panel(day: Day) -> None:
    day.begin("s2")
    speeches = [day.hear(person, 6) for person in ("p08", "p09", "p10", "p11", "p12")]
    day.note("s2", "partnerships that last outlive the projects they began with", speeches[0], "t2")
    day.do(OpenList, segment="s2")
    nigeria = day.ask("NG")
    algeria = day.ask("DZ", group="G77")
    belarus, mexico = day.ask("BY"), day.ask("MX")
    union = day.ask("EU", Category.OBSERVER_ORGANIZATION)
    holy_see = day.ask("VA", Category.OBSERVER_STATE)
    office = day.ask("UNODC", Category.UN_ENTITY, by=SECRETARY)
    algeria_itself, brazil = day.ask("DZ"), day.ask("BR")
    missed = day.ask("TRONIE", Category.NGO)
    day.do(CloseList, segment="s2")
    day.give(algeria, 4)
    day.note("s2", "Victims should be identified early in all States.", algeria, "t1")
    day.give(nigeria, 3)
    day.note("s2", "Ratification should be universal.", nigeria, "t1")
    day.note("s2", "Border services might share protocols.", nigeria, "t2")
    day.do(WithdrawRequest, request=brazil)
    day.give(belarus, 1)
    day.do(ReturnToList, holder=belarus)
    day.do(GiveFloor, holder=None, request=mexico)
    day.do(MarkNotPresent, request=mexico)
    day.give(union, 2.5)
    day.do(SetAllowance, holder=union, total=Duration(210 * SECOND))
    day.later(minutes=2)
    day.give(belarus, 1.5)
    day.note("s2", "Belarus recalled what had been agreed in 2010.", belarus)
    day.give(holy_see, 2)
    day.give(office, 5)
    day.do(ContinueIntervention, intervention=office, total=Duration(240 * SECOND))
    day.later(minutes=2)
    day.give(algeria_itself, 1)
    day.note("s2", "Training comes first", algeria_itself, "t1")
    day.do(EndIntervention, holder=algeria_itself)
    day.note("s2", "Called for one more convention.", nigeria, "t3", stance=Stance.FOR)
    day.note("s2", "new instruments are needed", union, "t3", stance=Stance.FOR)
    day.note("s2", "What exists should be carried out first", office, "t3", stance=Stance.AGAINST)
    day.note("s2", "Shelters are closing for lack of funds.", union, "t2", PointKind.CONCERN)
    day.note("s2", "Shelters are closing for lack of funds", holy_see, "t2", PointKind.CONCERN)
    day.note("s2", "Nigeria lacks trained judges", nigeria, "t2", PointKind.CONCERN)
    day.note("s2", "Hotlines in several languages", office, "t2", PointKind.GOOD_PRACTICE)
    day.note("s2", "Will contribute to the Trust Fund", algeria, None, PointKind.COMMITMENT)
    day.note("s2", "How are survivors heard?", nigeria, None, PointKind.QUESTION)
    reply = day.hear("p10", 1)
    day.note("s2", "survivors sit on its board", reply, None, PointKind.REPLY)
    day.hear("p08", 2)
    assert missed in day.state.waiting
    day.later(minutes=30)
    day.do(SuspendDialogue, by=SECRETARY)


def _second_panel(day: Day) -> None:
    day.later(minutes=122)
    day.do(ResumeDialogue, by=SECRETARY)
    day.begin("s3")
    for person in ("p15", "p16", "p17", "p18", "p19"):
        day.hear(person, 7)
    day.do(OpenList, segment="s3")
    for code in ("PH", "QA"):
        turn = day.ask(code)
        day.give(turn, 2)
        day.note("s3", "Children should be heard", turn, "t7", PointKind.RECOMMENDATION)
    day.note("s3", "training comes first.", turn, "t5")
    day.give(day.ask("EG", group="ARAB"), 5)
    day.give(day.ask("IOM", Category.INTERGOVERNMENTAL), 3)
    day.give(day.ask("VITAL-VOICES", Category.NGO), 2)
    day.give(day.ask("MANPOWER", Category.PRIVATE_SECTOR), 2)
    day.give(day.ask("PH"), 2)
    day.note("s3", "The Trust Fund needs more, and more regular, contributions.", theme="t8")
    day.later(minutes=75)


def _closing(day: Day) -> None:
    day.begin("s4")
    day.hear("p01", 6)
    day.do(CloseDialogue, holder=None)
