"""The record in words: every turn with all that became of it, who was not heard, and the course.

Times of day are those of the meeting's place, durations m:ss; names are those of the programme.
"""

from collections.abc import Iterable, Iterator, Mapping
from statistics import median
from typing import Any, Final

from flask_babel import gettext as _

from moderator.core.model import Intervention, Request
from moderator.core.terms import (
    Capacity,
    Category,
    DelegationCode,
    GroupCode,
    Kind,
    Outcome,
    PauseReason,
    Phase,
    Role,
    Ruling,
    SegmentId,
    Standing,
)
from moderator.core.units import SECOND, Duration, Instant
from moderator.programme.programme import local_time
from moderator.summary.english import with_article
from moderator.summary.export import minutes_of, outcome_of
from moderator.summary.record import (
    Act,
    Record,
    RequestMade,
    SegmentHeld,
    Turn,
    handovers,
)
from moderator.web import flags, language, names

Words = dict[str, Any]
"""What a template shows; what is unknown or has not been is None."""

Step = tuple[Instant, str, str]
"""When, what, and the office that did it ("" where nobody is named)."""

UNHEARD: Final = (Standing.WITHDRAWN, Standing.NOT_PRESENT, Standing.NOT_REACHED)
CLOCK: Final = "clock"


class Telling:
    """Tells a record with the names of a programme document, in the language of the page."""

    def __init__(
        self, record: Record, document: dict[str, Any], texts: Mapping[str, str] | None = None
    ) -> None:
        """`texts` are the free texts that the log names, by id; what is missing was erased."""
        self._texts = texts or {}
        # Said again and again on one page: looked up once.
        self._offices: dict[str, str] = {}
        self._outcomes, self._capacities = outcome_words(), capacity_words()
        self._kinds, self._rulings = kind_words(), ruling_words()
        self._record = record
        self._document = document
        self._titles = {part["id"]: part["title"] for part in document["segments"]}
        self._handovers = handovers(record)
        self._numbers = {turn.id: place for place, turn in enumerate(record.turns, 1)}

    def segments(self) -> list[Words]:
        """Every segment that was begun: its turns, and the requests that were not heard."""
        return [
            self._segment(segment)
            for segment in self._record.segments
            if segment.begun_at is not None
        ]

    def course(self) -> list[Words]:
        """What was done besides turns and requests, in order: phases, segments, lists, gavel."""
        # At one instant what ends comes first, and the closing of the dialogue last of all.
        phases = list(self._phases())
        closing = len(phases) - sum(c.phase is Phase.CLOSED for c in self._record.phases)
        return self._in_order(
            [
                *phases[:closing],
                *self._lists(opened=False),
                *self._ended(),
                *self._begun(),
                *self._lists(opened=True),
                *self._gavel(),
                *phases[closing:],
            ]
        )

    def time_of(self, instant: Instant | None, *, seconds: bool = True) -> str | None:
        """The time of day at the meeting's place; None for no instant."""
        if instant is None:
            return None
        form = "%H:%M:%S" if seconds else "%H:%M"
        return local_time(instant, self._document["timezone"]).strftime(form)

    def day_and_time(self, instant: Instant) -> str:
        """The same with its date and how far it is from UTC: "2012-04-03 10:02:00 -04:00"."""
        there = local_time(instant, self._document["timezone"])
        offset = there.strftime("%z")
        return f"{there:%Y-%m-%d %H:%M:%S} {offset[:3]}:{offset[3:]}"

    def who(self, office: str) -> str:
        """An office in words: the name and what it is; "" for none."""
        if office not in self._offices:
            self._offices[office] = self._office(office)
        return self._offices[office]

    def _office(self, office: str) -> str:
        role, _slash, subject = office.partition("/")
        if not role:
            return ""
        if role == CLOCK:
            return str(_("by time alone"))
        known = Role(role)
        name: str = names.name_of(self._document, known, subject or None)
        office_name: str = names.role_names()[known]
        if known in (Role.DELEGATION, Role.PANELLIST) or name == office_name:
            return name
        return f"{name} ({office_name})"

    def speaker(self, of: Turn | RequestMade | Intervention | Request) -> Words:
        """The letters of the flag's box, the name, and on whose behalf."""
        if isinstance(of, Turn | Intervention) and of.delegation is None:
            found = self._document["persons"][of.person]
        else:
            found = self._document["delegations"][of.delegation]
        return {
            "code": found.get("initials") or _initials(found["name"]),
            "flag": flags.address(str(of.delegation)) if found.get("flag") else "",
            "name": found["name"],
            "on_behalf": None if of.group is None else self._group(of.group),
        }

    def _segment(self, segment: SegmentHeld) -> Words:
        turns = [turn for turn in self._record.turns if turn.segment == segment.id]
        unheard = [
            made
            for made in self._record.requests
            if made.segment == segment.id and made.standing in UNHEARD
        ]
        return {
            "id": segment.id,
            "title": self._titles[segment.id],
            "planned": None if segment.planned is None else self.span(*segment.planned),
            "held": self.span(segment.begun_at, segment.ended_at),
            "turns": [self._turn(turn) for turn in turns],
            "unheard": [self._unheard(made) for made in unheard],
            "handover": self._handover_of(turns),
        }

    def _handover_of(self, turns: Iterable[Turn]) -> Words | None:
        """How long it took from speaker to speaker in a segment; None when nobody followed."""
        taken = [self._handovers[turn.id] for turn in turns if turn.id in self._handovers]
        if not taken:
            return None
        middle = Duration(round(median(taken)))
        return {"median": minutes_of(middle), "longest": minutes_of(max(taken))}

    def _turn(self, turn: Turn) -> Words:
        """A turn on one line, and all that is known of it."""
        return {
            "id": turn.id,
            "place": self._numbers[turn.id],
            **self.speaker(turn),
            "asked": self.time_of(None if turn.asked is None else turn.asked.at),
            "called": self.time_of(turn.given[-1].at),
            "started": self.time_of(_started(turn)),
            "ended": self.time_of(turn.ended.at) if turn.ended else None,
            "allowance": minutes_of(turn.allowance),
            "used": None if turn.has_floor else minutes_of(turn.used),
            "over": minutes_of(turn.overrun) if turn.overrun >= SECOND else None,
            "outcome": self._outcomes[outcome_of(turn)],
            "struck": turn.struck,
            "corrected": self._corrected(turn),
            "correctable": self._correctable(turn),
            "facts": [
                {"label": label, "value": value, "figure": figure}
                for label, value, figure in self._facts(turn)
                if value is not None
            ],
            "course": self._in_order(self._steps(turn)),
        }

    def _facts(self, turn: Turn) -> Iterator[tuple[str, str | int | None, bool]]:
        """(label, value, whether it is a figure); a value of None is left out."""
        handover = self._handovers.get(turn.id)
        stood = turn.stood_still
        yield _("Arrival number"), turn.number, True
        yield _("Kind"), self._kinds.get(turn.kind), False
        yield _("Capacity"), self._capacities[turn.capacity], False
        yield _("On behalf of"), None if turn.group is None else self._group(turn.group), False
        yield _("Speaking time at first"), minutes_of(turn.limit), True
        if turn.changes:
            yield _("Speaking time at last"), minutes_of(turn.allowance), True
        if not turn.has_floor:
            yield _("Time spoken"), minutes_of(turn.used), True
            yield _("Beyond the limit"), minutes_of(turn.overrun), True
        yield _("Clock stood still"), minutes_of(stood) if stood else None, True
        yield _("Hand-over before"), None if handover is None else minutes_of(handover), True
        yield _("Outcome"), self._outcomes[outcome_of(turn)], False

    def _steps(self, turn: Turn) -> Iterator[Step]:
        """What was done about a turn, and who did it."""
        if turn.asked is not None:
            yield _step(turn.asked, _("Floor asked for"))
        for place, act in enumerate(turn.given):
            yield _step(act, _("Floor given again") if place else _("Floor given"))
        former = turn.limit
        for change in turn.changes:
            by = Duration(change.total - former)
            former = change.total
            sign = "−" if by < 0 else "+"
            words = _("Speaking time %(total)s", total=minutes_of(change.total))
            yield _step(change.act, f"{words} ({sign}{minutes_of(Duration(abs(by)))})")
        for place, run in enumerate(turn.runs):
            yield _step(run.started, _("Clock started again") if place else _("Clock started"))
            # The end, or the return to the list, says it already.
            if run.stopped is not None and not self._left_floor(turn, run.stopped.at):
                yield _step(run.stopped, self._stopped(turn, run.stopped.at))
        for interruption in turn.interruptions:
            yield _step(interruption.act, _("Interrupted by a point of order"))
        if turn.ruling is not None:
            ruling = self._rulings[turn.ruling.ruled.ruling]
            yield _step(turn.ruling.act, _("Ruling: %(ruling)s", ruling=ruling))
        for act in turn.returned:
            yield _step(act, _("Returned to the list"))
        for act in turn.continued:
            yield _step(act, _("Went on after its end"))
        if turn.ended is not None:
            ended = outcome_of(turn) if turn.original is None else turn.original.outcome
            outcome = self._outcomes[ended]
            yield _step(turn.ended, _("Ended: %(outcome)s", outcome=outcome))
        for made in turn.corrections:
            reason = self._texts.get(made.reason.id) or _("the reason was erased")
            yield _step(made.act, _("Corrected: %(reason)s", reason=reason))

    def _stopped(self, turn: Turn, at: Instant) -> str:
        """That the clock was stopped, and why, where somebody said so."""
        reasons = [one.reason for one in turn.pauses if one.act.at == at]
        if not reasons:
            return str(_("Clock stopped"))
        return str(_("Clock stopped: %(reason)s", reason=pause_words()[reasons[-1]]))

    def _corrected(self, turn: Turn) -> list[Words]:
        """What a turn reads now beside what was recorded at the time; empty when it is the same."""
        then = turn.original
        if then is None or turn.outcome is None:
            return []
        pairs = [
            (_("Speaker"), self._voice(turn.delegation, turn), self._voice(then.delegation, turn)),
            (_("On behalf of"), self._group_or_none(turn.group), self._group_or_none(then.group)),
            (_("Outcome"), self._outcomes[turn.outcome], self._outcomes[then.outcome]),
            (_("Time spoken"), minutes_of(turn.used), minutes_of(then.used)),
            (_("Took place"), _("No") if turn.struck else _("Yes"), _("Yes")),
        ]
        return [{"label": label, "now": now, "then": then} for label, now, then in pairs]

    def _correctable(self, turn: Turn) -> dict[str, str | int] | None:
        """What the sheet that corrects a turn begins with; None for one that has not ended."""
        if turn.outcome is None:
            return None
        return {
            "name": self._voice(turn.delegation, turn),
            "delegation": turn.delegation or "",
            "group": turn.group or "",
            "outcome": turn.outcome,
            "used": turn.used,
            "struck": str(turn.struck).lower(),
        }

    def _voice(self, delegation: DelegationCode | None, turn: Turn) -> str:
        if delegation is None:
            return str(self._document["persons"][turn.person]["name"])
        return str(self._document["delegations"][delegation]["name"])

    def _group_or_none(self, code: GroupCode | None) -> str:
        return "–" if code is None else self._group(code)

    def _left_floor(self, turn: Turn, at: Instant) -> bool:
        ends = [act.at for act in turn.returned]
        return at in ends or (turn.ended is not None and at == turn.ended.at)

    def _unheard(self, made: RequestMade) -> Words:
        return {
            "id": made.id,
            **self.speaker(made),
            "kind": self._kinds.get(made.kind),
            "number": made.number,
            "asked": self.time_of(made.asked.at),
            "asked_by": self.who(made.asked.by),
            "standing": standing_words()[made.standing],
            "left": None if made.left is None else self.time_of(made.left.at),
            "left_by": None if made.left is None else self.who(made.left.by),
        }

    def _phases(self) -> Iterator[Step]:
        for place, change in enumerate(self._record.phases):
            resumed = change.phase is Phase.OPEN and place > 0
            yield _step(change.act, _("Dialogue resumed") if resumed else _phase(change.phase))

    def _begun(self) -> Iterator[Step]:
        for segment in self._record.segments:
            if segment.begun_at is not None:
                words = _("Begun: %(title)s", title=self._short(segment.id))
                yield segment.begun_at, words, segment.begun_by or ""

    def _ended(self) -> Iterator[Step]:
        for segment in self._record.segments:
            if segment.ended_at is not None:
                words = _("Ended: %(title)s", title=self._short(segment.id))
                yield segment.ended_at, words, ""

    def _lists(self, *, opened: bool) -> Iterator[Step]:
        for change in self._record.lists:
            if change.open is opened:
                title = self._short(change.segment)
                words = (
                    _("List of speakers opened: %(title)s", title=title)
                    if opened
                    else _("List of speakers closed: %(title)s", title=title)
                )
                yield _step(change.act, words)

    def _gavel(self) -> Iterator[Step]:
        for change in self._record.gavel:
            yield _step(change.act, _("Gavel: %(name)s", name=self.who(change.holder)))

    def _short(self, segment: SegmentId) -> str:
        """A title without what follows its colon."""
        return self.title(segment).partition(":")[0].partition("：")[0].strip()

    def _in_order(self, steps: Iterable[Step]) -> list[Words]:
        return [
            {"time": self.time_of(at), "what": what, "who": self.who(by)}
            for at, what, by in sorted(steps, key=lambda step: step[0])
        ]

    def span(self, starts: Instant | None, ends: Instant | None) -> str:
        """From when to when, "10:00–13:00"; the end is left open where there is none."""
        from_, to = self.time_of(starts, seconds=False), self.time_of(ends, seconds=False)
        return f"{from_}–{to or ''}"

    def _group(self, code: GroupCode) -> str:
        """A group as it stands after "on behalf of"; English wants an article there."""
        name = str(self._document["groups"][code]["name"])
        return with_article(name) if language.current() == "en" else name

    def title(self, segment: SegmentId) -> str:
        """The title of a segment."""
        return str(self._titles[segment])


