"""A hall with so many requests, the longest names of the data first, set up as a chair does it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import requests

from tests.processes.clients import PATIENCE_S, Client, opened, segment_of
from tests.processes.server import Server

CROWDS: Final = (0, 1, 14, 120)
"""How many requests a list holds where screens are looked at."""


def crowd(server: Server, waiting: int, *, holder: bool = True, language: str = "en") -> Client:
    """Open the list of the first panel and fill it; the chair, who may go on.

    The delegation with the longest name has the floor with its clock standing still, when
    `holder`; behind it wait others, from the longest name to the shortest, every third for a group.
    """
    chair = opened(server)
    segment = segment_of(server.house)
    document = programme(server, language)
    first, *others = longest(document["delegations"])
    if holder:
        tap = f"tap-of-{first}"
        chair.do("request-floor", tap, segment=segment, delegation=first)
        chair.do("give-floor", request=tap, holder=None)
        chair.do("stop-clock", holder=tap)
    # A seat may ask so often in a while, so the whole bureau writes them down.
    seats = server.house.demonstration["seats"]
    desks = [Client(server, role, name) for role in ("chair", "secretary") for name in seats[role]]
    groups = sorted(document["groups"], key=lambda group: -len(document["groups"][group]["name"]))
    for place, code in enumerate(others[:waiting]):
        asked = {"segment": segment, "delegation": code}
        desk = desks[place % len(desks)]
        group = groups[0] if groups and place % 3 == 1 else None
        if group is None or desk.send("request-floor", group=group, **asked).status != 200:
            desk.do("request-floor", **asked)
    for desk in desks:
        desk.close()
    return chair


def programme(server: Server, language: str) -> Mapping[str, Any]:
    """The programme document in a language, as a screen has it."""
    answer = requests.get(
        f"{server.url}/api/dialogues/{server.house.dialogue}/programme",
        headers={
            "Authorization": f"Bearer {server.house.seat('chair')['token']}",
            "Accept-Language": language,
        },
        timeout=PATIENCE_S,
    )
    assert answer.status_code == 200, answer.text
    document: Mapping[str, Any] = answer.json()
    return document


def longest(delegations: Mapping[str, Mapping[str, str]]) -> Sequence[str]:
    """Codes of delegations, the longest name first."""
    return sorted(delegations, key=lambda code: (-len(delegations[code]["name"]), code))
