"""The gate: who a request comes from, and from where; what a browser may do with our pages.

Browsers show a seat's cookie and name the seat in a header, so that one browser can hold several;
programs show a bearer token. The installation's own pages are opened by the cookie of a desk.
Unsafe requests from another site are refused.
"""

from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv6Address, ip_address, ip_network
from itertools import islice
from typing import Final, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from pydantic import BaseModel, ValidationError
from werkzeug import Response as WerkzeugResponse
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.middleware.proxy_fix import ProxyFix

from moderator.core.terms import Role
from moderator.core.units import SECOND
from moderator.desk import DESK_COOKIE, DESK_LIFE, Desk, DeskRole
from moderator.installation import Installation
from moderator.network import is_our_origin
from moderator.secretariat import SEAT_COOKIE, Entry, NotAdmitted, Seat
from moderator.service import UnknownDialogue
from moderator.web import language, refusals
from moderator.web.rates import Rate, Tally

Body = TypeVar("Body", bound=BaseModel)

MAX_BODY: Final = 64 * 1024
"""Bytes; the longest thing anybody sends is a note."""

SEAT_HEADER: Final = "Moderator-Seat"
COOKIE_LIFE_S: Final = 30 * 24 * 3600
MOST_HELD: Final = 24
"""Seats or desks that one browser is asked for; a browser sends its cookies with every request."""

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})

COMMANDS_PER_SEAT: Final = Rate(40, 10)
WRONG_CODES_PER_ADDRESS: Final = Rate(20, 60)
WRONG_CODES_IN_ALL: Final = Rate(200, 60)
"""A hall sits behind one address, and guessing must not be spread over many."""

_CSP: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        # 'self' means sockets too, but not to older browsers.
        "connect-src 'self' {sockets}",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html",
    )
)


def init_app(app: Flask, installation: Installation) -> None:
    """Put the gate before every request and its headers on every answer."""
    app.extensions["moderator"] = installation
    app.extensions["moderator.tally"] = Tally()
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    _trust_proxies(app, installation.settings.trusted_proxies)
    language.init_app(app)
    refusals.init_app(app)
    app.before_request(_refuse_other_sites)
    app.after_request(_protect)


def installation() -> Installation:
    """The installation that the request came to."""
    found: Installation = current_app.extensions["moderator"]
    return found


def seat_of_page(seat_id: str) -> Seat:
    """The seat whose page is asked for, by its cookie; raises NotAdmitted."""
    seat = installation().secretariat.seat(seat_id, request.cookies.get(cookie_name(seat_id), ""))
    g.seat = g.asker = seat
    return seat


def seat_at(dialogue_id: str) -> Seat:
    """Whoever calls the interface for a dialogue, by cookie or token; raises NotAdmitted.

    A seat of another dialogue is told that there is none here.
    """
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        # Not `g.seat`: a program chooses its language as browsers do.
        seat = g.asker = installation().secretariat.bearer(secret.strip(), dialogue_id)
    else:
        seat = seat_of_page(request.headers.get(SEAT_HEADER, ""))
    if seat.dialogue_id != dialogue_id:
        raise UnknownDialogue(dialogue_id)
    return seat


def seat_in(dialogue_id: str, roles: frozenset[Role]) -> Seat:
    """The same, for a role among `roles`; raises NotAllowed for any other."""
    seat = seat_at(dialogue_id)
    if seat.role not in roles:
        raise refusals.NotAllowed
    return seat


def body_of(kind: type[Body], *, may_be_empty: bool = False) -> Body:
    """The body of the request; raises Invalid, and UnsupportedMediaType when it is not JSON."""
    sent = request.get_data()
    if may_be_empty and not sent:
        sent = b"{}"
    elif request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        return kind.model_validate_json(sent)
    except ValidationError as error:
        raise refusals.Invalid(error) from None


def keep_seat(response: WerkzeugResponse, seat: Seat, secret: str) -> WerkzeugResponse:
    """Give a device the cookie of its seat."""
    g.asker = seat
    return _keep(response, cookie_name(seat.id), secret, COOKIE_LIFE_S)


def seats_held() -> tuple[Seat, ...]:
    """The seats of this browser, in any dialogue; what opens nothing any more is left out."""
    secretariat = installation().secretariat
    held: list[Seat] = []
    for seat_id, secret in _held(SEAT_COOKIE):
        with suppress(NotAdmitted):
            held.append(secretariat.seat(seat_id, secret))
    return tuple(held)


def desk(*roles: DeskRole) -> Desk:
    """The desk of this browser that has one of these roles.

    Raises NotAllowed where it has only others, NotAdmitted where it has none.
    """
    held = _desks_held()
    for found in held:
        if found.role in roles:
            g.desk = found
            return found
    if held:
        g.desk = held[0]
        raise refusals.NotAllowed
    raise NotAdmitted(Entry.NO_DESK)


