"""What the displays are asked for: darkness, and a message for the hall."""

from moderator.core.events import StageSet
from moderator.core.view import public
from tests.core.dialogues import at, close, given, open_dialogue, stage, text


def test_the_displays_go_dark_and_light_again():
    scene = given().when(stage(True)).then(StageSet(at(0), True, None))
    assert public(scene.state)["stage"] == {"blackout": True, "message": None}

    scene.when(open_dialogue(), stage(False)).then(StageSet(at(0), False, None))
    assert public(scene.state)["stage"] == {"blackout": False, "message": None}


def test_the_view_names_a_message_by_its_id():
    scene = given(open_dialogue(), stage(False, "we-resume-at-three"))

    assert public(scene.state)["stage"] == {"blackout": False, "message": "we-resume-at-three"}
    scene.when(stage(False, "we-resume-at-three")).nothing()


def test_a_message_may_stand_after_the_closing():
    scene = given(open_dialogue(), close())

    scene.when(stage(False, "thank-you")).then(StageSet(at(0), False, text("thank-you")))
