"""Refusals in words: every reason that the core, the gate or the database can give.

The interface answers `{reason, message}`; a page tells the same with what to do next.
"""

from typing import Any, Final
from wsgiref.types import WSGIEnvironment

from flask import Flask, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from moderator.core.rejected import Reason, Rejected
from moderator.programme.source import ProgrammeErrors
from moderator.rehearsal import TooLateToRehearse
from moderator.secretariat import Entry, NotAdmitted
from moderator.service import UnknownDialogue
from moderator.store.engine import NotRecorded
from moderator.walkins import Refusal, TurnedDown
from moderator.web import language

RETRY_S: Final = 1
"""After how long a command that the database could not take is worth another try."""

WORDS: Final[dict[str, Any]] = {
    Reason.NOT_ALLOWED: _l("This seat may not do that."),
    Reason.NOT_YOURS: _l("This belongs to another delegation."),
    Reason.NOT_OPEN: _l("The meeting has not been opened yet."),
    Reason.SUSPENDED: _l("The meeting is suspended."),
    Reason.DIALOGUE_CLOSED: _l("The meeting is closed."),
    Reason.NO_SEGMENT: _l("No part of the programme has begun yet."),
    Reason.UNKNOWN_SEGMENT: _l("The programme has no such part."),
    Reason.SEGMENT_CHANGED: _l("The meeting has moved on to another part of the programme."),
    Reason.LIST_CLOSED: _l("The list of speakers is closed."),
    Reason.UNKNOWN_REQUEST: _l("There is no such request."),
    Reason.UNKNOWN_DELEGATION: _l("This delegation does not take part in this meeting."),
    Reason.UNKNOWN_GROUP: _l("This group is not known in this meeting."),
    Reason.MAY_NOT_REPRESENT: _l("Only a State or an observer speaks on behalf of a group."),
    Reason.ALREADY_WAITING: _l("This delegation is already on the list."),
    Reason.HAS_THE_FLOOR: _l("This delegation has the floor now."),
    Reason.NOT_WAITING: _l("This request is no longer on the list."),
    Reason.FLOOR_CHANGED: _l("Somebody else has acted first: the floor has changed."),
    Reason.NOT_IN_PROGRAMME: _l("This person is not a speaker of this part of the programme."),
    Reason.LESS_THAN_USED: _l("More time than that has already been spoken."),
    Reason.NOTHING_LEFT: _l("No speaking time is left to return with."),
    Reason.CANNOT_CONTINUE: _l("Only the intervention that ended last can continue."),
    Reason.UNKNOWN_VERSION: _l("There is nothing to undo."),
    Reason.CANNOT_UNDO: _l("This cannot be undone."),
    Reason.TOO_LATE_TO_UNDO: _l("Too late to undo: something else depends on it."),
    Reason.PROGRAMME_CHANGED: _l("Somebody else has changed the programme meanwhile."),
    Reason.SEGMENT_HELD: _l("A part of the programme that has begun cannot be taken out."),
    Reason.IN_THE_RECORD: _l("Whoever has asked for the floor or spoken stays in the programme."),
    Reason.UNKNOWN_INTERVENTION: _l("There is no such intervention."),
    Reason.NOT_ENDED: _l("Only an intervention that has ended can be corrected."),
    Reason.NOT_THIS_SPEAKER: _l(
        "A delegation's intervention stays a delegation's, and a speaker's a speaker's."
    ),
    Reason.NOT_ENTITLED: _l(
        "Points of order are for States, and rights of reply for States and observers."
    ),
    Reason.REPLIES_USED: _l("This delegation has had its two rights of reply."),
    Reason.CANNOT_REINSTATE: _l("This request cannot be put back on the list."),
    Reason.NO_DRAW: _l("There is no draw for this list."),
    Reason.DRAW_WINDOW_OPEN: _l("The draw is revealed once its window has ended."),
    Reason.WRONG_SEED: _l("This is not the seed that was promised."),
    Reason.TOO_MANY_QUESTIONS: _l("Three written questions of this delegation wait already."),
    Reason.UNKNOWN_QUESTION: _l("There is no such question."),
    Reason.SEGMENT_OVER: _l("This part of the programme is over."),
    Reason.ID_REUSED: _l("This command's id was already used for something else."),
    Entry.NO_SEAT: _l("This device has no seat here. Open the link on your place card again."),
    Entry.SEAT_EXPIRED: _l("This seat has expired. Open the link on your place card again."),
    Entry.SEAT_EXPELLED: _l("This seat was closed by the secretariat."),
    Entry.UNKNOWN_LINK: _l("This link is not known, or it was replaced by a new one."),
    Entry.LINK_REVOKED: _l(
        "This link was revoked by the secretariat. Please ask the secretariat for a new one."
    ),
    Entry.UNKNOWN_CODE: _l("This code is not known. Check it on your place card."),
    Entry.NO_DESK: _l("This device has no desk here. Open the link of the installation again."),
    Refusal.TOO_MANY: _l("Many are waiting already. Please speak to the secretariat in the room."),
    Refusal.WAITS_ALREADY: _l("This device has registered already."),
    Refusal.UNKNOWN: _l("Nobody of that kind has registered."),
    Refusal.DECIDED: _l("Somebody else has decided about this already."),
    "too-late-to-rehearse": _l(
        "The meeting has been opened and can no longer be rehearsed. A copy of it can."
    ),
    "rehearsal-over": _l("The rehearsal is over. Nothing of it was kept."),
    "in-rehearsal": _l(
        "Links and devices are those of the meeting itself. They are looked after there, and not "
        "in its rehearsal."
    ),
    "note-changed": _l("Somebody else has changed this note meanwhile. Nothing was overwritten."),
    "note-dropped": _l("Somebody else has removed this note meanwhile."),
    "not-found": _l("There is nothing here."),
    "not-recorded": _l("This could not be written down. Nothing was changed; please try again."),
    "own-link": _l("This is the link of your own seat: somebody else has to do this."),
    "too-many": _l("Too many attempts. Please wait a moment."),
    "wrong-origin": _l("This request came from another web site."),
    "invalid": _l("This request is not complete or not correct."),
    "too-large": _l("This is too long."),
    "not-json": _l("This must be sent as JSON."),
    "paragraph-changed": _l("Somebody else has written this paragraph meanwhile."),
    "method-not-allowed": _l("This cannot be done here."),
    "failed": _l("Something went wrong on the server. Nothing was changed."),
}

