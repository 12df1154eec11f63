"""flask --app wsgi replay: how a meeting stood at any moment, from its log alone."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask import Flask

from moderator.core.units import SECOND, Instant
from moderator.installation import Installation
from moderator.programme.programme import local_time
from moderator.service import UnknownDialogue
from moderator.store import journal
from moderator.store.engine import NotRecorded, reading
from moderator.store.journal import Entry
from moderator.summary.export import minutes_of
from moderator.summary.moment import Moment, as_json, at_end, at_instant, at_version, moments


def init_app(app: Flask, installation: Installation) -> None:
    """Add the command to `flask --app wsgi`."""

    @app.cli.command("replay")
    @click.argument("dialogue")
    @click.option("--at", help="a row of the log, or a time: 120, 10:12:30, 2012-04-03T10:12:30Z")
    @click.option("--step", is_flag=True, help="go from event to event, up to that moment")
    @click.option("--json", "for_programs", is_flag=True, help="for programs; a line for each step")
    def replay(dialogue: str, at: str | None, step: bool, for_programs: bool) -> None:
        """Tell how a meeting stood at any moment, by its log alone; without more, at its end."""
        document, entries, heads = _logged(installation, dialogue)
        last = _moment(entries, at, document)
        shown = _steps(entries, last) if step else [last]
        for place, moment in enumerate(shown):
            if place and not for_programs:
                # Waits for a key where somebody sits at a terminal, and nowhere else.
                click.pause(info="")
            head = heads.get(moment.state.version)
            if for_programs:
                told = {**as_json(moment, document), "head": head}
                indent = None if step else 2
                click.echo(json.dumps(told, ensure_ascii=False, indent=indent))
            else:
                click.echo("\n".join([*lines_of(moment, document), f"Head: {head}", ""]))


def lines_of(moment: Moment, document: Mapping[str, Any]) -> list[str]:
    """A moment in words, for a terminal."""
    told = as_json(moment, document)
    if told["version"] == 0:
        return ["Row 0: nothing has happened yet"]
    there = local_time(moment.at, document["timezone"])
    by = told["actor"]
    lines = [
        f"Row {told['version']}: {told['event']} by {'time alone' if by == 'clock/' else by}",
        f"At {there.isoformat(timespec='milliseconds')}",
        f"Dialogue: {told['phase']}",
        f"Segment: {told['segment_title'] or 'none'}",
        f"Floor: {_floor(told['floor'])}",
        f"Gavel: {told['gavel'] or 'nobody'}",
        f"List ({'open' if told['list_open'] else 'closed'}): {len(told['waiting'])} waiting",
    ]
    for place, entry in enumerate(told["waiting"], 1):
        behalf = f", on behalf of {entry['group']}" if entry["group"] else ""
        lines.append(f"  {place}. {entry['name']}{behalf} (number {entry['number']})")
    return lines


def _floor(floor: Mapping[str, Any] | None) -> str:
    if floor is None:
        return "nobody"
    behalf = f", on behalf of {floor['group']}" if floor["group"] else ""
    remaining = floor["remaining"]
    left = (
        f"{minutes_of(remaining)} left" if remaining >= 0 else f"over by {minutes_of(-remaining)}"
    )
    runs = "running" if floor["running"] else "standing still"
    used, allowance = minutes_of(floor["used"]), minutes_of(floor["allowance"])
    return f"{floor['name']}{behalf}, {used} of {allowance} used, {left}, clock {runs}"


def _logged(
    installation: Installation, dialogue_id: str
) -> tuple[dict[str, Any], tuple[Entry, ...], dict[int, str]]:
    """The programme document, the log, and the hashes of the log's rows."""
    try:
        document = installation.secretariat.programme(dialogue_id).document("en")
        with reading(installation.engine) as connection:
            entries = journal.read(connection, dialogue_id)
            return document, entries, journal.hashes(connection, dialogue_id)
    except UnknownDialogue as error:
        raise click.ClickException(f"there is no dialogue {dialogue_id}") from error
    except NotRecorded as error:
        raise click.ClickException(
            f"the database cannot be used (flask --app wsgi init-db makes it): {error}"
        ) from error


def _moment(entries: Sequence[Entry], at: str | None, document: Mapping[str, Any]) -> Moment:
    if at is None:
        return at_end(entries)
    if at.isdecimal():
        moment = at_version(entries, int(at))
        if moment is None:
            raise click.ClickException(f"the log has {len(entries)} rows, and no row {at}")
        return moment
    return at_instant(entries, _instant(at, entries, document))


def _instant(at: str, entries: Sequence[Entry], document: Mapping[str, Any]) -> Instant:
    """A time as it was typed: with its offset, or else as clocks at the meeting's place show it.

    A time of day alone is that of the day on which the log begins.
    """
    zone = ZoneInfo(document["timezone"])
    begins = entries[0].event.at if entries else document["starts"]
    day = local_time(Instant(begins), document["timezone"]).date().isoformat()
    try:
        read = datetime.fromisoformat(at if "-" in at[1:5] else f"{day}T{at}")
    except ValueError as error:
        raise click.ClickException(
            f"{at} is neither a row nor a time such as 10:12:30 or 2012-04-03T10:12:30-04:00"
        ) from error
    aware = read if read.tzinfo is not None else read.replace(tzinfo=zone)
    return Instant(round(aware.timestamp() * SECOND))


def _steps(entries: Sequence[Entry], last: Moment) -> list[Moment]:
    """The moments after each event up to the last; at least that one."""
    steps = [moment for moment in moments(entries) if moment.state.version <= last.state.version]
    return [*steps[:-1], last]