def keep_desk(response: WerkzeugResponse, desk: Desk, secret: str) -> WerkzeugResponse:
    """Give a device the cookie of its desk, in place of one of the same kind."""
    for held in _desks_held():
        if held.role is desk.role:
            response.delete_cookie(f"{DESK_COOKIE}{held.id}")
    return _keep(response, f"{DESK_COOKIE}{desk.id}", secret, DESK_LIFE // SECOND)


def _desks_held() -> tuple[Desk, ...]:
    held: list[Desk] = []
    for desk_id, secret in _held(DESK_COOKIE):
        with suppress(NotAdmitted):
            held.append(installation().desks.desk(desk_id, secret))
    return tuple(held)


def _held(kind: str) -> Iterator[tuple[str, str]]:
    """The ids and secrets in this browser's cookies of a kind."""
    found = (
        (name.removeprefix(kind), secret)
        for name, secret in request.cookies.items()
        if name.startswith(kind)
    )
    return islice(found, MOST_HELD)


def _keep(response: WerkzeugResponse, name: str, secret: str, life_s: int) -> WerkzeugResponse:
    response.set_cookie(
        name, secret, max_age=life_s, secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return response


def cookie_name(seat_id: str) -> str:
    """The cookie that holds a seat's secret."""
    return f"{SEAT_COOKIE}{seat_id}"


def count_command(seat: Seat) -> None:
    """Count a command of a seat; raises TooMany."""
    if not _tally().count(COMMANDS_PER_SEAT, seat.id):
        raise refusals.TooMany(COMMANDS_PER_SEAT.seconds)


def refuse_guessing(address: str) -> None:
    """Raise TooMany when too many codes were wrong, from this address or in all."""
    for rate, guesser in _code_rates(address):
        if not _tally().allows(rate, guesser):
            raise refusals.TooMany(rate.seconds)


def count_wrong_code(address: str) -> None:
    """Remember that a code opened nothing."""
    for rate, guesser in _code_rates(address):
        _tally().count(rate, guesser)


def _code_rates(address: str) -> tuple[tuple[Rate, str], ...]:
    return (WRONG_CODES_PER_ADDRESS, address), (WRONG_CODES_IN_ALL, "all")


def _tally() -> Tally:
    found: Tally = current_app.extensions["moderator.tally"]
    return found


def _refuse_other_sites() -> None:
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site not in ("same-origin", "none"):
        raise refusals.WrongOrigin
    origin = request.headers.get("Origin")
    settings = installation().settings
    # Old browsers leave it out, programs too: the cookie is SameSite, and a token is no cookie.
    if origin is not None and not is_our_origin(origin, request.scheme, request.host, settings):
        raise refusals.WrongOrigin


def _protect(response: Response) -> Response:
    headers = response.headers
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if response.mimetype == "text/html":
        headers["Content-Security-Policy"] = _CSP.format(sockets=_sockets())
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    else:
        # A page has thirty files, and what guards pages is longer than some of them.
        headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    if "Cache-Control" not in headers or request.endpoint == "static":
        headers["Cache-Control"] = _kept(response.status_code)
    return response


def _kept(status: int) -> str:
    """How long a browser keeps an answer that does not say so itself."""
    if request.endpoint != "static":
        return "no-store"
    # Fonts and flags are asked for with their version: another one has another address.
    lasting = "v" in request.args and status in (200, 206, 304)
    return "public, max-age=31536000, immutable" if lasting else "no-cache"


def _sockets() -> str:
    """Where a page may open sockets: where it came from, as we see it and as was set."""
    hosts = {request.host, urlsplit(installation().settings.public_url or "").netloc} - {""}
    return " ".join(f"ws://{host} wss://{host}" for host in sorted(hosts))


def _trust_proxies(app: Flask, networks: tuple[str, ...]) -> None:
    """Believe X-Forwarded headers, of one proxy, from these networks alone."""
    if not networks:
        return
    trusted = tuple(ip_network(network) for network in networks)
    plain = app.wsgi_app
    fixed = ProxyFix(plain, x_for=1, x_proto=1, x_host=1)

    def wsgi_app(environ, start_response):  # type: ignore[no-untyped-def]
        peer = ip_address(environ.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104  nobody
        if isinstance(peer, IPv6Address):
            peer = peer.ipv4_mapped or peer  # as a socket for both kinds of addresses tells it
        believed = any(peer in network for network in trusted)
        return (fixed if believed else plain)(environ, start_response)

    app.wsgi_app = wsgi_app  # type: ignore[method-assign]
