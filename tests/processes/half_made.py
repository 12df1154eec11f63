"""A database whose making is cut short by kill -9."""

import random
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from tests.processes.server import House

MIGRATING_S: Final = 0.12
"""A little longer than the migrations take once the database is open."""


def half_made(house: House, chance: random.Random) -> bool:
    """Kill `init-db` at some moment after it has opened the database; whether it came too late."""
    process = house.begin("init-db")
    while process.poll() is None and not _has_opened(process, house):
        time.sleep(0.001)
    time.sleep(chance.uniform(0, MIGRATING_S))
    process.kill()
    process.communicate()
    return process.returncode == 0


def _has_opened(process: subprocess.Popen[str], house: House) -> bool:
    url = make_url(house.database_url)
    if url.port is None:
        return Path(str(url.database)).exists()
    table = Path(f"/proc/{process.pid}/net/tcp").read_text()
    sockets = {
        f"socket:[{line.split()[9]}]"
        for line in table.splitlines()
        if f":{url.port:04X} 01 " in line
    }
    held = set()
    for link in Path(f"/proc/{process.pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            held.add(str(link.readlink()))
    return bool(sockets & held)
