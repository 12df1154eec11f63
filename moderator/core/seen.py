"""What the asker must have seen, and what the phase allows: asked before any other rule."""

from moderator.core.model import Dialogue, Request
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import InterventionId, PersonId, Phase, SegmentId


def require_open(state: Dialogue) -> None:
    """Raise Rejected unless the meeting goes on and is not suspended."""
    require_begun(state)
    if state.phase is Phase.SUSPENDED:
        raise Rejected(Reason.SUSPENDED)


def require_begun(state: Dialogue) -> None:
    """Raise Rejected unless the meeting goes on, open or suspended."""
    if state.phase is Phase.SCHEDULED:
        raise Rejected(Reason.NOT_OPEN)
    require_not_closed(state)


def require_not_closed(state: Dialogue) -> None:
    """Raise Rejected once the meeting is closed."""
    if state.phase is Phase.CLOSED:
        raise Rejected(Reason.DIALOGUE_CLOSED)


def require_holder(state: Dialogue, holder: InterventionId | None) -> None:
    """Raise Rejected when another one than the asker saw has the floor."""
    if state.floor_id != holder:
        raise Rejected(Reason.FLOOR_CHANGED)


def require_segment(state: Dialogue, segment: SegmentId) -> None:
    """Raise Rejected when another segment than the asker saw goes on."""
    if state.segment_id is None:
        raise Rejected(Reason.NO_SEGMENT)
    if state.segment_id != segment:
        raise Rejected(Reason.SEGMENT_CHANGED)


def require_speaker(state: Dialogue, person: PersonId) -> None:
    """Raise Rejected unless a person speaks in some segment of the programme."""
    if all(person not in segment.speakers for segment in state.segments):
        raise Rejected(Reason.NOT_IN_PROGRAMME)


def known(state: Dialogue, request: InterventionId) -> Request:
    """The request with this id; raises Rejected when there is none."""
    if request not in state.requests:
        raise Rejected(Reason.UNKNOWN_REQUEST)
    return state.requests[request]


def place_of(state: Dialogue, request_id: InterventionId) -> int:
    """Where a request stands on its list, counted from 0; Rejected when it does not wait."""
    request = known(state, request_id)
    if state.at_the_floor(request_id):
        raise Rejected(Reason.HAS_THE_FLOOR)
    line = state.line(request.kind)
    if request_id not in line:
        raise Rejected(Reason.NOT_WAITING)
    return line.index(request_id)
