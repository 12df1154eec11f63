"""The workshop: what runs there is bounded, and says what became of it."""

import subprocess
import sys

import pytest

from moderator import workshop


@pytest.fixture(autouse=True)
def _programs(tmp_path, monkeypatch):
    (tmp_path / "bounded.py").write_bytes((workshop.HERE / "bounded.py").read_bytes())
    (tmp_path / "words.py").write_text("def said(text): return text.upper()")
    monkeypatch.setattr(workshop, "HERE", tmp_path)


def program(text):
    (workshop.HERE / "tried.py").write_text("import sys\n" + text)


def test_a_program_reads_what_is_given_and_its_answer_comes_back():
    program("from words import said\nsys.stdout.write(said(sys.stdin.read()))")
    assert workshop.work("tried", b"the list is open") == b"THE LIST IS OPEN"


def test_a_program_says_why_it_refuses():
    program("print('no table'); sys.exit(3)")
    with pytest.raises(workshop.Refused, match="no table"):
        workshop.work("tried", b"")


def test_a_fault_of_a_program_is_told_with_its_last_line():
    program("raise ValueError('this is a fault')")
    with pytest.raises(workshop.Failed, match="tried: exit status 1: ValueError: this is a fault"):
        workshop.work("tried", b"")


@pytest.mark.parametrize("text", ["while True: pass", "import time; time.sleep(600)"])
def test_a_program_that_never_ends_is_ended(text):
    program(text)
    with pytest.raises(workshop.Failed, match="not done after 1 s"):
        workshop.work("tried", b"", seconds=1)


def test_a_program_that_never_ends_is_ended_under_eventlet_too():
    program("while True: pass")
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", UNDER_EVENTLET, str(workshop.HERE)],
        capture_output=True,
        text=True,
    )
    assert told.stdout == "tried: not done after 1 s\n", told.stderr


UNDER_EVENTLET = """
import eventlet
eventlet.monkey_patch()
import sys
from pathlib import Path
from moderator import workshop
workshop.HERE = Path(sys.argv[1])
try:
    workshop.work("tried", b"", seconds=1)
except workshop.Failed as failed:
    print(failed)
"""


def test_a_program_gets_so_much_memory_and_no_more():
    program("sys.stdout.write(str(len(bytes(2**29))))")
    with pytest.raises(workshop.Failed, match="MemoryError"):
        workshop.work("tried", b"", megabytes=256)


def test_a_program_does_not_load_the_house():
    program("import runpy\nsys.stdout.write(str('moderator' in sys.modules))")
    assert workshop.work("tried", b"") == b"False"
