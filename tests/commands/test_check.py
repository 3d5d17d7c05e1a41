import json
from datetime import UTC, datetime

from builders import post, sheet

from genkdash.commands.check import check_as_json, check_as_text, needs_correction, printable
from genkdash.commands.reading import Reading
from genkdash.i18n import translator
from genkdash.sheet.model import Issue, Sheet

DUTCH, ENGLISH = translator("nl"), translator("en")
BAD_DATE = Issue("bad-date", "error", "Berichten", 14, "A", "date", "31/02/2018")
NO_TOPIC = Issue("missing-topic", "info", "Berichten", 3, "D", "topics")
NO_TAB = Issue("missing-tab", "info", "Tips")


def reading(*issues: Issue) -> Reading:
    log: Sheet = sheet(post("2018-05-01"), post(None, reason="bad-date"), issues=issues, blank=3)
    return Reading(log, "workbook", "log", datetime(2018, 8, 20, tzinfo=UTC))


def test_issues_stand_by_tab_and_by_row_with_their_place_value_and_sentence() -> None:
    text = check_as_text(reading(BAD_DATE, NO_TAB, NO_TOPIC), DUTCH)
    known = {"value": "", "tab": "Tips", "row": None, "column": None}
    assert text.splitlines() == [
        "Genk vertelt, stand van 20 augustus 2018",
        "",
        "Berichten",
        "  rij 3, kolom D (ter info)",
        "    " + DUTCH("issue.missing-topic", **known),
        "  rij 14, kolom A (verbeteren): “31/02/2018”",
        "    " + DUTCH("issue.bad-date", value="31/02/2018"),
        "",
        "Tips",
        "  heel het tabblad (ter info)",
        "    " + DUTCH("issue.missing-tab", **known),
        "",
        "Rijen gelezen: 2. Tellen mee: 1. Tellen niet mee: 1. Leeg: 3.",
        "1 punt om te verbeteren, 0 punten om na te kijken, 2 punten ter info.",
    ]


def test_a_sheet_without_issues_is_in_order() -> None:
    assert check_as_text(reading(), DUTCH).splitlines()[-1] == "Alles is in orde: er is niets om na te kijken."
    assert check_as_text(reading(), ENGLISH).splitlines()[-1] == "All is well: there is nothing to look at."


def test_the_link_into_a_google_cell_stands_below_its_sentence() -> None:
    url = "https://docs.google.com/spreadsheets/d/x/edit#gid=0&range=A14"
    issue = Issue("bad-date", "error", "Berichten", 14, "A", "date", "31/02", {}, url)
    assert f"    {url}" in check_as_text(reading(issue), DUTCH).splitlines()
    assert json.loads(check_as_json(reading(issue), DUTCH))["issues"][0]["url"] == url


def test_json_adds_the_sentence_to_the_keys_of_the_report() -> None:
    found = json.loads(check_as_json(reading(BAD_DATE), ENGLISH))
    assert found["rows"] == {"read": 2, "counted": 1, "not_counted": 1, "blank": 3}
    assert found["issues"] == [
        {
            "code": "bad-date",
            "severity": "error",
            "tab": "Berichten",
            "row": 14,
            "column": "A",
            "field": "date",
            "value": "31/02/2018",
            "sentence": ENGLISH("issue.bad-date", value="31/02/2018"),
            "url": None,
        }
    ]


def test_only_an_error_needs_a_correction() -> None:
    assert needs_correction(reading(NO_TOPIC, BAD_DATE).sheet)
    assert not needs_correction(reading(NO_TOPIC, NO_TAB).sheet)


def test_a_cell_can_not_command_the_terminal() -> None:
    evil = Issue("bad-date", "error", "Berichten", 2, "A", "date", "\x1b[2J\x07\u202eAmina\nx{0}")
    text = check_as_text(reading(evil), DUTCH)
    assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert "“ [2J  Amina x{0}”" in text


def test_printable_keeps_letters_of_every_script() -> None:
    assert printable("Zoë Öztürk 李 🎉") == "Zoë Öztürk 李 🎉"
