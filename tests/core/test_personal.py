"""What one seat is told of itself, and which texts it may read."""

import json

import pytest

from moderator.core.model import Details
from moderator.core.personal import booth, lectern, own, panellist
from moderator.core.reading import (
    public_texts,
    texts_of_booth,
    texts_of_delegation,
    texts_of_lectern,
    texts_of_panellist,
)
from moderator.core.terms import Category, DelegationCode, PauseReason, TextId
from moderator.core.units import MINUTE
from tests.core.dialogues import (
    ALVA,
    BELARUS,
    BRAZIL,
    BRUN,
    G77,
    NIGERIA,
    OPENING,
    PANEL_2,
    ask,
    ask_panellist,
    at,
    begin,
    close_list,
    describe,
    end,
    give,
    give_to,
    given,
    hide_list,
    later,
    not_present,
    note,
    open_dialogue,
    open_floor,
    raise_point,
    reply,
    request,
    slow_down,
    speaking,
    speech,
    stage,
    stop,
    suspend,
    text,
    tick,
    withdraw,
    write,
)

STATE, NGO, ENTITY = Category.MEMBER_STATE, Category.NGO, Category.OBSERVER_ORGANIZATION
N, B = request(NIGERIA), request(BRAZIL)


def entry(delegation, number, place, nth=1, **different):
    return {
        "id": request(delegation, nth),
        "kind": "statement",
        "capacity": "national",
        "group": None,
        "also_national": False,
        "to": None,
        "statement": None,
        "in_reply_to": None,
        "number": number,
        "asked_at": at(),
        "place": place,
        "details": None,
        **different,
    }


def said(name: str, **more) -> Details:
    """Details whose texts are told apart by a name."""
    words = {part: text(f"{part}-{name}") for part in ("speaker", "title", "text", "gist")}
    return Details(**words, **more)


# A delegation


def test_a_delegation_sees_its_own_requests_with_their_places():
    state = given(*open_floor(None, BRAZIL, NIGERIA), ask(NIGERIA, 2, group=G77)).state

    assert own(state, NIGERIA, STATE)["requests"] == [
        entry(NIGERIA, 2, 1),
        entry(NIGERIA, 3, 2, nth=2, capacity="group", group=G77),
    ]


def test_it_finds_its_place_on_a_hidden_list():
    state = given(*open_floor(None, BRAZIL, NIGERIA), hide_list()).state

    assert own(state, NIGERIA, STATE)["requests"][0]["place"] == 1


def test_a_request_that_left_the_list_is_no_longer_shown():
    state = given(*open_floor(None, NIGERIA), withdraw(N)).state

    assert own(state, NIGERIA, STATE)["requests"] == []


def test_it_sees_its_own_replies_points_and_written_questions_and_nobody_elses():
    state = given(
        *(*speaking(NIGERIA), end(N), reply(BELARUS, N), reply(BRAZIL, N)),
        *(raise_point(BRAZIL), raise_point(BELARUS)),
        *(write(BRAZIL, ALVA, "mine"), write(BELARUS, ALVA, "theirs"), tick("mine")),
    ).state

    seen = own(state, BRAZIL, STATE)
    assert [(row["id"], row["place"], row["statement"]) for row in seen["replies"]] == [
        (request(BRAZIL, 9), 1, N)
    ]
    assert [(row["id"], row["place"]) for row in seen["points"]] == [(request(BRAZIL, 8), 0)]
    assert seen["questions"] == [{"id": "mine", "to": ALVA, "words": "mine", "answered": True}]
    assert seen["replies_left"] == 2


def test_it_sees_how_many_replies_are_left():
    scene = given(*speaking(NIGERIA), end(N), reply(BRAZIL, N), give(request(BRAZIL, 9)))

    assert own(scene.state, BRAZIL, STATE)["replies_left"] == 1


def test_it_reads_what_it_said_of_its_speaker():
    state = given(*open_floor(None, NIGERIA), describe(N, said("n", language="fr"))).state

    details = own(state, NIGERIA, STATE)["requests"][0]["details"]
    assert (details["language"], details["text"]) == ("fr", "text-n")


def test_its_turn_tells_it_the_chairs_note_and_to_slow_down_also_behind_a_point_of_order():
    scene = given(*speaking(NIGERIA), note(N, "words"), slow_down(N))
    turn = {"id": N, "note": "words", "slow_down": at(0), "details": None}
    assert own(scene.state, NIGERIA, STATE)["turn"] == turn
    assert own(scene.state, BRAZIL, STATE)["turn"] is None

    scene.when(raise_point(BRAZIL), give(request(BRAZIL, 8), N))
    assert own(scene.state, NIGERIA, STATE)["turn"] == turn
    assert own(scene.state, BRAZIL, STATE)["turn"]["id"] == request(BRAZIL, 8)


