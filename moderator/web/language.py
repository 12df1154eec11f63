"""In which language a page is: the seat's or desk's, else the chosen one, else the browser's."""

import datetime
from typing import Final

from babel.dates import format_date
from flask import Flask, g, request
from flask_babel import Babel, get_locale
from werkzeug import Response

OFFERED: Final = {"en": "English", "ar": "العربية"}
"""Languages whose catalogues are complete, by their own names."""

_ARABIC_MONTHS: Final = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
"""As the United Nations writes them: both names, which the data of the CLDR does not have."""

COOKIE: Final = "lang"
COOKIE_LIFE_S: Final = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Choose the language of every request and tell templates of it."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "UTC"
    Babel(app, locale_selector=chosen)
    app.jinja_env.globals.update(languages=OFFERED, page_language=current, page_direction=direction)


def chosen() -> str:
    """The language that this request is answered in."""
    device = g.get("seat") or g.get("desk")
    if device is not None:
        return known(device.language)
    asked = request.args.get("lang") or request.cookies.get(COOKIE)
    if asked in OFFERED:
        return asked
    return request.accept_languages.best_match(list(OFFERED)) or "en"


def remember(response: Response, chosen: str) -> Response:
    """Let this browser keep the language that somebody chose."""
    response.set_cookie(COOKIE, chosen, max_age=COOKIE_LIFE_S, httponly=True, samesite="Lax")
    return response


def known(language: str | None) -> str:
    """`language` where it is offered, else English."""
    return language if language in OFFERED else "en"


def current() -> str:
    """The language of the page that is being made."""
    return str(get_locale() or "en")


def direction() -> str:
    """Which way the page is read: "rtl" or "ltr"."""
    locale = get_locale()
    return "ltr" if locale is None else str(locale.text_direction)


def day(date: datetime.date) -> str:
    """A day in words, with western digits in every language: "Tuesday, 3 April 2012"."""
    locale = current()
    weekday = format_date(date, "EEEE", locale=locale)
    if locale == "ar":
        return f"{weekday}، {date.day} {_ARABIC_MONTHS[date.month - 1]} {date.year}"
    return f"{weekday}, {format_date(date, 'd MMMM y', locale=locale)}"
