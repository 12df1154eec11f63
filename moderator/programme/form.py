"""The form of a programme file: which fields there are, and what may stand in each.

Each field is judged by itself; what fields say together is judged in `check`. All input is words
(see `source`), so every type is made from a string, with a refusal in plain words.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import partial
from typing import Annotated, Final, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from moderator.core.terms import BUREAU, Category, Enforcement, Role, SegmentKind
from moderator.core.units import MINUTE, SECOND, Duration
from moderator.programme.languages import LANGUAGES
from moderator.programme.source import quoted
from moderator.text import Words, line

BY_HAND: Final = "by hand"
NO_ROUNDS: Final = "none"
REGIONS: Final = ("AFR", "APG", "EEG", "GRULAC", "WEOG")
CODE: Final = re.compile(r"[A-Z][A-Z0-9-]{1,15}")
"""What a delegation's or group's own code looks like."""

# Bounds that no real programme reaches; they keep a mistake from filling every screen.
LONGEST_LIMIT: Final = Duration(180 * MINUTE)
LONGEST_MARGIN: Final = Duration(10 * MINUTE)
LARGEST_ROUND: Final = 99
EARLIEST, LATEST = 1945, 2199
NAME, TITLE, PASSAGE = 120, 300, 600
DELEGATIONS, GROUPS = 1_000, 100

_ID = re.compile(r"[a-z][0-9]{1,6}")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_MINUTES = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_SECONDS = re.compile(r"[0-9]{1,3}")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_ANSWERS: Final = {"true": True, "yes": True, "false": False, "no": False}
_Word = TypeVar("_Word", bound=str)


def _words(value: object) -> str:
    if value is None:
        raise ValueError(Words("nothing is written here"))
    if not isinstance(value, str):
        raise ValueError(
            Words("a list stands here; this takes words")
            if isinstance(value, list)
            else Words("a field with fields of its own stands here; this takes words")
        )
    return value


def _line(value: object, most: int) -> str:
    """One line of text: white space is closed up."""
    words = line(_words(value))
    if len(words) > most:
        raise ValueError(
            Words(
                "this has %(count)s characters; at most %(most)s fit", count=len(words), most=most
            )
        )
    return words


def _by_language(value: object, info: ValidationInfo) -> object:
    """Words alone are in the original language."""
    if isinstance(value, Mapping):
        return value
    return {info.context: _words(value)}


def _has_original(value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    if info.context not in value:
        raise ValueError(
            Words("the text in the original language (“%(code)s”) is missing", code=info.context)
        )
    return value


def _one_of(choices: Iterable[_Word]) -> BeforeValidator:
    known = {str(choice): choice for choice in choices}

    def chosen(value: object) -> _Word:
        written = _words(value)
        if written not in known:
            raise ValueError(
                Words(
                    "%(written)s is not one of: %(known)s",
                    written=quoted(written),
                    known=", ".join(known),
                )
            )
        return known[written]

    return BeforeValidator(chosen)


def _limit(value: object) -> Duration:
    written = _words(value)
    limit = _minutes(written)
    if limit is None or not SECOND <= limit <= LONGEST_LIMIT:
        raise ValueError(
            Words(
                "%(written)s is not a limit; write minutes and seconds, such as “3:00”",
                written=quoted(written),
            )
        )
    return limit


def _margin(value: object) -> Duration:
    written = _words(value)
    seconds = int(written) * SECOND if _SECONDS.fullmatch(written) else _minutes(written)
    if seconds is None or seconds > LONGEST_MARGIN:
        raise ValueError(
            Words(
                "%(written)s is not a short time; write seconds, such as “30”, or “0:30”",
                written=quoted(written),
            )
        )
    return Duration(seconds)


def _start_after(value: object) -> Duration | None:
    written = _words(value)
    if written == BY_HAND:
        return None
    try:
        return _margin(written)
    except ValueError:
        raise ValueError(
            Words(
                "%(written)s is neither a number of seconds nor “%(word)s”",
                written=quoted(written),
                word=BY_HAND,
            )
        ) from None


def _round(value: object) -> int | None:
    written = _words(value)
    if written == NO_ROUNDS:
        return None
    if not _SECONDS.fullmatch(written) or not 1 <= int(written) <= LARGEST_ROUND:
        raise ValueError(
            Words(
                "%(written)s is neither a number from 1 to %(most)s nor “%(word)s”",
                written=quoted(written),
                most=LARGEST_ROUND,
                word=NO_ROUNDS,
            )
        )
    return int(written)


def _minutes(written: str) -> Duration | None:
    match = _MINUTES.fullmatch(written)
    return None if match is None else Duration(int(match[1]) * MINUTE + int(match[2]) * SECOND)


def calendar_day(value: object) -> date:
    """A day from words such as 2012-04-03; ValueError in plain words for anything else."""
    written = _words(value)
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise ValueError(
            Words("%(written)s is not a day; write it as 2012-04-03", written=quoted(written))
        ) from None
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError(
            Words(
                "%(written)s is not between %(first)s and %(last)s",
                written=quoted(written),
                first=EARLIEST,
                last=LATEST,
            )
        )
    return day


def clock_time(value: object) -> time:
    """A time of day from words such as 10:00; ValueError in plain words for anything else."""
    written = _words(value)
    match = _CLOCK.fullmatch(written)
    if match is None:
        raise ValueError(
            Words(
                "%(written)s is not a time of day; write it as 10:00 or 17:45",
                written=quoted(written),
            )
        )
    return time(int(match[1]), int(match[2]))


def time_zone(value: object) -> str:
    """The name of a time zone that is known here; ValueError in plain words for anything else."""
    written = _words(value)
    try:
        ZoneInfo(written)
    except (KeyError, ValueError, OSError):  # unknown, not a name, or a folder of names
        raise ValueError(
            Words(
                "%(written)s is no time zone; write its place, such as America/New_York",
                written=quoted(written),
            )
        ) from None
    return written


def _yes_or_no(value: object) -> bool:
    written = _words(value)
    if written not in _ANSWERS:
        raise ValueError(
            Words("%(written)s is neither “true” nor “false”", written=quoted(written))
        )
    return _ANSWERS[written]


def _key(value: object) -> str:
    written = _words(value)
    if not _KEY.fullmatch(written):
        raise ValueError(
            Words(
                "%(written)s is no key; use up to 40 letters without accents, digits, - and _",
                written=quoted(written),
            )
        )
    return written


def _id(value: object) -> str:
    written = _words(value)
    if not _ID.fullmatch(written):
        raise ValueError(
            Words("%(written)s is no id; leave it out, and one is made", written=quoted(written))
        )
    return written


def _words_alone(value: object) -> object:
    """A theme that is words alone, or words in several languages."""
    return value if isinstance(value, dict) and "text" in value else {"text": value}


def _code_alone(value: object) -> object:
    """A code alone stands for what the catalogue says of it."""
    return {"code": value} if isinstance(value, str) else value


Language = Annotated[str, _one_of(LANGUAGES)]
Name = Annotated[
    dict[Language, Annotated[str, BeforeValidator(partial(_line, most=NAME))]],
    BeforeValidator(_by_language),
    AfterValidator(_has_original),
]
Title = Annotated[
    dict[Language, Annotated[str, BeforeValidator(partial(_line, most=TITLE))]],
    BeforeValidator(_by_language),
    AfterValidator(_has_original),
]
Passage = Annotated[
    dict[Language, Annotated[str, BeforeValidator(partial(_line, most=PASSAGE))]],
    BeforeValidator(_by_language),
    AfterValidator(_has_original),
]
Code = Annotated[str, BeforeValidator(partial(_line, most=40))]
Key = Annotated[str, BeforeValidator(_key)]
Limit = Annotated[Duration, BeforeValidator(_limit)]
Margin = Annotated[Duration, BeforeValidator(_margin)]
Id = Annotated[str, BeforeValidator(_id)]
Clock = Annotated[time, BeforeValidator(clock_time)]


class Form(BaseModel):
    """What all parts of the form share: nothing is guessed, and nothing unknown is passed over."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LimitsForm(Form):
    """Limits that differ from what stands above; only the fields that are written count."""

    national: Limit = Duration(0)
    group: Limit = Duration(0)
    observer: Limit = Duration(0)
    stakeholder: Limit = Duration(0)
    panellist: Limit = Duration(0)
    again: Limit = Duration(0)
    reply: Limit = Duration(0)
    right_of_reply: Limit = Duration(0)
    right_of_reply_again: Limit = Duration(0)
    point_of_order: Limit = Duration(0)


