"""The draw: known answers, each made with `printf %s "$seed:$code" | sha256sum`."""

from hypothesis import given
from hypothesis import strategies as st

from moderator.core.draw import Lot, commitment, drawn
from moderator.core.terms import DelegationCode

SEED = "9f2c4e81d7a05b3366e0c1f4a8b97d2050e3f1a6c4d8b27f91e05a3c7d6b8e14"
LOTS = (
    Lot(
        DelegationCode("NG"),
        "57b6c6e885d824eacb799798b55f4c748f17203853c48803f4e276df0391ce5c",
    ),
    Lot(
        DelegationCode("MX"),
        "7acbcdefdd07d1847092dda5336b9cedf8bb8c775ee0e88d5ea3e657a40b9bd4",
    ),
    Lot(
        DelegationCode("VA"),
        "86cfab03b5aced32bf9dabbd1cef137cd854d98c0c435607a075e42d0c6c630a",
    ),
    Lot(
        DelegationCode("BR"),
        "93bbb6b91dc49ef67c54a3353c6f1ced03e83474fbcddbd6a3c5bf0a0aae976e",
    ),
    Lot(
        DelegationCode("EU"),
        "9dc380139afda0a8ade25410c20dbb624b8f7d524d5ab25f9e1a65f5c1f9b441",
    ),
    Lot(
        DelegationCode("UNODC"),
        "e58a5a2609df45070b70b1e404c718d37f02ce11d38e58420735e38b34cc37d7",
    ),
)
CODES = tuple(sorted(lot.code for lot in LOTS))


def test_the_order_is_that_of_the_hashes_of_seed_and_code() -> None:
    assert drawn(SEED, CODES) == LOTS


def test_the_seed_is_promised_by_its_own_hash() -> None:
    assert commitment(SEED) == "7a48cb7ef4c02163c33f89d4d5e16176e7f1ec7565e4bb651a71fe6c52f7689f"


def test_seed_and_code_are_taken_as_they_are_written() -> None:
    assert drawn(SEED.upper(), CODES) != LOTS
    (lot,) = drawn("seed", [DelegationCode("é")])
    assert lot.sha256 == "1cb3789b17a14bbb286a049060a60ba187a9b17ff447ac28ba9698639039f167"


def test_a_code_takes_part_once_and_nobody_is_no_draw() -> None:
    assert drawn(SEED, [*CODES, CODES[0]]) == LOTS
    assert drawn(SEED, []) == ()


@given(st.permutations(CODES))
def test_in_which_order_the_codes_come_makes_no_difference(codes: list[DelegationCode]) -> None:
    assert drawn(SEED, codes) == LOTS
