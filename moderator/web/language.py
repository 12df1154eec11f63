"""In which language a page is: the seat's or desk's, else the chosen one, else the browser's."""

import datetime
from typing import Final

from babel.dates import format_date
from flask import Flask, g, request
from flask_babel import Babel, get_locale, gettext
from werkzeug import Response

from moderator.core.terms import BUREAU, Role
from moderator.text import Words

OFFERED: Final = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
"""The six languages by their own names, in the order in which the United Nations lists them.

All six are complete for the hall. The bureau may choose any of them as well: what its catalogue
lacks is said in English there.
"""

_OF_DESKS: Final = ("en", "ar")
"""Languages that are complete for the bureau too."""

_DAYS: Final = {
    "en": "EEEE, d\N{NO-BREAK SPACE}MMMM y",
    "es": "EEEE d\N{NO-BREAK SPACE}'de' MMMM 'de' y",
    "fr": "EEEE d\N{NO-BREAK SPACE}MMMM y",
    "ru": "EEEE, d\N{NO-BREAK SPACE}MMMM y 'года'",
    "zh": "y年M月d日，EEEE",
}
"""A day as United Nations documents write it."""

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
    app.jinja_env.globals.update(
        languages=OFFERED,
        page_language=current,
        page_direction=direction,
        language_of_words=of_words,
    )


def chosen() -> str:
    """The language that this request is answered in."""
    device = g.get("seat") or g.get("desk")
    if device is not None:
        return known(device.language)
    asked = request.args.get("lang") or request.cookies.get(COOKIE)
    if asked in OFFERED:
        return asked
    for tag, quality in request.accept_languages:
        # Of the country nothing is asked: pt-BR and zh-Hans-CN stand for pt and zh.
        wanted = tag.partition("-")[0].lower()
        if quality > 0 and wanted in OFFERED:
            return wanted
    return "en"


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


def of_words(role: Role | None) -> str:
    """The language that most words of a page are in: a desk's are English where ours is begun only.

    A program that reads aloud goes by it; names of its own language are understood all the same.
    """
    return "en" if role in BUREAU and current() not in _OF_DESKS else current()


def in_words(words: Words) -> str:
    """What is wrong, in the language of the page that is being made."""
    return str(gettext(words.template, **words.values))


def direction() -> str:
    """Which way the page is read: "rtl" or "ltr"."""
    locale = get_locale()
    return "ltr" if locale is None else str(locale.text_direction)


def day(date: datetime.date) -> str:
    """A day in words, with western digits in every language: "Tuesday, 3 April 2012"."""
    locale = current()
    if locale == "ar":
        weekday = format_date(date, "EEEE", locale=locale)
        return f"{weekday}، {date.day} {_ARABIC_MONTHS[date.month - 1]} {date.year}"
    pattern = _DAYS[locale]
    if locale == "fr" and date.day == 1:
        pattern = pattern.replace("d", "d'er'", 1)
    return str(format_date(date, pattern, locale=locale))
