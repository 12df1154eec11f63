"""The commands of a real day over HTTP: what each brings about, and who reads which words."""

import hashlib
from typing import Any

import pytest
import sqlalchemy as sa

from moderator.core.events import ListClosed, ListOpened, RequestMoved
from moderator.core.model import Rules
from moderator.core.terms import Role, SegmentId
from moderator.core.units import MINUTE, SECOND, Duration, Instant
from moderator.core.view import rules_section
from moderator.store import tables
from moderator.store.journal import CLOCK
from moderator.web import refusals
from tests.web.hall import BACHELET, HAMMAD, PANEL, PANEL_2, PRESIDENT, Caller, Hall, new_id

SAID = {
    "level": "minister",
    "language": "fr",
    "delivery": "check-against-delivery",
    "speaker": "Ms. Ada Obi",
    "title": "Minister of Water",
    "text": "Mr. President, allow me to begin with the lakes.",
    "gist": "What of the lakes?",
}


def view(hall: Hall, role: Role = Role.CHAIR, subject: str | None = None) -> dict[str, Any]:
    """What a role sees, with what is for its seat alone."""
    answer = hall.program(role, subject).get("/view").get_json()
    return {
        **answer["view"],
        **{k: answer[k] for k in ("own", "booth", "panellist") if k in answer},
    }


def rules(**different: Any) -> dict[str, Any]:
    said = rules_section(Rules())
    return {**said, "limits": {**said["limits"], **different.pop("limits", {})}, **different}


# The lists


def test_a_list_closes_at_its_time_and_is_hidden_and_shown(hall: Hall):
    hall.begin()
    closes_at = hall.now() + 5 * MINUTE
    hall.chair.do("close-list", segment=PANEL, at=closes_at)
    assert view(hall, Role.DISPLAY)["list"]["closes_at"] == closes_at

    hall.chair.do("hide-list", segment=PANEL)
    assert view(hall, Role.DISPLAY)["list"]["hidden"]
    hall.chair.do("show-list", segment=PANEL)
    hall.now.pass_by(Duration(6 * MINUTE))

    shown = view(hall, Role.DISPLAY)["list"]
    assert (shown["open"], shown["hidden"]) == (False, False)


@pytest.mark.story(10)
def test_who_comes_after_the_closing_is_refused_until_the_list_opens_again(hall: Hall):
    hall.begin()
    waits = hall.ask("NG")
    closes_at = hall.now() + MINUTE
    hall.chair.do("close-list", segment=PANEL, at=closes_at)
    hall.now.pass_by(Duration(2 * MINUTE))
    brazil = hall.program(Role.DELEGATION, "BR")

    late = brazil.send("request-floor", segment=PANEL)

    assert (late.status_code, late.get_json()) == (
        409,
        {"reason": "list-closed", "message": str(refusals.WORDS["list-closed"])},
    )
    assert [row["id"] for row in view(hall)["list"]["entries"]] == [waits]
    hall.chair.do("open-list", segment=PANEL)
    brazil.do("request-floor", "comes-again", segment=PANEL)
    assert [row["id"] for row in view(hall)["list"]["entries"]] == [waits, "comes-again"]
    told = [(entry.actor, entry.event) for entry in hall.log()]
    assert (CLOCK, ListClosed(Instant(closes_at), SegmentId(PANEL))) in told
    assert [type(event) for _, event in told].count(ListOpened) == 2


def test_one_lets_pass_one_is_moved_with_a_reason_one_is_reinstated(hall: Hall):
    hall.begin()
    first, second, third = hall.ask("NG"), hall.ask("BR"), hall.ask("MX")
    hall.program(Role.DELEGATION, "NG").do("let-one-pass", request=first, place=0)
    hall.chair.do(
        "move-request", "moved-to-front", request=third, before=second, reason="A minister."
    )
    hall.chair.do("withdraw-request", request=second)
    hall.chair.do("reinstate-request", request=second, before=None)

    assert [row["id"] for row in view(hall)["list"]["entries"]] == [third, first, second]
    assert hall.chair.get("/texts/moved-to-front.reason").get_json() == {"text": "A minister."}


