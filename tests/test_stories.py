"""The stories of docs/stories.md, and the tests that bear their numbers."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
STORIES = TESTS.parent / "docs/stories.md"
MARK = "pytest.mark.story"
ROW = re.compile(r"^\| (\d+) \|", re.MULTILINE)


def told() -> list[int]:
    """The numbers of the stories, in the order of the page."""
    return [int(number) for number in ROW.findall(STORIES.read_text(encoding="utf-8"))]


def marks(source: str) -> list[tuple[str, int]]:
    """Each mark of a story in a file of tests: the test that it stands on, and the number."""
    return [
        (node.name, ast.literal_eval(mark.args[0]))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        for mark in node.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == MARK
    ]


@cache
def sources() -> dict[str, str]:
    """All files of tests that speak of the mark, whichever of them are collected."""
    read = ((path, path.read_text(encoding="utf-8")) for path in sorted(TESTS.rglob("test_*.py")))
    return {
        str(path.relative_to(TESTS)): source
        for path, source in read
        if MARK in source and path != Path(__file__)
    }


@cache
def marked() -> tuple[tuple[str, int], ...]:
    """All marks of all tests."""
    return tuple(
        (f"{path}::{name}", number)
        for path, source in sources().items()
        for name, number in marks(source)
    )


def test_a_mark_is_read_where_it_stands():
    source = "@pytest.mark.story(5)\n@pytest.mark.slow\n@pytest.mark.story(7)\ndef test_it(): ..."

    assert marks(source) == [("test_it", 5), ("test_it", 7)]


def test_each_story_is_told_once_and_in_order():
    assert told() == sorted(set(told()))
    assert {*range(1, 23), *range(29, 42)} <= set(told())


def test_every_story_has_a_test():
    shown = {number for _, number in marked()}

    assert [number for number in told() if number not in shown] == []


def test_every_mark_names_a_story_and_stands_on_a_test():
    numbers = set(told())

    assert [mark for mark in marked() if mark[1] not in numbers] == []
    assert [mark for mark, times in Counter(marked()).items() if times > 1] == []
    read = Counter(test.partition("::")[0] for test, _ in marked())
    assert {path: source.count(MARK) for path, source in sources().items()} == read
