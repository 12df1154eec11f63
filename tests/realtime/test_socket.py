"""Sockets: who may listen and what they are shown; probes; who is shown out again."""

import json
import threading
from contextlib import closing
from typing import Any

import pytest
from websocket import WebSocketBadStatusException

from moderator.core.terms import Role
from moderator.core.units import MINUTE, SECOND, Duration, Instant
from moderator.realtime.socket import LATE, SOCKETS_OF_A_SEAT
from moderator.secretariat import SEAT_LIFE, Seat, Secretariat
from moderator.store import registry
from moderator.store.engine import NotRecorded, writing
from moderator.web import refusals
from tests.figures import figures
from tests.realtime.listener import PATIENCE_S, Listener, connection
from tests.realtime.served import Served, cookies_of
from tests.web.hall import PANEL, PRESIDENT

# Who may listen


@pytest.mark.parametrize("role", Role)
def test_a_socket_is_shown_what_its_seat_would_be_shown_by_http(served: Served, role: Role):
    served.hall.begin()
    served.hall.ask("AF")
    program = served.hall.program(role)

    listener = served.listener(token=program.secret).connect()

    assert listener.until("snapshot") == program.get("/view").get_json()


def test_a_browser_shows_the_cookie_of_its_seat(served: Served):
    phone = served.hall.enter(Role.DELEGATION, "NG")

    snapshot = served.browser(phone).connect().until("snapshot")

    assert snapshot["own"]["requests"] == []


NO_SEAT = {"reason": "no-seat", "message": str(refusals.WORDS["no-seat"])}


@pytest.mark.parametrize(
    "auth",
    [
        None,
        [],
        "seat",
        {},
        {"seat": None},
        {"seat": 7},
        {"seat": "aaaaaaaaaa"},
        {"seat": "\x00"},
        {"seat": "\ud800"},
        {"seat": {"$ne": None}},
        {"seat": "x" * 10_000},
        {"token": ""},
        {"token": "wrong"},
        {"token": "\x00"},
        {"token": "\ud800"},
        {"token": 7},
        {"token": ["wrong"]},
    ],
    ids=repr,
)
def test_whoever_shows_nothing_that_holds_is_refused(served: Served, auth: Any):
    if isinstance(auth, dict):
        auth = {"dialogue": served.hall.dialogue, **auth}

    assert Listener(served.url, auth).refused() == NO_SEAT


def test_a_seat_without_its_cookie_is_refused(served: Served):
    chair, phone = served.hall.enter(Role.CHAIR, PRESIDENT), served.hall.enter(Role.DELEGATION)

    assert served.browser(phone, seat=chair.seat).refused() == NO_SEAT


@pytest.mark.parametrize("dialogue", [None, "", "another", 7, ["d"]], ids=repr)
def test_a_seat_of_another_dialogue_is_refused(served: Served, dialogue: Any):
    listener = served.listener(dialogue=dialogue, token=served.hall.chair.secret)

    assert listener.refused()["reason"] == "not-found"


def test_an_expelled_seat_is_refused(served: Served):
    phone = served.hall.enter(Role.DELEGATION, "NG")
    served.hall.chair.post(f"/seats/{phone.seat}/expel")

    refusal = served.browser(phone).refused()

    assert refusal["reason"] == "seat-expelled"


def test_an_expired_seat_is_refused(served: Served):
    secret = served.hall.chair.secret
    served.hall.now.pass_by(SEAT_LIFE)

    assert served.listener(token=secret).refused()["reason"] == "seat-expired"


