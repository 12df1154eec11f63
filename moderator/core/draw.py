"""Lots that anybody can draw again: the order follows from a seed that was promised beforehand."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from moderator.core.terms import DelegationCode


@dataclass(frozen=True, slots=True)
class Lot:
    """What a delegation drew: the SHA-256, in hex, of seed and code."""

    code: DelegationCode
    sha256: str


def commitment(seed: str) -> str:
    """What is published when the list opens: the SHA-256, in hex, of the seed as it is written.

    Whoever keeps it can tell afterwards that the seed was fixed before anybody asked (decision
    0022).
    """
    return sha256(seed.encode()).hexdigest()


def drawn(seed: str, codes: Iterable[DelegationCode]) -> tuple[Lot, ...]:
    """The lots of those that take part, the least hash first; each code takes part once.

    A lot is the SHA-256 of `seed:code`, both as they are written, so `printf %s "$seed:$code" |
    sha256sum` tells it too. In which order the codes come makes no difference.
    """
    lots = (Lot(code, sha256(f"{seed}:{code}".encode()).hexdigest()) for code in set(codes))
    return tuple(sorted(lots, key=lambda lot: (lot.sha256, lot.code)))
