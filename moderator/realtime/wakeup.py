"""Hears of commits of other processes: PostgreSQL's NOTIFY, sent within the same transaction."""

import logging
import select
import time
from collections.abc import Callable
from typing import Any, Final

import sqlalchemy as sa

from moderator.store.journal import CHANNEL

RECONNECT_S: Final = 1.0
LOOK_UP_S: Final = 5.0
"""How long one wait lasts, so that a connection that died is noticed."""

log = logging.getLogger(__name__)


def listen(engine: sa.Engine, woken: Callable[[str], None]) -> None:
    """Call `woken(dialogue_id)` for every commit, for ever; returns at once on SQLite.

    While the connection is away nothing is lost but time: channels and bell look for themselves.
    """
    if engine.dialect.name != "postgresql":
        return
    while True:
        try:
            _listen_once(engine, woken)
        except Exception as error:
            log.warning("not hearing of other processes: %s", error)
        time.sleep(RECONNECT_S)


def _listen_once(engine: sa.Engine, woken: Callable[[str], None]) -> None:
    fairy = engine.raw_connection()
    fairy.detach()  # it is ours until it dies, and never goes back to the pool
    connection: Any = fairy.dbapi_connection
    try:
        connection.set_session(autocommit=True)
        connection.cursor().execute(f"LISTEN {CHANNEL}")
        while True:
            select.select([connection], [], [], LOOK_UP_S)
            connection.poll()
            while connection.notifies:
                dialogue_id, _, _version = connection.notifies.pop(0).payload.partition(" ")
                woken(dialogue_id)
    finally:
        connection.close()
