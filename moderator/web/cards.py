"""Place cards on paper, each with the link of its delegation: for chair, secretary, assistant.

A card is folded so that nobody else sees its code: a tent of three sides bears it underneath, a
badge inside. What is asked for stands in the address, but for the Wi-Fi: its password is in no
address, is kept nowhere, and stands on the answer alone.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from moderator.core.terms import Category, Role
from moderator.programme import Programme
from moderator.programme.catalogue import Delegation, known_groups
from moderator.programme.languages import said_in
from moderator.programme.programme import local_time
from moderator.secretariat import Seat
from moderator.web import gate, language, names, pages, refusals
from moderator.workshop import work

bp = Blueprint("cards", __name__)

ROLES: Final = frozenset({Role.CHAIR, Role.SECRETARY, Role.ASSISTANT})
PER_SHEET: Final = {"a4": 4, "a6": 1, "badge": 5}
LANGUAGES: Final = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ru": "Русский",
    "zh": "中文",
    "ar": "العربية",
}
"""Those of the United Nations, by their own names."""

SIZES: Final = (44, 38, 32, 27, 23, 20, 17, 15, 13, 11, 9)
"""Of names, in points; cards.css has a rule for each."""

MM_PER_POINT: Final = 25.4 / 72
LEADING: Final = {"ar": 1.5, "zh": 1.3}
"""Lines of a name by the script it is in; 1.2 for all others."""

_FRONT: Final = {"a4": (86.0, 40.0), "a6": (86.0, 40.0), "badge": (70.0, 42.0)}
"""Room for a name on each card, in mm; a flag takes `_FLAG` of the height."""
_FLAG: Final = 13.0

LONGEST_SSID: Final = 32
"""Bytes, as the standard of wireless networks has it; a password has 8 to 63 signs."""
PASSWORD: Final = range(8, 64)


class Asked(BaseModel):
    """What is to be printed; all of it may stand in an address."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    format: Literal["a4", "a6", "badge"] = "a4"
    language: Literal["en", "fr", "es", "ru", "zh", "ar"] = "en"
    of: str = Field(default="all", max_length=40)
    search: str = Field(default="", max_length=400)
    flags: Literal["", "1"] = ""


@dataclass(frozen=True, slots=True)
class Wifi:
    """The network of the room, and whether it stands on each card or on a poster of its own."""

    ssid: str
    password: str
    where: str

    @property
    def text(self) -> str:
        """What a phone reads to join; without a password the network is open."""
        if not self.password:
            return f"WIFI:T:nopass;S:{_escaped(self.ssid)};;"
        return f"WIFI:T:WPA;S:{_escaped(self.ssid)};P:{_escaped(self.password)};;"


@dataclass(frozen=True, slots=True)
class Card:
    """What one card bears; `size` is that of its name in points, `tongue` the name's language."""

    delegation: str
    name: str
    tongue: str
    size: int
    initials: str
    code: str
    qr: Markup


@bp.get("/s/<seat_id>/cards")
def page(seat_id: str) -> ResponseReturnValue:
    """The cards that the address asks for, and the form to ask for others."""
    seat = _printer(seat_id)
    try:
        asked = Asked.model_validate(request.args.to_dict())
    except ValidationError:
        return refusals.refusal("invalid", 400)
    return _drawn(seat, asked, None)


@bp.post("/s/<seat_id>/cards")
def ask(seat_id: str) -> ResponseReturnValue:
    """The cards with the Wi-Fi of the form; without it, the address at which they stand."""
    seat = _printer(seat_id)
    form = request.form.to_dict()
    try:
        asked = Asked.model_validate(form)
    except ValidationError:
        return refusals.refusal("invalid", 400)
    where = "poster" if form.get("where") == "poster" else "card"
    wifi = Wifi(form.get("ssid", "").strip(), form.get("password", ""), where)
    if not wifi.ssid and not wifi.password:
        return redirect(_address(seat, asked), 303)
    if problem := _problem_of(wifi):
        return make_response(_drawn(seat, asked, wifi, problem), 400)
    return _drawn(seat, asked, wifi)