@pytest.mark.story(7)
def test_whoever_is_moved_keeps_its_number_and_finds_its_new_place(hall: Hall):
    hall.begin()
    first, second, third = hall.ask("NG"), hall.ask("BR"), hall.ask("MX")
    mexico = hall.program(Role.DELEGATION, "MX")
    (before,) = mexico.get("/view").get_json()["own"]["requests"]
    assert (before["place"], before["number"]) == (2, 3)

    hall.chair.do("move-request", "the-move", request=third, before=first, reason="A minister.")

    (after,) = mexico.get("/view").get_json()["own"]["requests"]
    assert after == {**before, "place": 0}
    assert [row["id"] for row in view(hall)["list"]["entries"]] == [third, first, second]
    moved = hall.log()[-1]
    assert (moved.command_id, moved.actor.split("/")[:2]) == ("the-move", ["chair", PRESIDENT])
    assert isinstance(moved.event, RequestMoved)
    assert (moved.event.former, moved.event.place) == (2, 0)
    assert hall.chair.get("/texts/the-move.reason").get_json() == {"text": "A minister."}


def test_an_order_is_accepted_whole_and_taken_back(hall: Hall):
    hall.begin()
    first, second = hall.ask("NG"), hall.ask("BR")

    done = hall.chair.do(
        "accept-order", segment=PANEL, policy="groups-first", order=[second, first]
    )

    assert [row["id"] for row in view(hall)["list"]["entries"]] == [second, first]
    hall.chair.do("undo", version=done["undo"])
    assert [row["id"] for row in view(hall)["list"]["entries"]] == [first, second]


def test_who_waits_is_carried_over(hall: Hall):
    hall.begin()
    request = hall.ask("NG")

    hall.chair.do("begin-segment", segment=PANEL_2, holder=None, carry_over=True)

    assert [row["id"] for row in view(hall)["list"]["entries"]] == [request]


@pytest.mark.story(5)
def test_the_draw_is_promised_when_the_list_opens_and_anybody_recomputes_it(hall: Hall):
    hall.begin()
    hall.ask("NG")
    hall.ask("BR")
    promised = view(hall, Role.FOLLOWER)["list"]["draw"]
    assert (promised["seed"], promised["codes"]) == (None, None)

    hall.now.pass_by(MINUTE)
    hall.chair.do("reveal-draw", segment=PANEL)

    told = view(hall, Role.FOLLOWER)["list"]["draw"]
    assert hashlib.sha256(told["seed"].encode()).hexdigest() == promised["sha256"]
    assert told["codes"] == ["BR", "NG"]
    assert len(bytes.fromhex(told["seed"])) == 32


def test_an_opening_that_is_sent_twice_is_one_with_one_draw(hall: Hall):
    hall.begin(list_open=False)
    first = hall.chair.do("open-list", "the-same-tap", segment=PANEL)
    promised = view(hall)["list"]["draw"]

    assert hall.chair.do("open-list", "the-same-tap", segment=PANEL) == first
    assert view(hall)["list"]["draw"] == promised


# Kinds of request


@pytest.mark.story(17)
def test_a_point_of_order_interrupts_is_ruled_on_and_the_floor_returns(hall: Hall):
    hall.begin()
    turn = hall.give(hall.ask("NG"))
    point = new_id()
    hall.program(Role.DELEGATION, "BR").do(
        "request-floor", point, segment=PANEL, kind="point-of-order"
    )
    assert [row["id"] for row in view(hall)["points"]["waiting"]] == [point]
    assert point not in str(view(hall, Role.DISPLAY))

    hall.chair.do("give-floor", request=point, holder=turn)
    assert view(hall, Role.DISPLAY)["interrupted"]["id"] == turn
    hall.chair.do("rule-on-point", "the-ruling", point=point, ruling="upheld", words="Rule 71.")

    assert view(hall)["floor"]["id"] == turn
    assert hall.chair.get("/texts/the-ruling.words").get_json() == {"text": "Rule 71."}


