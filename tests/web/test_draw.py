"""The page of the draw: for anybody, with what its address brings, computing nothing itself."""

import pytest

from moderator.web.language import OFFERED
from tests.core.test_draw import CODES, SEED
from tests.web.hall import Hall


def test_anybody_may_open_it_in_every_language(quiet: Hall):
    stranger = quiet.app.test_client()

    for code in OFFERED:
        page = stranger.get(f"/draw?lang={code}")
        assert page.status_code == 200
        assert f'<html lang="{code}"' in page.text


def test_what_the_address_brings_stands_in_the_fields_and_in_the_links_to_other_languages(
    quiet: Hall,
):
    page = quiet.app.test_client().get(f"/draw?seed={SEED}&codes={','.join(CODES)}").text

    assert f'value="{SEED}"' in page
    assert f">{', '.join(CODES)}</textarea>" in page
    assert page.count(f"seed={SEED}&amp;") == len(OFFERED)


@pytest.mark.parametrize("field", ["seed", "commitment", "codes"])
def test_what_the_address_brings_is_words_and_never_a_page(quiet: Hall, field: str):
    page = quiet.app.test_client().get(f"/draw?{field}=%22%3E%3C%2Ftextarea%3E%3Cscript%3E1").text

    assert "<script>1" not in page