def test_while_the_database_is_away_nobody_is_admitted_and_everybody_may_come_again(
    served: Served, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise NotRecorded("the database is away")

    secret = served.hall.chair.secret
    with monkeypatch.context() as patched:
        patched.setattr(Secretariat, "bearer", fail)
        assert served.listener(token=secret).refused()["reason"] == "not-recorded"

    served.listener(token=secret).connect()


def test_a_refusal_is_told_in_the_language_of_the_browser(served: Served):
    phone = served.hall.enter(Role.DELEGATION, "NG", lang="ar")
    served.hall.chair.post(f"/seats/{phone.seat}/expel")

    refusal = served.browser(phone).refused()

    with served.hall.app.app_context():
        assert refusal["message"] == refusals.words(served.hall.app, "seat-expelled", "ar")
    assert refusal["message"] != str(refusals.WORDS["seat-expelled"])


def test_a_seat_holds_so_many_sockets(served: Served):
    secret = served.hall.program(Role.FOLLOWER).secret
    held = [served.listener(token=secret).connect() for _ in range(SOCKETS_OF_A_SEAT)]

    assert served.listener(token=secret).refused()["reason"] == "too-many"

    held[0].close()
    served.until(lambda: len(served.listening) < SOCKETS_OF_A_SEAT)
    served.listener(token=secret).connect()


@pytest.mark.parametrize("origin", ["null", "https://elsewhere.example", "http://127.0.0.1:1"])
def test_a_page_of_another_site_is_refused_before_the_upgrade(served: Served, origin: str):
    with pytest.raises(WebSocketBadStatusException) as refused:
        connection(served.url, origin=origin)

    assert refused.value.status_code == 403
    assert served.held == 0


def test_no_socket_is_held_beyond_the_cap(served: Served, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("moderator.realtime.door.SOCKETS", 1)
    served.program(Role.CHAIR)

    with pytest.raises(WebSocketBadStatusException) as refused:
        connection(served.url)

    assert refused.value.status_code == 503


# What they are shown


def test_what_happens_reaches_every_audience(served: Served):
    listeners = {role: served.program(role) for role in (Role.CHAIR, Role.DELEGATION, Role.DISPLAY)}

    served.hall.begin()

    version = served.hall.log()[-1].version
    for listener in listeners.values():
        listener.until("patch", lambda patch: patch["to"] == version)
        view = listener.view()
        assert view["segment"]["id"] == PANEL
    assert "gavel" in listeners[Role.CHAIR].view()
    assert "gavel" not in listeners[Role.DELEGATION].view()


@pytest.mark.story(1)
def test_what_makes_the_day_late_brings_the_lateness_along(served: Served):
    hall = served.hall
    planned = hall.chair.get("/programme").get_json()["segments"]
    (panel,) = (one for one in planned if one["id"] == PANEL)
    hall.now.instant = Instant(panel["ends"] - MINUTE)
    hall.begin()
    turn = hall.give(hall.ask("NG"))
    chair = served.program(Role.CHAIR)
    shown = chair.view()
    (held,) = (one for one in shown["programme"] if one["id"] == PANEL)
    assert held["begun_at"] == panel["ends"] - MINUTE
    hall.chair.do("close-list", segment=PANEL)
    closed = hall.log()[-1].version
    chair.until("patch", lambda patch: patch["to"] == closed)
    late = chair.view()["forecast"]["drift"]

    more = hall.chair.do("set-allowance", holder=turn, total=8 * MINUTE)

    patch = chair.until("patch", lambda patch: patch["to"] == more["version"])
    assert patch["set"]["forecast"]["drift"] == late + 5 * MINUTE


def test_patches_follow_the_snapshot_without_gaps(served: Served):
    served.hall.begin()
    listener = served.program(Role.FOLLOWER)
    for delegation in ("AF", "BR", "NG"):
        served.hall.ask(delegation)
    served.hall.chair.do("close-list", segment=PANEL)

    version = served.hall.log()[-1].version
    listener.until("patch", lambda patch: patch["to"] == version)

    held = listener.until("snapshot")["version"]
    for patch in listener.all("patch"):
        assert patch["from"] == held
        held = patch["to"]


def test_what_is_own_is_in_the_snapshot_of_its_delegation_alone(served: Served):
    served.hall.begin()
    request = served.hall.ask("NG")

    nigeria = served.program(Role.DELEGATION, "NG")
    brazil = served.program(Role.DELEGATION, "BR")

    assert [own["id"] for own in nigeria.until("snapshot")["own"]["requests"]] == [request]
    assert brazil.until("snapshot")["own"]["requests"] == []


# Probes


@pytest.mark.parametrize("sent", [0, 1, -1, 2.5, 1_700_000_000_000.25, 2**53])
def test_a_probe_brings_back_what_was_sent_and_the_time(served: Served, sent: float):
    listener = served.program(Role.CHAIR)

    assert listener.probe({"t": sent}) == {"t": sent, "now": served.hall.now()}


@pytest.mark.parametrize(
    "sent",
    [
        (),
        (None,),
        ("now",),
        (7,),
        ([1],),
        ({},),
        ({"t": None},),
        ({"t": "1"},),
        ({"t": {}},),
        ({"t": [1]},),
        ({"t": float("nan")},),
        ({"t": float("inf")},),
        ({"t": 10**30},),
        ({"t": 2}, "and more"),
    ],
    ids=repr,
)
def test_a_probe_of_nonsense_brings_the_time_all_the_same(served: Served, sent: tuple[Any, ...]):
    listener = served.program(Role.CHAIR)

    answer = listener.probe(*sent)

    assert answer["now"] == served.hall.now()
    assert answer["t"] in (None, 2)


# Nonsense


NONSENSE = [
    "",
    "x",
    "4",
    "4x",
    "42",
    "42[",
    "42[]",
    "42{}",
    '42["nothing"]',
    '42["snapshot", {}]',
    '42["connect", {"token": "x"}]',
    '42["disconnect"]',
    '42/elsewhere,["probe", {"t": 1}]',
    '420["probe"',
    "4299999999999999999999[" + "1," * 100,
    "43[]",
    '44{"message": "x"}',
    "45-",
    "451-[]",
    '451-["probe", {"_placeholder": true, "num": 0}]',
    "46",
    "47",
    "49",
    "4" + "0" * 100,
    "40{" * 50,
    '42["probe",' + "[" * 5_000,
    '42["probe", {"t": ' + "9" * 5_000 + "}]",
    "5",
    "6",
    "7",
    "9",
]


@pytest.mark.parametrize("nonsense", NONSENSE, ids=lambda text: text[:30])
def test_nonsense_disturbs_nobody(served: Served, nonsense: str):
    listener, rude = served.program(Role.FOLLOWER), served.program(Role.CHAIR)

    rude.send(nonsense)
    rude.send(nonsense)
    rude.close()

    served.hall.begin()
    listener.until("patch", lambda patch: patch["to"] == served.hall.log()[-1].version)
    assert listener.probe({"t": 1})["now"] == served.hall.now()
    assert served.hall.log()[-1].version == 3


def test_another_namespace_is_refused(served: Served):
    with closing(connection(served.url)) as rude:
        rude.send(f'40/admin,{{"token": "{served.hall.chair.secret}"}}')

        assert rude.recv() == '44/admin,"Unable to connect"'


def test_a_socket_does_not_connect_twice(served: Served):
    listener = served.program(Role.CHAIR)

    listener.ask()

    assert listener.until("connect_error") == "Unable to connect"
    assert listener.probe({"t": 1})["t"] == 1


def test_an_event_called_connect_takes_no_second_seat(served: Served):
    listener = served.program(Role.DISPLAY)
    auth = {"dialogue": served.hall.dialogue, "token": served.hall.chair.secret}

    listener.send("42" + json.dumps(["connect", {}, auth]))
    listener.probe({"t": 1})

    served.hall.begin()
    listener.until("patch", lambda patch: patch["to"] == served.hall.log()[-1].version)
    assert "gavel" not in listener.view()
    assert len(listener.all("snapshot")) == 1


def test_an_event_called_disconnect_is_taken_at_its_word(served: Served):
    """Or a socket could listen on without being known, and never be shown out."""
    listener = served.program(Role.DISPLAY)

    listener.send('42["disconnect"]')

    listener.until("disconnect")
    served.until(lambda: served.listening == ())


# Who is shown out


def test_an_expelled_seat_is_told_and_shown_out(served: Served):
    phone = served.hall.enter(Role.DELEGATION, "NG", lang="ar")
    other = served.hall.enter(Role.DELEGATION, "NG")
    listener, remains = served.browser(phone).connect(), served.browser(other).connect()
    since = served.hall.now()
    served.hall.now.pass_by(SECOND)
    served.hall.chair.post(f"/seats/{phone.seat}/expel")

    seen = served.sockets.expel(since)

    assert seen == served.hall.now()
    told = listener.until("expelled")
    assert told["reason"] == "seat-expelled"
    assert told["message"] == refusals.words(served.hall.app, "seat-expelled", "ar")
    assert told["message"] != str(refusals.WORDS["seat-expelled"])
    listener.until("disconnect")
    assert remains.probe({"t": 1})["t"] == 1
    assert remains.all("expelled") == []


def test_a_dialogue_is_told_of_its_rehearsal_and_who_is_in_one_that_is_over_is_shown_out(
    served: Served,
):
    hall = served.hall
    rehearsals = hall.house.secretariat.rehearsals
    early = served.browser(hall.enter(Role.DELEGATION, "DZ")).connect()
    assert "rehearsal" not in early.until("snapshot")
    hall.chair.post("/rehearsal")
    served.sockets.tell_of_rehearsals()
    assert early.until("rehearsal") == {"going_on": True}

    there = rehearsals()[hall.dialogue]
    phone = hall.enter(Role.DELEGATION, "NG", lang="ar")
    auth = {"dialogue": there, "seat": phone.seat}
    late = Listener(served.url, auth, {"Cookie": cookies_of(phone)}).connect()
    program = served.listener(token=hall.program(Role.FOLLOWER).secret, dialogue=there).connect()
    remaining = served.program(Role.FOLLOWER)
    assert remaining.until("snapshot")["rehearsal"] is True
    served.sockets.tell_of_rehearsals()
    assert remaining.all("rehearsal") == late.all("expelled") == []

    hall.chair.post("/rehearsal/end")
    served.sockets.tell_of_rehearsals()

    for listener in (late, program):
        told = listener.until("expelled")
        assert told["reason"] == "rehearsal-over"
        listener.until("disconnect")
    assert late.until("expelled")["message"] == refusals.words(hall.app, "rehearsal-over", "ar")
    for listener in (early, remaining):
        listener.until("rehearsal", lambda told: told == {"going_on": False})
        assert listener.probe({"t": 1})["t"] == 1


def test_a_phone_that_crosses_over_is_let_in_at_once(served: Served):
    """What is known of seats may be a second old; a refusal would end the page."""
    hall = served.hall
    phone = hall.enter(Role.DELEGATION, "NG")
    served.browser(phone).connect()
    hall.chair.post("/rehearsal")
    there = hall.house.secretariat.rehearsals()[hall.dialogue]
    with writing(hall.house.engine) as connection:  # by another process
        registry.cross_over(connection, phone.seat, there)

    auth = {"dialogue": there, "seat": phone.seat}
    Listener(served.url, auth, {"Cookie": cookies_of(phone)}).connect().until("snapshot")


def test_a_revoked_token_is_shown_out_too(served: Served):
    program = served.hall.program(Role.FOLLOWER)
    listener = served.listener(token=program.secret).connect()
    served.hall.house.secretariat.revoke_token(program.token)

    served.sockets.expel(served.hall.now())

    assert listener.until("expelled")["reason"] == "seat-expelled"
    listener.until("disconnect")


def test_an_expulsion_that_is_written_late_is_found(served: Served):
    """Its instant is taken before it is written, which may have to wait for the database."""
    phone = served.hall.enter(Role.DELEGATION, "NG")
    listener = served.browser(phone).connect()
    served.hall.house.secretariat.expel(phone.seat)
    served.hall.now.pass_by(LATE)

    served.sockets.expel(served.hall.now())

    listener.until("expelled")


def test_an_expulsion_of_long_ago_is_not_looked_for(served: Served):
    phone = served.hall.enter(Role.DELEGATION, "NG")
    listener = served.browser(phone).connect()
    served.hall.house.secretariat.expel(phone.seat)
    served.hall.now.pass_by(Duration(LATE + 1))

    served.sockets.expel(served.hall.now())

    assert listener.probe({"t": 1})["t"] == 1


def test_a_connection_that_takes_no_seat_is_closed(served: Served):
    seated = served.program(Role.CHAIR)
    silent = served.listener()

    served.sockets.sweep()
    assert silent.came == []
    served.sockets.sweep()

    silent.until("gone")
    served.until(lambda: served.held == 1)
    assert seated.probe({"t": 1})["t"] == 1


def test_a_refused_connection_that_stays_is_closed(served: Served):
    rude = served.listener(token="wrong")
    rude.refused()

    served.sockets.sweep()
    served.sockets.sweep()

    rude.until("gone")
    served.until(lambda: served.held == 0)


def test_a_connection_that_takes_its_seat_late_stays(served: Served):
    late = served.listener(token=served.hall.chair.secret)
    served.sockets.sweep()
    late.connect()

    served.sockets.sweep()
    served.sockets.sweep()

    assert late.probe({"t": 1})["t"] == 1


def test_a_socket_that_breaks_off_while_it_is_admitted_is_forgotten(
    served: Served, monkeypatch: pytest.MonkeyPatch
):
    hasty = served.listener(token=served.hall.chair.secret)
    bearer = Secretariat.bearer
    admitted = threading.Event()

    def admit(secretariat: Secretariat, secret: str, dialogue_id: str) -> Seat:
        seat = bearer(secretariat, secret, dialogue_id)
        hasty.close()
        admitted.set()
        return seat

    monkeypatch.setattr(Secretariat, "bearer", admit)
    hasty.ask()

    assert admitted.wait(PATIENCE_S)
    served.until(lambda: served.held == 0)
    assert served.listening == ()


def test_a_dead_socket_is_found_while_others_are_told(served: Served):
    """Something is sent to a socket whose ping was not answered: engineio closes it there."""
    dead = served.program(Role.FOLLOWER)
    alive = served.program(Role.FOLLOWER)
    first = next(iter(served.running.socketio.server.eio.sockets.values()))
    first.last_ping = 1.0

    served.hall.begin()

    alive.until("patch", lambda patch: patch["to"] == served.hall.log()[-1].version)
    served.until(lambda: len(served.listening) == 1)
    dead.until("gone")


def test_a_socket_that_nobody_knows_may_go(served: Served):
    listener = served.program(Role.DISPLAY)
    served.sockets._listeners.clear()

    listener.close()

    served.until(lambda: served.held == 0)


# The background


def test_beats_come_and_the_database_may_be_away_meanwhile(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    rounds: list[str] = []

    class Over(BaseException):
        """The test has seen enough."""

    def sleep(_seconds: float) -> None:
        rounds.append("slept")
        if len(rounds) > 11:
            raise Over

    def look(*_: object) -> None:
        if len(rounds) == 2:
            raise NotRecorded("the database is away")
        if len(rounds) == 3:
            raise RuntimeError("a fault of ours")

    display = served.program(Role.DISPLAY)
    phone = served.program(Role.DELEGATION)
    chair = served.program(Role.CHAIR)
    monkeypatch.setattr(served.running.socketio, "sleep", sleep)
    monkeypatch.setattr(Secretariat, "expelled_since", lambda *_: look() or ())

    with pytest.raises(Over):
        served.sockets.run()

    for listener, beats in ((display, 11), (phone, 2), (chair, 2)):
        listener.until_count("beat", beats)
        assert listener.all("beat") == [{"version": 0, "now": served.hall.now()}] * beats
    assert caplog.text.count("looking after the sockets failed") == 1


def test_sockets_that_are_refused_are_counted_by_reason(served: Served):
    served.listener(token="wrong").refused()
    served.listener().refused()

    page = served.running.installation.metrics.page().decode()

    assert figures(page)['moderator_connections_refused_total{reason="no-seat"}'] == 2


def test_sockets_are_counted_by_audience_and_messages_once_for_all(served: Served):
    phones = [served.program(Role.FOLLOWER) for _ in range(3)]
    chair = served.program(Role.CHAIR)
    served.hall.begin()
    last = served.hall.log()[-1].version
    for screen in (*phones, chair):
        screen.until("patch", lambda patch: patch["to"] == last)

    found = figures(served.running.installation.metrics.page().decode())

    assert found['moderator_sockets{audience="public"}'] == 3
    assert found['moderator_sockets{audience="bureau"}'] == 1
    assert found['moderator_messages_total{message="patch"}'] == len(phones[0].all("patch")) * 2


def test_a_delegation_is_reached_while_its_socket_is_open(served: Served):
    presence, dialogue = served.running.installation.presence, served.hall.dialogue
    served.program(Role.CHAIR, PRESIDENT)
    phone = served.program(Role.DELEGATION, "NG")
    phone.until("snapshot")
    served.until(lambda: presence.reached(dialogue) == ("NG",))

    phone.close()

    served.until(lambda: presence.reached(dialogue) == ())