def test_it_sees_the_limit_that_it_would_get_in_each_capacity():
    assert own(given(*open_floor()).state, NIGERIA, STATE)["capacities"] == {
        "national": 3 * MINUTE,
        "group": 5 * MINUTE,
    }
    assert own(given(*speaking(NIGERIA)).state, NIGERIA, STATE)["capacities"] == {
        "national": 2 * MINUTE,
        "group": 5 * MINUTE,
    }
    assert own(given(*open_floor()).state, NIGERIA, NGO)["capacities"] == {
        "stakeholder": 3 * MINUTE
    }


def test_outside_a_segment_nobody_has_limits_but_everybody_its_capacities():
    state = given().state

    assert own(state, NIGERIA, STATE)["capacities"] == {"national": None, "group": None}
    assert own(state, NIGERIA, NGO)["capacities"] == {"stakeholder": None}


@pytest.mark.parametrize(
    ("steps", "category", "why"),
    [
        (open_floor(), STATE, (None, None, None, None, None)),
        (
            (*open_floor(), close_list()),
            STATE,
            ("list-closed", "list-closed", None, None, None),
        ),
        ((open_dialogue(),), STATE, (*("no-segment",) * 4, None)),
        ((), STATE, ("not-open",) * 5),
        ((*open_floor(), suspend()), STATE, (*("suspended",) * 4, None)),
        (open_floor(None, NIGERIA), STATE, ("already-waiting", None, None, None, None)),
        (speaking(NIGERIA), STATE, ("has-the-floor", None, None, None, None)),
        (open_floor(), NGO, (None, None, "not-entitled", "not-entitled", None)),
        (open_floor(), ENTITY, (None, None, None, "not-entitled", None)),
        (
            (*open_floor(), *(write(NIGERIA, ALVA, words) for words in ("one", "two", "three"))),
            STATE,
            (None, None, None, None, "too-many-questions"),
        ),
    ],
)
def test_it_is_told_what_it_may_do_now_and_why_not(steps, category, why):
    kinds = ("statement", "question", "right-of-reply", "point-of-order", "written-question")

    told = own(given(*steps).state, NIGERIA, category)["may"]

    assert told == dict(zip(kinds, why, strict=True))


def test_it_is_offered_the_latest_turns_of_others_to_reply_to():
    scene = given(*speaking(NIGERIA, BRAZIL), end(N), give(B), end(B), give_to(ALVA))
    scene.when(raise_point(BELARUS), give(request(BELARUS, 8), speech(ALVA)))

    statements = own(scene.state, NIGERIA, STATE)["statements"]
    assert [(row["delegation"], row["person"]) for row in statements] == [
        (None, ALVA),
        (BRAZIL, None),
    ]
    assert own(scene.state, NIGERIA, NGO)["statements"] == []


def test_its_reply_says_whose_statement_it_replies_to():
    state = given(*speaking(NIGERIA), end(N), reply(BRAZIL, N)).state

    whose = own(state, BRAZIL, STATE)["replies"][0]["in_reply_to"]
    assert whose == {"delegation": NIGERIA, "person": None, "group": None}


def unheard(state):
    return [(row["id"], row["standing"]) for row in own(state, NIGERIA, STATE)["unheard"]]


def test_it_is_told_what_of_it_left_the_list_unheard_until_it_asks_again():
    scene = given(*open_floor(None, NIGERIA), not_present(N))
    assert unheard(scene.state) == [(N, "not-present")]

    scene.when(ask(NIGERIA, 2))
    assert unheard(scene.state) == []

    scene.when(withdraw(request(NIGERIA, 2)))
    assert unheard(scene.state) == [(N, "not-present"), (request(NIGERIA, 2), "withdrawn")]


def test_what_was_not_reached_is_told_through_the_next_segment_and_not_longer():
    scene = given(*open_floor(None, NIGERIA), begin(PANEL_2))
    assert unheard(scene.state) == [(N, "not-reached")]

    scene.when(later(1), begin(OPENING), later(1), begin(PANEL_2))
    assert unheard(scene.state) == []


def test_whoever_was_carried_over_has_asked_before_the_segment_began():
    scene = given(*open_floor(None, NIGERIA), later(1), begin(PANEL_2, carry_over=True))

    assert own(scene.state, NIGERIA, STATE)["requests"] == [entry(NIGERIA, 1, 0)]
    assert own(scene.state, NIGERIA, STATE)["unheard"] == []


# The panel and the booth


def test_a_panellist_sees_its_own_turn():
    scene = given(*open_floor(), give_to(ALVA), note(speech(ALVA), "words"))

    assert panellist(scene.state, ALVA)["turn"] == {
        "id": speech(ALVA),
        "note": "words",
        "slow_down": None,
        "details": None,
    }
    assert panellist(scene.state, BRUN)["turn"] is None


def test_the_lectern_sees_what_is_for_whoever_has_the_floor_and_nothing_else():
    scene = given(*open_floor(None, NIGERIA), describe(N, said("n")), give(N))
    assert lectern(scene.state) == {"turn": {"id": N, "note": None, "slow_down": None}}

    scene.when(note(N, "to-you"), slow_down(N))
    assert lectern(scene.state) == {"turn": {"id": N, "note": "to-you", "slow_down": at(0)}}
    assert texts_of_lectern(scene.state) == public_texts(scene.state) | ids("to-you")

    scene.when(end(N))
    assert lectern(scene.state) == {"turn": None}
    assert texts_of_lectern(scene.state) == public_texts(scene.state)


