"""flask --app wsgi …: what a technician does from the shell."""

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy.engine import make_url

from moderator import create_app
from moderator.cli import DEMONSTRATION, day_of_2012
from moderator.core.draw import commitment
from moderator.core.terms import Role
from moderator.installation import Installation
from moderator.programme import load_programme
from moderator.programme.programme import local_time
from moderator.simulation.day import Day
from moderator.simulation.people import WALKERS, people
from moderator.simulation.wire import Unforeseen
from moderator.store.guards import set_guards
from tests.core.test_draw import CODES, LOTS, SEED
from tests.fake_now import FakeNow
from tests.web.hall import settings_for


class Shell:
    """A shell in which an installation is looked after."""

    def __init__(self, database_url: str, instance: Path, now: FakeNow, **others: Any) -> None:
        self.app = create_app(settings_for(database_url, instance, **others), now)
        self.house: Installation = self.app.extensions["moderator"]
        self._runner = self.app.test_cli_runner()

    def run(self, *words: str, stdin: str = "") -> Result:
        """What a command does, whatever comes of it."""
        return self._runner.invoke(args=list(words), input=stdin)

    def done(self, *words: str, stdin: str = "") -> str:
        """What a command prints, which must succeed."""
        result = self.run(*words, stdin=stdin)
        assert result.exit_code == 0, result.output
        return result.stdout

    def refused(self, *words: str) -> str:
        """What a command says, which must not succeed, and not fall over either."""
        result = self.run(*words)
        assert result.exit_code == 1, result.output
        assert isinstance(result.exception, SystemExit)
        return result.output


@pytest.fixture
def shell(sqlite_database: str, tmp_path: Path, now: FakeNow) -> Iterator[Shell]:
    """A shell where the database is ready."""
    shell = Shell(sqlite_database, tmp_path, now)
    yield shell
    shell.house.engine.dispose()


@pytest.fixture
def new_shell(tmp_path: Path, now: FakeNow) -> Iterator[Shell]:
    """A shell where nothing was done yet."""
    shell = Shell(f"sqlite:///{tmp_path / 'new.db'}", tmp_path, now)
    yield shell
    shell.house.engine.dispose()


# init-db


def test_the_database_is_made_and_kept(new_shell: Shell):
    assert new_shell.done("init-db") == "The database is ready.\n"
    dialogue = new_shell.done("demo").strip()

    new_shell.done("init-db")

    assert [row.id for row in new_shell.house.secretariat.dialogues()] == [dialogue]


@pytest.mark.parametrize(
    "words",
    [
        ["demo"],
        ["links"],
        ["token", "x", "chair"],
        ["revoke-token", "x"],
        ["check-journal"],
        ["backup", "x"],
        ["replay", "x"],
    ],
)
def test_before_that_a_sentence_says_so(new_shell: Shell, words: list[str]):
    assert "flask --app wsgi init-db makes it" in new_shell.refused(*words)


# demo


def test_the_demonstration_is_set_up_once_and_begins_now(shell: Shell, now: FakeNow):
    first = shell.done("demo").strip()

    assert shell.done("demo").strip() == first
    programme = shell.house.secretariat.programme(first)
    assert local_time(programme.starts, "UTC").date() == local_time(now(), "UTC").date()


def test_one_for_trying_out_is_set_up_each_time(shell: Shell):
    usual = shell.done("demo").strip()
    first, second = (shell.done("demo", "--seconds", "6").strip() for _ in range(2))

    assert len({usual, first, second}) == 3
    assert shell.done("demo").strip() == usual
    limits = shell.house.secretariat.programme(first).segments()[1].rules.limits
    assert limits.national == 6_000


def test_each_programme_that_comes_along_can_be_the_demonstration(shell: Shell, now: FakeNow):
    names = [file.stem for file in sorted(DEMONSTRATION.parent.glob("*.yaml"))]

    made = {name: shell.done("demo", "--programme", name).strip() for name in names}

    assert len(set(made.values())) == len(names) == 4
    for name, dialogue in made.items():
        assert shell.done("demo", "--programme", name).strip() == dialogue
        programme = shell.house.secretariat.programme(dialogue)
        assert local_time(programme.starts, "UTC").date() == local_time(now(), "UTC").date()
    assert shell.run("demo", "--programme", "2013").exit_code == 2


