"""The pages: where to begin, and the screen of each seat."""

from typing import Any, Final
from urllib.parse import urlsplit

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from moderator.core.authority import PRESIDING
from moderator.core.terms import BUREAU, Role
from moderator.network import public_url
from moderator.secretariat import Seat
from moderator.web import flags, gate, language, listing, names, refusals

bp = Blueprint("pages", __name__)

SCREENS: Final = {
    Role.CHAIR: "chair.html",
    Role.SECRETARY: "chair.html",
    Role.ASSISTANT: "chair.html",
    Role.DELEGATION: "phone.html",
    Role.DISPLAY: "display.html",
    Role.PANELLIST: "panellist.html",
    Role.INTERPRETER: "booth.html",
    Role.FOLLOWER: "follow.html",
}


@bp.get("/")
def start() -> str:
    """What goes on here, the seats of this browser, and where to type a code."""
    seats: dict[str, list[dict[str, str]]] = {}
    for seat in gate.seats_held():
        programme = gate.installation().secretariat.programme(seat.dialogue_id)
        document = programme.document(language.current())
        name = names.name_of(document, seat.role, seat.subject)
        seats.setdefault(seat.home, []).append({"id": seat.id, "name": name})
    going_on = [one for one in listing.listed() if not one.over]
    going_on.sort(key=lambda one: one.id not in seats)  # one's own first
    return render_template(
        "start.html",
        dialogues=going_on,
        seats=seats,
        follow={one.id: _follower(one.id) for one in going_on if one.programme.public},
    )


def _follower(dialogue_id: str) -> str:
    """The address at which anybody may follow a dialogue that is open to the public."""
    links = gate.installation().secretariat.links(dialogue_id)
    link = next(link for link in links if link.role is Role.FOLLOWER)
    return url_for("join.show", token=link.token)


@bp.get("/s/<seat_id>")
def screen(seat_id: str) -> ResponseReturnValue:
    """The screen of a seat; a rapporteur's is the record."""
    seat = gate.seat_of_page(seat_id)
    if seat.role is Role.RAPPORTEUR:
        return redirect(url_for("record.page", seat_id=seat_id))
    return render_template(SCREENS[seat.role], **page_of(seat))


@bp.get("/s/<seat_id>/lectern")
def lectern(seat_id: str) -> str:
    """What a display shows on the rostrum: the speaker's own clock, and what is for the speaker."""
    return _small_screen(seat_id, "lectern.html")


@bp.get("/s/<seat_id>/overlay")
def overlay(seat_id: str) -> str:
    """What a display shows over the picture of a webcast: who speaks and the clock."""
    return _small_screen(seat_id, "overlay.html")


def _small_screen(seat_id: str, template: str) -> str:
    """Another page of a display's seat, with few words; raises NotAllowed for other seats."""
    seat = gate.seat_of_page(seat_id)
    if seat.role is not Role.DISPLAY:
        raise refusals.NotAllowed
    page = page_of(seat)
    page["boot"]["urls"]["strings"] = url_for("strings.lectern", code=language.current())
    return render_template(template, **page)


def page_of(seat: Seat) -> dict[str, Any]:
    """What every page of a seat is drawn with; `boot` is what its script starts from."""
    house = gate.installation()
    programme = house.secretariat.programme(seat.dialogue_id)
    document = programme.document(language.current())
    dialogue = names.dialogue_words(seat.dialogue_id, programme)
    name = names.name_of(document, seat.role, seat.subject)
    join_url = public_address() + url_for("join.ask_code")
    api = f"/api/dialogues/{seat.dialogue_id}"
    return {
        "seat": {
            "id": seat.id,
            "role": seat.role,
            "subject": seat.subject,
            "name": name,
            "initials": names.initials_of(document, seat.role, seat.subject),
        },
        "dialogue": dialogue,
        "rehearsal": rehearsal_of(seat),
        "qr": _qr(join_url) if seat.role is Role.DISPLAY else None,
        "boot": {
            "dialogue": seat.dialogue_id,
            "seat": seat.id,
            "role": seat.role,
            "subject": seat.subject,
            "name": name,
            "lang": language.current(),
            "dir": language.direction(),
            "join_url": join_url,
            "rehearsal": seat.rehearses,
            "urls": {
                "view": f"{api}/view",
                "commands": f"{api}/commands",
                "order": f"{api}/order",
                "balance": f"{api}/balance",
                "reached": f"{api}/reached",
                "programme": f"{api}/programme",
                "notes": f"{api}/notes",
                "delegations": f"{api}/delegations",
                "walkIns": f"{api}/walk-ins",
                "setup": f"/s/{seat.id}/setup",
                "texts": f"{api}/texts",
                "paragraphs": f"{api}/summary",
                "strings": url_for(_strings_for(seat.role), code=language.current()),
                "record": f"/s/{seat.id}/record",
                "paper": f"/s/{seat.id}/paper",
                "figures": f"/s/{seat.id}/figures",
                "summary": f"/s/{seat.id}/summary",
                "flags": flags.pattern(),
                "cards": f"/s/{seat.id}/cards",
                "links": f"/s/{seat.id}/links",
                **_of_the_role(seat),
            },
        },
    }


def rehearsal_of(seat: Seat) -> dict[str, bool]:
    """What layout.html says of a rehearsal on every page of a seat.

    `here`: the page is one of a rehearsal; `elsewhere`: one of the dialogue's goes on; `ends`: this
    seat may end it.
    """
    known = gate.installation().secretariat.rehearsal_lately(seat.home)
    return {
        "here": seat.rehearses,
        "elsewhere": known is not None and not seat.rehearses,
        "ends": seat.role in PRESIDING,
    }


def _of_the_role(seat: Seat) -> dict[str, str]:
    """What a phone fetches when it is wanted; the settings of a display, and its other pages."""
    if seat.role is Role.DELEGATION:
        return {"more": url_for("strings.more", code=language.current())}
    if seat.role is not Role.DISPLAY:
        return {}
    return {
        "panel": url_for("strings.panel", code=language.current()),
        "lectern": url_for("pages.lectern", seat_id=seat.id),
        "overlay": url_for("pages.overlay", seat_id=seat.id),
    }


def _strings_for(role: Role) -> str:
    """The endpoint of the words that a screen says."""
    if role is Role.DISPLAY:
        return "strings.display"
    if role is Role.DELEGATION:
        return "strings.phone"
    return "strings.show" if role in BUREAU else "strings.hall"


def public_address() -> str:
    """How phones reach us: as set, else as this page was reached, unless by this machine itself."""
    settings = gate.installation().settings
    name = urlsplit(request.host_url).hostname
    if settings.public_url is None and name not in (None, "localhost", "127.0.0.1", "::1"):
        return request.host_url.rstrip("/")
    return public_url(settings)


def _qr(url: str) -> Markup:
    svg = segno.make_qr(url).svg_inline(scale=1, border=2, omitsize=True)
    return Markup(svg)  # noqa: S704  made by segno of our own address
