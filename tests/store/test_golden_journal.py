"""What was ever written is read for ever: the golden journal, replayed by the present code."""

import json
from typing import Final

import sqlalchemy as sa

from moderator.store import codec, journal, tables
from moderator.store.engine import reading, writing
from tests.store.golden_journal import FILE, folded, lines, state_hash
from tests.store.logs import add_dialogue

WHAT, *ROWS = map(json.loads, FILE.read_text(encoding="utf-8").splitlines())
RENEW: Final = "python -m tests.store.golden_journal writes it anew: see docs/decisions/0001"


def test_it_has_every_type_of_event() -> None:
    assert {row["type"] for row in ROWS} == set(codec.EVENT_TYPES), RENEW


def test_it_comes_to_the_same_state() -> None:
    events = [codec.decode(row["type"], row["at"], row["data"]) for row in ROWS]

    state = folded(events)

    assert state.version == len(ROWS)
    assert state_hash(state) == WHAT["state"], RENEW


def test_its_rows_are_written_as_the_present_code_writes_them() -> None:
    for row in ROWS:
        event = codec.decode(row["type"], row["at"], row["data"])
        assert codec.encode(event) == (row["type"], row["data"]), RENEW


def test_its_hashes_hold(engine: sa.Engine) -> None:
    add_dialogue(engine, WHAT["dialogue"])
    with writing(engine) as connection:
        of_it = {"dialogue_id": WHAT["dialogue"]}
        connection.execute(sa.insert(tables.event), [{**of_it, **row} for row in ROWS])
        head = journal.Head(ROWS[-1]["version"], ROWS[-1]["hash"])
        journal.move_head(connection, WHAT["dialogue"], head, None, None)

    with reading(engine) as connection:
        assert journal.damage(connection, WHAT["dialogue"]) == ()
        entries = journal.read(connection, WHAT["dialogue"])
    assert state_hash(folded(entry.event for entry in entries)) == WHAT["state"]


def test_its_meeting_can_be_played_again_with_every_type_of_event() -> None:
    what, *rows = map(json.loads, lines())

    assert {row["type"] for row in rows} == set(codec.EVENT_TYPES)
    events = [codec.decode(row["type"], row["at"], row["data"]) for row in rows]
    assert state_hash(folded(events)) == what["state"]