@pytest.mark.parametrize("seconds", ["1", "601", "many", "-6"])
def test_limits_that_nobody_could_keep_are_refused(shell: Shell, seconds: str):
    assert shell.run("demo", "--seconds", seconds).exit_code == 2


def test_programs_are_told_ids_links_and_tokens(shell: Shell):
    told = json.loads(shell.done("demo", "--seconds", "6", "--json"))

    assert told["segments"] == ["s1", "s2", "s3", "s4"]
    assert told["url"] == "http://localhost:8000"
    assert set(told["seats"]) == {*Role}
    nigeria, display = told["seats"]["delegation"]["NG"], told["seats"]["display"]["display"]
    client = shell.app.test_client()
    for seat in (nigeria, display):
        headers = {"Authorization": f"Bearer {seat['token']}"}
        view = client.get(f"/api/dialogues/{told['dialogue']}/view", headers=headers)
        assert view.status_code == 200
        assert client.get(seat["link"]).status_code == 200
    code = client.post("/join", data={"code": nigeria["code"]})
    assert code.location == nigeria["link"]
    assert display["code"] is None


# simulate


NOWHERE = "http://127.0.0.1:9"


def test_where_no_server_answers_a_day_says_so(shell: Shell):
    said = shell.refused("simulate", "--server", NOWHERE)

    assert f"no server answers at {NOWHERE}" in said
    assert "make run" in said


def test_a_day_says_where_to_watch_it_and_is_no_demonstration(shell: Shell):
    usual = shell.done("demo").strip()

    said = shell.refused("simulate", "--speed", "60", "--server", NOWHERE)

    for screen in ("Chair", "Display", "Mexico"):
        assert re.search(f"{screen} +http://localhost:", said)
    assert {row.speed for row in shell.house.secretariat.dialogues()} == {None, 60}
    assert shell.done("demo").strip() == usual
    assert usual in shell.done("links")


def test_a_day_has_sixty_delegations_and_twenty_stakeholders_with_those_at_the_door():
    document = load_programme(day_of_2012()).document("en")
    voices = people(document, 2012)

    assert sum(voice.is_delegation for voice in voices) == 60
    assert sum(not voice.is_delegation for voice in voices) + len(WALKERS) == 20


def test_a_day_that_is_refused_something_says_what(shell: Shell, monkeypatch: pytest.MonkeyPatch):
    def play(_: Day) -> None:
        raise Unforeseen("give-floor was refused: suspended")

    monkeypatch.setattr(Day, "play", play)

    assert "come to a standstill: give-floor was refused: suspended" in shell.refused("simulate")


def test_a_day_that_is_broken_off_says_how_to_go_on(shell: Shell, monkeypatch: pytest.MonkeyPatch):
    def play(_: Day) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Day, "play", play)

    result = shell.run("simulate")

    assert result.exit_code == 130
    assert "go on by hand, on the chair's screen" in result.output


@pytest.mark.parametrize("speed", ["0", "401", "fast"])
def test_a_speed_at_which_nothing_could_be_seen_is_refused(shell: Shell, speed: str):
    assert shell.run("simulate", "--speed", speed).exit_code == 2


# links


