"""The secretariat: what it sets up and whom it admits, on both databases."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from moderator.core.model import Limits, Rules
from moderator.core.terms import Category, Role
from moderator.core.units import SECOND, Duration, Instant
from moderator.keys import TOKEN_LENGTH
from moderator.programme import ProgrammeErrors
from moderator.programme.programme import faster
from moderator.secretariat import (
    AFTER_CLOSING,
    CODE_LENGTH,
    CODE_LETTERS,
    LATELY,
    SEAT_LIFE,
    Entry,
    Link,
    NotAdmitted,
    Secretariat,
    UnknownLink,
    Which,
)
from moderator.service import UnknownDialogue
from moderator.store.engine import writing
from tests.fake_now import FakeNow

KEY = b"a key of thirty-two bytes or more"
PROGRAMME = """\
title: A short dialogue
organ: General Assembly
place: Conference Room 2
date: 2012-04-03
timezone: UTC
original: en
rules: {limits: {national: "3:00", group: "5:00", observer: "3:00", stakeholder: "3:00",
  panellist: "7:00", again: "2:00", reply: "2:00"}, enforcement: automatic, warning: 30, grace: 0,
  start_after: 5}
persons: {}
bureau:
  - {role: chair, name: President}
groups: [G77]
delegations: [NG, BR, VA]
segments:
  - {kind: statements, title: Statements, start: 10:00, end: 11:00}
