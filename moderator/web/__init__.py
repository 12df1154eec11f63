"""The pages and the HTTP interface; one blueprint per page or resource, each called `bp`."""

from flask import Flask

from moderator.installation import Installation
from moderator.web import commands, gate, join, openapi, pages, programme, seats, strings, views


def init_app(app: Flask, installation: Installation) -> None:
    """Register the gate and every blueprint."""
    gate.init_app(app, installation)
    # Delegations come in the alphabet of their language, and stay in it.
    app.json.sort_keys = False  # type: ignore[attr-defined]
    for module in (join, pages, commands, views, programme, seats, strings, openapi):
        app.register_blueprint(module.bp)
