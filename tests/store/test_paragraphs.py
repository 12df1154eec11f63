"""Paragraphs are added to only; the same again is the same, another one is a conflict."""

import threading
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from moderator.store import paragraphs, registry, tables
from moderator.store.engine import reading, writing
from moderator.store.paragraphs import Changed, ParagraphRow
from moderator.store.registry import DialogueRow

ROW = ParagraphRow("s2.points", 1, "s2", "Mine.", "Drafted.", "rapporteur/r1", 1_000)


@pytest.fixture(autouse=True)
def _dialogue(engine):
    with writing(engine) as connection:
        registry.add_dialogue(connection, DialogueRow("d1", "file", None, None, 1_000, None))


def versions(engine, key=ROW.key):
    with reading(engine) as connection:
        return paragraphs.versions(connection, "d1", key)


def newest(engine):
    with reading(engine) as connection:
        return paragraphs.newest(connection, "d1")


def test_a_version_is_added_behind_the_one_its_writer_saw(engine):
    second = replace(ROW, revision=2, text="More.", at=2_000)

    paragraphs.write(engine, "d1", ROW)
    paragraphs.write(engine, "d1", second)

    assert versions(engine) == (ROW, second)
    assert newest(engine) == ((second, None),)


def test_the_same_again_is_what_was_kept_first(engine):
    paragraphs.write(engine, "d1", ROW)

    again = paragraphs.write(engine, "d1", replace(ROW, at=9_000, author="chair/p01"))

    assert again == ROW
    assert versions(engine) == (ROW,)


@pytest.mark.parametrize("other", [{"text": "Other."}, {"text": None}, {"after": "s3"}])
def test_another_one_of_the_same_revision_is_told_what_came_first(engine, other):
    paragraphs.write(engine, "d1", ROW)

    with pytest.raises(Changed) as told:
        paragraphs.write(engine, "d1", replace(ROW, **other))

    assert told.value.newest == ROW
    assert versions(engine) == (ROW,)


def test_a_revision_that_never_was_is_a_change(engine):
    with pytest.raises(Changed) as told:
        paragraphs.write(engine, "d1", replace(ROW, revision=5))

    assert told.value.newest.revision == 0
    assert versions(engine) == ()


def test_what_was_taken_out_is_told_with_what_it_was(engine):
    out = replace(ROW, revision=2, text=None)
    paragraphs.write(engine, "d1", ROW)
    paragraphs.write(engine, "d1", out)

    assert newest(engine) == ((out, "Mine."),)


def test_paragraphs_come_in_the_order_in_which_they_were_first_written(engine):
    late = replace(ROW, key="a", at=3_000)
    paragraphs.write(engine, "d1", ROW)
    paragraphs.write(engine, "d1", late)
    paragraphs.write(engine, "d1", replace(ROW, revision=2, text="More.", at=9_000))

    assert [row.key for row, _ in newest(engine)] == ["s2.points", "a"]


def test_of_many_at_once_one_is_first_and_the_others_are_told(engine):
    told = []

    def write(place):
        try:
            told.append(paragraphs.write(engine, "d1", replace(ROW, text=f"Text {place}.")).text)
        except Changed as changed:
            told.append(changed.newest.text)

    writers = [threading.Thread(target=write, args=(place,)) for place in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(told) == 6
    assert len(set(told)) == 1
    assert len(versions(engine)) == 1


def test_no_version_is_ever_written_over(engine):
    paragraphs.write(engine, "d1", ROW)

    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(
            sa.insert(tables.paragraph).values(
                dialogue_id="d1", key=ROW.key, revision=1, author="x", at=1
            )
        )
