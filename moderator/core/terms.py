"""The field's words, as the code, the log, the wire and the screens all spell them."""

from enum import StrEnum
from typing import NewType

CommandId = NewType("CommandId", str)
"""Made by the client, 8 to 64 of A-Z a-z 0-9 _ and -; the same again means the same tap."""

InterventionId = NewType("InterventionId", str)
"""A request and the intervention that comes of it: the id of the command that brought it about."""

SegmentId = NewType("SegmentId", str)
DelegationCode = NewType("DelegationCode", str)
GroupCode = NewType("GroupCode", str)
PersonId = NewType("PersonId", str)
TextId = NewType("TextId", str)
"""Of a free text, which is kept apart from the log: the id of the command that brought it."""


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
    """What is asked for on the list of speakers."""

    STATEMENT = "statement"


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
