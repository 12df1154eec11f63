"""What people wrote outlives every new draft, and is told apart from it."""

from dataclasses import replace

from moderator.summary.checks import Fault
from moderator.summary.draft import Draft, Masthead
from moderator.summary.outline import LOG, NO_ROWS, Paragraph, Section
from moderator.summary.paper import State, Written, paper, words_of

DOCUMENT = {"delegations": {"TD": {"name": "Chad"}}, "groups": {}}
BOX, STATUS = Paragraph("box", "In short.", (LOG,)), Paragraph("status", "Mine alone.", (LOG,))


def paragraph(key, text="It was so."):
    return Paragraph(key, text, (LOG,))


def section(key, *paragraphs, annex=False):
    return Section(key, "I.", key.title(), 1, annex, paragraphs, NO_ROWS)


DRAFT = Draft(
    "Summary",
    Masthead("Organ", "3 April 2012", "Room"),
    BOX,
    STATUS,
    (
        section("s2", paragraph("s2.chairs"), paragraph("s2.points")),
        section("key-messages", paragraph("key-messages.1")),
        section("annex", annex=True),
    ),
)


def stands(*written, draft=DRAFT):
    return paper(draft, DOCUMENT, written)


def keys(made):
    return [[entry.key for entry in leaf.entries] for leaf in made.leaves]


def entry(made, key):
    return next(one for one in made.entries if one.key == key)


def wrote(key, text, *, after=None, drafted=None, revision=1, before=None):
    return Written(key, revision, after, text, drafted, before)


def redrafted(key, text):
    sections = tuple(
        replace(
            one,
            paragraphs=tuple(replace(p, text=text) if p.key == key else p for p in one.paragraphs),
        )
        for one in DRAFT.sections
    )
    return replace(DRAFT, sections=sections)


def without(key):
    sections = tuple(
        replace(one, paragraphs=tuple(p for p in one.paragraphs if p.key != key))
        for one in DRAFT.sections
    )
    return replace(DRAFT, sections=sections)


def test_what_nobody_has_written_stands_as_drafted():
    made = stands()

    assert {one.state for one in made.entries} == {State.DRAFTED}
    assert [one.number for one in made.entries] == [0, 0, 1, 2, 3]


def test_a_written_paragraph_stands_in_the_place_of_the_drafted():
    one = entry(stands(wrote("s2.points", "Mine.", drafted="It was so.", revision=4)), "s2.points")

    assert (one.text, one.state, one.revision) == ("Mine.", State.EDITED, 4)
    assert (one.drafted, one.changed_from) == ("It was so.", None)
    assert one.sources == (LOG,)


def test_when_the_draft_under_it_changes_what_was_written_stays_and_both_are_told():
    written = wrote("s2.points", "Mine.", drafted="It was so.")

    one = entry(stands(written, draft=redrafted("s2.points", "It is other.")), "s2.points")

    assert (one.text, one.drafted, one.changed_from) == ("Mine.", "It is other.", "It was so.")
    assert not stands(written, draft=redrafted("s2.points", "It is other.")).leaves[0].is_done


def test_what_was_written_stays_in_its_place_when_the_draft_has_no_such_paragraph_any_more():
    written = wrote("s2.points", "Mine.", after="s2.chairs", drafted="It was so.")

    made = stands(written, draft=without("s2.points"))

    assert keys(made)[0] == ["s2.chairs", "s2.points"]
    one = entry(made, "s2.points")
    assert (one.state, one.drafted, one.changed_from) == (State.OWN, None, "It was so.")


def test_what_stood_behind_something_that_is_gone_is_put_into_the_same_section_or_the_last():
    near = wrote("own-1", "One.", after="s2.gone")
    far = wrote("own-2", "Two.", after="s9.gone")

    assert keys(stands(near, far)) == [
        ["s2.chairs", "s2.points", "own-1"],
        ["key-messages.1", "own-2"],
        [],
    ]


def test_added_paragraphs_stand_behind_one_another_and_first_in_a_section():
    made = stands(
        wrote("own-1", "One.", after="s2.chairs"),
        wrote("own-2", "Two.", after="own-1"),
        wrote("own-0", "First.", after="s2"),
    )

    assert keys(made)[0] == ["own-0", "s2.chairs", "own-1", "own-2", "s2.points"]
    assert [one.number for one in made.leaves[0].entries] == [1, 2, 3, 4, 5]
    assert entry(made, "own-1").unsourced


def test_paragraphs_that_stand_behind_each_other_are_not_lost():
    made = stands(wrote("own-1", "One.", after="own-2"), wrote("own-2", "Two.", after="own-1"))

    assert sorted(keys(made)[1]) == ["key-messages.1", "own-1", "own-2"]


def test_what_is_taken_out_bears_no_number_and_can_be_brought_back():
    made = stands(wrote("s2.chairs", None, before="Mine.", drafted="It was so."))

    one = entry(made, "s2.chairs")
    assert (one.state, one.text, one.number, one.stands) == (State.TAKEN_OUT, "Mine.", 0, False)
    assert entry(made, "s2.points").number == 1
    assert words_of(made) == words_of(stands()) - 3


def test_what_was_added_and_taken_out_is_told_with_what_it_was():
    made = stands(wrote("own-1", None, after="s2.chairs", before="One."))

    assert (entry(made, "own-1").state, entry(made, "own-1").text) == (State.TAKEN_OUT, "One.")


def test_a_section_is_done_when_nothing_in_it_wants_a_second_look():
    assert stands().leaves[0].is_done
    named = stands(wrote("s2.points", "Chad said so."))
    assert [flag.fault for flag in entry(named, "s2.points").flags] == [Fault.NAMED]
    assert not named.leaves[0].is_done
    assert named.leaves[1].is_done


def test_words_are_counted_in_body_and_headings():
    # Summary; In short.; Mine alone.; I. S2; I. Key-Messages; I. Annex; three times It was so.
    assert words_of(stands()) == 1 + 2 + 2 + 2 + 2 + 2 + 9


def test_front_matter_is_written_like_any_other():
    made = stands(wrote("box", "Shorter.", drafted="In short."), wrote("status", None))

    assert (made.box.text, made.box.number) == ("Shorter.", 0)
    assert not made.status.stands
