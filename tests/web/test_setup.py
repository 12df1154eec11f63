"""The pages of the set-up: for chair and secretary, and what they fetch."""

import pytest

from moderator.core.terms import Role
from moderator.programme import load_programme
from tests.web.hall import Hall


@pytest.mark.parametrize("path", ["setup", "programme.yaml"])
@pytest.mark.parametrize("role", Role)
def test_chair_and_secretary_alone_set_up(hall: Hall, role: Role, path: str):
    device = hall.enter(role)

    answer = device.client.get(f"/s/{device.seat}/{path}")

    assert answer.status_code == (200 if role in (Role.CHAIR, Role.SECRETARY) else 403)


def test_the_file_makes_the_same_programme_after_a_change_too(hall: Hall):
    device = hall.enter(Role.SECRETARY)
    form = device.get("/programme/form").get_json()
    form["programme"]["title"]["en"] = "Another: title"
    device.do("change-programme", base=0, programme=form["programme"])

    answer = device.client.get(f"/s/{device.seat}/programme.yaml")

    assert "attachment" in answer.headers["Content-Disposition"]
    assert load_programme(answer.get_data()).title["en"] == "Another: title"


def test_the_catalogue_is_in_the_language_that_is_asked_for(hall: Hall):
    client = hall.app.test_client()

    english = client.get("/api/catalogue?lang=en").get_json()
    arabic = client.get("/api/catalogue?lang=ar").get_json()

    assert len(english["delegations"]) == len(arabic["delegations"]) == 196
    assert english["delegations"][0]["name"] == "Afghanistan"
    assert {one["code"]: one["name"] for one in arabic["delegations"]}["EG"] == "مصر"
    assert "G77" in {group["code"] for group in english["groups"]}