def outcome_words() -> dict[str, str]:
    """How turns end, and where they stand before that."""
    return {
        Outcome.CONCLUDED: _("Concluded"),
        Outcome.TIME_EXPIRED: _("Time expired"),
        Outcome.WITHDRAWN_BY_CHAIR: _("Withdrawn by the chair"),
        Outcome.NOT_PRESENT: _("Not present"),
        "has-floor": _("Has the floor"),
        "returned": _("Returned to the list"),
    }


def standing_words() -> dict[str, str]:
    """Where requests stand that were not heard."""
    return {
        Standing.WITHDRAWN: _("Withdrawn"),
        Standing.NOT_PRESENT: _("Not present"),
        Standing.NOT_REACHED: _("Not reached"),
    }


def capacity_words() -> dict[str, str]:
    """In what capacity somebody speaks."""
    return {
        Capacity.NATIONAL: _("National"),
        Capacity.GROUP: _("For a group"),
        Capacity.OBSERVER: _("Observer"),
        Capacity.STAKEHOLDER: _("Stakeholder"),
        Capacity.PANELLIST: _("Speaker of the programme"),
    }


def kind_words() -> dict[str, str]:
    """What was asked for, where it is no statement."""
    return {
        Kind.QUESTION: _("Question to a panellist"),
        Kind.RIGHT_OF_REPLY: _("Right of reply"),
        Kind.POINT_OF_ORDER: _("Point of order"),
    }


