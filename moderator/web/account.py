"""The account of each request: what the metrics count of it, and a line in the log if it is unsafe.

A request is called by its endpoint, since its address may hold the secret of a link; and what a
client sends stands in no line and no label before it was found to be one of ours.
"""

import logging
import time
from typing import Any, Final

from flask import Flask, Response, g, request

from moderator.metrics import Metrics
from moderator.web import gate

COMMANDS: Final = "commands.give"
NOTES: Final = {"notes.keep": "kept", "notes.drop": "dropped"}

log = logging.getLogger(__name__)


def init_app(app: Flask, metrics: Metrics) -> None:
    """Begin an account before anything else is done, and give it when all is done."""

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def give(response: Response) -> Response:
        seconds = time.perf_counter() - g.begun
        _count(metrics, response.status_code, seconds)
        if request.method not in gate.SAFE:
            log.info("request", extra=_line(response.status_code, seconds))
        return response


def command(kind: str, command_id: str) -> None:
    """The request is a command of this type and id."""
    g.command = (kind, command_id)


def _count(metrics: Metrics, status: int, seconds: float) -> None:
    metrics.answered(request.blueprint or request.endpoint or "none", status)
    if request.endpoint == COMMANDS:
        kind, _ = g.get("command", ("unread", None))
        outcome = "accepted" if status == 200 else str(g.reason)
        metrics.commanded(kind, outcome, seconds)
    elif request.endpoint in NOTES and status == 200:
        metrics.noted(NOTES[request.endpoint])


def _line(status: int, seconds: float) -> dict[str, Any]:
    seat = g.get("asker")
    kind, command_id = g.get("command", (None, None))
    return {
        "dialogue": seat and seat.dialogue_id,
        "seat": seat and seat.id,
        "command": command_id,
        "type": kind,
        # Anything may be called a method; one that an endpoint knows is one of ours.
        "method": request.method if request.endpoint else None,
        "endpoint": request.endpoint,
        "status": status,
        "reason": g.get("reason"),
        "ms": round(seconds * 1000, 1),
    }
