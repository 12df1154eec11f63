"""The draft says what programme, record and notes hold, and shows where each thing comes from."""

from pathlib import Path

import pytest

from moderator.core.commands import (
    BeginSegment,
    CloseDialogue,
    EndIntervention,
    GiveFloor,
    OpenDialogue,
    OpenList,
)
from moderator.core.terms import Category, InterventionId
from moderator.summary.checks import Fault, Watch
from moderator.summary.draft import Draft, draft
from moderator.summary.material import Note, PointKind, Stance
from moderator.summary.outline import Section, Source, SourceKind
from moderator.summary.paper import Paper
from moderator.summary.paper import paper as as_it_stands
from moderator.summary.record import record_of
from moderator.summary.render import markdown
from tests.summary.day_of_2012 import day_of_2012, document, programme
from tests.summary.meetings import Meeting

GOLDEN = Path(__file__).parent / "day_of_2012.md"


def drafted(meeting: Meeting, *notes: Note, **options: bool) -> Draft:
    return draft(document(), record_of(meeting.log), notes, **options)


def written(paper: Draft) -> Paper:
    """The paper that nobody has written in yet."""
    return as_it_stands(paper, document())


def panel() -> Meeting:
    """The first panel has begun, and its list is open."""
    meeting = Meeting(programme().starts)
    meeting.do(OpenDialogue, segments=programme().segments())
    meeting.do(BeginSegment, segment="s2", holder=None)
    meeting.do(OpenList, segment="s2")
    return meeting


def heard(meeting: Meeting, code: str, group: str | None = None, **who: Category) -> InterventionId:
    """A delegation asks, gets the floor and concludes."""
    request = meeting.ask(code, group=group, **who)
    meeting.do(GiveFloor, holder=None, request=request)
    meeting.later(minutes=1)
    meeting.do(EndIntervention, holder=request)
    return request


def section(paper: Draft, heading: str) -> Section:
    (found,) = (one for one in paper.sections if one.heading == heading)
    return found


def texts(paper: Draft) -> list[str]:
    return [paragraph.text for one in paper.sections for paragraph in one.paragraphs]


@pytest.mark.story(27)
def test_the_day_of_2012_is_drafted_as_it_was_held() -> None:
    day = day_of_2012()

    paper = markdown(written(drafted(day, *day.notes)))

    assert paper == GOLDEN.read_text(encoding="utf-8")


def test_before_the_meeting_only_what_is_planned_is_said() -> None:
    paper = drafted(Meeting(programme().starts))

    assert [one.heading for one in paper.sections] == ["Introduction"]
    assert "is planned to be held on 3 April 2012 at Conference Room 2" in texts(paper)[0]


def test_nobody_has_agreed_to_anything_unless_the_rapporteur_says_so() -> None:
    day = day_of_2012()

    paper = markdown(written(drafted(day))).lower()

    assert not [word for word in ("consensus", "agree", "unanim") if word in paper]


def test_the_body_names_no_delegation_that_took_part_in_the_discussion() -> None:
    day = day_of_2012()

    paper = drafted(day)

    body = " ".join(text for text in texts(paper) if "the floor was taken" in text)
    names = [named["name"] for named in document()["delegations"].values()]
    assert body
    assert not [name for name in names if name in body]


def test_a_note_that_names_a_delegation_or_claims_agreement_is_flagged() -> None:
    text = (
        "It was Agreed by consensus in Mali and Guinea-Bissau, but not in the G77, a chad or "
        "Malian court, or by those who disagreed."
    )
    note = Note("n1", "s2", None, None, text)

    (entry,) = [
        entry
        for entry in written(drafted(panel(), note)).entries
        if Source(SourceKind.NOTE, "n1") in entry.sources
    ]

    assert entry.text == "It was stated that […]."
    assert [flag.fault for flag in entry.flags] == [Fault.SLOT]
    watch = Watch(document())
    assert [flag.words for flag in watch.flags(text, ())] == [
        "Mali",
        "Guinea-Bissau",
        "Agreed",
        "consensus",
    ]


