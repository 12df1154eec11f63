"""Whoever gives a command."""

from dataclasses import dataclass

from moderator.core.terms import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A role, for whom, and from which seat.

    `subject` is a delegation's code, or the id of a person or member of the bureau; None for roles
    that stand for nobody. In the log it reads "role/subject/seat".
    """

    role: Role
    subject: str | None = None
    seat: str | None = None

    @property
    def office(self) -> str:
        """Who it is whatever the device: "role/subject"."""
        return f"{self.role}/{self.subject or ''}"

    def __str__(self) -> str:
        return f"{self.office}/{self.seat or ''}"

    @classmethod
    def parse(cls, text: str) -> "Actor":
        """The actor that `str` wrote down; ValueError when it is none."""
        role, subject, seat = text.split("/")
        return cls(Role(role), subject or None, seat or None)
