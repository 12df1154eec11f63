"""A backup of a meeting in full swing, restored elsewhere: nothing is missing, and it goes on."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa
from alembic import command

from moderator.store import tables
from moderator.store.engine import make_engine, reading, writing
from moderator.store.migrate import REVISION, config
from tests.processes.clients import Client, Screen, new_id, opened, segment_of
from tests.processes.load import Load, faults_in
from tests.processes.server import House, Server

Serve = Callable[[House], Server]


def test_a_meeting_is_saved_under_load_and_goes_on_with_the_other_database(
    house: House, serve: Serve, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = serve(house)
    opened(server).close()
    card = house.seat("delegation", "MX")
    phone = requests.Session()
    entered = phone.post(f"{server.url}{card['link']}", data={"lang": "en"}, allow_redirects=False)
    screen = entered.headers["Location"]
    file = tmp_path / "saved.zip"
    load = Load(server)
    load.start()
    load.until_answered(60)

    before = dict(load.tally.receipts)
    house.flask("backup", str(file))
    during = load.answered() - len(before)
    load.until_answered(load.answered() + 20)
    tally = load.finish()
    server.stop()

    assert during > 0, "nobody asked for anything meanwhile"
    assert faults_in(house, tally.receipts, tally.refusals) == []
    elsewhere = _elsewhere(house, tmp_path, request)
    assert "whole" in elsewhere.flask("restore", str(file))
    assert elsewhere.flask("check-journal").startswith(f"{house.dialogue}: whole")
    # All that was acknowledged before it began is there, and nothing that was refused.
    assert faults_in(elsewhere, before, tally.refusals) == []

    other = serve(elsewhere)
    # The phone that was in the hall, the card beside it, its short code, and programs.
    assert phone.get(f"{other.url}{screen}").status_code == 200
    assert requests.get(f"{other.url}{card['link']}", timeout=10).status_code == 200
    typed = requests.post(
        f"{other.url}/join", data={"code": card["code"]}, allow_redirects=False, timeout=10
    )
    assert typed.status_code == 303
    chair, delegate = Client(other, "chair"), Client(other, "delegation", "DZ")
    segment = segment_of(house)
    with Screen(other, "display") as display:
        # It may have had the floor at the moment that was saved, or waited for it.
        if floor := chair.view()["view"]["floor"]:
            chair.do("end-intervention", holder=floor["id"])
        if _waiting(chair, "DZ"):
            delegate.do("withdraw-request", request=_waiting(chair, "DZ")[0])
        asked = new_id()
        delegate.do("request-floor", asked, segment=segment)
        chair.do("give-floor", request=asked, holder=None)
        display.until(lambda: (display.view["floor"] or {}).get("id") == asked)
    # What was answered before is answered the same by the other laptop.
    assert delegate.do("request-floor", asked, segment=segment)["version"] > max(before.values())
    assert faults_in(elsewhere, before, {}) == []


def test_many_backups_in_a_row_do_not_hold_up_the_hall(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house)
    opened(server).close()
    file = sqlite_house.instance / "every-minute.zip"
    load = Load(server)
    load.start()
    for _ in range(2):
        before = load.answered()
        sqlite_house.flask("backup", str(file))
        load.until_answered(before + 1)
    tally = load.finish()

    assert tally.postponed == 0
    assert faults_in(sqlite_house, tally.receipts, tally.refusals) == []
    assert file.stat().st_mode & 0o077 == 0


def test_an_installation_of_the_first_version_is_upgraded_and_keeps_everything(
    house: House, serve: Serve
) -> None:
    server = serve(house)
    opened(server).close()
    load = Load(server)
    load.start()
    load.until_answered(30)
    tally = load.finish()
    server.stop()
    engine = make_engine(house.database_url)
    with writing(engine, foreign_keys=False) as connection:
        command.downgrade(config(connection), "0001")  # as its tables were then
        assert connection.scalar(sa.select(REVISION)) == "0001"
    first = _columns(engine)
    before = _content(engine, first)
    engine.dispose()

    house.flask("init-db")  # as `make run` does before it serves

    engine = make_engine(house.database_url)
    after = _content(engine, first)
    engine.dispose()
    assert before["event"]
    for table, rows in before.items():
        assert after[table] == rows
    assert house.flask("check-journal").startswith(f"{house.dialogue}: whole")
    assert faults_in(house, tally.receipts, tally.refusals) == []
    again = serve(house)
    chair = Client(again, "chair")
    assert chair.view()["version"] == max(tally.receipts.values())
    chair.do("suspend-dialogue")
    assert requests.get(f"{again.url}{house.seat('chair')['link']}", timeout=10).status_code == 200


def _elsewhere(house: House, folder: Path, request: pytest.FixtureRequest) -> House:
    """An empty installation on the database that `house` does not use."""
    instance = folder / "elsewhere"
    instance.mkdir()
    url = f"sqlite:///{instance / 'moderator.db'}"
    if house.database_url.startswith("sqlite"):
        url = request.getfixturevalue("postgres").fresh_database()
    return House(instance, url, house.demonstration)


def _waiting(chair: Client, delegation: str) -> list[str]:
    entries = chair.view()["view"]["list"]["entries"]
    return [entry["id"] for entry in entries if entry["delegation"] == delegation]


def _columns(engine: sa.Engine) -> dict[str, list[str]]:
    """The columns of each table of ours as they are in a database."""
    with reading(engine) as connection:
        found = sa.inspect(connection)
        names = [name for name in found.get_table_names() if name in tables.metadata.tables]
        return {name: [one["name"] for one in found.get_columns(name)] for name in names}


def _content(engine: sa.Engine, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """The rows of these columns of each table."""
    found = {}
    with reading(engine) as connection:
        for name, those in columns.items():
            rows = connection.execute(
                sa.select(*(tables.metadata.tables[name].c[c] for c in those))
            )
            found[name] = sorted(json.dumps(list(row)) for row in rows)
    return found
