"""The programme of a dialogue: the file that a secretariat writes, read, checked and kept."""

from moderator.programme.catalogue import Delegation, Group
from moderator.programme.load import load_programme
from moderator.programme.programme import (
    SECRETARIAT,
    BureauMember,
    Part,
    Person,
    Programme,
    Theme,
    local_time,
)
from moderator.programme.source import Problem, ProgrammeErrors

__all__ = [
    "SECRETARIAT",
    "BureauMember",
    "Delegation",
    "Group",
    "Part",
    "Person",
    "Problem",
    "Programme",
    "ProgrammeErrors",
    "Theme",
    "load_programme",
    "local_time",
]
