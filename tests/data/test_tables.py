"""The tables of delegations and groups that the product carries."""

from collections import Counter
from itertools import pairwise

import pytest

from moderator.core.terms import Category
from moderator.programme.catalogue import Delegation, known_delegations, known_groups
from moderator.programme.form import CODE, REGIONS
from moderator.programme.languages import LANGUAGES, place_in_alphabet


def members() -> list[Delegation]:
    return [one for one in known_delegations().values() if one.category is Category.MEMBER_STATE]


def sorted_names(language: str) -> list[str]:
    names = [delegation.names[language] for delegation in known_delegations().values()]
    return sorted(names, key=lambda name: place_in_alphabet(name, language))


def assert_in_order(language: str, *names: str) -> None:
    listed = sorted_names(language)
    places = [listed.index(name) for name in names]
    assert all(first < second for first, second in pairwise(places)), listed


def test_there_are_193_member_states_two_observer_states_and_the_european_union() -> None:
    categories = Counter(one.category for one in known_delegations().values())

    assert categories == {
        Category.MEMBER_STATE: 193,
        Category.OBSERVER_STATE: 2,
        Category.OBSERVER_ORGANIZATION: 1,
    }
    assert known_delegations()["VA"].category is Category.OBSERVER_STATE
    assert known_delegations()["PS"].category is Category.OBSERVER_STATE
    assert known_delegations()["EU"].category is Category.OBSERVER_ORGANIZATION


def test_every_member_state_belongs_to_a_regional_group() -> None:
    assert Counter(one.region for one in members()) == {
        "AFR": 54,
        "APG": 54,
        "EEG": 23,
        "GRULAC": 33,
        "WEOG": 29,
    }


def test_observers_belong_to_no_regional_group() -> None:
    observers = [known_delegations()[code] for code in ("VA", "PS", "EU")]

    assert [observer.region for observer in observers] == [None, None, None]


def test_every_delegation_has_a_name_of_its_own_in_all_six_languages() -> None:
    for language in LANGUAGES:
        names = {delegation.names[language] for delegation in known_delegations().values()}
        assert len(names) == 196


def test_every_code_could_be_one_of_a_programme() -> None:
    for code in [*known_delegations(), *known_groups()]:
        assert CODE.fullmatch(code)


def test_names_are_those_of_the_united_nations() -> None:
    states = known_delegations()

    assert states["TR"].names["en"] == "Türkiye"
    assert states["KR"].names["en"] == "Republic of Korea"
    assert states["PS"].names["fr"] == "État de Palestine"
    assert states["BO"].names["es"] == "Bolivia (Estado Plurinacional de)"
    assert states["IR"].names["ar"] == "جمهورية إيران الإسلامية"


def test_the_regional_groups_are_groups_too() -> None:
    assert set(REGIONS) < set(known_groups())


def test_every_group_is_named_in_english_and_arabic() -> None:
    assert len(known_groups()) == 21
    for group in known_groups().values():
        assert {"en", "ar"} <= set(group.names)


def test_names_that_are_in_both_tables_agree() -> None:
    assert known_groups()["EU"].names == known_delegations()["EU"].names


def test_english_sorts_past_accents() -> None:
    assert_in_order("en", "Costa Rica", "Côte d'Ivoire", "Croatia")
    assert_in_order("en", "Tunisia", "Türkiye", "Turkmenistan")
    assert_in_order("en", "Guinea", "Guinea-Bissau", "Guyana")


def test_french_sorts_past_accents() -> None:
    assert_in_order("fr", "Dominique", "Égypte", "El Salvador", "Émirats arabes unis", "Équateur")
    assert_in_order("fr", "Hongrie", "Îles Marshall", "Îles Salomon", "Inde")


def test_spanish_has_a_letter_after_n() -> None:
    assert_in_order("es", "Eslovenia", "España", "Estado de Palestina")
    assert place_in_alphabet("Nz", "es") < place_in_alphabet("Ña", "es")
    assert place_in_alphabet("Ña", "es") < place_in_alphabet("Oa", "es")


def test_russian_keeps_its_letters_apart() -> None:
    assert_in_order("ru", "Италия", "Йемен", "Кабо-Верде")
    assert place_in_alphabet("Елка", "ru") == place_in_alphabet("Ёлка", "ru")


def test_arabic_sorts_past_the_article_and_the_hamza() -> None:
    assert_in_order("ar", "الأرجنتين", "الأردن", "أرمينيا", "إسبانيا", "ألبانيا", "ألمانيا")
    assert_in_order("ar", "بوركينا فاسو", "البوسنة والهرسك", "بولندا")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_names_share_a_place(language: str) -> None:
    places = [place_in_alphabet(name, language) for name in sorted_names(language)]

    assert len(set(places)) == 196
