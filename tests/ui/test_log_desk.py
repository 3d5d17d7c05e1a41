from genkdash.ui.log_desk import Desk


def test_a_tap_that_comes_while_another_is_answered_is_answered_too() -> None:
    desk = Desk()
    desk.ask("post")
    taps = desk.taps
    desk.ask("meant")
    desk.answered = taps

    assert desk.taps != desk.answered


def test_what_is_begun_anew_has_another_key_and_no_tap_that_waits() -> None:
    desk = Desk()
    key = desk.key
    desk.ask("post")
    desk.kept_for = "Amina"
    desk.leave()
    desk.begin()

    assert (desk.kept_for, desk.taps - desk.answered, desk.is_left) == (None, 0, False)
    assert desk.key != key