_OF_STATUS: Final = {
    400: "invalid",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "not-json",
}
_FORBIDDEN: Final = frozenset({Reason.NOT_ALLOWED, Reason.NOT_YOURS})
_ABSENT: Final = frozenset({Entry.UNKNOWN_LINK, Entry.LINK_REVOKED, Entry.UNKNOWN_CODE})


class NotAllowed(Exception):
    """A role that may not use this part of the interface."""


class Invalid(Exception):
    """A body that is not of its form; `error` holds every problem."""

    def __init__(self, error: ValidationError) -> None:
        super().__init__()
        self.error = error


class TooMany(Exception):
    """More requests than a person makes; `wait_s` says for how long to rest."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


class InRehearsal(Exception):
    """Something was asked for in a rehearsal that would outlast it."""


class WrongOrigin(Exception):
    """An unsafe request that another site's page made."""


def init_app(app: Flask) -> None:
    """Answer every refusal in its words."""

    @app.errorhandler(Rejected)
    def rejected(error: Rejected) -> ResponseReturnValue:
        return refusal(error.reason, 403 if error.reason in _FORBIDDEN else 409)

    @app.errorhandler(NotAllowed)
    def not_allowed(_error: NotAllowed) -> ResponseReturnValue:
        return refusal(Reason.NOT_ALLOWED, 403)

    @app.errorhandler(NotAdmitted)
    def not_admitted(error: NotAdmitted) -> ResponseReturnValue:
        return refusal(error.reason, 404 if error.reason in _ABSENT else 401)

    @app.errorhandler(ProgrammeErrors)
    def programme_errors(errors: ProgrammeErrors) -> ResponseReturnValue:
        problems = [
            {"path": one.path, "message": language.in_words(one.text)} for one in errors.problems
        ]
        return refusal("invalid", 400, problems=problems)

    @app.errorhandler(TurnedDown)
    def turned_down(error: TurnedDown) -> ResponseReturnValue:
        return refusal(error.reason, 404 if error.reason is Refusal.UNKNOWN else 409)

    @app.errorhandler(TooLateToRehearse)
    def too_late(_error: TooLateToRehearse) -> ResponseReturnValue:
        return refusal("too-late-to-rehearse", 409)

    @app.errorhandler(InRehearsal)
    def in_rehearsal(_error: InRehearsal) -> ResponseReturnValue:
        return refusal("in-rehearsal", 409)

    @app.errorhandler(UnknownDialogue)
    def unknown(_error: UnknownDialogue) -> ResponseReturnValue:
        return refusal("not-found", 404)

    @app.errorhandler(NotRecorded)
    def not_recorded(error: NotRecorded) -> ResponseReturnValue:
        app.logger.warning("the database could not take it: %s", error)
        return refusal("not-recorded", 503, {"Retry-After": str(RETRY_S)})

    @app.errorhandler(Invalid)
    def not_of_its_form(refused: Invalid) -> ResponseReturnValue:
        return invalid(refused.error)

    @app.errorhandler(TooMany)
    def too_many(error: TooMany) -> ResponseReturnValue:
        return refusal("too-many", 429, {"Retry-After": str(error.wait_s)})

    @app.errorhandler(WrongOrigin)
    def wrong_origin(_error: WrongOrigin) -> ResponseReturnValue:
        return refusal("wrong-origin", 403)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        headers = {}
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            headers["Allow"] = ", ".join(error.valid_methods)
        return refusal(_OF_STATUS.get(status, "failed"), status, headers)

    @app.errorhandler(Exception)
    def failed(_error: Exception) -> ResponseReturnValue:
        # Not the path, which may hold the secret of a link.
        app.logger.exception("%s %s failed", request.method, request.endpoint)
        return refusal("failed", 500)


def words(app: Flask, reason: str, language: str | WSGIEnvironment) -> str:
    """What is said for a reason, in a language or in that of a request."""
    if isinstance(language, str):
        with app.app_context(), force_locale(language):
            return str(WORDS[reason])
    with app.request_context(language):
        return str(WORDS[reason])


def refusal(
    reason: str,
    status: int,
    headers: dict[str, str] | None = None,
    problems: list[dict[str, str]] | None = None,
    **more: Any,
) -> ResponseReturnValue:
    """The answer that refuses: JSON for programs, with `more` in it; a page for people."""
    g.reason = reason
    message = str(WORDS[reason])
    if request.path.startswith("/api/"):
        body: dict[str, Any] = {"reason": reason, "message": message, **more}
        if problems is not None:
            body["problems"] = problems
        return jsonify(body), status, headers or {}
    page = render_template("refused.html", title=_("This did not work"), message=message)
    return make_response(page, status, headers or {})


def invalid(error: ValidationError) -> ResponseReturnValue:
    """The answer to a body that is not of its form: every problem with its path."""
    problems = [
        {"path": ".".join(str(step) for step in problem["loc"]), "message": problem["msg"]}
        for problem in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return refusal("invalid", 400, problems=problems)
