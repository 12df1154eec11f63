"""docs/protocol.md is true: it names all that the code has, and its examples are played."""

import json
import os
import re
import shutil
import subprocess
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from moderator import create_app
from moderator.core.model import Details, Rules
from moderator.core.personal import booth, lectern, own, panellist
from moderator.core.terms import Category, Role
from moderator.core.view import bureau, public
from moderator.realtime import door, socket
from moderator.settings import Settings
from moderator.web import gate, notes, refusals, summary, wire
from moderator.workshop import table
from tests.core.dialogues import (
    ALVA,
    BELARUS,
    BRAZIL,
    NIGERIA,
    ask,
    close_list,
    describe,
    end,
    give,
    given,
    later,
    minutes,
    open_list,
    private_limit,
    raise_point,
    reply,
    request,
    set_rules,
    speaking,
    take_gavel,
    withdraw,
    write,
)
from tests.processes.server import ROOT, House, Server, set_up

DOCUMENT: Final = (ROOT / "docs" / "protocol.md").read_text()
FIELDS_OF_ALL: Final = {"id", "type"}

ANYTHING: Final = "…"
"""Stands in an answer for what the example does not show, in a list or an object for more of it."""

AFTER_2001: Final = 10**12
"""Integers from here on are instants: an answer has others than the page, of course."""

CHANGING: Final = {"version", "undo", "used"}
"""A clock may have started by itself between two examples, on a slow machine."""

SHORT_S: Final = 6
MOMENT: Final = "--- next ---"

Block = tuple[str, str]


# What the document names


@pytest.mark.parametrize("body", typing.get_args(wire.CommandBody), ids=lambda body: body.__name__)
def test_every_command_is_described_with_all_its_fields(body: type[wire.Body]) -> None:
    (kind,) = typing.get_args(body.model_fields["type"].annotation)
    section = _section(f"#### {kind}")
    missing = [
        name
        for name in body.model_fields
        if name not in FIELDS_OF_ALL and f"`{name}`" not in section
    ]
    assert missing == []


def test_no_command_is_described_that_there_is_not() -> None:
    described = re.findall(r"^#### (\S+)$", DOCUMENT, re.MULTILINE)
    kinds = [
        typing.get_args(body.model_fields["type"].annotation)[0]
        for body in typing.get_args(wire.CommandBody)
    ]
    assert sorted(described) == sorted(kinds)


def test_every_reason_of_a_refusal_is_explained_and_no_other() -> None:
    rows = re.findall(r"^\| (\d{3}) \| ([^|]*) \|", _section("## Refusals"), re.MULTILINE)
    named = [reason for _, cell in rows for reason in re.findall(r"`([a-z-]+)`", cell)]
    assert sorted(named) == sorted(str(reason) for reason in refusals.WORDS)


def test_commands_name_only_refusals_that_there_are() -> None:
    section = _section("### Every command")
    named = {
        reason
        for sentence in re.findall(r"Refused: ([^.]*)\.", section)
        for reason in re.findall(r"`([a-z-]+)`", sentence)
    }
    assert named <= {str(reason) for reason in refusals.WORDS}
    assert len(named) > 10


@pytest.mark.parametrize("role", Role)
def test_every_role_is_named(role: Role) -> None:
    assert role.value in _section("### Who may do what")


def test_every_field_of_the_views_is_explained() -> None:
    draw = "d" * 64
    state = given(
        *(*speaking(NIGERIA, BRAZIL), later(1), take_gavel(), close_list(), open_list(draw=draw)),
        *(describe(request(BRAZIL), Details()), write(BRAZIL, ALVA), raise_point(BRAZIL)),
        *(set_rules(Rules(round=3)), private_limit(BRAZIL, minutes(4)), ask(BELARUS)),
        *(withdraw(request(BELARUS)), give(request(BRAZIL, 8), request(NIGERIA))),
        *(end(request(BRAZIL, 8)), reply(BELARUS, request(NIGERIA))),
    ).state
    views = (
        *(public(state), bureau(state), own(state, NIGERIA, Category.MEMBER_STATE)),
        *(own(state, BRAZIL, Category.MEMBER_STATE), panellist(state, ALVA), booth(state)),
        lectern(state),
    )
    ended = {"outcome", "ended_at"}
    fields = ended.union(*(_fields(view) for view in views)) - {NIGERIA, BRAZIL, ALVA}
    section = _section("## Views")
    assert [name for name in sorted(fields) if not re.search(rf"[`\"]{name}[`\"]", section)] == []


def test_every_address_of_the_interface_is_named(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'moderator.db'}"
    app = create_app(Settings(tmp_path, database, b"s" * 32, async_mode="threading"))
    rules = [
        re.sub(r"<(\w+:)?(\w+?)(_id)?>", r"<\2>", rule.rule) for rule in app.url_map.iter_rules()
    ]
    addresses = [rule for rule in rules if rule.startswith("/api/")]
    assert [address for address in addresses if address not in DOCUMENT] == []
    assert len(addresses) > 4


def test_limits_are_as_the_code_has_them() -> None:
    section = _section("## Limits")
    commands = gate.COMMANDS_PER_SEAT
    assert f"| {commands.amount} in {commands.seconds} s |" in section
    one, all_ = gate.WRONG_CODES_PER_ADDRESS.amount, gate.WRONG_CODES_IN_ALL.amount
    assert f"| {one} a minute; {all_} a minute |" in section
    assert f"{gate.MAX_BODY // 1024} KiB" in section
    assert f"| {notes.LONGEST:,} characters |" in section
    assert (
        f"| {table.LARGEST // 1_000_000} MB, {table.ROWS:,} rows, {table.COLUMNS} columns, "
        in section
    )
    assert f"{table.CELLS:,} cells, {table.LONGEST:,} characters in a cell |" in section
    assert f"| {summary.LONGEST:,} characters |" in section
    assert f"| {socket.SOCKETS_OF_A_SEAT} |" in section
    assert f"| {door.SOCKETS:,} |" in section