def _printer(seat_id: str) -> Seat:
    seat = gate.seat_of_page(seat_id)
    if seat.role not in ROLES:
        raise refusals.NotAllowed
    return seat


def _address(seat: Seat, asked: Asked) -> str:
    """Where these cards stand; what is as usual is left out."""
    said = asked.model_dump(exclude_defaults=True)
    return url_for("cards.page", seat_id=seat.id, **said)


def _drawn(seat: Seat, asked: Asked, wifi: Wifi | None, problem: str | None = None) -> str:
    secretariat = gate.installation().secretariat
    programme = secretariat.programme(seat.dialogue_id)
    links = {
        link.subject: link
        for link in secretariat.links(seat.dialogue_id)
        if link.role is Role.DELEGATION
    }
    chosen = [
        one for one in _chosen(programme, asked) if one.code in links and not problem
    ]  # a programme may name more than there are links
    shown = [one for one in chosen if links[one.code].revoked_at is None]
    here = pages.public_address()
    with_wifi = wifi if wifi is not None and not problem else None
    pictures = _pictures(
        [
            *(here + url_for("join.show", token=links[one.code].token) for one in shown),
            *((with_wifi.text,) if with_wifi else ()),
        ]
    )
    cards = [
        _card(one, links[one.code].code or "", picture, asked, programme.original)
        for one, picture in zip(shown, pictures, strict=False)
    ]
    per_sheet = PER_SHEET[asked.format]
    return render_template(
        "cards.html",
        seat={"id": seat.id, "role": seat.role},
        rehearsal=pages.rehearsal_of(seat),
        dialogue=names.dialogue_words(seat.dialogue_id, programme),
        asked=asked,
        choices=_choices(programme),
        tongues=LANGUAGES,
        sheets=[cards[at : at + per_sheet] for at in range(0, len(cards), per_sheet)],
        count=len(cards),
        revoked=len(chosen) - len(shown),
        words=_words(asked.language, programme),
        address=here,
        wifi=wifi,
        wifi_qr=pictures[-1] if with_wifi else None,
        problem=problem,
    )


def _card(one: Delegation, code: str, qr: Markup, asked: Asked, original: str) -> Card:
    name = said_in(one.names, asked.language, original)
    spoken = (asked.language, original, "en")
    tongue = next((code for code in spoken if code in one.names), "")
    width, height = _FRONT[asked.format]
    return Card(
        delegation=one.code,
        name=name,
        tongue=tongue,
        size=size_of(name, tongue, width, height - _FLAG if asked.flags else height),
        initials=one.initials,
        code=f"{code[:4]} {code[4:]}",
        qr=qr,
    )


def _chosen(programme: Programme, asked: Asked) -> list[Delegation]:
    """The delegations that are meant, in the alphabet of the cards' language."""
    found = [
        one
        for one in programme.sorted_delegations(asked.language)
        if asked.of in ("all", one.category, one.region)
    ]
    words = [word.strip() for word in asked.search.split(",") if word.strip()]
    if not words:
        return found
    codes = {word.upper() for word in words}
    if codes <= set(programme.by_code):
        return [one for one in found if one.code in codes]
    sought = [_plain(word) for word in words]
    return [
        one
        for one in found
        if any(word in _plain(name) for name in one.names.values() for word in sought)
    ]


