"""The closing figures: for the bureau, to be read out in six languages, and to be projected.

They are counted anew whenever the page is asked for; its script asks when something has happened.
"""

from collections.abc import Iterator
from typing import Any, Final

from flask import Blueprint, render_template
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from moderator.core.terms import BUREAU, Outcome
from moderator.core.units import MINUTE, SECOND, Duration
from moderator.programme.catalogue import known_groups
from moderator.programme.languages import said_in
from moderator.summary.export import minutes_of
from moderator.summary.figures import Figures, Part, figures_of
from moderator.web import language, names, pages
from moderator.web.record import document_for, reader, record_for
from moderator.web.telling import Telling, outcome_words

bp = Blueprint("figures", __name__)

Words = dict[str, Any]

OUTCOMES: Final = (Outcome.CONCLUDED, Outcome.TIME_EXPIRED, Outcome.WITHDRAWN_BY_CHAIR)
"""How turns end whose speakers were there."""


@bp.get("/s/<seat_id>/figures")
def page(seat_id: str) -> str:
    """The figures with the sentences to read out, in the language of the page first."""
    return _page(seat_id, "figures.html")


@bp.get("/s/<seat_id>/figures/projected")
def projected(seat_id: str) -> str:
    """The same without anything else, large, for a screen in the hall."""
    return _page(seat_id, "figures_projected.html")


def _page(seat_id: str, template: str) -> str:
    seat = reader(seat_id, BUREAU)
    record = record_for(seat)
    document = document_for(seat, language.current())
    figures = figures_of(record, document)
    return render_template(
        template,
        **pages.page_of(seat),
        figures=figures,
        counted=Telling(record, document).time_of(figures.at) if figures.version else None,
        spoken=length_of(figures.heard.used),
        average=_minutes(figures.delegations.average),
        median=_minutes(figures.delegations.median),
        sentences=_in_all_languages(figures),
        kinds=_kinds(figures),
        regions=_regions(figures),
        outcomes=_outcomes(figures),
        asked=_asked(figures),
    )


def to_read_out(figures: Figures) -> list[str]:
    """What a chair says in the closing remarks, a figure a sentence; none before anybody spoke."""
    return list(_sentences(figures)) if figures.heard.turns else []


def _in_all_languages(figures: Figures) -> list[Words]:
    """The sentences in each language, that of the page first."""
    mine = language.current()
    said = []
    for code in sorted(language.OFFERED, key=lambda code: code != mine):
        with force_locale(code):
            sentences = to_read_out(figures)
            direction = language.direction()
        said.append(
            {
                "code": code,
                "name": language.OFFERED[code],
                "dir": direction,
                "text": ("" if code == "zh" else " ").join(sentences),
            }
        )
    return said


def _sentences(figures: Figures) -> Iterator[str]:
    if figures.delegations.voices:
        yield ngettext(
            "%(num)s delegation took the floor.",
            "%(num)s delegations took the floor.",
            figures.delegations.voices,
        )
    if figures.groups:
        yield ngettext(
            "Statements were made on behalf of %(num)s group of States.",
            "Statements were made on behalf of %(num)s groups of States.",
            figures.groups,
        )
    if figures.persons.voices:
        yield ngettext(
            "%(num)s speaker of the programme was heard.",
            "%(num)s speakers of the programme were heard.",
            figures.persons.voices,
        )
    yield ngettext(
        "In all, %(num)s intervention was made.",
        "In all, %(num)s interventions were made.",
        figures.heard.turns,
    )
    yield _("Speaking time in all: %(time)s.", time=in_words(figures.heard.used))
    if figures.delegations.average is not None:
        average = in_words(figures.delegations.average, seconds=True)
        yield _("On average a delegation's intervention took %(time)s.", time=average)
    if figures.kept:
        yield ngettext(
            "%(num)s intervention was concluded within its time.",
            "%(num)s interventions were concluded within their time.",
            figures.kept,
        )
    yield from _further(figures)


