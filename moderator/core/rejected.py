"""Refusals: a stable reason, in the wire's spelling; the words for it belong to the web layer."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a command was refused; nothing was recorded."""

    NOT_ALLOWED = "not-allowed"
    NOT_YOURS = "not-yours"
    NOT_OPEN = "not-open"
    SUSPENDED = "suspended"
    DIALOGUE_CLOSED = "dialogue-closed"
    NO_SEGMENT = "no-segment"
    UNKNOWN_SEGMENT = "unknown-segment"
    SEGMENT_CHANGED = "segment-changed"
    LIST_CLOSED = "list-closed"
    UNKNOWN_REQUEST = "unknown-request"
    UNKNOWN_DELEGATION = "unknown-delegation"
    UNKNOWN_GROUP = "unknown-group"
    MAY_NOT_REPRESENT = "may-not-represent"
    ALREADY_WAITING = "already-waiting"
    HAS_THE_FLOOR = "has-the-floor"
    NOT_WAITING = "not-waiting"
    FLOOR_CHANGED = "floor-changed"
    NOT_IN_PROGRAMME = "not-in-programme"
    LESS_THAN_USED = "less-than-used"
    NOTHING_LEFT = "nothing-left"
    CANNOT_CONTINUE = "cannot-continue"
    UNKNOWN_VERSION = "unknown-version"
    CANNOT_UNDO = "cannot-undo"
    TOO_LATE_TO_UNDO = "too-late-to-undo"
    PROGRAMME_CHANGED = "programme-changed"
    SEGMENT_HELD = "segment-held"
    IN_THE_RECORD = "in-the-record"
    UNKNOWN_INTERVENTION = "unknown-intervention"
    NOT_ENDED = "not-ended"
    NOT_THIS_SPEAKER = "not-this-speaker"
    NOT_ENTITLED = "not-entitled"
    REPLIES_USED = "replies-used"
    CANNOT_REINSTATE = "cannot-reinstate"
    NO_DRAW = "no-draw"
    DRAW_WINDOW_OPEN = "draw-window-open"
    WRONG_SEED = "wrong-seed"
    TOO_MANY_QUESTIONS = "too-many-questions"
    UNKNOWN_QUESTION = "unknown-question"
    SEGMENT_OVER = "segment-over"
    ID_REUSED = "id-reused"


class Rejected(Exception):
    """A command that the rules do not allow, with its reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
