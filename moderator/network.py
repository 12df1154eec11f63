"""How other devices of the room reach this machine, and which origins are therefore ours."""

import socket
from typing import Final

from moderator.settings import Settings

_SOMEWHERE: Final = ("192.0.2.1", 9)
"""An address of the documentation's network: choosing a route to it sends nothing."""


def public_url(settings: Settings) -> str:
    """The address for phones and QR codes, without a slash at the end."""
    if settings.public_url is not None:
        return settings.public_url
    return f"http://{lan_address() or 'localhost'}:{settings.port}"


def is_our_origin(origin: str, scheme: str, host: str, settings: Settings) -> bool:
    """Whether a page with this origin is one of ours, for a request that named us `host`.

    A page under https is, where we are reached by http: TLS may end at a proxy before us.
    """
    return origin in {f"https://{host}", f"{scheme}://{host}", settings.public_url}


def lan_address() -> str | None:
    """This machine's address in the local network; None when it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_SOMEWHERE)
        except OSError:
            return None
        address: str = probe.getsockname()[0]
    return None if address.startswith(("127.", "0.")) else address