def test_links_for_the_bureau_and_a_few_delegations_are_printed(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("moderator.network.lan_address", lambda: "192.168.0.5")
    shell.done("demo")
    shell.done("demo", "--seconds", "6")

    printed = shell.done("links")

    assert "Interactive dialogue on human trafficking" in printed
    for label in ("Chair", "Secretariat", "Rapporteur", "Display", "Mexico", "Algeria", "Nigeria"):
        assert label in printed
    assert printed.count("http://localhost:8000/l/") == 7
    assert printed.count("http://192.168.0.5:8000/l/") == 7


def test_links_of_the_installation_are_printed_and_told_to_programs(shell: Shell):
    told = json.loads(shell.done("demo", "--seconds", "6", "--json"))["desks"]
    shell.done("demo")

    printed = shell.done("links")

    assert set(told) == {"secretariat", "wall"}
    client = shell.app.test_client()
    for link in told.values():
        assert printed.count(f"http://localhost:8000{link}\n") == 1
        assert client.get(link).status_code == 200


def test_links_are_printed_without_a_network(shell: Shell, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("moderator.network.lan_address", lambda: None)
    shell.done("demo")

    assert "http://localhost:8000/l/" in shell.done("links")


def test_links_are_printed_for_the_public_address(
    sqlite_database: str, tmp_path: Path, now: FakeNow
):
    shell = Shell(sqlite_database, tmp_path, now, public_url="https://moderator.example")
    shell.done("demo")

    assert "https://moderator.example/l/" in shell.done("links")
    shell.house.engine.dispose()


def test_all_links_are_printed_with_their_codes(shell: Shell):
    dialogue = shell.done("demo").strip()

    printed = shell.done("links", dialogue, "--all")

    links = shell.house.secretariat.links(dialogue)
    for link in links:
        assert link.token in printed
        if link.code is not None:
            assert f"{link.code[:4]}-{link.code[4:]}" in printed
    assert printed.count("/l/") == len(links)


def test_codes_for_cameras_are_drawn(shell: Shell):
    shell.done("demo")

    printed = shell.done("links", "--qr")

    assert printed.count("█") > 100


def test_links_of_a_dialogue_without_the_usual_delegations(shell: Shell, tmp_path: Path):
    file = tmp_path / "other.yaml"
    text = DEMONSTRATION.read_text()
    file.write_text(
        text.replace("  - all-member-states\n", "").replace("  - observer-states\n", "")
    )
    dialogue = shell.done("import-programme", str(file)).split()[0]

    assert "Council of Europe" in shell.done("links", dialogue)


def test_links_of_no_dialogue(shell: Shell):
    assert "there is no dialogue yet: flask --app wsgi demo" in shell.refused("links")
    shell.done("demo", "--seconds", "6")
    assert "there is no dialogue yet" in shell.refused("links")
    assert "there is no dialogue another" in shell.refused("links", "another")


# import-programme


def test_a_programme_is_imported(shell: Shell):
    printed = shell.done("import-programme", str(DEMONSTRATION))

    (row,) = shell.house.secretariat.dialogues()
    assert printed == f"{row.id}  flask --app wsgi links {row.id}\n"
    assert row.programme == DEMONSTRATION.read_text()


def test_a_wrong_programme_is_told_line_by_line_and_nothing_is_imported(
    shell: Shell, tmp_path: Path
):
    file = tmp_path / "wrong.yaml"
    text = DEMONSTRATION.read_text()
    file.write_text(text.replace("kind: opening", "kind: party").replace("warning: 30", "warn: 30"))

    told = shell.refused("import-programme", str(file))

    assert told.count(f"{file}: line ") >= 2
    assert shell.house.secretariat.dialogues() == ()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x00", b"[" * 5_000, b"a: *b"])
def test_what_is_no_programme_is_told_so(shell: Shell, tmp_path: Path, content: bytes):
    file = tmp_path / "wrong.yaml"
    file.write_bytes(content)

    assert str(file) in shell.refused("import-programme", str(file))


def test_a_file_that_is_not_there_is_told_so(shell: Shell, tmp_path: Path):
    result = shell.run("import-programme", str(tmp_path / "none.yaml"))

    assert result.exit_code == 2
    assert "does not exist" in result.output


# token, revoke-token


def test_a_token_is_made_and_revoked(shell: Shell):
    dialogue = shell.done("demo").strip()

    token, secret = shell.done("token", dialogue, "delegation", "NG").split()

    assert shell.house.secretariat.bearer(secret).subject == "NG"
    assert shell.done("revoke-token", token) == ""
    assert f"there is no token {token}x" in shell.refused("revoke-token", f"{token}x")


def test_a_token_for_a_role_that_stands_for_nobody(shell: Shell):
    dialogue = shell.done("demo").strip()

    assert len(shell.done("token", dialogue, "display").split()) == 2


def test_a_token_is_for_somebody_who_takes_part(shell: Shell):
    dialogue = shell.done("demo").strip()

    told = shell.refused("token", dialogue, "chair", "NG")

    assert "a chair of this dialogue is one of: p01, p06" in told
    assert "is one of: none" in shell.refused("token", dialogue, "display", "NG")
    assert "there is no dialogue another" in shell.refused("token", "another", "chair")
    assert shell.run("token", dialogue, "king").exit_code == 2


# check-journal


@pytest.fixture
def logged(shell: Shell) -> str:
    """A dialogue whose log has four rows; tells its id."""
    told = json.loads(shell.done("demo", "--seconds", "6", "--json"))
    headers = {"Authorization": f"Bearer {told['seats']['chair']['p01']['token']}"}
    client = shell.app.test_client()
    for number, body in enumerate(
        (
            {"type": "open-dialogue"},
            {"type": "begin-segment", "segment": "s2", "holder": None},
            {"type": "open-list", "segment": "s2"},
            {"type": "set-stage", "blackout": False, "message": "We resume at 15:00."},
        )
    ):
        answer = client.post(
            f"/api/dialogues/{told['dialogue']}/commands",
            json={"id": f"command-{number}", **body},
            headers=headers,
        )
        assert answer.status_code == 200
    dialogue: str = told["dialogue"]
    return dialogue


def tamper(shell: Shell, statement: str) -> None:
    """Change the log as somebody would who has taken the guards away, and puts them back."""
    path = make_url(shell.house.settings.database_url).database
    assert path is not None
    connection = sqlite3.connect(path)
    with connection:
        triggers = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(statement).rowcount > 0
    connection.close()
    with shell.house.engine.begin() as again:
        set_guards(again)


def test_a_log_that_is_whole_is_told_so(shell: Shell, logged: str):
    told = shell.done("check-journal")

    assert re.fullmatch(rf"{logged}: whole: 4 rows, head [0-9a-f]{{64}}\n", told)


def test_no_log_at_all_is_whole(shell: Shell):
    assert shell.done("check-journal") == ""


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE event SET data = replace(data, 's2', 's3') WHERE version = 2",
            "row 2 was changed",
        ),
        ("UPDATE event SET at = at + 1 WHERE version = 1", "row 1 was changed"),
        ("UPDATE event SET actor = 'clock//' WHERE version = 3", "row 3 was changed"),
        ("DELETE FROM event WHERE version = 4", "the log ends at row 3, but 4 were written"),
        ("DELETE FROM event WHERE version = 2", "rows are missing between 1 and 3"),
        ("UPDATE text SET text = 'Go home.'", "the text command-3.message is not what was written"),
        ("UPDATE dialogue SET hash = 'x'", "the head on the dialogue's row is not that of the log"),
    ],
)
def test_what_was_changed_is_found(shell: Shell, logged: str, statement: str, found: str):
    tamper(shell, statement)

    assert f"{logged}: {found}" in shell.refused("check-journal")


