"""The parts of a running installation, put together once and handed to whoever needs them."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from moderator.core.units import Instant
from moderator.desk import Desks
from moderator.health import Health
from moderator.metrics import Metrics
from moderator.presence import Presence
from moderator.secretariat import Secretariat
from moderator.service import Service
from moderator.settings import Settings


@dataclass(frozen=True, slots=True)
class Installation:
    """Settings, database, time, and the sides of the house: the floor, the secretariat, its desks.

    `metrics` counts what this process does, `health` tells whether it can, `presence`
    which delegations hear it.
    """

    settings: Settings
    engine: sa.Engine
    now: Callable[[], Instant]
    service: Service
    secretariat: Secretariat
    desks: Desks
    metrics: Metrics
    health: Health
    presence: Presence