class RulesForm(Form):
    """Rules that differ from what stands above; only the fields that are written count."""

    limits: LimitsForm = LimitsForm()
    enforcement: Annotated[Enforcement, _one_of(Enforcement)] = Enforcement.AUTOMATIC
    warning: Margin = Duration(0)
    grace: Margin = Duration(0)
    start_after: Annotated[Duration | None, BeforeValidator(_start_after)] = None
    round: Annotated[int | None, BeforeValidator(_round)] = None
    draw_window: Margin = Duration(0)


class PersonForm(Form):
    """Somebody whom the programme names.

    Ids are written into a programme that is changed in the browser: who has been heard under one
    keeps it, whatever is added before.
    """

    id: Id | None = None
    name: Name
    title: Title | None = None


class BureauForm(Form):
    """A member of the bureau: a person of the programme, or a name alone."""

    id: Id | None = None
    role: Annotated[Role, _one_of(role for role in Role if role in BUREAU)]
    person: Key | None = None
    name: Name | None = None


class GroupForm(Form):
    """A group: a code that is known, or one of the programme's own with its name.

    `members` are the codes of delegations, where the programme tells them.
    """

    code: Code
    name: Name | None = None
    members: Annotated[list[Code], Field(max_length=DELEGATIONS)] = []


class DelegationForm(Form):
    """A delegation: what is known by a code or word, or one of the programme's own."""

    code: Code
    category: Annotated[Category, _one_of(Category)] | None = None
    region: Annotated[str, _one_of(REGIONS)] | None = None
    name: Name | None = None


