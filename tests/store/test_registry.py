"""The plain tables: what is put in is found again, by whoever may find it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from moderator.core.units import Instant
from moderator.store import journal, registry, tables
from moderator.store.engine import reading, writing
from moderator.store.journal import Head
from moderator.store.registry import LinkRow, NoteRow, SeatFound, SeatRow, TokenRow
from tests.store.logs import DIALOGUE, add_dialogue

CHAIR_LINK = LinkRow(id="l1", dialogue_id=DIALOGUE.id, role="chair", subject="mexico", issue=1)
SEAT = SeatRow(
    id="s1",
    dialogue_id=DIALOGUE.id,
    role="delegation",
    subject="BRA",
    secret_hash="5ea7",
    made_at=1_000,
    expires_at=9_000,
    expelled_at=None,
    language="pt",
)
TOKEN = TokenRow(
    id="t1",
    dialogue_id=DIALOGUE.id,
    role="follower",
    subject=None,
    expires_at=9_000,
    revoked_at=None,
)
NOTE = NoteRow(
    id="n1",
    segment_id="panel-1",
    intervention_id=None,
    theme_id="water",
    text="مياه المناجم",
    author="rapporteur/roy",
    at=2_000,
)


@pytest.fixture
def house(engine: sa.Engine) -> sa.Engine:
    """A database with one dialogue."""
    add_dialogue(engine)
    return engine


def put(engine: sa.Engine, *deeds: Callable[[sa.Connection], object]) -> None:
    """Each in a transaction of its own, as it happens."""
    for deed in deeds:
        with writing(engine) as connection:
            deed(connection)


def test_dialogues_are_told_oldest_first(engine):
    rows = (
        replace(DIALOGUE, id="b", made_at=2, starts_at=1_795_336_200_000, seconds=6),
        replace(DIALOGUE, id="c", made_at=1, speed=20),
        replace(DIALOGUE, id="a", made_at=2),
    )
    put(engine, *(lambda c, row=row: registry.add_dialogue(c, row) for row in rows))

    with reading(engine) as connection:
        assert registry.dialogues(connection) == (rows[1], rows[2], rows[0])
        assert registry.dialogue(connection, "b") == rows[0]
        assert registry.dialogue(connection, "d") is None


def test_a_link_is_found_by_its_token_and_by_its_code(house):
    put(house, lambda c: registry.add_link(c, CHAIR_LINK, "token", "code"))

    with reading(house) as connection:
        assert registry.link_by_token(connection, "token") == CHAIR_LINK
        assert registry.link_by_code(connection, "code") == CHAIR_LINK
        assert registry.link_by_token(connection, "code") is None
        assert registry.link_by_code(connection, "token") is None


def test_a_link_that_was_issued_again_has_a_new_token_and_no_old_one(house):
    put(
        house,
        lambda c: registry.add_link(c, CHAIR_LINK, "old", "old code"),
        lambda c: registry.reissue_link(c, "l1", 2, "new", None),
    )

    with reading(house) as connection:
        assert registry.link_by_token(connection, "old") is None
        assert registry.link_by_code(connection, "old code") is None
        assert registry.link_by_token(connection, "new") == replace(CHAIR_LINK, issue=2)


def test_links_are_told_by_role_and_subject(house):
    rows = (
        replace(CHAIR_LINK, id="l2", role="delegation", subject="BRA"),
        replace(CHAIR_LINK, id="l3", subject="norway"),
        CHAIR_LINK,
    )
    put(house, *(lambda c, r=r: registry.add_link(c, r, f"hash of {r.id}", None) for r in rows))

    with reading(house) as connection:
        assert registry.links(connection, DIALOGUE.id) == (rows[2], rows[1], rows[0])
        assert registry.links(connection, "another") == ()


def test_there_is_one_link_for_a_role_and_subject(house):
    put(house, lambda c: registry.add_link(c, CHAIR_LINK, "token", None))

    with pytest.raises(sa.exc.IntegrityError):
        put(house, lambda c: registry.add_link(c, replace(CHAIR_LINK, id="l2"), "other", None))


def test_seats_are_told_oldest_first(house):
    rows = (replace(SEAT, id="s2", made_at=500), SEAT)
    put(house, *(lambda c, row=row: registry.add_seat(c, row) for row in reversed(rows)))

    with reading(house) as connection:
        assert registry.seats(connection, DIALOGUE.id) == rows
        assert registry.seats(connection, "another") == ()
        assert registry.seat(connection, "s1") == SeatFound(SEAT, None, None)
        assert registry.seat(connection, "s3") is None


def test_a_seat_is_found_with_the_time_at_which_its_dialogue_was_closed(house):
    put(house, lambda connection: registry.add_seat(connection, SEAT))
    with writing(house) as connection:
        journal.move_head(connection, DIALOGUE.id, Head(1, "5ea7"), None, Instant(7_000))
    with reading(house) as connection:
        assert registry.seat(connection, SEAT.id) == SeatFound(SEAT, 7_000, None)


def test_a_seat_is_expelled_once(house):
    put(
        house,
        lambda c: registry.add_seat(c, SEAT),
        lambda c: registry.expel_seat(c, "s1", 5_000),
        lambda c: registry.expel_seat(c, "s1", 6_000),
    )

    with reading(house) as connection:
        assert registry.seat(connection, "s1") == SeatFound(
            replace(SEAT, expelled_at=5_000), None, None
        )
        assert registry.expelled_since(connection, 5_000) == ("s1",)
        assert registry.expelled_since(connection, 5_001) == ()


def test_a_seat_keeps_the_language_that_it_chose_last(house):
    put(
        house,
        lambda c: registry.add_seat(c, SEAT),
        lambda c: registry.set_language(c, "s1", "ar"),
    )

    with reading(house) as connection:
        assert registry.seat(connection, "s1") == SeatFound(
            replace(SEAT, language="ar"), None, None
        )


def test_a_token_is_found_by_its_secret_and_can_be_revoked(house):
    put(house, lambda c: registry.add_token(c, TOKEN, "secret", 1_000))

    with writing(house) as connection:
        assert registry.token_by_secret(connection, "secret") == TOKEN
        assert registry.token_by_secret(connection, "t1") is None
        assert registry.revoke_token(connection, "t1", 5_000)
        assert not registry.revoke_token(connection, "t2", 5_000)
        assert registry.token_by_secret(connection, "secret") == replace(TOKEN, revoked_at=5_000)
        assert registry.revoked_since(connection, 5_000) == ("t1",)
        assert registry.revoked_since(connection, 5_001) == ()


def test_a_note_that_is_written_anew_keeps_its_first_instant(house):
    anew = replace(
        NOTE,
        text="eaux de mine",
        theme_id=None,
        intervention_id="tap-1",
        kind="concern",
        stance="for",
        author="rapporteur/ada/s2",
        at=3_000,
    )
    put(house, keeping(NOTE), keeping(anew, 1))

    with reading(house) as connection:
        stands = replace(anew, at=2_000, revision=2)
        assert registry.notes(connection, DIALOGUE.id) == (stands,)


@pytest.mark.parametrize("base", [0, 2])
def test_a_note_is_not_written_over_what_its_writer_did_not_see(house, base):
    put(house, keeping(NOTE))

    late = replace(NOTE, text="eaux de mine")
    with writing(house) as connection:
        assert registry.keep_note(connection, DIALOGUE.id, late, base) == NOTE
        assert registry.drop_note(connection, DIALOGUE.id, "n1", base) == NOTE

    with reading(house) as connection:
        assert registry.notes(connection, DIALOGUE.id) == (NOTE,)
        assert registry.notes_written(connection, DIALOGUE.id) == 1


def test_what_stands_already_is_not_written_again(house):
    put(house, keeping(NOTE), keeping(NOTE), keeping(replace(NOTE, at=9_000), 1))

    with reading(house) as connection:
        assert registry.notes(connection, DIALOGUE.id) == (NOTE,)


def test_what_differs_in_a_tag_alone_is_another_note(house):
    fields = {
        "segment_id": "panel-2",
        "intervention_id": "tap-1",
        "theme_id": None,
        "kind": "question",
        "stance": "for",
        "text": "eau",
    }
    for field, value in fields.items():
        assert replace(NOTE, **{field: value}).says() != NOTE.says()
    assert replace(NOTE, author="x", at=9, revision=4).says() == NOTE.says()


def test_notes_are_told_in_the_order_of_their_first_writing(house):
    add_dialogue(house, "another")
    first, last = NOTE, replace(NOTE, id="n0", at=3_000)
    put(house, keeping(last), keeping(first), keeping(NOTE, dialogue="another"))

    with reading(house) as connection:
        assert registry.notes(connection, DIALOGUE.id) == (first, last)


def test_a_note_is_dropped_from_its_dialogue_alone(house):
    add_dialogue(house, "another")
    put(
        house,
        keeping(NOTE),
        keeping(NOTE, dialogue="another"),
        lambda c: registry.drop_note(c, DIALOGUE.id, "n1", 1),
    )

    with reading(house) as connection:
        assert registry.notes(connection, DIALOGUE.id) == ()
        assert registry.notes(connection, "another") == (NOTE,)


def test_of_a_note_that_was_dropped_no_word_is_left_and_it_does_not_come_back(house):
    tagged = replace(NOTE, kind="concern", stance="for")
    put(house, keeping(tagged), lambda c: registry.drop_note(c, DIALOGUE.id, "n1", 1))

    with writing(house) as connection:
        assert registry.drop_note(connection, DIALOGUE.id, "n1", 1) is None
        assert registry.drop_note(connection, DIALOGUE.id, "never-was", 1) is None
        for base in (0, 1, 2):
            assert registry.keep_note(connection, DIALOGUE.id, tagged, base) is None
        assert registry.keep_note(connection, DIALOGUE.id, replace(NOTE, id="n2"), 1) is None
        assert registry.notes_written(connection, DIALOGUE.id) == 2
        (row,) = connection.execute(sa.select(tables.note)).mappings()
        assert (row["text"], row["theme_id"], row["kind"], row["stance"]) == ("", None, None, None)


def test_of_two_who_write_the_same_new_note_at_once_one_is_told_that_it_was_late(house):
    again = replace(NOTE, text="eaux de mine")
    with ThreadPoolExecutor(1) as other:
        with writing(house) as connection:
            registry.keep_note(connection, DIALOGUE.id, NOTE, 0)
            writes = other.submit(late, house, again, 0)
            _until_somebody_waits_for_a_lock(house)
        assert writes.result() == NOTE

    with reading(house) as connection:
        assert registry.notes(connection, DIALOGUE.id) == (NOTE,)


def test_of_two_who_change_a_note_at_once_one_is_told_what_the_other_wrote(house):
    put(house, keeping(NOTE))
    first, second = replace(NOTE, text="eaux de mine"), replace(NOTE, text="agua")
    with ThreadPoolExecutor(1) as other:
        with writing(house) as connection:
            registry.keep_note(connection, DIALOGUE.id, first, 1)
            writes = other.submit(late, house, second, 1)
            _until_somebody_waits_for_a_lock(house)
        assert writes.result() == replace(first, revision=2)


def test_whoever_changes_a_note_that_is_just_dropped_is_told_so(house):
    put(house, keeping(NOTE))
    with ThreadPoolExecutor(1) as other:
        with writing(house) as connection:
            registry.drop_note(connection, DIALOGUE.id, "n1", 1)
            writes = other.submit(late, house, replace(NOTE, text="agua"), 1)
            _until_somebody_waits_for_a_lock(house)
        assert writes.result() is None


def test_of_many_who_write_one_note_at_once_nobody_overwrites_another(house):
    """Each adds words to what they saw last; whoever came too late looks again."""
    writers, words = 6, 8
    put(house, keeping(replace(NOTE, text="begun")))

    def adds(writer: int) -> None:
        seen = replace(NOTE, text="begun")
        for word in range(words):
            while True:
                wanted = replace(seen, text=f"{seen.text} {writer}.{word}")
                stands = late(house, wanted, seen.revision)
                seen = stands
                if stands.text == wanted.text:
                    break

    with ThreadPoolExecutor(writers) as crew:
        list(crew.map(adds, range(writers)))

    with reading(house) as connection:
        (note,) = registry.notes(connection, DIALOGUE.id)
    all_words = {f"{writer}.{word}" for writer in range(writers) for word in range(words)}
    assert sorted(note.text.split()[1:]) == sorted(all_words)
    assert note.revision == 1 + writers * words


def test_nothing_is_kept_for_a_dialogue_that_is_not_there(engine):
    with pytest.raises(sa.exc.IntegrityError):
        put(engine, lambda c: registry.add_seat(c, SEAT))

    with reading(engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.seat)) == 0


def keeping(
    row: NoteRow, base: int = 0, dialogue: str = DIALOGUE.id
) -> Callable[[sa.Connection], object]:
    """To write a note on top of a revision."""
    return lambda connection: registry.keep_note(connection, dialogue, row, base)


def late(engine: sa.Engine, row: NoteRow, base: int) -> NoteRow | None:
    """Write a note in a transaction of its own, and tell what stands then."""
    with writing(engine) as connection:
        return registry.keep_note(connection, DIALOGUE.id, row, base)


def _until_somebody_waits_for_a_lock(engine: sa.Engine) -> None:
    """On SQLite there is nothing to wait for: no second writer even begins."""
    query = "SELECT 1 FROM pg_locks WHERE NOT granted"
    while engine.dialect.name == "postgresql":
        with reading(engine) as connection:
            if connection.exec_driver_sql(query).first():
                return
