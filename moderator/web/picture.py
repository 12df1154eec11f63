"""The picture of the day as templates/timeline.html draws it: geometry with its words."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from flask_babel import gettext as _

from moderator.core.terms import Phase
from moderator.core.units import Duration, Instant
from moderator.summary.export import minutes_of
from moderator.summary.record import Record
from moderator.summary.timeline import PlannedBox, Timeline, timeline
from moderator.web import language
from moderator.web.telling import Telling, Words

WIDE: Final = 1_200.0
NARROW: Final = 340.0
"""On a phone the picture is drawn anew for little room, not made small."""

LETTER: Final = 7.2
"""How wide a letter of a title is, about."""

LEGEND_COLUMN: Final = 168.0
LEGEND_ROW: Final = 22.0
LEGEND_TOP: Final = 126.0


def pictures(
    record: Record, document: Mapping[str, Any], telling: Telling, now: Instant
) -> list[Words]:
    """The picture for wide and for narrow screens; none when no time is known."""
    return [
        picture
        for name, width in (("wide", WIDE), ("narrow", NARROW))
        if (picture := _picture(name, record, document, telling, now, width)) is not None
    ]


def day_table(
    record: Record, document: Mapping[str, Any], telling: Telling, now: Instant
) -> list[Words]:
    """The same as a table: each part of the programme, and when the dialogue was suspended."""
    plan = _planned(record, document, telling, now)
    held = {segment.id: segment for segment in record.segments}
    rows = []
    for number, part in enumerate(document["segments"], 1):
        segment = held.get(part["id"])
        turns = [
            turn
            for turn in record.turns
            if turn.segment == part["id"] and turn.runs and not turn.struck
        ]
        begun = None if segment is None else segment.begun_at
        ended = None if segment is None else segment.ended_at
        rows.append(
            {
                "number": number,
                "title": part["title"],
                "planned": plan.get(part["id"]),
                "held": None if begun is None else telling.span(begun, ended),
                "turns": len(turns),
                "spoken": minutes_of(Duration(sum(turn.used for turn in turns))),
            }
        )
    return [*rows, *_suspended(record, telling)]


def _planned(
    record: Record, document: Mapping[str, Any], telling: Telling, now: Instant
) -> dict[str, str]:
    drawn = timeline(record, document, now)
    boxes: tuple[PlannedBox, ...] = () if drawn is None else drawn.planned
    return {box.segment: telling.span(*box.piece.span) for box in boxes}


def _suspended(record: Record, telling: Telling) -> Iterator[Words]:
    for change, following in pairwise([*record.phases, None]):
        if change is not None and change.phase is Phase.SUSPENDED:
            until = None if following is None else following.act.at
            yield {
                "number": None,
                "title": _("Suspended"),
                "planned": None,
                "held": telling.span(change.act.at, until),
                "turns": None,
                "spoken": None,
            }


def _picture(
    name: str,
    record: Record,
    document: Mapping[str, Any],
    telling: Telling,
    now: Instant,
    width: float,
) -> Words | None:
    rtl = language.direction() == "rtl"
    drawn = timeline(record, document, now, width=width, rtl=rtl)
    if drawn is None:
        return None
    titles = {part["id"]: part["title"] for part in document["segments"]}
    legend = _legend(drawn, rtl)
    return {
        "name": name,
        "width": width,
        "height": LEGEND_TOP + LEGEND_ROW * (1 + max(item["row"] for item in legend)),
        "rtl": rtl,
        "drawn": drawn,
        "labels": [_label(box, str(titles[box.segment]), rtl) for box in drawn.planned],
        "legend": legend,
        "words": _in_words(drawn, telling, titles),
    }


def _label(box: PlannedBox, title: str, rtl: bool) -> Words:
    """What stands in the box of a planned part: as much of number and title as there is room."""
    short = title.partition(":")[0].partition("：")[0].strip()
    room = box.piece.width - 16
    fitting = (f"{box.number} · {title}", f"{box.number} · {short}", f"{box.number}")
    text = next((text for text in fitting if len(text) * LETTER <= room), "")
    x = box.piece.x + box.piece.width - 8 if rtl else box.piece.x + 8
    return {"x": round(x, 2), "text": text}


def _legend(drawn: Timeline, rtl: bool) -> list[Words]:
    """What the shapes mean, for those that are on the picture, in rows."""
    items = [
        ("planned", _("Planned"), bool(drawn.planned)),
        ("held", _("Held"), bool(drawn.held)),
        ("turn", _("Turns"), bool(drawn.turns)),
        ("over", _("Turn over its time"), any(turn.over for turn in drawn.turns)),
        ("suspended", _("Suspended"), bool(drawn.suspended)),
        ("fold", _("Pause left out"), bool(drawn.folds)),
        ("now", _("Now"), drawn.now is not None),
    ]
    shown = [(kind, words) for kind, words, there in items if there]
    columns = max(1, int(drawn.width // LEGEND_COLUMN))
    legend = []
    for place, (kind, words) in enumerate(shown):
        row, column = divmod(place, columns)
        start = column * LEGEND_COLUMN
        x = drawn.width - start - 20 if rtl else start
        text = x - 8 if rtl else x + 28
        y = LEGEND_TOP + LEGEND_ROW * row
        legend.append({"kind": kind, "words": words, "x": x, "text": text, "y": y, "row": row})
    return legend


def _in_words(drawn: Timeline, telling: Telling, titles: Mapping[str, str]) -> str:
    """The picture for who does not see it."""
    held: dict[str, list[str]] = {}
    for bar in drawn.held:
        held.setdefault(bar.segment, []).append(telling.span(*bar.piece.span))
    sentences = []
    for box in drawn.planned:
        values = {"title": titles[box.segment], "planned": telling.span(*box.piece.span)}
        if box.segment in held:
            values["held"] = ", ".join(held[box.segment])
            sentences.append(_("%(title)s: planned %(planned)s, held %(held)s.", **values))
        else:
            sentences.append(_("%(title)s: planned %(planned)s.", **values))
    sentences.append(_("Turns: %(number)s.", number=len({turn.turn for turn in drawn.turns})))
    return " ".join(sentences)