def _plain(text: str) -> str:
    """Without case and accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _choices(programme: Programme) -> list[tuple[str, list[tuple[str, str]]]]:
    """What may be chosen from: kinds and regional groups that the programme has, in words."""
    categories = {one.category for one in programme.delegations}
    regions = {one.region for one in programme.delegations}
    kinds = names.category_names()
    groups = known_groups()
    return [
        (_("Kind"), [(kind, kinds[kind]) for kind in Category if kind in categories]),
        (
            _("Regional group"),
            [
                (code, said_in(groups[code].names, language.current(), "en"))
                for code in sorted(
                    region for region in regions if region is not None and region in groups
                )
            ],
        ),
    ]


_HOW: Final = _l("To ask for the floor, scan this code with your phone, or type it at")
_BENEATH: Final = _l("Your code is underneath. Please keep it face down.")
_WIFI: Final = _l("Wi-Fi of the room")
_NETWORK: Final = _l("Network")
_PASSWORD: Final = _l("Password")
_REHEARSAL: Final = _l("Rehearsal")


def _words(code: str, programme: Programme) -> Mapping[str, Mapping[str, str]]:
    """The lines of a card, each with the language that it is in: the title has its own."""
    lines = {
        "how": _HOW,
        "beneath": _BENEATH,
        "wifi": _WIFI,
        "network": _NETWORK,
        "password": _PASSWORD,
        "rehearsal": _REHEARSAL,
    }
    with force_locale(code):
        said = {key: _tongued(str(line), code) for key, line in lines.items()}
    day = local_time(programme.starts, programme.timezone).date()
    titled = code if code in programme.title else programme.original
    with force_locale(titled):
        date = language.day(day)
    said["title"] = _tongued(said_in(programme.title, code, programme.original), titled)
    said["date"] = _tongued(date, titled)
    return said


def _tongued(text: str, code: str) -> dict[str, str]:
    return {"text": text, "lang": code, "dir": "rtl" if code == "ar" else "ltr"}


def _pictures(texts: list[str]) -> list[Markup]:
    """The QR codes of `texts`; they are drawn elsewhere, since a hall's take a second or two."""
    if not texts:
        return []
    drawn = json.loads(work("codes", json.dumps(texts).encode()))
    return [Markup(svg) for svg in drawn]  # noqa: S704  made by segno of our own texts


def size_of(name: str, tongue: str, width: float, height: float) -> int:
    """The largest size, in points, at which a name fits into so many mm without breaking a word."""
    leading = LEADING.get(tongue, 1.2)
    for size in SIZES:
        em = size * MM_PER_POINT
        lines = _lines(name, tongue, width / em)
        if lines is not None and lines * leading * em <= height:
            return size
    return SIZES[-1]


def _lines(name: str, tongue: str, width: float) -> int | None:
    """How many lines of so many em a name takes; None when a word is wider than that."""
    lines, used = 1, 0.0
    for word in _pieces(name, tongue):
        wide = sum(_width(letter) for letter in word)
        if wide > width:
            return None
        if used and used + wide > width:
            lines, used = lines + 1, 0.0
        used += wide + (0 if tongue == "zh" else 0.28)
    return lines


def _pieces(name: str, tongue: str) -> Iterable[str]:
    return name if tongue == "zh" else _words_of(name)


def _words_of(name: str) -> Iterator[str]:
    """Words, and their parts after hyphens, between which a line may end."""
    for word in name.split():
        parts = word.split("-")
        yield from (f"{part}-" for part in parts[:-1])
        yield parts[-1]


def _width(letter: str) -> float:
    """Of a letter in em, rather too much than too little: the serif of Noto, which is wide."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return 0.36
    if letter in "mwMWЖжШшЩщЮюМмФфЫы":
        return 0.98
    if unicodedata.bidirectional(letter) == "AL":
        return 0.35 if letter in "اأإآلء" else 0.62
    if unicodedata.combining(letter):
        return 0.0
    return 0.75 if letter.isupper() else 0.63 if letter > "\u0370" else 0.6


_NARROW: Final = frozenset("iljtfrI.,:;'’()-‑ ")


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in '\\;,:"' else letter for letter in text)


def _problem_of(wifi: Wifi) -> str | None:
    """What is wrong with a network, in words; None when nothing is."""
    if not wifi.ssid:
        return str(_("Please give the name of the network as well."))
    if len(wifi.ssid.encode()) > LONGEST_SSID or not wifi.ssid.isprintable():
        return str(_("The name of a network has at most 32 letters."))
    if wifi.password and not (len(wifi.password) in PASSWORD and wifi.password.isprintable()):
        return str(_("The password of a network has 8 to 63 letters."))
    return None