def _further(figures: Figures) -> Iterator[str]:
    if figures.questions:
        yield ngettext(
            "%(num)s question was put to the panellists.",
            "%(num)s questions were put to the panellists.",
            figures.questions,
        )
        yield ngettext(
            "%(num)s question was answered.", "%(num)s questions were answered.", figures.answered
        )
    if figures.replies:
        yield ngettext(
            "%(num)s right of reply was exercised.",
            "%(num)s rights of reply were exercised.",
            figures.replies,
        )
    if figures.points:
        yield ngettext(
            "%(num)s point of order was raised.",
            "%(num)s points of order were raised.",
            figures.points,
        )
    if figures.not_reached:
        yield ngettext(
            "%(num)s request for the floor could not be reached.",
            "%(num)s requests for the floor could not be reached.",
            figures.not_reached,
        )


def length_of(duration: Duration) -> str:
    """A long time at a glance: "3 h 12 min", and below an hour "47:05"."""
    hours, minutes = divmod(duration // MINUTE, 60)
    if not hours:
        return minutes_of(duration)
    return str(_("%(hours)s h %(minutes)s min", hours=hours, minutes=f"{minutes:02}"))


def in_words(duration: Duration, *, seconds: bool = False) -> str:
    """A time as it is read out; below a minute, or when asked for, with its seconds."""
    hours, rest = divmod(duration // SECOND, 60 * MINUTE // SECOND)
    minutes, left = divmod(rest, MINUTE // SECOND)
    parts = []
    if hours:
        parts.append(ngettext("%(num)s hour", "%(num)s hours", hours))
    if minutes:
        parts.append(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    if not parts or (seconds and left):
        parts.append(ngettext("%(num)s second", "%(num)s seconds", left))
    first, *others = parts
    for other in others:
        first = _("%(time)s %(more)s", time=first, more=other)
    return str(first)


def _minutes(duration: Duration | None) -> str | None:
    return None if duration is None else minutes_of(duration)


def _row(name: str, part: Part, of: int) -> Words:
    """A line of a table; `share` is of the most turns that a line has, in hundredths."""
    return {
        "name": name,
        "voices": part.voices,
        "turns": part.turns,
        "used": minutes_of(part.used),
        "average": _minutes(part.average),
        "median": _minutes(part.median),
        "share": round(100 * part.voices / of),
    }


def _kinds(figures: Figures) -> list[Words]:
    """Who was heard, by kind."""
    known = names.category_names()
    parts = [(known[category], part) for category, part in figures.kinds.items()]
    if figures.persons.turns:
        parts.append((_("Speakers of the programme"), figures.persons))
    most = max((part.voices for _name, part in parts), default=1)
    return [_row(name, part, most) for name, part in parts]


def _regions(figures: Figures) -> list[Words]:
    """The States that were heard, by regional group."""
    groups = known_groups()
    most = max((part.voices for part in figures.regions.values()), default=1)
    return [
        _row(said_in(groups[code].names, language.current(), "en"), part, most)
        for code, part in figures.regions.items()
    ]


def _outcomes(figures: Figures) -> list[Words]:
    """How the limits were kept, and who was not heard."""
    words = outcome_words()
    ended = [(words[outcome], figures.outcomes.get(outcome, 0)) for outcome in OUTCOMES]
    return [
        {"name": name, "count": count}
        for name, count in (
            *ended,
            (_("Beyond the limit"), figures.beyond),
            (_("Called and not present"), figures.not_present),
            (_("Request withdrawn"), figures.withdrawn),
            (_("Not reached"), figures.not_reached),
        )
    ]


def _asked(figures: Figures) -> list[Words]:
    """What was asked and raised beside statements."""
    return [
        {"name": name, "count": count}
        for name, count in (
            (_("Groups of States spoken for"), figures.groups),
            (_("Questions put"), figures.questions),
            (_("Questions answered"), figures.answered),
            (_("Rights of reply"), figures.replies),
            (_("Points of order"), figures.points),
        )
    ]
