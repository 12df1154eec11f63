"""Free text beside the log: it can be erased, and cannot be altered unseen."""

import pytest
import sqlalchemy as sa

from moderator.core.events import StageSet
from moderator.core.terms import TextId
from moderator.core.units import Instant
from moderator.store import journal, tables, texts
from moderator.store.engine import reading, writing
from moderator.store.journal import Head
from tests.store.logs import DIALOGUE, add_dialogue

MESSAGE = TextId("tap-stage-1")
WORDS = "We resume at 15:00."


@pytest.fixture
def house(engine: sa.Engine) -> sa.Engine:
    """A dialogue whose log names a text that is kept."""
    event = StageSet(Instant(1), blackout=False, message=texts.named(MESSAGE, "salt", WORDS))
    add_dialogue(engine)
    with writing(engine) as connection:
        head = journal.append(connection, DIALOGUE.id, Head(0, ""), "chair//", "tap", (event,))
        journal.move_head(connection, DIALOGUE.id, head, None, None)
        texts.keep(connection, DIALOGUE.id, MESSAGE, "salt", WORDS)
    return engine


def altered(engine: sa.Engine) -> tuple[str, ...]:
    with reading(engine) as connection:
        return texts.altered(connection, DIALOGUE.id)


def test_a_text_is_what_the_log_says(house):
    assert altered(house) == ()
    with reading(house) as connection:
        assert texts.read(connection, DIALOGUE.id) == {MESSAGE: WORDS}


@pytest.mark.parametrize("change", [{"text": "Go home."}, {"salt": "other"}])
def test_a_text_that_was_altered_is_found(house, change):
    with writing(house) as connection:
        connection.execute(sa.update(tables.text).values(**change))

    assert altered(house) == (MESSAGE,)


def test_a_text_that_is_missing_is_found(house):
    with writing(house) as connection:
        connection.execute(sa.delete(tables.text))

    assert altered(house) == (MESSAGE,)


def test_a_text_is_erased_with_its_salt_and_the_log_stays_whole(house):
    with writing(house) as connection:
        assert texts.erase(connection, DIALOGUE.id, MESSAGE)
        assert not texts.erase(connection, DIALOGUE.id, "other")

    assert altered(house) == ()
    with reading(house) as connection:
        assert texts.read(connection, DIALOGUE.id) == {}
        row = connection.execute(sa.select(tables.text)).one()
        assert journal.damage(connection, DIALOGUE.id) == ()
    assert (row.text, row.salt) == (None, "")
