"""The Summary as Markdown, as a page that stands alone, and as the plain values of others."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from moderator.summary.checks import Fault, Flag, Phrase
from moderator.summary.outline import Source, SourceKind, Table
from moderator.summary.paper import GAUGES, Entry, Leaf, Paper, State, words_of

NO_SOURCE: Final = "**[No source]**"
"""Marks a paragraph that rests on nothing in the record."""


def markdown(paper: Paper) -> str:
    """The paper as CommonMark with tables; whatever people wrote stays the text that it is.

    Sources stand in comments, which no reader sees; words that want a second look are named.
    """
    head = paper.masthead
    blocks = [
        f"{_plain(head.organ)}  \n{_plain(head.date)}  \n{_plain(head.place)}  \n"
        f"Original: {_plain(head.original)}",
        f"# {_plain(paper.title)}",
    ]
    if paper.box.stands:
        blocks.append(f"> {_paragraph(paper.box)}")
    if paper.status.stands:
        blocks.append(f"*{_plain(paper.status.text)}*")
    for leaf in paper.leaves:
        blocks.append(f"{'#' * (leaf.level + 1)} {_headed(leaf, _plain(leaf.heading))}")
        blocks += [_paragraph(entry) for entry in leaf.standing]
        if leaf.table.rows:
            blocks.append(_table(leaf.table))
    return "\n\n".join(blocks) + "\n"


def _headed(leaf: Leaf, heading: str) -> str:
    return f"{leaf.label} {heading}".lstrip()


def _paragraph(entry: Entry) -> str:
    marks = [] if entry.sources else [NO_SOURCE]
    checks = [_plain(_check(flag)) for flag in entry.flags if flag.fault is not Fault.SLOT]
    if checks:
        marks.append(f"**[Check: {', '.join(checks)}]**")
    sources = f"<!-- {_sources(entry.sources)} -->" if entry.sources else ""
    number = f"{entry.number}." if entry.number else ""
    return " ".join(part for part in (number, _plain(entry.text), *marks, sources) if part)


def _check(flag: Flag) -> str:
    return f"{flag.words} (the record holds {flag.supported})" if flag.supported else flag.words


def _table(table: Table) -> str:
    if not table.columns:
        return "\n".join(f"- {_plain(' '.join(row.cells))}" for row in table.rows)
    lines = [table.columns, ("---",) * len(table.columns)]
    rows = [" | ".join(cells) for cells in lines]
    rows += [" | ".join(_plain(cell) for cell in row.cells) for row in table.rows]
    return "\n".join(f"| {row} |" for row in rows)


def _sources(sources: tuple[Source, ...]) -> str:
    return ", ".join(f"{source.kind} {source.id}".rstrip() for source in sources)


def _plain(text: str) -> str:
    """Text on one line in which nothing is markup: no link, HTML, list, table or emphasis."""
    line = _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
    return _OPENING.sub(r"\g<0>\\", line)


_MARKUP: Final = re.compile(r"[\\`*_\[\]<>|~#&!$^{}]")
_OPENING: Final = re.compile(r"^\d*(?=[.)])|^(?=[-+=:])")
"""Where a line that would begin a list, a rule, a heading or a definition has to be broken."""


# A page that stands alone


def html(paper: Paper) -> str:
    """The paper as one HTML file without script, picture or address: to be sent and printed."""
    head = paper.masthead
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(paper.title)}</title><style>{_STYLE}</style></head><body>",
        f'<p class="head"><strong>{escape(head.organ)}</strong><br>{escape(head.date)}<br>'
        f"{escape(head.place)}<br>Original: {escape(head.original)}</p>",
        f"<h1>{escape(paper.title)}</h1>",
    ]
    if paper.box.stands:
        parts.append(f'<p class="box">{escape(paper.box.text)}</p>')
    if paper.status.stands:
        parts.append(f"<p>{escape(paper.status.text)}</p>")
    for leaf in paper.leaves:
        parts.append(
            f"<h{leaf.level + 1}>{escape(_headed(leaf, leaf.heading))}</h{leaf.level + 1}>"
        )
        for entry in leaf.standing:
            number = f'<span class="no">{entry.number}.</span>' if entry.number else ""
            parts.append(f'<p class="para">{number}{escape(entry.text)}</p>')
        parts += _html_table(leaf.table)
    return "".join((*parts, "</body></html>\n"))


def _html_table(table: Table) -> Iterator[str]:
    if not table.columns:
        if table.rows:
            items = "".join(f"<li>{escape(' '.join(row.cells))}</li>" for row in table.rows)
            yield f"<ul>{items}</ul>"
        return
    yield "<table><thead><tr>"
    yield from (f'<th scope="col">{escape(head)}</th>' for head in table.columns)
    yield "</tr></thead><tbody>"
    for row in table.rows:
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row.cells)}</tr>"
    yield "</tbody></table>"


_STYLE: Final = (
    "body{max-width:44rem;margin:3rem auto;padding:0 1.25rem;"
    "font:1.0625rem/1.6 Charter,'Noto Serif',Georgia,serif;color:#0d1a2c;background:#fff}"
    "h1{font-size:1.7rem;line-height:1.25}"
    "h2{font-size:1.3rem;margin-top:2.2em}h3{font-size:1.1rem}h4{font-size:1rem}"
    ".head{border-bottom:1px solid #75849b;padding-bottom:1em}"
    ".box{border:1px solid #75849b;padding:1em}.no{display:inline-block;min-width:2.5em}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;"
    "padding:.3em .8em .3em 0;border-bottom:1px solid #d5dce5}"
    "@media print{body{margin:0;max-width:none;font-size:11pt}tr{break-inside:avoid}"
    "h1,h2,h3,h4{break-after:avoid}}"
)


# Plain values


def for_docx(paper: Paper, *, counts: bool = False) -> dict[str, Any]:
    """The paper as the workshop's program `docx` takes it.

    With `counts` each quantifier bears a comment for translators that tells its count.
    """
    head = paper.masthead
    return {
        "title": _typeset(paper.title),
        "organ": _typeset(head.organ),
        "date": _typeset(head.date),
        "place": _typeset(head.place),
        "original": head.original,
        "box": [_words(paper.box, counts)] if paper.box.stands else [],
        "status": [_words(paper.status, counts)] if paper.status.stands else [],
        "sections": [
            {
                "label": leaf.label,
                "heading": _typeset(leaf.heading),
                "level": leaf.level,
                "annex": leaf.is_annex,
                "paragraphs": [_words(entry, counts) for entry in leaf.standing],
                "columns": list(leaf.table.columns),
                "rows": [[_typeset(cell) for cell in row.cells] for row in leaf.table.rows],
            }
            for leaf in paper.leaves
        ],
    }


def _words(entry: Entry, counts: bool) -> dict[str, Any]:
    pieces = []
    for text, phrase in _pieces(entry):
        said: dict[str, str] = {"text": _typeset(text)}
        if counts and phrase is not None and phrase.evidence is not None:
            said["comment"] = f"{phrase.evidence.phrase}: {phrase.evidence.arithmetic}."
        pieces.append(said)
    return {"number": entry.number, "pieces": pieces}


def _pieces(entry: Entry) -> Iterator[tuple[str, Phrase | None]]:
    """A text cut at its quantifiers with evidence."""
    end = 0
    for phrase in entry.phrases:
        if phrase.evidence is not None:
            if phrase.start > end:
                yield entry.text[end : phrase.start], None
            yield entry.text[phrase.start : phrase.end], phrase
            end = phrase.end
    if end < len(entry.text):
        yield entry.text[end:], None


def _typeset(text: str) -> str:
    """A text on one line, with the spaces kept together that must not be broken."""
    return _UNBROKEN.sub("\u00a0", re.sub(r"\s+", " ", text))


_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_UNBROKEN: Final = re.compile(
    rf"(?<=\d) (?=(?:{_MONTHS}|a\.m\.|p\.m\.|per cent|million|billion|\d{{3}})(?!\w))"
    r"|(?<=\b(?:No|pp)\.) (?=\d)|(?<=\bpara\.) (?=\d)|(?<=\b(?:Mr|Ms|Dr)\.) |(?<=\bH\.E\.) "
    r"|(?<=\b(?:Room|Part)) (?=\d)|(?<=\bAnnex) (?=[IVX])"
)


def as_json(paper: Paper) -> dict[str, Any]:
    """The whole paper for the page that shows and edits it.

    Texts are cut at their quantifiers; what is behind a quantifier stands in `evidence`.
    """
    return {
        "title": paper.title,
        "masthead": {
            "organ": paper.masthead.organ,
            "date": paper.masthead.date,
            "place": paper.masthead.place,
            "original": paper.masthead.original,
        },
        "words": words_of(paper),
        "gauges": list(GAUGES),
        "box": _entry(paper.box),
        "status": _entry(paper.status),
        "sections": [
            {
                "key": leaf.key,
                "label": leaf.label,
                "heading": leaf.heading,
                "level": leaf.level,
                "annex": leaf.is_annex,
                "done": leaf.is_done,
                "paragraphs": [_entry(entry) for entry in leaf.entries],
                "columns": list(leaf.table.columns),
                "rows": [list(row.cells) for row in leaf.table.rows],
            }
            for leaf in paper.leaves
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    evidence: list[dict[str, Any]] = []
    pieces: list[dict[str, Any]] = []
    for text, phrase in _pieces(entry):
        piece: dict[str, Any] = {"text": text}
        if phrase is not None and phrase.evidence is not None:
            piece["evidence"] = len(evidence)
            behind = phrase.evidence
            evidence.append(
                {
                    "phrase": behind.phrase,
                    "n": behind.n,
                    "of": behind.of,
                    "doubt": any(
                        flag.fault is Fault.OUTRUNS and flag.words == text for flag in entry.flags
                    ),
                    "voices": [
                        {
                            "kind": voice.kind,
                            "code": voice.code,
                            "name": voice.name,
                            "members": voice.members,
                            "interventions": list(voice.said),
                        }
                        for voice in behind.voices
                    ],
                }
            )
        pieces.append(piece)
    return {
        "key": entry.key,
        "state": entry.state,
        "number": entry.number or None,
        "text": entry.text,
        "drafted": entry.drafted,
        "changed_from": entry.changed_from,
        "revision": entry.revision,
        "pieces": pieces if entry.state is not State.TAKEN_OUT else [{"text": entry.text}],
        "evidence": evidence,
        "sources": [{"kind": source.kind, "id": source.id} for source in entry.sources],
        "notes": [source.id for source in entry.sources if source.kind is SourceKind.NOTE],
        "flags": [
            {"fault": flag.fault, "words": flag.words, "supported": flag.supported or None}
            for flag in entry.flags
        ],
    }