def test_notes_stand_under_their_theme_and_others_after_the_themes() -> None:
    meeting = panel()
    brazil = heard(meeting, "BR")
    themed = Note("n1", "s2", brazil, "t2", "This is under a theme")
    unthemed = Note("n2", "s2", brazil, None, "This is under none")

    paper = drafted(meeting, unthemed, themed)

    theme = next(one for one in paper.sections if one.heading.startswith("Strengthening"))
    (paragraph,) = theme.paragraphs
    assert paragraph.text == "One delegation stated that this is under a theme."
    assert paragraph.key == "s2.t2.points"
    assert paragraph.sources == (
        Source(SourceKind.NOTE, "n1"),
        Source(SourceKind.INTERVENTION, brazil),
    )
    assert [p.text for p in section(paper, "Other points raised").paragraphs] == [
        "One delegation stated that this is under none."
    ]
    assert theme.label == "A."


def test_points_of_a_kind_stand_in_one_paragraph_and_the_same_point_once() -> None:
    meeting = panel()
    turns = [heard(meeting, code) for code in ("BR", "MX", "TH")]
    concern = PointKind.CONCERN
    notes = [
        Note("n1", "s2", turns[0], "t1", "Shelters are closing.", concern),
        Note("n2", "s2", turns[1], "t1", "shelters  are closing", concern),
        Note("n3", "s2", turns[2], "t1", "Judges lack training and", concern),
        Note("n4", "s2", turns[2], "t1", "Called for more training", PointKind.RECOMMENDATION),
    ]

    paper = drafted(meeting, *notes)

    (under,) = (one for one in paper.sections if one.key == "s2.t1")
    assert [(p.key, p.text) for p in under.paragraphs] == [
        (
            "s2.t1.concern",
            "Some delegations expressed concerns, including that shelters are closing; "
            "and that […].",
        ),
        ("s2.t1.recommendation", "One delegation called for more training."),
    ]
    (evidence,) = under.paragraphs[0].evidence
    assert (evidence.phrase, evidence.n, evidence.of) == ("some delegations", 3, 3)


def test_opposite_stances_stand_in_one_sentence_and_one_side_alone_needs_none() -> None:
    meeting = panel()
    turns = [heard(meeting, code) for code in ("BR", "MX", "TH")]
    sides = [
        Note("n1", "s2", turns[0], "t1", "a new treaty is needed", None, Stance.FOR),
        Note("n2", "s2", turns[1], "t1", "a fund is needed", None, Stance.FOR),
        Note("n3", "s2", turns[2], "t1", "what exists should be used", None, Stance.AGAINST),
    ]

    both = texts(drafted(meeting, *sides))
    one = texts(drafted(meeting, *sides[:2]))

    assert (
        "Two delegations spoke in favour of […], while one delegation stated that what exists "
        "should be used."
    ) in both
    assert (
        "Two delegations made points, including that a new treaty is needed; and that a fund is "
        "needed."
    ) in one


def test_what_two_panels_heard_is_told_once_for_both() -> None:
    meeting = panel()
    first = heard(meeting, "BR")
    meeting.do(BeginSegment, segment="s3", holder=None)
    meeting.do(OpenList, segment="s3")
    second = heard(meeting, "MX")
    notes = [
        Note("n1", "s2", first, "t1", "Training comes first"),
        Note("n2", "s3", second, "t8", "training comes first."),
    ]

    paper = drafted(meeting, *notes)

    (paragraph,) = section(paper, "Cross-cutting points").paragraphs
    assert paragraph.text == "Two delegations stated that training comes first."
    assert paragraph.evidence[0].of == 2
    assert texts(paper).count(paragraph.text) == 1


@pytest.mark.story(28)
def test_an_announcement_names_its_maker_and_is_unconfirmed() -> None:
    meeting = panel()
    turn = heard(meeting, "BR")
    note = Note("n1", "s2", turn, "t1", "Will give to the fund", PointKind.COMMITMENT)

    paper = drafted(meeting, note)

    (leaf,) = [one for one in written(paper).leaves if one.key == "announcements"]
    (entry,) = leaf.entries
    assert entry.text == "Brazil announced that it will give to the fund. [unconfirmed]"
    assert [flag.words for flag in entry.flags] == ["[unconfirmed]"]
    assert not leaf.is_done


