"""bench/RESULTS.md: a section for each command that measures, each written anew by its own.

What falls short is written by hand, in a section of its own.
"""

import re
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).with_name("RESULTS.md")
TITLE: Final = "# Results\n\n"
HALL, CHAOS, SHORT = "A full hall", "Chaos", "What falls short"
ORDER: Final = (HALL, SHORT, CHAOS)


def keep(heading: str, body: str) -> None:
    """Write a section in its place, and leave the others as they are."""
    sections = {}
    if RESULTS.exists():
        for section in re.split(r"^## ", RESULTS.read_text(), flags=re.MULTILINE)[1:]:
            known, _, text = section.partition("\n\n")
            sections[known] = text.strip()
    sections[heading] = body.strip()
    written = (f"## {known}\n\n{sections[known]}\n" for known in ORDER if known in sections)
    RESULTS.write_text(TITLE + "\n".join(written))