def test_a_right_of_reply_names_the_statement(hall: Hall):
    hall.begin()
    turn, reply = hall.give(hall.ask("NG")), new_id()
    brazil = hall.program(Role.DELEGATION, "BR")

    brazil.do("request-floor", reply, segment=PANEL, kind="right-of-reply", statement=turn)

    assert view(hall)["replies"][0]["statement"] == turn
    assert view(hall, Role.DELEGATION, "BR")["own"]["replies"][0]["id"] == reply


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "question"},
        {"kind": "right-of-reply"},
        {"to": BACHELET},
        {"kind": "point-of-order", "to": BACHELET},
        {"statement": "some-turn"},
        {"kind": "point-of-order", "group": "G77"},
        {"also_national": True},
    ],
)
def test_a_request_names_what_its_kind_needs_and_nothing_else(hall: Hall, fields):
    hall.begin()

    answer = hall.program(Role.DELEGATION, "NG").send("request-floor", segment=PANEL, **fields)

    assert (answer.status_code, answer.get_json()["reason"]) == (400, "invalid")


def test_a_question_at_the_floor_and_in_writing_reach_the_panellist_who_ticks_them(hall: Hall):
    hall.begin()
    nigeria, asked = hall.program(Role.DELEGATION, "NG"), new_id()
    nigeria.do("request-floor", asked, segment=PANEL, kind="question", to=BACHELET)
    hall.program(Role.ASSISTANT).do(
        "write-question", "the-question", to=BACHELET, words="Why?", delegation="BR"
    )
    hall.give(asked)

    panellist = hall.program(Role.PANELLIST, BACHELET)
    rows = panellist.get("/view").get_json()["panellist"]["questions"]
    assert {row["id"] for row in rows} == {asked, "the-question"}
    panellist.do("set-answered", question="the-question", answered=True)
    assert panellist.get("/texts/the-question.words").get_json() == {"text": "Why?"}
    assert hall.program(Role.PANELLIST, HAMMAD).get("/texts/the-question.words").status_code == 403
    assert [row["answered"] for row in view(hall)["questions"][BACHELET]].count(True) == 1


def test_a_group_is_spoken_for_and_the_delegation_too(hall: Hall):
    hall.begin()
    hall.ask("NG", group="G77", also_national=True)

    assert view(hall, Role.DISPLAY)["list"]["first"][0]["also_national"]


# What is said about a speaker, and to one


def described(hall: Hall, **different: Any) -> str:
    """Nigeria waits, and has said who will speak; tells the id of the request."""
    hall.begin()
    request = hall.ask("NG")
    nigeria = hall.program(Role.DELEGATION, "NG")
    nigeria.do("describe-request", "described", request=request, **{**SAID, **different})
    return request


def reads(caller: Caller, name: str) -> bool:
    return caller.get(f"/texts/described.{name}").status_code == 200


@pytest.mark.story(34)
def test_the_bureau_the_delegation_itself_and_the_booth_read_all_and_nobody_else_anything(
    hall: Hall,
):
    described(hall)
    names = ("speaker", "title", "text", "gist")

    for caller in (
        *(hall.chair, hall.program(Role.RAPPORTEUR), hall.program(Role.INTERPRETER)),
        hall.program(Role.DELEGATION, "NG"),
    ):
        assert all(reads(caller, name) for name in names)
        told = caller.get("/texts/described.text").get_json()["text"]
        assert told == SAID["text"]
    for caller in (
        *(hall.program(Role.DELEGATION, "BR"), hall.program(Role.PANELLIST, BACHELET)),
        *(hall.program(Role.DISPLAY), hall.program(Role.FOLLOWER)),
    ):
        assert not any(reads(caller, name) for name in names)