"""


@pytest.fixture
def secretariat(engine: sa.Engine, now: FakeNow) -> Secretariat:
    return Secretariat(engine, now, KEY)


@pytest.fixture
def dialogue(secretariat: Secretariat) -> str:
    return secretariat.create(PROGRAMME)


def link_of(secretariat: Secretariat, dialogue: str, role: Role, subject: str | None) -> Link:
    links = secretariat.links(dialogue)
    return next(link for link in links if (link.role, link.subject) == (role, subject))


@pytest.fixture
def nigeria(secretariat: Secretariat, dialogue: str) -> Link:
    return link_of(secretariat, dialogue, Role.DELEGATION, "NG")


def refusal(admit: Callable[[], object]) -> Entry:
    with pytest.raises(NotAdmitted) as refused:
        admit()
    return refused.value.reason


# Dialogues


def test_everybody_of_the_programme_gets_a_link(secretariat: Secretariat, dialogue: str):
    holders = {(link.role, link.subject) for link in secretariat.links(dialogue)}

    assert holders >= {(Role.DELEGATION, "NG"), (Role.DELEGATION, "BR"), (Role.DISPLAY, None)}
    assert {role for role, _ in holders} == {
        Role.CHAIR,
        Role.DELEGATION,
        Role.DISPLAY,
        Role.INTERPRETER,
        Role.FOLLOWER,
    }


def test_a_wrong_programme_sets_up_nothing(secretariat: Secretariat):
    with pytest.raises(ProgrammeErrors):
        secretariat.create(PROGRAMME.replace("kind: statements", "kind: party"))

    assert secretariat.dialogues() == ()


def test_a_programme_may_come_as_a_file_of_windows(secretariat: Secretariat):
    dialogue = secretariat.create(b"\xef\xbb\xbf" + PROGRAMME.encode())

    assert secretariat.programme(dialogue).document("en")["title"] == "A short dialogue"


def test_a_dialogue_may_be_held_at_another_time_with_limits_of_seconds(secretariat: Secretariat):
    begins = Instant(1_800_000_000_000)
    dialogue = secretariat.create(PROGRAMME, begins, 6)

    programme = secretariat.programme(dialogue)
    assert programme.document("en")["starts"] == begins
    assert programme.segments()[0].rules.limits.national == 6 * SECOND


def test_another_process_reads_the_same_programme(
    secretariat: Secretariat, engine: sa.Engine, now: FakeNow
):
    dialogue = secretariat.create(PROGRAMME, Instant(1_800_000_000_000), 6)

    other = Secretariat(engine, now, KEY).programme(dialogue)

    assert other.document("en") == secretariat.programme(dialogue).document("en")


def test_a_simulated_day_is_as_many_times_as_fast_and_stays_so_when_it_is_changed(
    secretariat: Secretariat,
):
    begins = Instant(1_800_000_000_000)
    dialogue = secretariat.create(PROGRAMME, begins, speed=60)

    (part,) = secretariat.programme(dialogue).parts
    assert (part.starts, part.ends) == (begins, begins + 60 * SECOND)
    assert part.rules.limits.national == 3 * SECOND
    fields, _ = secretariat.form(dialogue)
    (changed,) = secretariat.changed(dialogue, fields).programme.parts
    assert (changed.starts, changed.ends, changed.rules) == (part.starts, part.ends, part.rules)


@pytest.mark.parametrize("speed", [None, 1, 7, 300])
def test_rules_are_kept_as_they_were_set_at_any_speed(secretariat: Secretariat, speed: int | None):
    dialogue = secretariat.create(PROGRAMME, speed=speed)
    (part,) = secretariat.programme(dialogue).segments()
    shorter = faster(Rules(limits=Limits(national=Duration(150 * SECOND)), round=5), speed or 1)

    change, _ = secretariat.ruled(dialogue, part.id, shorter)

    assert change.programme.segments()[0].rules == shorter


def test_rules_that_are_not_in_whole_seconds_are_refused(secretariat: Secretariat):
    dialogue = secretariat.create(PROGRAMME)
    (part,) = secretariat.programme(dialogue).segments()

    with pytest.raises(ProgrammeErrors, match="whole seconds"):
        secretariat.ruled(dialogue, part.id, Rules(warning=Duration(1_500)))


def test_a_dialogue_that_is_none_has_no_programme(secretariat: Secretariat):
    with pytest.raises(UnknownDialogue):
        secretariat.programme("another")


# Links


def test_links_are_long_and_codes_are_easily_told(secretariat: Secretariat, dialogue: str):
    links = secretariat.links(dialogue)

    assert len({link.token for link in links}) == len(links)
    for link in links:
        assert len(link.token) == TOKEN_LENGTH
        if link.role is Role.DELEGATION:
            assert link.code is not None
            assert len(link.code) == CODE_LENGTH
            assert set(link.code) <= set(CODE_LETTERS)
        else:
            assert link.code is None


def test_cards_can_be_printed_again(secretariat: Secretariat, engine: sa.Engine, dialogue: str):
    again = Secretariat(engine, FakeNow(), KEY)

    assert again.links(dialogue) == secretariat.links(dialogue)


def test_links_of_another_key_are_others(secretariat: Secretariat, engine: sa.Engine, dialogue):
    stranger = Secretariat(engine, FakeNow(), b"another key of thirty-two bytes!!")

    mine = {link.token for link in secretariat.links(dialogue)}
    assert mine.isdisjoint(link.token for link in stranger.links(dialogue))


def test_no_secret_stands_in_the_database(
    secretariat: Secretariat, engine: sa.Engine, dialogue: str, nigeria: Link
):
    _, seat_secret = secretariat.enter(nigeria, "en")
    (token,) = secretariat.issue_tokens(dialogue, [(Role.CHAIR, None)])

    with engine.connect() as connection:
        stored = str(
            [
                connection.execute(sa.text(f"SELECT * FROM {table}")).all()
                for table in ("link", "seat", "token")
            ]
        )
    for secret in (nigeria.token, nigeria.code, seat_secret, token.secret):
        assert secret
        assert secret not in stored


def test_a_link_is_found_by_token_and_by_code(secretariat: Secretariat, nigeria: Link):
    assert nigeria.code is not None

    assert secretariat.link(nigeria.token) == nigeria
    assert secretariat.link_by_code(f" {nigeria.code[:3].lower()}-{nigeria.code[3:]} ") == nigeria


@pytest.mark.parametrize("shown", ["", "x", "\x00", "\ud800", "é" * 24])
def test_what_was_never_issued_opens_nothing(secretariat: Secretariat, nigeria: Link, shown: str):
    assert refusal(lambda: secretariat.link(shown)) is Entry.UNKNOWN_LINK
    assert refusal(lambda: secretariat.link_by_code(shown)) is Entry.UNKNOWN_CODE
    assert refusal(lambda: secretariat.bearer(shown)) is Entry.NO_SEAT


def test_a_link_issued_again_opens_by_its_new_card_alone(secretariat: Secretariat, nigeria: Link):
    first = secretariat.reissue(nigeria)
    second = secretariat.reissue(nigeria)

    for old in (nigeria, first):
        assert refusal(lambda old=old: secretariat.link(old.token)) is Entry.UNKNOWN_LINK
        assert refusal(lambda old=old: secretariat.link_by_code(old.code)) is Entry.UNKNOWN_CODE
    assert secretariat.link(second.token) == second
    assert secretariat.links(nigeria.dialogue_id).count(second) == 1
    assert (second.id, second.subject) == (nigeria.id, nigeria.subject)


def test_a_link_without_a_code_is_issued_again_too(secretariat: Secretariat, dialogue: str):
    display = link_of(secretariat, dialogue, Role.DISPLAY, None)

    renewed = secretariat.reissue(display)

    assert renewed.code is None
    assert secretariat.link(renewed.token) == renewed


def holders(links) -> set[tuple[Role, str | None]]:
    return {(link.role, link.subject) for link in links}


def test_a_revoked_link_and_its_code_admit_nobody(
    secretariat: Secretariat, nigeria: Link, now: FakeNow
):
    first = now()
    revoked = secretariat.revoke(nigeria)
    now.pass_by(SECOND)

    assert revoked.revoked_at == secretariat.revoke(nigeria).revoked_at == first
    assert refusal(lambda: secretariat.link(nigeria.token)) is Entry.LINK_REVOKED
    assert refusal(lambda: secretariat.link_by_code(nigeria.code)) is Entry.LINK_REVOKED
    assert secretariat.links(nigeria.dialogue_id).count(revoked) == 1


def test_the_seats_of_a_revoked_link_end_with_it_and_no_others(
    secretariat: Secretariat, nigeria: Link, now: FakeNow
):
    brazil = link_of(secretariat, nigeria.dialogue_id, Role.DELEGATION, "BR")
    mine = [secretariat.enter(nigeria, "en"), secretariat.enter(secretariat.reissue(nigeria), "en")]
    other, secret = secretariat.enter(brazil, "en")
    secretariat.seat_lately(nigeria.dialogue_id, *_shown(mine[0]))

    secretariat.revoke(nigeria)

    for entered in mine:
        assert refusal(lambda e=entered: secretariat.seat(*_shown(e))) is Entry.SEAT_EXPELLED
        assert (
            refusal(lambda e=entered: secretariat.seat_lately(nigeria.dialogue_id, *_shown(e)))
            is Entry.SEAT_EXPELLED
        )
    assert set(secretariat.expelled_since(now())) == {seat.id for seat, _ in mine}
    assert secretariat.seat(other.id, secret) == other


def _shown(entered) -> tuple[str, str]:
    seat, secret = entered
    return seat.id, secret


def test_seats_of_a_link_for_nobody_in_particular_end_too(secretariat: Secretariat, dialogue: str):
    display = link_of(secretariat, dialogue, Role.DISPLAY, None)
    entered = secretariat.enter(display, "en")

    secretariat.revoke(display)

    assert refusal(lambda: secretariat.seat(*_shown(entered))) is Entry.SEAT_EXPELLED


def test_who_looked_a_link_up_before_it_ended_does_not_enter(
    secretariat: Secretariat, nigeria: Link
):
    secretariat.revoke(nigeria)
    assert refusal(lambda: secretariat.enter(nigeria, "en")) is Entry.LINK_REVOKED

    secretariat.reissue(nigeria)
    assert refusal(lambda: secretariat.enter(nigeria, "en")) is Entry.UNKNOWN_LINK
    assert secretariat.seats(nigeria.dialogue_id) == ()


def test_a_revoked_link_comes_back_with_another_token_and_code(
    secretariat: Secretariat, nigeria: Link
):
    secretariat.revoke(nigeria)

    back = secretariat.reissue(nigeria)

    assert (back.issue, back.revoked_at) == (2, None)
    assert refusal(lambda: secretariat.link(nigeria.token)) is Entry.UNKNOWN_LINK
    assert secretariat.link(back.token) == secretariat.link_by_code(back.code) == back
    assert secretariat.enter(back, "en")[0].subject == "NG"


@pytest.mark.parametrize("expel", [True, False])
def test_to_issue_again_ends_the_seats_only_when_that_is_asked_for(
    secretariat: Secretariat, nigeria: Link, expel: bool
):
    entered = secretariat.enter(nigeria, "en")

    secretariat.reissue(nigeria, expel=expel)

    if expel:
        assert refusal(lambda: secretariat.seat(*_shown(entered))) is Entry.SEAT_EXPELLED
    else:
        assert secretariat.seat(*_shown(entered)) == entered[0]


def test_many_links_are_ended_by_role_or_category(secretariat: Secretariat, dialogue: str):
    states = Which(category=Category.MEMBER_STATE)
    assert holders(secretariat.revoke_all(dialogue, states)) == {
        (Role.DELEGATION, "NG"),
        (Role.DELEGATION, "BR"),
    }
    assert holders(secretariat.reissue_all(dialogue, Which(role=Role.DELEGATION))) == {
        (Role.DELEGATION, code) for code in ("NG", "BR", "VA")
    }
    links = secretariat.links(dialogue)
    assert all(link.revoked_at is None for link in links)
    assert {link.issue for link in links if link.role is not Role.DELEGATION} == {1}


def test_many_links_are_ended_or_none(secretariat: Secretariat, nigeria: Link):
    before = secretariat.links(nigeria.dialogue_id)
    which = Which(ids=frozenset({nigeria.id, "aaaaaaaaaa"}))

    for act in (secretariat.revoke_all, secretariat.reissue_all, secretariat.meant):
        with pytest.raises(UnknownLink):
            act(nigeria.dialogue_id, which)

    assert secretariat.links(nigeria.dialogue_id) == before


# Seats


def test_a_seat_is_shown_its_own_place(secretariat: Secretariat, nigeria: Link):
    seat, secret = secretariat.enter(nigeria, "ar")

    shown = secretariat.seat(seat.id, secret)

    assert shown == seat
    assert (shown.role, shown.subject, shown.language) == (Role.DELEGATION, "NG", "ar")
    assert str(shown.actor) == f"delegation/NG/{seat.id}"


@pytest.mark.parametrize("secret", ["", "x", "\x00", "\ud800"])
def test_a_seat_is_not_taken_with_another_secret(
    secretariat: Secretariat, nigeria: Link, secret: str
):
    seat, _ = secretariat.enter(nigeria, "en")
    _, of_another = secretariat.enter(nigeria, "en")

    assert refusal(lambda: secretariat.seat(seat.id, secret)) is Entry.NO_SEAT
    assert refusal(lambda: secretariat.seat(seat.id, of_another)) is Entry.NO_SEAT


@pytest.mark.parametrize(
    "seat_id", ["", "x", "\x00" * 10, "\ud800" * 10, "aaaaaaaaaa", "AAAAAAAAAA", "a" * 1_000]
)
def test_what_is_no_seat_is_told_so(secretariat: Secretariat, dialogue: str, seat_id: str):
    assert refusal(lambda: secretariat.seat(seat_id, "secret")) is Entry.NO_SEAT


def test_a_seat_speaks_another_language(secretariat: Secretariat, nigeria: Link):
    seat, secret = secretariat.enter(nigeria, "en")

    secretariat.speak(seat.id, "ar")

    assert secretariat.seat(seat.id, secret).language == "ar"


def test_a_seat_lasts_thirty_days(secretariat: Secretariat, nigeria: Link, now: FakeNow):
    seat, secret = secretariat.enter(nigeria, "en")

    now.pass_by(Duration(SEAT_LIFE - 1))
    secretariat.seat(seat.id, secret)
    now.pass_by(Duration(1))

    assert refusal(lambda: secretariat.seat(seat.id, secret)) is Entry.SEAT_EXPIRED


def test_a_seat_ends_a_day_after_its_dialogue(
    secretariat: Secretariat, engine: sa.Engine, nigeria: Link, now: FakeNow
):
    seat, secret = secretariat.enter(nigeria, "en")
    with writing(engine) as connection:
        connection.execute(sa.text("UPDATE dialogue SET closed_at = :now"), {"now": now()})

    now.pass_by(Duration(AFTER_CLOSING - 1))
    secretariat.seat(seat.id, secret)
    now.pass_by(Duration(1))

    assert refusal(lambda: secretariat.seat(seat.id, secret)) is Entry.SEAT_EXPIRED


def test_an_expelled_seat_is_told_so_and_keeps_its_hour(
    secretariat: Secretariat, nigeria: Link, now: FakeNow
):
    seat, secret = secretariat.enter(nigeria, "en")
    expelled = now()
    secretariat.expel(seat.id)
    now.pass_by(SECOND)
    secretariat.expel(seat.id)

    assert refusal(lambda: secretariat.seat(seat.id, secret)) is Entry.SEAT_EXPELLED
    (row,) = secretariat.seats(nigeria.dialogue_id)
    assert row.expelled_at == expelled


# Seats, where a whole hall comes back at once


def test_a_hall_that_comes_back_is_admitted_with_one_look(
    secretariat: Secretariat, engine: sa.Engine, dialogue: str, nigeria: Link
):
    entered = [secretariat.enter(nigeria, "en") for _ in range(3)]
    looks: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *heard: looks.append(heard[2]))

    seats = [secretariat.seat_lately(dialogue, seat.id, secret) for seat, secret in entered]

    assert seats == [seat for seat, _ in entered]
    assert len([look for look in looks if "FROM seat" in look]) == 1


def test_whoever_has_just_entered_is_known(secretariat: Secretariat, dialogue: str, nigeria: Link):
    before, _ = secretariat.enter(nigeria, "en")
    assert refusal(lambda: secretariat.seat_lately(dialogue, before.id, "?")) is Entry.NO_SEAT

    seat, secret = secretariat.enter(nigeria, "en")

    assert secretariat.seat_lately(dialogue, seat.id, secret) == seat
    assert refusal(lambda: secretariat.seat_lately(dialogue, seat.id, "?")) is Entry.NO_SEAT


def test_a_seat_is_found_at_whatever_dialogue_is_named(secretariat: Secretariat, nigeria: Link):
    seat, secret = secretariat.enter(nigeria, "en")

    assert secretariat.seat_lately("elsewhere", seat.id, secret) == seat


def test_what_is_changed_here_is_known_at_once(
    secretariat: Secretariat, dialogue: str, nigeria: Link
):
    seat, secret = secretariat.enter(nigeria, "en")
    secretariat.seat_lately(dialogue, seat.id, secret)

    secretariat.speak(seat.id, "ar")
    assert secretariat.seat_lately(dialogue, seat.id, secret).language == "ar"
    secretariat.expel(seat.id)
    assert (
        refusal(lambda: secretariat.seat_lately(dialogue, seat.id, secret)) is Entry.SEAT_EXPELLED
    )


def test_what_another_process_changes_is_known_within_a_second(
    secretariat: Secretariat, engine: sa.Engine, dialogue: str, nigeria: Link, now: FakeNow
):
    seat, secret = secretariat.enter(nigeria, "en")
    secretariat.seat_lately(dialogue, seat.id, secret)
    Secretariat(engine, now, KEY).expel(seat.id)

    now.pass_by(Duration(LATELY - 1))
    assert secretariat.seat_lately(dialogue, seat.id, secret) == seat
    now.pass_by(Duration(1))
    assert (
        refusal(lambda: secretariat.seat_lately(dialogue, seat.id, secret)) is Entry.SEAT_EXPELLED
    )


def test_expelled_seats_and_revoked_tokens_are_found_by_their_hour(
    secretariat: Secretariat, dialogue: str, nigeria: Link, now: FakeNow
):
    seat, _ = secretariat.enter(nigeria, "en")
    (token,) = secretariat.issue_tokens(dialogue, [(Role.DISPLAY, None)])
    secretariat.expel(seat.id)
    expelled = now()
    now.pass_by(SECOND)
    secretariat.revoke_token(token.id)

    assert set(secretariat.expelled_since(expelled)) == {seat.id, token.id}
    assert secretariat.expelled_since(Instant(expelled + 1)) == (token.id,)
    assert secretariat.expelled_since(Instant(now() + 1)) == ()


# Tokens


def test_a_token_is_for_a_role_of_a_dialogue(secretariat: Secretariat, dialogue: str):
    chair, nigeria = secretariat.issue_tokens(
        dialogue, [(Role.CHAIR, "c1"), (Role.DELEGATION, "NG")]
    )

    seats = [secretariat.bearer(token.secret) for token in (chair, nigeria)]

    assert [(seat.id, seat.role, seat.subject) for seat in seats] == [
        (chair.id, Role.CHAIR, "c1"),
        (nigeria.id, Role.DELEGATION, "NG"),
    ]
    assert {seat.dialogue_id for seat in seats} == {dialogue}


def test_a_token_expires(secretariat: Secretariat, dialogue: str, now: FakeNow):
    (token,) = secretariat.issue_tokens(dialogue, [(Role.DISPLAY, None)])
    now.pass_by(SEAT_LIFE)

    assert refusal(lambda: secretariat.bearer(token.secret)) is Entry.SEAT_EXPIRED


def test_a_token_is_revoked_by_its_id(secretariat: Secretariat, dialogue: str):
    (token,) = secretariat.issue_tokens(dialogue, [(Role.DISPLAY, None)])

    assert secretariat.revoke_token(token.id) is True
    assert secretariat.revoke_token("another") is False
    assert refusal(lambda: secretariat.bearer(token.secret)) is Entry.SEAT_EXPELLED
