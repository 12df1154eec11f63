"""The field's words, as the code, the log, the wire and the screens all spell them."""

from enum import StrEnum
from typing import NewType, assert_never

CommandId = NewType("CommandId", str)
"""Made by the client, 8 to 64 of A-Z a-z 0-9 _ and -; the same again means the same tap."""

InterventionId = NewType("InterventionId", str)
"""A request and the intervention that comes of it: the id of the command that brought it about."""

SegmentId = NewType("SegmentId", str)
DelegationCode = NewType("DelegationCode", str)
GroupCode = NewType("GroupCode", str)
PersonId = NewType("PersonId", str)
QuestionId = NewType("QuestionId", str)
"""A question: a request's id where it was asked for at the floor, its command's where written."""

TextId = NewType("TextId", str)
"""Of a free text, which is kept apart from the log: `id.field` of the command that brought it."""


class Phase(StrEnum):
    """Where a dialogue stands between its first gavel and its last."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class SegmentKind(StrEnum):
    """What a part of the programme is."""

    OPENING = "opening"
    PANEL = "panel"
    STATEMENTS = "statements"
    CLOSING = "closing"


class Category(StrEnum):
    """What kind of voice a delegation is."""

    MEMBER_STATE = "member-state"
    OBSERVER_STATE = "observer-state"
    OBSERVER_ORGANIZATION = "observer-organization"
    UN_ENTITY = "un-entity"
    INTERGOVERNMENTAL = "intergovernmental"
    NGO = "ngo"
    PRIVATE_SECTOR = "private-sector"
    ACADEMIA = "academia"


class Kind(StrEnum):
    """What is asked for. Each kind waits on one of three lists (decision 0019)."""

    STATEMENT = "statement"
    QUESTION = "question"
    RIGHT_OF_REPLY = "right-of-reply"
    POINT_OF_ORDER = "point-of-order"


class Capacity(StrEnum):
    """In what capacity somebody speaks; it chooses the limit."""

    NATIONAL = "national"
    GROUP = "group"
    OBSERVER = "observer"
    STAKEHOLDER = "stakeholder"
    PANELLIST = "panellist"


class Enforcement(StrEnum):
    """What happens at the limit: the server ends the turn, or the clock goes on and says so."""

    AUTOMATIC = "automatic"
    FIRM = "firm"
    ADVISORY = "advisory"


class Standing(StrEnum):
    """The one place where a request is."""

    WAITING = "waiting"
    HAS_FLOOR = "has-floor"
    HEARD = "heard"
    WITHDRAWN = "withdrawn"
    NOT_PRESENT = "not-present"
    NOT_REACHED = "not-reached"


class Outcome(StrEnum):
    """How a turn at the floor ended."""

    CONCLUDED = "concluded"
    TIME_EXPIRED = "time-expired"
    WITHDRAWN_BY_CHAIR = "withdrawn-by-chair"
    NOT_PRESENT = "not-present"


class PauseReason(StrEnum):
    """Why a clock was stopped, as the hall is told."""

    INTERPRETATION = "interpretation"
    DOCUMENT = "document"
    ORDER = "order"
    OTHER = "other"


class Ruling(StrEnum):
    """What the chair rules on a point of order."""

    UPHELD = "upheld"
    NOT_UPHELD = "not-upheld"
    NOTED = "noted"


class Level(StrEnum):
    """Who speaks for a delegation, by the precedence that protocol gives."""

    HEAD = "head"
    MINISTER = "minister"
    OTHER = "other"


class Delivery(StrEnum):
    """How a text relates to what is said: read out as it is, or to be checked against delivery."""

    VERBATIM = "verbatim"
    CHECK_AGAINST_DELIVERY = "check-against-delivery"


class Policy(StrEnum):
    """What a list may be ordered by (decision 0022). Gender is none of them."""

    ORDER_OF_REQUEST = "order-of-request"
    GROUPS_FIRST = "groups-first"
    FIRST_TIME_SPEAKERS = "first-time-speakers"
    LEVEL = "level"
    REGIONS_IN_TURN = "regions-in-turn"
    STAKEHOLDERS_BETWEEN = "stakeholders-between"
    DRAW = "draw"


class Role(StrEnum):
    """What a seat is for. A co-chair is a chair: equal in rights, told apart by the person."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    ASSISTANT = "assistant"
    RAPPORTEUR = "rapporteur"
    DELEGATION = "delegation"
    PANELLIST = "panellist"
    INTERPRETER = "interpreter"
    FOLLOWER = "follower"
    DISPLAY = "display"


BUREAU = frozenset({Role.CHAIR, Role.SECRETARY, Role.ASSISTANT, Role.RAPPORTEUR})
"""The roles that see the whole list and the log of the meeting."""

STATES = frozenset({Category.MEMBER_STATE, Category.OBSERVER_STATE})
OBSERVERS = frozenset({Category.OBSERVER_STATE, Category.OBSERVER_ORGANIZATION})

STATEMENTS = frozenset({Kind.STATEMENT, Kind.QUESTION})
"""The kinds that wait on the list of speakers, and count as a delegation's statements."""


def capacity_of(category: Category, group: GroupCode | None) -> Capacity | None:
    """The capacity in which a delegation of `category` asks, for itself or on behalf of `group`.

    None when it may not: groups are groups of States, so no stakeholder speaks for one.
    """
    if group is not None:
        represents = category is Category.MEMBER_STATE or category in OBSERVERS
        return Capacity.GROUP if represents else None
    if category is Category.MEMBER_STATE:
        return Capacity.NATIONAL
    return Capacity.OBSERVER if category in OBSERVERS else Capacity.STAKEHOLDER


def may_ask_for(category: Category, kind: Kind) -> bool:
    """Whether a delegation of `category` may ask for the floor by this kind of request.

    Points of order are for States (GA rules 71 and 113); rights of reply for States and observers
    (GA decision 34/401; resolutions 52/250, 58/314, 65/276); the rest is for everybody.
    """
    match kind:
        case Kind.POINT_OF_ORDER:
            return category in STATES
        case Kind.RIGHT_OF_REPLY:
            return category in STATES or category in OBSERVERS
        case Kind.STATEMENT | Kind.QUESTION:
            return True
        case _:
            assert_never(kind)