def test_questions_and_replies_stand_together_and_panellists_reply_by_name() -> None:
    meeting = panel()
    asked = heard(meeting, "BR")
    meeting.do(GiveFloor, holder=None, person="p08")
    reply = meeting.state.floor_id
    notes = [
        Note("n1", "s2", asked, "t1", "whether shelters stay open", PointKind.QUESTION),
        Note("n2", "s2", reply, "t1", "they will", PointKind.REPLY),
    ]

    paper = drafted(meeting, *notes)

    assert [p.text for p in section(paper, "Questions and replies").paragraphs] == [
        "One delegation asked whether shelters stay open.",
        "Ms. Michelle Bachelet replied that they will.",
    ]


def test_statistics_are_left_out_unless_they_are_asked_for() -> None:
    day = day_of_2012()
    heading = "Statistics (not for publication)"

    assert heading not in [one.heading for one in drafted(day).sections]
    rows = section(drafted(day, statistics=True), heading).table.rows
    assert rows[2].cells == ("Member States", "6", "12:30", "2:05", "2:00", "0")


def test_a_theme_of_another_segment_is_no_theme_here() -> None:
    note = Note("n1", "s2", None, "t8", "Something is wrong")

    paper = drafted(panel(), note)

    assert "Other points raised" not in [one.heading for one in paper.sections]
    assert "It was stated that something is wrong." in texts(paper)


def test_notes_on_a_segment_that_was_not_held_are_not_lost() -> None:
    paper = drafted(panel(), Note("n1", "s3", None, None, "It is too early"))

    assert "It was stated that it is too early." in texts(paper)
    assert "co-chaired" in " ".join(texts(paper))
    assert "Luxembourg" not in " ".join(texts(paper))


def test_a_group_is_one_voice_and_who_speaks_for_it_is_not_counted_twice() -> None:
    meeting = panel()
    spoken = [heard(meeting, "DZ", "G77"), heard(meeting, "DZ"), heard(meeting, "EG", "G77")]
    spoken.append(heard(meeting, "BR"))
    notes = [Note(f"n{n}", "s2", turn, "t1", "It is a point") for n, turn in enumerate(spoken)]

    paper = texts(drafted(meeting, *notes))

    assert "One delegation and one group of States stated that it is a point." in paper
    assert (
        "In the discussion, the floor was taken four times, by two Member States, "
        "and on behalf of one group of States."
    ) in paper


def test_where_only_groups_spoke_only_groups_are_counted() -> None:
    meeting = panel()
    heard(meeting, "DZ", "G77")

    assert (
        "In the discussion, the floor was taken once, on behalf of one group of States."
    ) in texts(drafted(meeting))


def test_a_point_of_a_panellist_is_told_of_the_panellist_by_name() -> None:
    meeting = panel()
    meeting.do(GiveFloor, holder=None, person="p08")
    speech = meeting.state.floor_id

    paper = drafted(meeting, Note("n1", "s2", speech, "t1", "Partnerships should last"))

    assert "Ms. Michelle Bachelet stated that partnerships should last." in texts(paper)
    assert not [one for one in paper.sections if one.heading.startswith("Enhancing")]


def test_a_panellist_without_a_title_is_named_without_one() -> None:
    meeting = panel()
    meeting.do(GiveFloor, holder=None, person="p08")
    untitled = document()
    untitled["persons"]["p08"] = {"name": "Ms. Michelle Bachelet", "title": ""}

    paper = draft(untitled, record_of(meeting.log), ())

    assert "Presentations were made by Ms. Michelle Bachelet." in texts(paper)


def test_segments_that_were_not_held_are_said_so_only_once_all_is_over() -> None:
    meeting = panel()
    during = [row.cells[2] for row in section(drafted(meeting), "Programme as held").table.rows]
    meeting.later(minutes=5)
    meeting.do(CloseDialogue, holder=None)
    after = [row.cells[2] for row in section(drafted(meeting), "Programme as held").table.rows]

    assert during == ["–", "10:00–", "–", "–"]
    assert after == ["Not held", "10:00–10:05", "Not held", "Not held"]


def test_a_segment_without_planned_times_has_none_in_the_annex() -> None:
    meeting = Meeting(programme().starts)
    segments = tuple(
        type(one)(one.id, one.kind, one.rules, one.speakers) for one in programme().segments()
    )
    meeting.do(OpenDialogue, segments=segments)

    rows = section(drafted(meeting), "Programme as held").table.rows

    assert {row.cells[1] for row in rows} == {"–"}


