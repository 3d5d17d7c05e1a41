"""The template is the contract, with what may be typed where."""

import shutil
import subprocess
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from genkdash.sheet.contract import SETTINGS, TABS
from genkdash.sheet.parse import parse
from genkdash.sheet.tables import RawBook, RawTab
from genkdash.sheet.template import TabForm, note_keys, template
from genkdash.sheet.template_workbook import workbook_bytes
from genkdash.sheet.workbook import Workbook

NOTES = {key: f"uitleg bij {key}" for key in note_keys()}
FORMS = template(NOTES)
MADE = datetime(2018, 4, 1, 9, tzinfo=UTC)
TODAY = date(2018, 4, 20)
SOFFICE = shutil.which("soffice")


def form(key: str) -> TabForm:
    return next(one for one in FORMS if one.tab.key == key)


def written() -> bytes:
    return workbook_bytes(FORMS, made_at=MADE, refusal="Dit past hier niet.")


def rules(sheet: Worksheet) -> dict[str, tuple[str, str]]:
    """Return type and formula of each rule by its cells."""
    return {str(rule.sqref): (rule.type, str(rule.formula1)) for rule in sheet.data_validations.dataValidation}


def test_tabs_and_headers_are_those_of_the_contract_in_its_order() -> None:
    book = openpyxl.load_workbook(BytesIO(written()))
    headers = {sheet.title: [cell.value for cell in sheet[1]] for sheet in book.worksheets}
    assert headers == {tab.title: [column.header for column in tab.columns] for tab in TABS}


def test_campaign_has_every_key_with_what_holds_without() -> None:
    book = openpyxl.load_workbook(BytesIO(written()))
    rows = [tuple(cell.value for cell in row) for row in book["Campagne"].iter_rows(min_row=2)]
    assert rows == [
        ("Naam", None),
        ("Start", None),
        ("Einde", None),
        ("Doel", 12),
        ("Tijdzone", "Europe/Brussels"),
        ("Peildatum", None),
    ]
    assert len(rows) == len(SETTINGS)


def test_every_column_has_its_note_and_a_frozen_locked_header() -> None:
    book = openpyxl.load_workbook(BytesIO(written()))
    for one in FORMS:
        sheet = book[one.tab.title]
        assert [cell.comment.text for cell in sheet[1]] == [column.note for column in one.columns]
        assert (sheet.freeze_panes, sheet.protection.sheet, sheet["A1"].protection.locked) == ("A2", True, True)
        assert not sheet.column_dimensions["A"].protection.locked
        # the first column of one's own
        assert not list(sheet.column_dimensions.values())[-1].protection.locked


def test_dropdowns_are_fed_by_the_other_tabs() -> None:
    posts = rules(openpyxl.load_workbook(BytesIO(written()))["Berichten"])
    assert posts["B2:B501"] == ("list", "'Influencers'!$A$2:$A$101")
    assert posts["D2:D501"] == ("list", "'Thema''s'!$A$2:$A$101")
    assert posts["A2:A501"] == ("date", "36526")
    assert posts["H2:H501"] == ("whole", "0")


def test_each_choice_of_the_template_is_understood() -> None:
    [kinds] = [one.rule.choices for one in form("calendar").columns if one.column.key == "kind"]
    [statuses] = [one.rule.choices for one in form("tips").columns if one.column.key == "status"]
    tabs = (
        RawTab("Berichten", [["Datum", "Influencer"]]),
        RawTab("Kalender", [["Van", "Soort"], *([date(2018, 5, 1), kind] for kind in kinds)]),
        RawTab("Tips", [["Tip", "Status"], *(["Film rechtop", status] for status in statuses)]),
    )
    sheet = parse(RawBook("csv", "proef", tabs), today=TODAY)
    assert [entry.kind for entry in sheet.calendar] == ["event", "pause"]
    assert [tip.status for tip in sheet.tips] == ["heard", "tried", "adopted"]
    assert {issue.code for issue in sheet.issues} == {"missing-tab"}


def test_a_fresh_workbook_is_read_without_an_error(tmp_path: Path) -> None:
    path = tmp_path / "boek.xlsx"
    path.write_bytes(written())
    sheet = parse(Workbook(path).read(), today=TODAY)
    assert (sheet.rows.read, sheet.campaign.target, sheet.campaign.timezone) == (0, 12, "Europe/Brussels")
    assert {issue.code for issue in sheet.issues} == {"missing-tab"}
    assert {issue.severity for issue in sheet.issues} == {"info"}


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on this machine")
def test_libreoffice_understands_its_dropdowns_checks_and_formats(tmp_path: Path) -> None:
    given, saved = tmp_path / "boek.xlsx", tmp_path / "door LibreOffice"
    given.write_bytes(written())
    profile = f"-env:UserInstallation={(tmp_path / 'profiel').as_uri()}"
    subprocess.run(  # noqa: S603  our own file, with a profile of its own
        [str(SOFFICE), "--headless", profile, "--convert-to", "xlsx", "--outdir", str(saved), str(given)],
        check=True,
        capture_output=True,
    )

    book = openpyxl.load_workbook(saved / "boek.xlsx")
    posts = rules(book["Berichten"])
    assert posts["A2:A501"] == ("date", "36526")
    assert posts["B2:B501"] == ("list", "Influencers!$A$2:$A$101")
    assert posts["D2:D501"] == ("list", "'Thema''s'!$A$2:$A$101")
    assert posts["C2:C501"] == ("list", '"Instagram,TikTok,YouTube,Snapchat,Facebook,X"')
    assert posts["H2:H501"] == ("whole", "0")
    assert rules(book["Kalender"])["C2:C101"] == ("list", '"evenement,pauze"')
    assert rules(book["Influencers"])["I2:I101"] == ("list", '"ja,nee"')
    formats = {letter: book["Berichten"].column_dimensions[letter].number_format for letter in "AEH"}
    assert formats == {"A": "yyyy\\-mm\\-dd", "E": "@", "H": "#,##0"}
    assert book["Berichten"].protection.sheet
    assert book["Berichten"]["A1"].comment.text == "uitleg bij posts.date"
    assert {issue.severity for issue in parse(Workbook(saved / "boek.xlsx").read(), today=TODAY).issues} == {"info"}
