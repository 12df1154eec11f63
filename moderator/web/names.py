"""The words for codes on the pages that the server draws."""

from typing import Any

from flask_babel import gettext as _

from moderator.core.terms import Category, Phase, Role
from moderator.programme import Programme
from moderator.programme.languages import said_in
from moderator.programme.programme import local_time
from moderator.web import flags, language


def role_names() -> dict[Role, str]:
    """What a seat of each role is called."""
    return {
        Role.CHAIR: _("Chair"),
        Role.SECRETARY: _("Secretary"),
        Role.ASSISTANT: _("Assistant"),
        Role.RAPPORTEUR: _("Rapporteur"),
        Role.DELEGATION: _("Delegation"),
        Role.PANELLIST: _("Panellist"),
        Role.INTERPRETER: _("Interpreter"),
        Role.FOLLOWER: _("Follower"),
        Role.DISPLAY: _("Display"),
    }


def category_names() -> dict[Category, str]:
    """What the delegations of each category are called together."""
    return {
        Category.MEMBER_STATE: _("Member States"),
        Category.OBSERVER_STATE: _("Observer States"),
        Category.OBSERVER_ORGANIZATION: _("Observer organizations"),
        Category.UN_ENTITY: _("United Nations entities"),
        Category.INTERGOVERNMENTAL: _("Intergovernmental organizations"),
        Category.NGO: _("Non-governmental organizations"),
        Category.PRIVATE_SECTOR: _("Private sector"),
        Category.ACADEMIA: _("Academia"),
    }


def name_of(document: dict[str, Any], role: Role, subject: str | None) -> str:
    """Who sits there: a delegation, a person, a member of the bureau, or the role itself."""
    if role is Role.DELEGATION:
        return str(document["delegations"].get(subject, {}).get("name", subject))
    if role is Role.PANELLIST:
        return str(document["persons"].get(subject, {}).get("name", subject))
    member = document["bureau"].get(f"{role}/{subject}")
    return str(member["name"]) if member else role_names()[role]


def initials_of(document: dict[str, Any], role: Role, subject: str | None) -> str:
    """What stands in the box of the flag; empty for all but delegations."""
    if role is not Role.DELEGATION:
        return ""
    return str(document["delegations"].get(subject, {}).get("initials", ""))


def flag_of(document: dict[str, Any], role: Role, subject: str | None) -> str:
    """The address of the flag; empty for all but delegations that have one."""
    if role is not Role.DELEGATION or subject is None:
        return ""
    return flags.address(subject) if document["delegations"].get(subject, {}).get("flag") else ""


def dialogue_words(dialogue_id: str, programme: Programme) -> dict[str, str]:
    """Title, place and day of a dialogue, as its pages show them."""
    original = programme.original
    day = local_time(programme.starts, programme.timezone).date()
    return {
        "id": dialogue_id,
        "title": said_in(programme.title, language.current(), original),
        "place": said_in(programme.place, language.current(), original),
        "date": language.day(day),
    }


def phase_word(phase: Phase) -> str:
    """How a dialogue stands, for people who look at a list of them."""
    words = {
        Phase.SCHEDULED: _("Not yet open"),
        Phase.OPEN: _("In progress"),
        Phase.SUSPENDED: _("Suspended"),
        Phase.CLOSED: _("Closed"),
    }
    return str(words[phase])