def test_a_text_is_erased_for_good_and_the_log_is_whole(shell: Shell, logged: str):
    shell.done("erase-text", logged, "command-3.message")

    assert shell.house.secretariat.texts(logged) == {}
    assert f"{logged}: whole: 4 rows" in shell.done("check-journal")
    assert "there is no text command-9" in shell.refused("erase-text", logged, "command-9")


def test_a_missing_guard_is_found(shell: Shell, logged: str):
    with shell.house.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_no_delete")

    told = shell.refused("check-journal")

    assert "the guard event_no_delete of the log is missing" in told
    assert f"{logged}: whole" in told


# backup, restore


@pytest.fixture
def second_shell(tmp_path: Path, now: FakeNow) -> Iterator[Shell]:
    """A shell on another laptop, where nothing was done yet; its key is its own."""
    instance = tmp_path / "second"
    instance.mkdir()
    key = b"a key that was made at the first start"
    (instance / "secret-key").write_bytes(key)
    shell = Shell(f"sqlite:///{instance / 'moderator.db'}", instance, now, key=key)
    yield shell
    shell.house.engine.dispose()


def test_a_backup_is_restored_with_its_links(shell: Shell, second_shell: Shell, tmp_path: Path):
    dialogue = shell.done("demo").strip()
    file = tmp_path / "saved.zip"

    assert shell.done("backup", str(file)).startswith(f"{file}: 1 dialogue with 0 events.\n")
    said = second_shell.done("restore", str(file))

    assert said.startswith("1 dialogue with 0 events, saved at 2012-04-03 ")
    assert said.endswith(f"{dialogue}: whole\n")
    key = second_shell.house.settings.key_file
    assert key.read_bytes() == shell.house.settings.secret_key
    again = Shell(
        second_shell.house.settings.database_url, key.parent, FakeNow(), key=key.read_bytes()
    )
    assert again.done("links", "--all") == shell.done("links", "--all")
    again.house.engine.dispose()


