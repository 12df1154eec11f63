"""The desks of the installation: their links, and who is admitted by them; on both databases."""

import pytest
import sqlalchemy as sa

from moderator.desk import DESK_LIFE, DeskRole, Desks
from moderator.keys import TOKEN_LENGTH
from moderator.secretariat import DAY, Entry, NotAdmitted
from moderator.store import tables
from moderator.store.engine import reading, writing
from tests.fake_now import FakeNow

KEY = b"a key of thirty-two bytes or more"


@pytest.fixture
def desks(engine: sa.Engine, now: FakeNow) -> Desks:
    return Desks(engine, now, KEY)


def refused(desks: Desks, desk_id: str, secret: str) -> Entry:
    with pytest.raises(NotAdmitted) as refusal:
        desks.desk(desk_id, secret)
    return refusal.value.reason


def test_there_is_a_link_for_each_kind_of_desk(desks: Desks):
    tokens = desks.link_tokens()

    assert set(tokens) == set(DeskRole)
    assert len(set(tokens.values())) == 2
    assert all(len(token) == TOKEN_LENGTH for token in tokens.values())
    assert [desks.role_of(token) for token in tokens.values()] == list(tokens)


def test_links_are_the_same_in_every_process_and_others_under_another_key(
    engine: sa.Engine, now: FakeNow, desks: Desks
):
    again, elsewhere = Desks(engine, now, KEY), Desks(engine, now, KEY[::-1])

    assert again.link_tokens() == desks.link_tokens()
    assert not set(elsewhere.link_tokens().values()) & set(desks.link_tokens().values())


@pytest.mark.parametrize("role", DeskRole)
def test_a_desk_is_known_by_its_secret(desks: Desks, role: DeskRole):
    desk, secret = desks.enter(desks.link_tokens()[role], "ar")

    assert desks.desk(desk.id, secret) == desk
    assert (desk.role, desk.language) == (role, "ar")
    other, _ = desks.enter(desks.link_tokens()[role], "ar")
    assert other.id != desk.id
    assert refused(desks, other.id, secret) is Entry.NO_DESK


@pytest.mark.parametrize("token", ["", "x", "A" * 24, "ΑΒΓ", "\udcff" * 24])
def test_no_other_link_admits(desks: Desks, engine: sa.Engine, token: str):
    with pytest.raises(NotAdmitted) as refusal:
        desks.enter(token, "en")

    assert refusal.value.reason is Entry.UNKNOWN_LINK
    with reading(engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.desk)) == 0


@pytest.mark.parametrize("desk_id", ["", "x", "aaaaaaaaaa", "\udcff" * 10, "'; --"])
def test_what_is_no_desk_is_not_admitted(desks: Desks, desk_id: str):
    assert refused(desks, desk_id, "secret") is Entry.NO_DESK


def test_a_desk_lasts_a_year(desks: Desks, now: FakeNow):
    desk, secret = desks.enter(desks.link_tokens()[DeskRole.WALL], "en")

    now.pass_by(DESK_LIFE - DAY)
    assert desks.desk(desk.id, secret) == desk
    now.pass_by(DAY)
    assert refused(desks, desk.id, secret) is Entry.NO_DESK


def test_a_desk_that_was_expelled_is_none(desks: Desks, engine: sa.Engine, now: FakeNow):
    desk, secret = desks.enter(desks.link_tokens()[DeskRole.SECRETARIAT], "en")
    with writing(engine) as connection:
        connection.execute(sa.update(tables.desk).values(expelled_at=now()))

    assert refused(desks, desk.id, secret) is Entry.NO_DESK


def test_no_secret_is_in_the_database(desks: Desks, engine: sa.Engine):
    _, secret = desks.enter(desks.link_tokens()[DeskRole.WALL], "en")

    with reading(engine) as connection:
        (row,) = connection.execute(sa.select(tables.desk))
    kept = " ".join(map(str, row))
    assert secret not in kept
    assert not [token for token in desks.link_tokens().values() if token in kept]
