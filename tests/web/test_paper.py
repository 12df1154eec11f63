"""List and record for print: a page of its own, without script."""

import re

from moderator.core.terms import BUREAU, Role
from moderator.core.units import SECOND, Duration
from tests.fake_now import FakeNow
from tests.web.hall import Hall
from tests.web.test_record import heard, words


def test_the_paper_is_for_the_bureau(hall: Hall):
    answers = {role: hall.enter(role).page("/paper").status_code for role in Role}

    assert {role for role, status in answers.items() if status == 200} == BUREAU
    assert set(answers.values()) == {200, 403}


def test_the_paper_tells_the_list_and_the_record_as_they_are(hall: Hall, now: FakeNow):
    device = heard(hall, now)
    hall.ask("DZ", group="G77")
    hall.ask("UNODC")
    now.pass_by(Duration(20 * SECOND))

    page = device.page("/paper").text
    told = words(page)

    assert "<script" not in page
    assert " style=" not in page
    version, head = len(hall.log()), device.page("/record.json").get_json()["head"]
    running = words(page.partition('class="running"')[2].partition("</header>")[0])
    assert f"{hall.dialogue} · version {version} · 2012-04-03 06:01:31 -04:00" in running
    assert head in told
    assert "Brazil, on behalf of the Group of 77 and China · 0:21 / 5:00" in told
    assert "List of speakers Open · 2 waiting" in told
    assert "1 Algeria on behalf of the Group of 77 and China State 2 06:01:11 5:00" in told
    assert "2 United Nations Office on Drugs and Crime UN entity 3 06:01:11 3:00" in told
    assert "1 Ms. Michelle Bachelet 06:00:00 06:00:05 06:01:05 7:00 1:00 Concluded" in told
    assert "06:00:00 Dialogue opened" in told


def test_what_is_due_is_on_paper_though_no_bell_has_rung(hall: Hall, now: FakeNow):
    device = heard(hall, now)
    now.pass_by(Duration(600 * SECOND))

    assert "06:01:10 06:06:10 5:00 5:00 Time expired" in words(device.page("/paper").text)


def test_the_paper_before_the_meeting_has_nobody_on_it(hall: Hall):
    told = words(hall.enter(Role.ASSISTANT).page("/paper").text)

    assert "Not yet open" in told
    assert "Nobody waits." in told
    assert "The dialogue has not begun" in told


def test_the_paper_is_in_the_language_of_the_seat(hall: Hall, now: FakeNow):
    heard(hall, now)

    page = hall.enter(Role.CHAIR, lang="ar").page("/paper").text

    assert re.search(r'<html lang="ar" dir="rtl"', page)
    assert "البرازيل" in page
    assert 'direction="rtl"' in page
