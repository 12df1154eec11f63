"""For whoever runs the server: does it serve, can it work, and what has it done?

The first two anybody may ask. Metrics say how many are in the hall and what is refused them: they
are read on this machine, or from anywhere with the token of the settings.
"""

import hmac
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug import Response

from moderator.metrics import CONTENT_TYPE
from moderator.web import gate

bp = Blueprint("health", __name__)

FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
"""A proxy on this machine speaks for somebody who may be anywhere."""


@bp.get("/healthz")
def serves() -> Response:
    """That the process answers; the database is not asked."""
    return jsonify(serves=True)


@bp.get("/readyz")
def can_work() -> ResponseReturnValue:
    """Whether database, schema and bell are as they should be; 503 names those that are not."""
    missing = gate.installation().health.missing()
    return jsonify(ready=not missing, missing=missing), 503 if missing else 200


@bp.get("/metrics")
def metrics() -> ResponseReturnValue:
    """The figures of this process, for Prometheus."""
    house = gate.installation()
    token = house.settings.metrics_token
    if token is None and not _is_here():
        return _refused(403, "Metrics are read on the server itself, or with a token.")
    if token is not None and not _shows(token):
        refusal = _refused(401, "Metrics are read with a token.")
        refusal.headers["WWW-Authenticate"] = "Bearer"
        return refusal
    answer = make_response(house.metrics.page())
    answer.headers["Content-Type"] = CONTENT_TYPE
    return answer


def _is_here() -> bool:
    """Whether it is this machine that asks: by the loopback, under a name of it, for itself."""
    # A page of another site can give its name our address, but not our name.
    name = urlsplit(request.host_url).hostname or ""
    return (
        _is_loopback(request.remote_addr or "")
        and (name == "localhost" or _is_loopback(name))
        and not any(header in request.headers for header in FORWARDED)
    )


def _is_loopback(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def _shows(token: str) -> bool:
    kind, _, shown = request.headers.get("Authorization", "").partition(" ")
    # In bytes, since anything may be shown.
    is_right = hmac.compare_digest(shown.strip().encode(), token.encode())
    return kind.lower() == "bearer" and is_right


def _refused(status: int, words: str) -> Response:
    refusal = make_response(f"{words}\n", status)
    refusal.mimetype = "text/plain"
    return refusal
