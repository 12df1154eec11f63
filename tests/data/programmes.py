"""A small programme file, and what the reader says of it when it is changed."""

from pathlib import Path

import pytest

from moderator.programme import Programme, ProgrammeErrors, load_programme
from moderator.text import Words

SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")


def edited(old: str, new: str) -> str:
    """The small programme with one passage changed."""
    assert SMALL.count(old) == 1, f"{old} stands once in the file"
    return SMALL.replace(old, new)


def loaded(old: str, new: str) -> Programme:
    """What is made of the small programme with one passage changed."""
    return load_programme(edited(old, new))


def refusal(text: str | bytes) -> list[str]:
    """Every problem that a wrong file is refused for, as people read it."""
    with pytest.raises(ProgrammeErrors) as refused:
        load_programme(text)
    assert all(isinstance(problem.text, Words) for problem in refused.value.problems)
    assert str(refused.value) == "\n".join(str(problem) for problem in refused.value.problems)
    return str(refused.value).split("\n")
