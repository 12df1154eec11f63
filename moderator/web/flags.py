"""Where the flags are: one file each, whose address names its version, so that it never changes."""

import json
from functools import cache
from pathlib import Path
from typing import Final

from flask import url_for

_MANIFEST: Final = Path(__file__).resolve().parents[2] / "static" / "vendor" / "manifest.json"


def pattern() -> str:
    """The address of a flag, with `{code}` for the delegation's code in small letters."""
    folder = url_for("static", filename="flags")
    return f"{folder}/{{code}}.svg?v={_version()}"


def address(code: str) -> str:
    """The address of the flag of a delegation that has one."""
    return pattern().format(code=code.lower())


@cache
def _version() -> str:
    entries = json.loads(_MANIFEST.read_text(encoding="utf-8"))
    return next(str(entry["version"]) for entry in entries if entry["package"] == "flag-icons")
