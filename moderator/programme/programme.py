"""What a programme is once it has been read: immutable, with every text in its languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from moderator.core.model import Limits, Rules, Segment
from moderator.core.terms import PersonId, Role, SegmentId, SegmentKind
from moderator.core.units import SECOND, Duration, Instant, after, between
from moderator.core.view import rules_section
from moderator.programme.catalogue import Delegation, Group
from moderator.programme.languages import Text, place_in_alphabet, said_in


@dataclass(frozen=True, slots=True)
class Person:
    """A chair or speaker of the programme; `title` is empty when the programme gives none."""

    id: PersonId
    name: Text
    title: Text


@dataclass(frozen=True, slots=True)
class BureauMember:
    """A member of the bureau; `subject` is a person's id, or made of role and number (c1, s1)."""

    role: Role
    subject: str
    name: Text

    @property
    def key(self) -> str:
        """The "role/subject" of seats, links and the gavel."""
        return f"{self.role.value}/{self.subject}"


SECRETARIAT: Final = BureauMember(
    Role.SECRETARY,
    "secretariat",
    {
        "ar": "الأمانة العامة",
        "en": "Secretariat",
        "es": "Secretaría",
        "fr": "Secrétariat",
        "ru": "Секретариат",
        "zh": "秘书处",
    },
)
"""Who enters any dialogue from the desk of the installation, as one of its secretaries."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A guiding question of a segment; its id is unique in the programme."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Part:
    """A segment as the programme has it; `starts` and `ends` are None where it gives no times."""

    id: SegmentId
    kind: SegmentKind
    title: Text
    starts: Instant | None
    ends: Instant | None
    themes: tuple[Theme, ...]
    chairs: tuple[PersonId, ...]
    speakers: tuple[PersonId, ...]
    rules: Rules


@dataclass(frozen=True)
class Programme:
    """The programme of one dialogue; ids hold no names, because they go into the log.

    `public` is True where anybody may follow it, without a link. `interpretation_until` are the
    times at which interpretation ends.
    """

    title: Text
    organ: Text
    place: Text
    day: date
    timezone: str
    original: str
    persons: tuple[Person, ...]
    bureau: tuple[BureauMember, ...]
    groups: tuple[Group, ...]
    delegations: tuple[Delegation, ...]
    parts: tuple[Part, ...]
    public: bool = False
    interpretation_until: tuple[Instant, ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, Delegation]:
        """The delegations by their codes."""
        return {delegation.code: delegation for delegation in self.delegations}

    @property
    def starts(self) -> Instant:
        """When the first segment is to start; midnight of the day when none has a time."""
        times = (part.starts for part in self.parts if part.starts is not None)
        return next(times, instant_of(self.day, time(), self.timezone))

    def segments(self) -> tuple[Segment, ...]:
        """The skeleton that goes into the log when the dialogue opens."""
        return tuple(
            Segment(
                id=part.id,
                kind=part.kind,
                rules=part.rules,
                speakers=part.speakers,
                planned=(
                    None if part.starts is None or part.ends is None else (part.starts, part.ends)
                ),
            )
            for part in self.parts
        )

    def sorted_delegations(self, language: str) -> tuple[Delegation, ...]:
        """The delegations by the alphabet of `language`; in Chinese, in the order of English."""
        spelt = "en" if language == "zh" else language

        def place(delegation: Delegation) -> str:
            return place_in_alphabet(said_in(delegation.names, spelt, self.original), spelt)

        return tuple(sorted(self.delegations, key=place))

    def document(self, language: str) -> dict[str, Any]:
        """The programme document of the protocol in `language`, without the dialogue's id.

        Instants and durations are milliseconds, `utc_offset` is minutes east of Greenwich.
        """

        def said(text: Text) -> str:
            return said_in(text, language, self.original)

        return {
            "title": said(self.title),
            "place": said(self.place),
            "organ": said(self.organ),
            "starts": self.starts,
            "original": self.original,
            "public": self.public,
            "timezone": self.timezone,
            "utc_offset": _utc_offset(self.starts, self.timezone),
            "interpretation_until": list(self.interpretation_until),
            "segments": [
                {
                    "id": part.id,
                    "kind": part.kind.value,
                    "title": said(part.title),
                    "starts": part.starts,
                    "ends": part.ends,
                    "themes": [{"id": theme.id, "text": said(theme.text)} for theme in part.themes],
                    "chairs": list(part.chairs),
                    "speakers": list(part.speakers),
                    "rules": rules_section(part.rules),
                }
                for part in self.parts
            ],
            "persons": {
                person.id: {"name": said(person.name), "title": said(person.title)}
                for person in self.persons
            },
            "bureau": {
                member.key: {"role": member.role.value, "name": said(member.name)}
                for member in (*self.bureau, SECRETARIAT)
            },
            "delegations": {
                delegation.code: {
                    "name": said(delegation.names),
                    "category": delegation.category.value,
                    "region": delegation.region,
                    "initials": delegation.initials,
                    "flag": delegation.has_flag,
                }
                for delegation in self.sorted_delegations(language)
            },
            "groups": {
                group.code: {"name": said(group.names), "members": list(group.members)}
                for group in self.groups
            },
        }

    def starting_at(self, instant: Instant) -> "Programme":
        """The same programme at another time: it starts at `instant`, and all else moves along."""
        by = between(self.starts, instant)

        def moved(planned: Instant | None) -> Instant | None:
            return None if planned is None else after(planned, by)

        parts = tuple(
            replace(part, starts=moved(part.starts), ends=moved(part.ends)) for part in self.parts
        )
        return replace(
            self,
            day=local_time(instant, self.timezone).date(),
            parts=parts,
            interpretation_until=tuple(after(until, by) for until in self.interpretation_until),
        )

    def with_seconds(self, seconds: int) -> "Programme":
        """The same programme for trying out: all limits are `seconds`, clocks start after one.

        The warning comes when a third is left.
        """
        limit = Duration(seconds * SECOND)
        parts = tuple(
            replace(
                part,
                rules=replace(
                    part.rules,
                    limits=Limits(*(limit for _ in fields(Limits))),
                    warning=Duration(seconds // 3 * SECOND),
                    start_after=SECOND,
                ),
            )
            for part in self.parts
        )
        return replace(self, parts=parts)

    def at_speed(self, speed: int) -> "Programme":
        """The same programme `speed` times as fast: limits and times become as much shorter.

        It starts when it did. Durations are cut to whole milliseconds. It is the programme that
        goes faster, never a clock (decision 0025).
        """
        starts = self.starts

        def sooner(planned: Instant) -> Instant:
            return after(starts, Duration(between(starts, planned) // speed))

        parts = tuple(
            replace(
                part,
                starts=None if part.starts is None else sooner(part.starts),
                ends=None if part.ends is None else sooner(part.ends),
                rules=faster(part.rules, speed),
            )
            for part in self.parts
        )
        until = tuple(sooner(instant) for instant in self.interpretation_until)
        return replace(self, parts=parts, interpretation_until=until)


def faster(rules: Rules, speed: int) -> Rules:
    """Rules whose durations are so many times as short, cut to whole milliseconds."""
    return _with_durations(rules, lambda duration: Duration(duration // speed))


def slower(rules: Rules, speed: int) -> Rules:
    """Rules in the whole seconds that `faster` has most likely made these of."""
    return _with_durations(
        rules, lambda duration: Duration(round(duration * speed / SECOND) * SECOND)
    )


def _with_durations(rules: Rules, change: Callable[[Duration], Duration]) -> Rules:
    limits = {one.name: change(getattr(rules.limits, one.name)) for one in fields(Limits)}
    return replace(
        rules,
        limits=Limits(**limits),
        warning=change(rules.warning),
        grace=change(rules.grace),
        start_after=None if rules.start_after is None else change(rules.start_after),
        draw_window=change(rules.draw_window),
    )


def instant_of(day: date, at: time, timezone: str) -> Instant:
    """The instant at which clocks in `timezone` show `at` on `day`; the first, if they do twice."""
    local = datetime.combine(day, at, ZoneInfo(timezone))
    return Instant(int(local.timestamp()) * SECOND)


def local_time(instant: Instant, timezone: str) -> datetime:
    """What calendars and clocks in `timezone` show at `instant`."""
    return datetime.fromtimestamp(instant / SECOND, ZoneInfo(timezone))


def _utc_offset(instant: Instant, timezone: str) -> int:
    offset = local_time(instant, timezone).utcoffset() or timedelta()
    return round(offset / timedelta(minutes=1))
