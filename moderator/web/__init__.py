"""The pages and the HTTP interface; one blueprint per page or resource, each called `bp`."""

from typing import Final

from flask import Flask

from moderator.installation import Installation
from moderator.web import (
    account,
    cards,
    commands,
    compression,
    desks,
    draw,
    figures,
    gate,
    health,
    join,
    links,
    notes,
    openapi,
    order,
    pages,
    paper,
    programme,
    record,
    rehearsal,
    roster,
    seats,
    secretariat,
    setup,
    strings,
    summary,
    views,
    walkins,
    wall,
)

RESOURCES: Final = (
    join,
    desks,
    draw,
    pages,
    secretariat,
    wall,
    commands,
    views,
    order,
    walkins,
    programme,
    seats,
    rehearsal,
    setup,
    links,
    notes,
    record,
    roster,
    paper,
    figures,
    summary,
    cards,
    strings,
    openapi,
    health,
)


def init_app(app: Flask, installation: Installation) -> None:
    """Register the account, compression, the gate and every blueprint."""
    account.init_app(app, installation.metrics)
    compression.init_app(app)
    gate.init_app(app, installation)
    # Delegations come in the alphabet of their language, and stay in it.
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    for module in RESOURCES:
        app.register_blueprint(module.bp)
