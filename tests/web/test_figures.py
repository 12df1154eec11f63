"""The closing figures: for the bureau alone, in sentences of six languages with their plurals."""

import re
from html import unescape

import pytest
from flask_babel import force_locale

from moderator.core.terms import BUREAU, Role
from moderator.core.units import MINUTE, SECOND, Duration
from moderator.web.figures import in_words
from moderator.web.language import OFFERED
from tests.fake_now import FakeNow
from tests.web.hall import CLOSING, PANEL, Device, Hall

FORMS = ("/figures", "/figures/projected")


def aloud(device: Device) -> dict[str, str]:
    """What is to be read out, by language."""
    found = re.findall(
        r'<p class="aloud" lang="(\w+)"[^>]*>(.*?)</p>', device.page("/figures").text
    )
    return {code: " ".join(unescape(text).split()) for code, text in found}


def cells(device: Device) -> list[str]:
    """The tiles of the page."""
    tiles = re.findall(r"<dt>([^<]+)</dt><dd>(.*?)</dd>", device.page("/figures").text)
    return [f"{name}: {re.sub('<[^>]+>', '', value)}" for name, value in tiles]


def hear(hall: Hall, now: FakeNow, code: str, seconds: int) -> None:
    """A delegation asks, speaks so long and concludes."""
    turn = hall.give(hall.ask(code))
    now.pass_by(Duration((seconds + 5) * SECOND))
    hall.chair.do("end-intervention", holder=turn)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("role", Role)
def test_the_bureau_alone_is_told_the_figures(quiet: Hall, role: Role, form: str):
    device = quiet.enter(role)

    assert device.page(form).status_code == (200 if role in BUREAU else 403)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", OFFERED)
def test_before_the_opening_there_is_nothing_to_read_out(quiet: Hall, lang: str, form: str):
    device = quiet.enter(Role.CHAIR, lang=lang)

    assert device.page(form).status_code == 200
    assert aloud(device) == {}


def test_one_and_many_are_said_as_each_language_says_them(hall: Hall, now: FakeNow):
    hall.begin()
    chair = hall.enter(Role.CHAIR)
    hear(hall, now, "NG", 60)
    one = aloud(chair)
    for code in ("MX", "BR", "DZ", "TH"):
        hear(hall, now, code, 60)
    five = aloud(chair)

    assert list(one) == ["en", *(code for code in OFFERED if code != "en")]
    assert one["en"].startswith("1 delegation took the floor. In all, 1 intervention was made.")
    assert five["en"].startswith("5 delegations took the floor.")
    assert one["ru"].startswith("Слово взяла 1 делегация.")
    assert five["ru"].startswith("Слово взяли 5 делегаций.")
    assert one["ar"].startswith("تناول الكلمة وفد واحد.")
    assert five["ar"].startswith("تناولت الكلمة 5 وفود.")
    assert five["fr"].startswith("5 délégations ont pris la parole.")
    assert five["es"].startswith("Hicieron uso de la palabra 5 delegaciones.")
    assert five["zh"].startswith("5个代表团发言。")
    assert "Speaking time in all: 5 minutes." in five["en"]


def test_the_language_of_the_page_comes_first(hall: Hall, now: FakeNow):
    hall.begin()
    hear(hall, now, "NG", 60)

    assert next(iter(aloud(hall.enter(Role.SECRETARY, lang="fr")))) == "fr"


def test_who_was_not_reached_is_told_at_once(hall: Hall, now: FakeNow):
    hall.begin()
    hear(hall, now, "NG", 90)
    for code in ("MX", "BR"):
        hall.ask(code)
    chair = hall.enter(Role.CHAIR)
    assert "Not reached: 0" in cells(chair)

    hall.chair.do("begin-segment", segment=CLOSING, holder=None)

    assert {"Delegations heard: 1", "Time spoken: 1:30", "Not reached: 2"} <= set(cells(chair))
    assert "2 requests for the floor could not be reached." in aloud(chair)["en"]


def test_a_correction_of_the_record_is_in_the_figures(hall: Hall, now: FakeNow):
    hall.begin(PANEL)
    hear(hall, now, "NG", 90)
    turn = hall.house.service.state(hall.dialogue).last
    assert turn is not None
    chair = hall.enter(Role.CHAIR)
    assert "Delegations heard: 1" in cells(chair)

    hall.chair.do(
        "correct-intervention",
        intervention=turn.id,
        delegation="NG",
        group=None,
        outcome="concluded",
        used=90_000,
        struck=True,
        reason="Called by mistake",
    )

    assert "Delegations heard: 0" in cells(chair)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["1 hour 1 minute", "2 hours 5 minutes", "1 minute 30 seconds", "0 seconds"]),
        ("fr", ["1 heure et 1 minute", "2 heures et 5 minutes", "1 minute et 30 secondes"]),
        ("ru", ["1 час 1 минута", "2 часа 5 минут", "1 минута 30 секунд"]),
        ("ar", ["ساعة واحدة ودقيقة واحدة", "ساعتان و5 دقائق", "دقيقة واحدة و30 ثانية"]),
        ("zh", ["1小时1分钟", "2小时5分钟", "1分钟30秒"]),
        ("es", ["1 hora y 1 minuto", "2 horas y 5 minutos", "1 minuto y 30 segundos"]),
    ],
)
def test_times_are_said_in_words(quiet: Hall, lang: str, said: list[str]):
    with quiet.app.test_request_context(), force_locale(lang):
        told = [
            in_words(Duration(61 * MINUTE)),
            in_words(Duration(125 * MINUTE)),
            in_words(Duration(90 * SECOND), seconds=True),
            in_words(Duration(0)),
        ]

    assert [words.replace("\N{NO-BREAK SPACE}", " ") for words in told][: len(said)] == said