def ruling_words() -> dict[str, str]:
    """How a point of order was ruled on."""
    return {
        Ruling.UPHELD: _("Upheld"),
        Ruling.NOT_UPHELD: _("Not upheld"),
        Ruling.NOTED: _("Noted"),
    }


def pause_words() -> dict[str, str]:
    """Why a clock was stopped."""
    return {
        PauseReason.INTERPRETATION: _("interpretation"),
        PauseReason.DOCUMENT: _("a document"),
        PauseReason.ORDER: _("order in the room"),
        PauseReason.OTHER: _("another reason"),
    }


def category_words() -> dict[str, str]:
    """What kind of delegation it is."""
    return {
        Category.MEMBER_STATE: _("State"),
        Category.OBSERVER_STATE: _("Observer"),
        Category.OBSERVER_ORGANIZATION: _("Observer"),
        Category.UN_ENTITY: _("UN entity"),
        Category.INTERGOVERNMENTAL: _("International organization"),
        Category.NGO: _("NGO"),
        Category.PRIVATE_SECTOR: _("Private sector"),
        Category.ACADEMIA: _("Academia"),
    }


def phase_words() -> dict[str, str]:
    """Where a dialogue stands."""
    return {
        Phase.SCHEDULED: _("Not yet open"),
        Phase.OPEN: _("Open"),
        Phase.SUSPENDED: _("Suspended"),
        Phase.CLOSED: _("Closed"),
    }


def _phase(phase: Phase) -> str:
    words: dict[Phase, str] = {
        Phase.OPEN: _("Dialogue opened"),
        Phase.SUSPENDED: _("Dialogue suspended"),
        Phase.CLOSED: _("Dialogue closed"),
    }
    return words[phase]


def _initials(name: str) -> str:
    """The first letters of the first and the last word of a name, forms of address left out."""
    words = [word for word in name.split() if not word.endswith(".")]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def _started(turn: Turn) -> Instant | None:
    """When the clock first ran after the floor was given for the last time."""
    since = turn.given[-1].at
    return next((run.started.at for run in turn.runs if run.started.at >= since), None)


def _step(act: Act, what: str) -> Step:
    return act.at, what, act.by