def test_the_owner_of_a_backup_is_told_what_it_holds(shell: Shell, tmp_path: Path):
    assert "the secret key" in shell.done("backup", str(tmp_path / "saved.zip"))


def test_a_backup_is_not_put_over_anything(shell: Shell, tmp_path: Path):
    shell.done("demo")
    shell.done("backup", str(tmp_path / "saved.zip"))

    said = shell.refused("restore", str(tmp_path / "saved.zip"))

    assert "there is something in this installation already" in said
    assert "MODERATOR_INSTANCE" in said


def test_a_key_from_the_environment_has_to_be_that_of_the_backup(
    shell: Shell, tmp_path: Path, now: FakeNow
):
    shell.done("demo")
    shell.done("backup", str(tmp_path / "saved.zip"))
    instance = tmp_path / "third"
    instance.mkdir()
    url = f"sqlite:///{instance / 'moderator.db'}"
    other = Shell(url, instance, now, key=b"another key, set in the environment")
    same = Shell(url, instance, now)

    assert "MODERATOR_SECRET_KEY" in other.refused("restore", str(tmp_path / "saved.zip"))
    assert "whole" in same.done("restore", str(tmp_path / "saved.zip"))
    assert not (instance / "secret-key").exists()
    other.house.engine.dispose()
    same.house.engine.dispose()


@pytest.mark.parametrize("words", [["backup"], ["restore"]])
def test_a_file_that_is_no_backup_is_left_as_it_is(
    shell: Shell, second_shell: Shell, tmp_path: Path, words: list[str]
):
    file = tmp_path / "notes.txt"
    file.write_text("notes")
    where = shell if words == ["backup"] else second_shell

    assert "no backup" in where.refused(*words, str(file))
    assert file.read_text() == "notes"


def test_a_log_that_was_damaged_before_is_restored_and_told(
    shell: Shell, second_shell: Shell, tmp_path: Path
):
    dialogue = shell.done("demo").strip()
    with sqlite3.connect(make_url(shell.house.settings.database_url).database) as connection:
        connection.execute("UPDATE dialogue SET version = 3")
    shell.done("backup", str(tmp_path / "saved.zip"))

    said = second_shell.refused("restore", str(tmp_path / "saved.zip"))

    assert f"{dialogue}: the log ends at row 0, but 3 were written" in said
    assert "was so when it was saved" in said
    assert second_shell.house.secretariat.dialogues()


# draw


DRAWN = "".join(
    (
        f"     {commitment(SEED)}  the hash of the seed\n",
        *(f"  {place}  {lot.sha256}  {lot.code}\n" for place, lot in enumerate(LOTS, start=1)),
    )
)


def test_anybody_computes_a_draw_again_without_a_database(new_shell: Shell):
    assert new_shell.done("draw", "--seed", SEED, *CODES) == DRAWN
    assert new_shell.done("draw", "--seed", SEED, ",".join(CODES)) == DRAWN
    assert new_shell.done("draw", "--seed", SEED, stdin="\n".join(CODES)) == DRAWN


def test_a_seed_that_was_not_promised_is_told(new_shell: Shell):
    promised = commitment(SEED)

    assert new_shell.done("draw", "--seed", SEED, "--commitment", promised, *CODES) == DRAWN
    said = new_shell.refused("draw", "--seed", f"{SEED}0", "--commitment", promised, *CODES)
    assert "this is not the seed that was promised" in said


@pytest.mark.parametrize("words", [["--seed", "", "NG"], ["--seed", SEED]])
def test_a_draw_without_seed_or_codes_is_none(new_shell: Shell, words: list[str]):
    assert "needs a seed and the codes" in new_shell.refused("draw", *words)


def test_a_code_that_is_no_text_is_refused(new_shell: Shell):
    assert "text in UTF-8" in new_shell.refused("draw", "--seed", SEED, "N\udcffG")
