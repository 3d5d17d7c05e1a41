import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from genkdash.commands import line
from genkdash.commands.line import run
from genkdash.i18n import LANGUAGES, Language, translator

NOW = datetime(2018, 8, 20, 10, 0, tzinfo=UTC)
HEADERS = ("Datum", "Influencer", "Thema's", "Telefoon")

Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def told(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Told:
    """Return a function that runs a command line in an empty folder and gives its exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GENKDASH_")]:
        monkeypatch.delenv(name)

    def run_and_read(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments, now=NOW)
        captured = capsysbinary.readouterr()
        return code, captured.out.decode(), captured.err.decode()

    return run_and_read


def workbook(path: Path, *rows: tuple[object, ...], campaign: bool = True) -> str:
    book = openpyxl.Workbook()
    book.active.title = "Berichten"
    for row in (HEADERS, *rows):
        book.active.append(row)
    if campaign:
        frame = book.create_sheet("Campagne")
        for row in (("Sleutel", "Waarde"), ("Start", date(2018, 4, 16)), ("Einde", date(2018, 10, 15))):
            frame.append(row)
    book.save(path)
    return str(path)


def test_a_workbook_is_reported_with_its_counts_and_without_its_private_column(told: Told, tmp_path: Path) -> None:
    source = workbook(
        tmp_path / "log.xlsx",
        (date(2018, 5, 1), "Zoë", "Muziek", "0470 12 34 56"),
        ("31/02/2018", "Zoë", "Sport", "0470 12 34 56"),
    )
    code, out, err = told("report", "--format", "json", "--source", source)
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found["as_of"] == "2018-08-20"
    assert found["source"] == {"kind": "workbook", "name": "log", "read_at": "2018-08-20T10:00:00Z"}
    assert found["rows"] == {"read": 2, "counted": 1, "not_counted": 1, "blank": 0}
    assert [(one["code"], one["row"], one["value"]) for one in found["issues"] if one["tab"] == "Berichten"] == [
        ("bad-date", 3, "31/02/2018")
    ]
    assert [(one["name"], one["posts"]) for one in found["progress"]["influencers"]] == [("Zoë", 1)]
    assert "0470" not in out


def test_a_replay_equals_a_fresh_run_on_a_sheet_cut_off_there(told: Told, tmp_path: Path) -> None:
    early = [(date(2018, 5, 1), "Amina", "Muziek"), (date(2018, 6, 1), "Bram", "Sport; Muziek")]
    late = [(date(2018, 7, 2), "Amina", "Eten"), (date(2018, 8, 1), "Chloë", "Natuur")]
    (tmp_path / "cut").mkdir()
    whole = workbook(tmp_path / "log.xlsx", *early, *late)
    cut = workbook(tmp_path / "cut" / "log.xlsx", *early)
    replayed = told("report", "--source", whole, "--as-of", "2018-07-01")
    assert replayed == told("report", "--source", cut, "--as-of", "2018-07-01")
    assert json.loads(replayed[1])["progress"]["posts"] == 2


def test_the_table_is_written_as_it_is(told: Told, tmp_path: Path) -> None:
    code, out, _ = told("report", "--format", "csv", "--source", workbook(tmp_path / "log.xlsx"))
    assert code == 0
    assert out.startswith("\ufeffInfluencer;Berichten;")
    assert out.endswith("\r\n")


def test_check_says_one_when_a_row_needs_a_correction_and_zero_when_none_does(told: Told, tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", (date(2018, 5, 1), "Amina", "Muziek"))
    bad = workbook(tmp_path / "bad.xlsx", (date(2018, 5, 1), None, "Muziek"))
    assert told("check", "--source", good)[0] == 0
    assert told("check", "--source", bad)[0] == 1
    assert told("check", "--format", "json", "--source", bad)[0] == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_that_is_not_there_is_one_sentence(told: Told, language: str) -> None:
    code, out, err = told("report", "--source", "nergens.xlsx", "--language", language)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "nergens.xlsx" in err
    assert "error." not in err


def test_a_file_that_is_no_workbook_is_one_sentence(told: Told, tmp_path: Path) -> None:
    (tmp_path / "log.xlsx").write_bytes(b"PK\x03\x04 half a workbook")
    code, out, err = told("check", "--source", str(tmp_path / "log.xlsx"))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "log.xlsx" in err


def test_a_google_sheet_without_a_service_account_is_one_sentence(told: Told) -> None:
    code, out, err = told(
        "report", "--source", "https://docs.google.com/spreadsheets/d/1abcdefghijklmnopqrstuvwxyz/edit"
    )
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "error." not in err


def test_a_wrong_option_is_one_sentence(told: Told) -> None:
    assert told("report", "--format", "xml") == (2, "", "report kan niet als “xml”: kies json, csv of html.\n")


def test_a_wrong_setting_is_named_without_its_value(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENKDASH_WATCHED_SECONDS", "geheim")
    code, out, err = told("report")
    assert (code, out) == (2, "")
    assert "watched_seconds" in err
    assert "geheim" not in err


def test_without_a_source_the_example_is_reported(told: Told) -> None:
    code, out, _ = told("report")
    assert code == 0
    assert json.loads(out)["source"]["kind"] == "example"


def test_the_configured_source_is_the_default(told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENKDASH_SOURCE", workbook(tmp_path / "eigen.xlsx", (date(2018, 5, 1), "Amina", "Muziek")))
    assert json.loads(told("report")[1])["source"]["name"] == "eigen"


def test_the_sentences_of_the_commands_stand_in_both_languages() -> None:
    dutch, english = (translator(language) for language in LANGUAGES)
    ids = ("command.unknown", "command.help.report", "command.check.title", "command.check.rows", "report.as_of")
    assert all(words.has(one) for words in (dutch, english) for one in ids)


def test_the_module_speaks_utf8_and_takes_a_closed_pipe_calmly(tmp_path: Path) -> None:
    source = workbook(tmp_path / "log.xlsx", (date(2018, 5, 1), "Zoë", "Muziek"))
    command = [sys.executable, "-m", "genkdash", "report", "--source", source]
    plain = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = subprocess.run(  # noqa: S603  our own command line
        command, capture_output=True, check=True, env=plain
    )
    assert json.loads(done.stdout.decode("utf-8"))["progress"]["influencers"][0]["name"] == "Zoë"
    reader, writer = os.pipe()
    os.close(reader)
    cut_short = subprocess.run(  # noqa: S603  the same
        command, stdout=writer, stderr=subprocess.PIPE, check=False, env=plain
    )
    os.close(writer)
    assert (cut_short.returncode, cut_short.stderr) == (1, b"")


def test_every_sentence_of_the_commands_is_in_the_catalogues() -> None:
    folder = Path(line.__file__).parent
    used = {
        message
        for module in folder.glob("*.py")
        for message in re.findall(r"\"(command\.[a-z.-]+[a-z])\"", module.read_text(encoding="utf-8"))
    }
    assert {"command.bad-day", "command.check.rows", "command.check.errors"} <= used
    assert [one for language in LANGUAGES for one in used if not has_message(language, one)] == []


def has_message(language: Language, message: str) -> bool:
    words = translator(language)
    return words.has(message) or words.plural(message, 2) != message
