"""Keep the tables of docs/record.md in step with moderator/summary/dictionary.py.

Without words it tells whether they are; with `--update` it writes them anew.
"""

import re
import sys
from pathlib import Path
from typing import Final

from moderator.summary.dictionary import Table, as_markdown

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "record.md"
PLACE: Final = re.compile(r"(<!-- dictionary: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def with_tables(text: str) -> str:
    """The page with every table as the dictionary has it."""
    return PLACE.sub(
        lambda found: f"{found[1]}\n{as_markdown(Table(found[2]))}\n\n{found[3]}", text
    )


def main() -> int:
    """0 when the page is in step, or was brought there."""
    text = PAGE.read_text(encoding="utf-8")
    wanted = with_tables(text)
    if "--update" in sys.argv:
        PAGE.write_text(wanted, encoding="utf-8")
    elif wanted != text:
        print("docs/record.md is behind: python -m scripts.record_dictionary --update")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