# The examples, played


def test_the_examples_are_played_and_answered_as_the_document_says(
    tmp_path: Path, sqlite_house: House, serve: Callable[..., Server]
) -> None:
    server = serve(sqlite_house)
    plays = list(_plays(DOCUMENT))
    said = _bash([script for script, _ in plays], _variables(server), tmp_path)
    for (script, expected), actual in zip(plays, said, strict=True):
        _compare(script, expected, actual, _variables(server))
    assert len(plays) > 30


def test_a_client_in_node_follows_a_whole_turn(
    tmp_path: Path, serve: Callable[..., Server]
) -> None:
    (follower,) = [text for kind, text in _blocks(DOCUMENT) if kind == "js"]
    module = tmp_path / "follow.mjs"
    module.write_text(follower)
    server = serve(set_up(tmp_path / "house", seconds=SHORT_S))
    node = shutil.which("node") or shutil.which("nodejs")
    assert node, "`make test` installs node"
    done = subprocess.run(
        [node, Path(__file__).with_name("client.mjs")],
        env={**os.environ, **_variables(server), "FOLLOW": module.as_uri()},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}{server.log}"
    told = json.loads(done.stdout)
    assert told["outcome"] == "time-expired"
    assert told["patches"] >= 4


def _section(heading: str) -> str:
    """The text under a heading, up to the next of the same depth or less."""
    depth = heading.split(" ", 1)[0].count("#")
    assert f"\n{heading}\n" in DOCUMENT, f"there is no {heading}"
    _, _, rest = DOCUMENT.partition(f"\n{heading}\n")
    return re.split(rf"^#{{1,{depth}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def _fields(value: Any) -> set[str]:
    match value:
        case dict():
            return set(value).union(*(_fields(item) for item in value.values()))
        case list():
            return set().union(*(_fields(item) for item in value))
        case _:
            return set()


def _blocks(document: str) -> Iterator[Block]:
    yield from re.findall(r"^```(\w+)\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)


def _plays(document: str) -> Iterator[tuple[str, Block | None]]:
    """Every script with the answer that is printed after it, if there is one."""
    blocks = [*_blocks(document), ("", "")]
    for (kind, text), following in pairwise(blocks):
        if kind == "sh":
            yield text, following if following[0] in ("json", "text") else None


def _variables(server: Server) -> dict[str, str]:
    house: House = server.house
    return {
        "URL": server.url,
        "DIALOGUE": house.dialogue,
        "CHAIR": house.seat("chair")["token"],
        "NIGERIA": house.seat("delegation", "NG")["token"],
        "MEXICO": house.seat("delegation", "MX")["token"],
        "SECRETARY": house.seat("secretary")["token"],
        "BOOTH": house.seat("interpreter")["token"],
        "DISPLAY_TOKEN": house.seat("display")["token"],
        "LINK": house.seat("delegation", "NG")["link"],
        "CODE": house.seat("delegation", "NG")["code"],
        "WALL": house.demonstration["desks"]["wall"],
    }


def _bash(scripts: Iterable[str], variables: Mapping[str, str], folder: Path) -> list[str]:
    """What each script prints, all played in one shell."""
    whole = "".join(f"{script}echo\necho '{MOMENT}'\n" for script in scripts)
    done = subprocess.run(
        ["bash", "-u", "-c", whole],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split(f"{MOMENT}\n")[:-1]


def _compare(
    script: str, expected: Block | None, actual: str, variables: Mapping[str, str]
) -> None:
    if expected is None:
        assert '"reason"' not in actual, f"{script}{actual}"
        return
    kind, text = expected
    for name, value in variables.items():
        text = text.replace(f"${name}", value)
    if kind == "text":
        assert _same_text(text.strip(), actual.strip()), f"{script}{text}{actual}"
        return
    shown, told = _values(text), _values(actual)
    assert len(shown) == len(told), f"{script}{actual}"
    for one, other in zip(shown, told, strict=True):
        assert _same(one, other), f"{script}\nshown: {one}\ntold: {other}"


def _same_text(shown: str, told: str) -> bool:
    pattern = re.escape(shown).replace(ANYTHING, ".+")
    return re.fullmatch(pattern, told) is not None


def _values(text: str) -> list[Any]:
    """The JSON values that stand one after another."""
    decoder: Callable[[str], tuple[Any, int]] = json.JSONDecoder().raw_decode
    values = []
    rest = text.strip()
    while rest:
        value, end = decoder(rest)
        values.append(value)
        rest = rest[end:].strip()
    return values


def _same(shown: Any, told: Any, name: str = "") -> bool:
    match shown, told:
        case str(), _ if shown == ANYTHING:
            return True
        case dict(), dict():
            named = set(shown) - {ANYTHING}
            whole = ANYTHING in shown or named == set(told)
            return whole and named <= set(told) and all(_same(shown[k], told[k], k) for k in named)
        case list(), list() if ANYTHING in shown:
            remaining = iter(told)
            wanted = [item for item in shown if item != ANYTHING]
            return all(any(_same(item, other) for other in remaining) for item in wanted)
        case list(), list():
            pairs = zip(shown, told, strict=False)
            return len(shown) == len(told) and all(_same(one, other) for one, other in pairs)
        case int(), int() if name in CHANGING:
            return True
        case int(), int() if shown > AFTER_2001:
            return told > AFTER_2001
        case _:
            return bool(shown == told)