def test_name_and_title_are_everybodys_when_they_are_shown(hall: Hall):
    described(hall, show_speaker=True)

    display = hall.program(Role.DISPLAY)

    assert [name for name in ("speaker", "title", "text", "gist") if reads(display, name)] == [
        "speaker",
        "title",
    ]
    shown = view(hall, Role.DISPLAY)["list"]["first"][0]["shown"]
    assert shown == {"speaker": "described.speaker", "title": "described.title"}


@pytest.mark.story(34)
def test_the_booth_sees_language_level_and_text(hall: Hall):
    request = described(hall)

    (entry,) = view(hall, Role.INTERPRETER)["booth"]["next"]

    assert entry["id"] == request
    assert entry["details"] == {
        "level": "minister",
        "language": "fr",
        "delivery": "check-against-delivery",
        **{name: f"described.{name}" for name in ("speaker", "title", "text", "gist")},
        "show_speaker": False,
    }


def test_what_was_described_can_be_erased_and_the_log_holds_no_words(hall: Hall):
    described(hall)
    assert "lakes" not in repr([entry.event for entry in hall.log()])

    runner = hall.app.test_cli_runner()
    for name in ("speaker", "title", "text", "gist"):
        done = runner.invoke(args=["erase-text", hall.dialogue, f"described.{name}"])
        assert done.exit_code == 0
    assert hall.chair.get("/texts/described.text").status_code == 404
    assert runner.invoke(args=["check-journal"]).exit_code == 0


def test_a_text_that_was_altered_is_found_however_deep_the_log_names_it(hall: Hall):
    described(hall)
    with hall.house.engine.begin() as connection:
        connection.execute(sa.update(tables.text).values(text="something else"))

    told = hall.app.test_cli_runner().invoke(args=["check-journal"])

    assert told.exit_code != 0
    assert "described.text" in told.output


def test_a_note_and_the_interpreters_sign_reach_the_speaker_alone(hall: Hall):
    hall.begin()
    turn = hall.give(hall.ask("NG"))
    hall.chair.do("send-note", "the-note", intervention=turn, words="Please conclude.")
    hall.program(Role.INTERPRETER).do("ask-to-slow-down", holder=turn)

    nigeria = hall.program(Role.DELEGATION, "NG")
    own = nigeria.get("/view").get_json()["own"]["turn"]
    assert (own["note"], own["slow_down"]) == ("the-note.words", hall.now())
    assert nigeria.get("/texts/the-note.words").get_json() == {"text": "Please conclude."}
    for role, subject in ((Role.DELEGATION, "BR"), (Role.INTERPRETER, None), (Role.FOLLOWER, None)):
        assert hall.program(role, subject).get("/texts/the-note.words").status_code == 403
    # A display may be the lectern's.
    assert hall.program(Role.DISPLAY).get("/texts/the-note.words").status_code == 200


def test_a_display_may_stand_on_the_rostrum_and_is_told_what_is_for_the_speaker(hall: Hall):
    hall.begin()
    lectern = hall.program(Role.DISPLAY)
    assert lectern.get("/view").get_json()["lectern"] == {"turn": None}

    turn = hall.give(hall.ask("NG"))
    hall.chair.do("send-note", "the-note", intervention=turn, words="Please conclude.")
    hall.program(Role.INTERPRETER).do("ask-to-slow-down", holder=turn)

    told = lectern.get("/view").get_json()
    note = "the-note.words"
    assert told["lectern"] == {"turn": {"id": turn, "note": note, "slow_down": hall.now()}}
    assert note not in str(told["view"])
    assert lectern.get(f"/texts/{note}").get_json() == {"text": "Please conclude."}
    hall.chair.do("end-intervention", holder=turn)
    assert lectern.get(f"/texts/{note}").status_code == 403


def test_a_pause_says_why(hall: Hall):
    hall.begin()
    turn = hall.give(hall.ask("NG"))

    hall.chair.do("stop-clock", holder=turn, reason="interpretation")

    assert view(hall, Role.DISPLAY)["floor"]["paused"] == "interpretation"


