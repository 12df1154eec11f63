"""Every page there is, declared once: what the tests of all pages go through."""

from collections.abc import Callable
from typing import Final, NamedTuple

from playwright.sync_api import Page

from moderator.core.draw import commitment
from tests.core.test_draw import CODES, SEED

LANGUAGES: Final = ("en", "ar")


class Seen(NamedTuple):
    """A page as it is looked at: `by` whom (a role, a desk of the installation, None for nobody).

    `path` is its address, below the seat's own when it begins with one dot; `prepare` does what
    has to be done before it is looked at.
    """

    by: str | None
    path: str = "."
    prepare: Callable[[Page], object] | None = None

    def __str__(self) -> str:
        return f"{self.by or 'anybody'} {self.path}"


def _an_invalid_programme(page: Page) -> None:
    page.locator("summary").first.click()
    page.fill("textarea", "title: x\ndate: tomorrow\n")
    page.locator(".new:not(.plain) button").click()
    page.wait_for_selector("[role=alert]")


def _press(key: str, shown: str) -> Callable[[Page], object]:
    def pressed(page: Page) -> None:
        page.wait_for_selector("html[data-ready]")
        page.keyboard.press(key)
        page.wait_for_selector(shown)

    return pressed


def _drawn(page: Page) -> None:
    page.wait_for_selector("html[data-ready]", state="attached")


def _asking(kind: str) -> Callable[[Page], object]:
    def asked(page: Page) -> None:
        page.select_option("[name=kind]", kind)
        page.wait_for_selector(".facts .field, [name=statement]")

    return asked


def _about_the_speaker(page: Page) -> None:
    page.click(".about")
    page.fill("textarea", "Thank you, Madam President.")
    page.wait_for_selector("[name=delivery]")


def _raising(page: Page) -> None:
    page.locator(".thumb .quiet").click()
    page.wait_for_selector(".thumb .pair")


def _open_all(page: Page) -> None:
    page.wait_for_selector("html[data-ready]")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def _set_up(page: Page) -> None:
    page.wait_for_selector("html[data-setup]")


SET_UP: Final = ("meeting", "programme", "people", "delegations", "groups", "walk-ins", "file")
DESKS: Final = ("secretariat", "wall")

PAGES: Final = (
    Seen("chair"),
    Seen("chair", prepare=_press("d", "dialog textarea")),
    Seen("chair", prepare=_press("p", "dialog .part")),
    Seen("chair", prepare=_press("v", "dialog .policies")),
    Seen("chair", prepare=_press("r", "dialog .limits-grid")),
    Seen("chair", prepare=_press("c", "dialog #closing")),
    Seen("assistant"),
    Seen("rapporteur"),
    Seen("rapporteur", "./summary"),
    Seen("secretary", "./record", _open_all),
    Seen("secretary", "./paper"),
    Seen("secretary", "./cards?search=NG,MX,GB"),
    Seen("secretary", "./cards?format=badge&of=EEG"),
    *(Seen("secretary", f"./setup#{section}", _set_up) for section in SET_UP),
    Seen("delegation"),
    *(
        Seen("delegation", ".?asks=" + kind, _asking(kind))
        for kind in ("question", "right-of-reply")
    ),
    Seen("delegation", ".?about", _about_the_speaker),
    Seen("delegation", ".?raises", _raising),
    Seen("follower"),
    Seen("display"),
    Seen("display", "./lectern", _drawn),
    Seen("display", "./overlay?title=1", _drawn),
    Seen("interpreter"),
    Seen("panellist"),
    Seen("secretary", "./figures", _open_all),
    Seen("secretary", "./figures/projected", _drawn),
    Seen("display", ".?depth=30&height=2&captions=1", _press("s", ".panel tbody")),
    Seen("secretariat", prepare=_an_invalid_programme),
    Seen("secretariat", "/"),
    Seen("wall"),
    Seen(None, "/"),
    Seen(None, "/join"),
    Seen(None, "/draw"),
    Seen(None, f"/draw?seed={SEED}&commitment={commitment(SEED)}&codes={','.join(CODES)}"),
    Seen(None, "/l/unknown"),
    Seen(None, "/no-such-page"),
)
"""Add a page here, and all of it is asked of it."""