def test_a_single_panel_is_a_chapter_of_its_own() -> None:
    paper = drafted(panel())

    assert [one.label for one in paper.sections[:2]] == ["I.", "II."]
    assert paper.sections[1].heading.startswith("Interactive Panel Discussion I:")


def test_a_delegation_has_one_line_however_often_it_spoke() -> None:
    meeting = panel()
    first, second = heard(meeting, "BR"), heard(meeting, "BR")

    (row,) = section(drafted(meeting), "Member States").table.rows

    assert row.cells == ("Brazil",)
    assert [source.id for source in row.sources] == [first, second]


def test_who_was_absent_when_called_did_not_take_the_floor() -> None:
    assert "Mexico" not in markdown(written(drafted(day_of_2012())))


@pytest.mark.story(37)
def test_everybody_stands_in_the_annex_under_its_own_kind() -> None:
    meeting = panel()
    for code, category in (
        *(("VA", Category.OBSERVER_STATE), ("PS", Category.OBSERVER_STATE)),
        ("EU", Category.OBSERVER_ORGANIZATION),
        *(("UNICEF", Category.UN_ENTITY), ("IOM", Category.INTERGOVERNMENTAL)),
    ):
        heard(meeting, code, category=category)

    paper = drafted(meeting)

    listed = {one.heading: one.table.rows for one in paper.sections if one.table is not None}
    assert {
        heading: [name for row in rows for name in row.cells]
        for heading, rows in listed.items()
        if heading.startswith(("Observer", "United Nations", "Intergovernmental"))
    } == {
        "Observer States": ["Holy See", "State of Palestine"],
        "Observer organizations": ["European Union"],
        "United Nations entities": ["United Nations Children’s Fund"],
        "Intergovernmental organizations": ["International Organization for Migration"],
    }
    assert "Member States" not in listed


def test_a_panellist_is_never_counted_among_the_participants() -> None:
    meeting = panel()
    meeting.do(GiveFloor, holder=None, person="p08")
    elsewhere = Note("n1", "s3", meeting.state.floor_id, "t8", "It is a point")

    paper = drafted(meeting, elsewhere)

    assert "It was stated that it is a point." in texts(paper)
    assert not [p for one in paper.sections for p in one.paragraphs if p.evidence]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Children should be heard", "children should be heard"),
        ("UNODC should lead", "UNODC should lead"),
        ("Mexican law is clear", "Mexican law is clear"),
        ("African States should lead", "African States should lead"),
        ("THE LAW is clear", "THE LAW is clear"),
        ("A law is needed", "a law is needed"),
        ("that laws be made", "laws be made"),
    ],
)
def test_a_clause_begins_small_but_for_names(text: str, inside: str) -> None:
    paper = drafted(panel(), Note("n1", "s2", None, None, text))

    assert f"It was stated that {inside}." in texts(paper)


@pytest.mark.parametrize(
    "text",
    [
        "Training for judges",
        "What is needed?",
        "One is needed. Two are better",
        "Chad is ready",
        "It is [sic] so",
        "word is " * 40,
    ],
)
def test_what_is_no_clause_leaves_a_slot_and_stays_a_source(text: str) -> None:
    paper = drafted(panel(), Note("n1", "s2", None, None, text))

    (paragraph,) = [
        p
        for one in paper.sections
        for p in one.paragraphs
        if Source(SourceKind.NOTE, "n1") in p.sources
    ]
    assert paragraph.text == "It was stated that […]."


def test_the_drafter_is_told_how_many_members_a_group_has_where_that_is_known() -> None:
    meeting = panel()
    told = document()
    told["groups"]["G77"]["members"] = ["DZ", "EG", "BR"]
    notes = [
        Note(f"n-{group}", "s2", heard(meeting, "DZ", group), "t1", "It is so")
        for group in ("G77", "AFR", "NAM")
    ]

    paper = draft(told, record_of(meeting.log), notes)

    (evidence,) = next(p for one in paper.sections for p in one.paragraphs if p.evidence).evidence
    assert [voice.members for voice in evidence.voices] == [3, 54, None]