# Limits and rules


def test_a_private_limit_is_on_the_clock_and_in_no_public_list(hall: Hall):
    hall.begin()
    hall.chair.do("set-private-limit", delegation="NG", total=6 * MINUTE)
    request = hall.ask("NG")
    assert view(hall, Role.DISPLAY)["list"]["first"][0]["limit"] == 3 * MINUTE

    hall.give(request)
    assert view(hall, Role.DISPLAY)["floor"]["allowance"] == 6 * MINUTE
    person = hall.chair.send("set-private-limit", person="p99", total=None)
    assert person.get_json()["reason"] == "not-in-programme"
    nobody = hall.chair.send("set-private-limit", total=None)
    assert nobody.get_json()["reason"] == "invalid"
    hall.chair.do("set-private-limit", person=BACHELET, total=9 * MINUTE)


def test_rules_are_set_in_the_log_and_in_the_programme_at_once(hall: Hall):
    hall.begin()
    said = rules(limits={"national": 2 * MINUTE}, warning=20 * SECOND, start_after=None, round=5)

    hall.chair.do("set-rules", base=0, segment=PANEL, rules=said)

    shown = view(hall, Role.DISPLAY)
    assert shown["segment"]["rules"] == said
    assert shown["segment"]["announced"] == {"at": hall.now(), "by": "chair/p01"}
    assert shown["revision"] == 1
    document = hall.chair.get("/programme").get_json()
    (panel,) = (one for one in document["segments"] if one["id"] == PANEL)
    assert (document["revision"], panel["rules"]) == (1, said)
    form = hall.chair.get("/programme/form").get_json()
    (fields,) = (one for one in form["programme"]["segments"] if one["id"] == PANEL)
    assert fields["rules"]["limits"]["national"] == "2:00"
    assert (fields["rules"]["start_after"], fields["rules"]["round"]) == ("by hand", "5")


def test_the_set_up_changes_what_was_set_and_the_second_of_two_is_told(hall: Hall):
    hall.begin()
    said = rules(limits={"national": 2 * MINUTE})
    hall.chair.do("set-rules", "the-same-tap", base=0, segment=PANEL, rules=said)

    again = hall.chair.send("set-rules", base=0, segment=PANEL, rules=rules())
    assert again.get_json()["reason"] == "programme-changed"
    ahead = hall.chair.send("set-rules", base=7, segment=PANEL, rules=rules())
    assert ahead.get_json()["reason"] == "programme-changed"
    assert hall.chair.do("set-rules", "the-same-tap", base=0, segment=PANEL, rules=said)

    form = hall.chair.get("/programme/form").get_json()
    hall.chair.do("change-programme", base=1, programme=form["programme"])
    assert view(hall)["segment"]["rules"] == said


@pytest.mark.parametrize(
    "different",
    [
        {"limits": {"national": 90_500}},
        {"limits": {"national": 0}},
        {"round": 0},
        {"warning": -1_000},
        {"enforcement": "harsh"},
    ],
)
def test_rules_that_no_programme_could_hold_are_refused(hall: Hall, different):
    hall.begin()

    answer = hall.chair.send("set-rules", base=0, segment=PANEL, rules=rules(**different))

    assert answer.status_code == 400


def test_the_end_of_interpretation_comes_from_the_programme(hall: Hall):
    form = hall.chair.get("/programme/form").get_json()
    fields = {**form["programme"], "interpretation_until": ["13:00", "18:00"]}
    hall.chair.do("change-programme", base=0, programme=fields)
    hall.begin()

    until = view(hall, Role.DISPLAY)["dialogue"]["interpretation_until"]

    assert until == hall.chair.get("/programme").get_json()["interpretation_until"]
    assert until[1] - until[0] == 5 * 60 * MINUTE
    assert view(hall, Role.INTERPRETER)["booth"]["interpretation_until"] == until