class ThemeForm(Form):
    """A guiding question."""

    id: Id | None = None
    text: Passage


class SegmentForm(Form):
    """A part of the programme; what it leaves out is empty, or as for the whole."""

    id: Id | None = None
    kind: Annotated[SegmentKind, _one_of(SegmentKind)]
    title: Title
    start: Clock | None = None
    end: Clock | None = None
    chairs: Annotated[list[Key], Field(max_length=10)] = []
    speakers: Annotated[list[Key], Field(max_length=60)] = []
    themes: Annotated[
        list[Annotated[ThemeForm, BeforeValidator(_words_alone)]], Field(max_length=30)
    ] = []
    rules: RulesForm = RulesForm()


class ProgrammeForm(Form):
    """The whole file."""

    title: Title
    organ: Title
    place: Title
    date: Annotated[date, BeforeValidator(calendar_day)]
    timezone: Annotated[str, BeforeValidator(time_zone)]
    original: Annotated[str, _one_of(LANGUAGES)] = "en"
    public: Annotated[bool, BeforeValidator(_yes_or_no)] = False
    interpretation_until: Annotated[list[Clock], Field(max_length=6)] = []
    rules: RulesForm = RulesForm()
    persons: Annotated[dict[Key, PersonForm], Field(max_length=500)] = {}
    bureau: Annotated[list[BureauForm], Field(min_length=1, max_length=100)]
    groups: Annotated[
        list[Annotated[GroupForm, BeforeValidator(_code_alone)]], Field(max_length=GROUPS)
    ] = []
    delegations: Annotated[
        list[Annotated[DelegationForm, BeforeValidator(_code_alone)]],
        Field(min_length=1, max_length=DELEGATIONS),
    ]
    segments: Annotated[list[SegmentForm], Field(min_length=1, max_length=60)]