def test_the_booth_sees_who_speaks_and_the_next_three_with_language_and_text():
    codes = [DelegationCode(f"D{number}") for number in range(5)]
    scene = given(
        *(*open_floor(None, *codes), *(describe(request(code), said(code)) for code in codes)),
        *(hide_list(), give(request(codes[0])), slow_down(request(codes[0]))),
        *(stop(request(codes[0]), reason=PauseReason.INTERPRETATION), close_list(when=at(9))),
    )

    seen = booth(scene.state)

    assert [row["id"] for row in seen["next"]] == [request(code) for code in codes[1:4]]
    assert seen["next"][0]["details"]["text"] == "text-D1"
    assert seen["floor"]["details"]["text"] == "text-D0"
    assert (seen["floor"]["paused"], seen["floor"]["slow_down"]) == ("interpretation", at(0))
    assert (seen["interpretation_until"], seen["closes_at"]) == ([], at(9))
    assert "note" not in json.dumps(seen)
    assert booth(given().state)["floor"] is None


def test_personal_views_are_plain_json():
    state = given(*speaking(NIGERIA, BRAZIL), later(1), describe(B, said("b"))).state

    for view in (own(state, BRAZIL, STATE), panellist(state, ALVA), booth(state)):
        assert json.loads(json.dumps(view)) == view


# Who may read which text


def ids(*words: str) -> set[TextId]:
    return {TextId(word) for word in words}


EVERYTHING = (
    *open_floor(None, NIGERIA, BRAZIL, BELARUS),
    describe(N, said("n", show_speaker=True)),
    describe(B, said("b")),
    *(
        stage(False, "for-the-hall"),
        write(BRAZIL, ALVA, "to-alva"),
        write(NIGERIA, BRUN, "to-brun"),
    ),
    *(give(N), note(N, "note-to-n")),
)


def test_everybody_reads_the_message_for_the_hall_and_names_that_were_let_out():
    scene = given(*EVERYTHING)
    assert public_texts(scene.state) == ids("for-the-hall", "speaker-n", "title-n")

    scene.when(end(N))
    assert public_texts(scene.state) == ids("for-the-hall", "speaker-n", "title-n")
    scene.when(give(B))
    assert public_texts(scene.state) == ids("for-the-hall")


def test_names_on_a_hidden_list_or_far_down_are_not_read_by_the_public():
    shown = said("n", show_speaker=True)
    scene = given(*open_floor(None, NIGERIA), describe(N, shown))
    assert public_texts(scene.state) == ids("speaker-n", "title-n")
    assert public_texts(scene.when(hide_list()).state) == frozenset()

    codes = [DelegationCode(f"D{number}") for number in range(9)]
    scene = given(*open_floor(None, *codes), describe(request(codes[8]), shown))
    assert public_texts(scene.state) == frozenset()


def test_a_delegation_reads_what_it_wrote_and_what_is_for_it():
    state = given(*EVERYTHING).state
    public = public_texts(state)

    own_words = ids("speaker-b", "title-b", "text-b", "gist-b", "to-alva")
    assert texts_of_delegation(state, BRAZIL) == public | own_words
    of_nigeria = ids("text-n", "gist-n", "to-brun", "note-to-n")
    assert texts_of_delegation(state, NIGERIA) == public | of_nigeria


def test_a_delegation_reads_no_note_that_was_for_its_turn_once_that_is_over():
    state = given(*EVERYTHING, end(N)).state

    assert TextId("note-to-n") not in texts_of_delegation(state, NIGERIA)


def test_a_panellist_reads_the_questions_put_to_it():
    question = request(BRAZIL, 7)
    scene = given(*EVERYTHING, ask_panellist(BRAZIL, ALVA), describe(question, said("q")))
    public = public_texts(scene.state)
    assert texts_of_panellist(scene.state, ALVA) == public | ids("to-alva")

    scene.when(give(question, N), give_to(ALVA, holder=question), note(speech(ALVA), "to-you"))
    public = public_texts(scene.state)
    assert texts_of_panellist(scene.state, ALVA) == public | ids("to-alva", "gist-q", "to-you")
    assert texts_of_panellist(scene.state, BRUN) == public | ids("to-brun")


def test_interpreters_read_what_was_said_of_whoever_speaks_and_the_next_few():
    scene = given(*EVERYTHING, describe(request(BELARUS), Details(text=text("text-y"))))
    codes = [DelegationCode(f"D{number}") for number in range(2)]
    scene.when(*(ask(code) for code in codes), describe(request(codes[1]), said("far")))

    read = texts_of_booth(scene.state)

    parts = [f"{part}-{name}" for part in ("speaker", "title", "text", "gist") for name in "nb"]
    assert read == ids(*parts, "text-y", "for-the-hall")


def test_of_a_segment_to_come_nobody_reads_anything():
    state = given(open_dialogue(), begin("opening")).state

    assert texts_of_booth(state) == frozenset()
