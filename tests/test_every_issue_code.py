"""One workbook with every mistake in it: the report names each, and no row gets lost between read and counted."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from workbooks import CAMPAIGN, HEADER, row, save

from genkdash.sheet.issues import CODES

ROOT = Path(__file__).parent.parent
ALWAYS_BLANK: list[Any] = [None] * len(HEADER)
LINK = "https://www.instagram.com/p/one/"

EVERYTHING = {
    "Berichten": [
        ["Logboek van Genk vertelt"],
        [],
        [*HEADER, "datum", "Telefoon"],
        row(date(2018, 5, 1), "Amina", "Muziek", Titel="Eerste", Link=LINK, Likes=10, Bericht_ID="p1"),
        row(date(2018, 5, 2), None, "Muziek"),
        row(date(2018, 5, 3), "Amnia", "Muziek"),
        row(None, "Amina", "Muziek"),
        row("31/02/2018", "Amina", "Muziek"),
        row(date(2018, 4, 15), "Amina", "Muziek"),
        row(date(2018, 8, 21), "Amina", "Muziek"),
        row(date(2018, 5, 8), "Amina", "Muziek", Bericht_ID="p1"),
        row(date(2018, 5, 9), "Mina", "Muziek", Link="http://instagram.com/p/one?igsh=x"),
        row(date(2018, 5, 1), "amina", "Muziek", Titel="eerste"),
        row(date(2018, 5, 11), "Amina"),
        row(date(2018, 5, 12), "Amina", "Musiek"),
        row(date(2018, 5, 13), "Amina", "Sport; Erfgoed"),
        row(date(2018, 5, 14), "Amina", "Muziek", Link="www.instagram.com/p/zes"),
        row(date(2018, 5, 15), "Amina", "Muziek", Likes="veel", Reacties=-3, Gedeeld=1.5, Bereik=True),
        row("3/6/2018", "Amina", "Muziek"),
        row(date(2018, 5, 17), "Amina", "Muziek", Likes="1,2k", Reacties="1.234", Gedeeld="n.v.t."),
        row(date(2018, 5, 18), "Amina", "Muziek", Bereik="#DIV/0!"),
        row("#REF!", "Amina", "Muziek"),
        row(date(2018, 5, 20), "Amina", "Muziek", Gemeten_op="later"),
        [],
        [*ALWAYS_BLANK, None, "0470 12 34 56"],
        row("ooit", " ", "Muziek", Likes="veel"),
        row(date(2018, 10, 16), "Amina", "Muziek"),
        row(date(2018, 5, 31), "Bo", "Muziek"),
    ],
    "Influencers": [
        ["Naam", "E-mail", "Alias", "Doel", "Start", "Naam"],
        ["Amina", "amina@proef.example", "Mina", None, None, "Zus"],
        ["Bo", None, "Mina; Bootje", 10, date(2018, 6, 1)],
        ["AMINA", None, None, 3],
        ["Özge", None, None, "veel"],
        [None, None, "Iemand"],
    ],
    "Thema's": [["Thema", "Kleur"], ["Muziek", "#0b6770"], ["Sport", "rood"], ["sport"]],
    "Campagne": [*CAMPAIGN, ["Doel", "twaalf"], ["Tijdzone", "Mars/Basis"], ["start", date(2018, 1, 1)]],
    "Kalender": [["Van", "Tot"], [date(2018, 7, 1), date(2018, 8, 31)]],
    "Tips": [
        ["Datum", "Influencer", "Tip", "Link", "Status"],
        [date(2018, 6, 1), "Bo", "Schrijf korter", None, "gehoord"],
        ["gisteren", "Niemand", "Post 's avonds", "instagram", "misschien"],
        [date(2018, 6, 3), "Bo", None],
    ],
}

NO_POSTS = {"Blad1": [["Datum", "Influencer"], [date(2018, 5, 1), "Amina"]], "Campagne": CAMPAIGN}
NO_COLUMNS = {
    "Posts": [["Titel", "Auteur", "Dag"], ["Eerste", "Amina", date(2018, 5, 1)]],
    "Influencers": [["Naam"], ["Amina"]],
    "Thema's": [["Thema"], ["Muziek"]],
    "Campagne": CAMPAIGN,
    "Kalender": [["Van", "Soort"]],
    "Tips": [["Tip"]],
    "Vergaderingen": [["Datum"], ["morgen"]],
}
IN_ORDER = {
    "Berichten": [HEADER, row(date(2018, 5, 1), "Amina", "Muziek")],
    "Influencers": [["Naam"], ["Amina"]],
    "Campagne": CAMPAIGN,
}

FOUND = {
    "everything": [
        ("title-row", "info", "Berichten", 1, None, None, None),
        ("duplicate-header", "warning", "Berichten", 3, "N", "date", "datum"),
        ("missing-influencer", "error", "Berichten", 5, "B", "influencer", None),
        ("unknown-influencer", "error", "Berichten", 6, "B", "influencer", "Amnia"),
        ("missing-date", "error", "Berichten", 7, "A", "date", None),
        ("bad-date", "error", "Berichten", 8, "A", "date", "31/02/2018"),
        ("outside-campaign", "warning", "Berichten", 9, "A", "date", "2018-04-15"),
        ("future-date", "warning", "Berichten", 10, "A", "date", "2018-08-21"),
        ("duplicate-id", "error", "Berichten", 11, "M", "post_id", "p1"),
        ("duplicate-link", "warning", "Berichten", 12, "F", "link", "http://instagram.com/p/one?igsh=x"),
        ("possible-duplicate", "info", "Berichten", 13, "E", "title", "eerste"),
        ("missing-topic", "info", "Berichten", 14, "D", "topics", None),
        ("similar-topic", "info", "Berichten", 15, "D", "topics", "Musiek"),
        ("new-topic", "info", "Berichten", 15, "D", "topics", "Musiek"),
        ("new-topic", "info", "Berichten", 16, "D", "topics", "Sport; Erfgoed"),
        ("bad-link", "warning", "Berichten", 17, "F", "link", "www.instagram.com/p/zes"),
        ("bad-number", "warning", "Berichten", 18, "H", "likes", "veel"),
        ("bad-number", "warning", "Berichten", 18, "I", "comments", "-3"),
        ("bad-number", "warning", "Berichten", 18, "J", "shares", "1.5"),
        ("bad-number", "warning", "Berichten", 18, "K", "reach", "TRUE"),
        ("text-date", "info", "Berichten", 19, "A", "date", "3/6/2018"),
        ("text-number", "info", "Berichten", 20, "H", "likes", "1,2k"),
        ("text-number", "info", "Berichten", 20, "I", "comments", "1.234"),
        ("error-cell", "warning", "Berichten", 21, "K", "reach", "#DIV/0!"),
        ("error-cell", "error", "Berichten", 22, "A", "date", "#REF!"),
        ("bad-date", "warning", "Berichten", 23, "L", "measured_on", "later"),
        ("missing-influencer", "error", "Berichten", 26, "B", "influencer", None),
        ("bad-date", "error", "Berichten", 26, "A", "date", "ooit"),
        ("bad-number", "warning", "Berichten", 26, "H", "likes", "veel"),
        ("outside-campaign", "warning", "Berichten", 27, "A", "date", "2018-10-16"),
        ("future-date", "warning", "Berichten", 27, "A", "date", "2018-10-16"),
        ("outside-campaign", "warning", "Berichten", 28, "A", "date", "2018-05-31"),
        ("duplicate-header", "warning", "Influencers", 1, "F", "name", "Naam"),
        ("bad-setting", "warning", "Influencers", 3, "C", "alias", "Mina; Bootje"),
        ("repeated-influencer", "warning", "Influencers", 4, "A", "name", "AMINA"),
        ("bad-setting", "warning", "Influencers", 5, "D", "target", "veel"),
        ("bad-setting", "warning", "Influencers", 6, "A", "name", None),
        ("bad-setting", "warning", "Thema's", 3, "B", "colour", "rood"),
        ("bad-setting", "warning", "Thema's", 4, "A", "topic", "sport"),
        ("bad-setting", "warning", "Campagne", 6, "B", "target", "twaalf"),
        ("bad-setting", "warning", "Campagne", 7, "B", "timezone", "Mars/Basis"),
        ("duplicate-header", "warning", "Campagne", 8, "A", "start", "start"),
        ("missing-column", "error", "Kalender", None, None, "kind", None),
        ("unknown-influencer", "error", "Tips", 3, "B", "influencer", "Niemand"),
        ("bad-date", "warning", "Tips", 3, "A", "date", "gisteren"),
        ("bad-link", "warning", "Tips", 3, "D", "link", "instagram"),
        ("bad-setting", "warning", "Tips", 3, "E", "status", "misschien"),
        ("bad-setting", "warning", "Tips", 4, "C", "tip", None),
        ("missing-tab", "info", "Vergaderingen", None, None, None, None),
    ],
    "no posts": [
        ("missing-tab", "error", "Berichten", None, None, None, None),
        ("missing-tab", "info", "Influencers", None, None, None, None),
        ("missing-tab", "info", "Thema's", None, None, None, None),
        ("missing-tab", "info", "Kalender", None, None, None, None),
        ("missing-tab", "info", "Tips", None, None, None, None),
        ("missing-tab", "info", "Vergaderingen", None, None, None, None),
    ],
    "no columns": [
        ("missing-column", "error", "Posts", None, None, "date", None),
        ("missing-column", "error", "Posts", None, None, "influencer", None),
        ("bad-date", "error", "Vergaderingen", 2, "A", "date", "morgen"),
    ],
    "in order": [
        ("missing-tab", "info", "Thema's", None, None, None, None),
        ("missing-tab", "info", "Kalender", None, None, None, None),
        ("missing-tab", "info", "Tips", None, None, None, None),
        ("missing-tab", "info", "Vergaderingen", None, None, None, None),
    ],
}
ROWS = {
    "everything": {"read": 23, "counted": 11, "not_counted": 12, "blank": 2},
    "no posts": {"read": 0, "counted": 0, "not_counted": 0, "blank": 0},
    "no columns": {"read": 0, "counted": 0, "not_counted": 0, "blank": 0},
    "in order": {"read": 1, "counted": 1, "not_counted": 0, "blank": 0},
}
WORKBOOKS = {"everything": EVERYTHING, "no posts": NO_POSTS, "no columns": NO_COLUMNS, "in order": IN_ORDER}
KEYS = ("code", "severity", "tab", "row", "column", "field", "value")


def genkdash(*arguments: str) -> tuple[int, str, str]:
    """Run the command line in a process of its own; return its exit code, output and errors."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GENKDASH_")}
    done = subprocess.run(  # noqa: S603  our own command line
        [sys.executable, "-m", "genkdash", *arguments],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment | {"GENKDASH_SETTINGS": os.devnull},
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_report_names_exactly_the_issues_of_the_contract(tmp_path: Path, name: str) -> None:
    source = save(tmp_path / "log.xlsx", WORKBOOKS[name])

    code, out, errors = genkdash("report", "--format", "json", "--source", source)

    assert (code, errors) == (0, "")
    found = json.loads(out)
    assert [tuple(issue[key] for key in KEYS) for issue in found["issues"]] == FOUND[name]
    assert [set(issue) for issue in found["issues"]] == [set(KEYS)] * len(FOUND[name])
    assert found["rows"] == ROWS[name]
    assert found["rows"]["read"] == found["rows"]["counted"] + found["rows"]["not_counted"]
    assert found["progress"]["posts"] == found["rows"]["counted"]


def test_every_code_of_the_contract_was_met() -> None:
    assert {issue[0] for issues in FOUND.values() for issue in issues} == set(CODES)


@pytest.mark.parametrize(
    ("name", "language", "exit_code"),
    [("everything", "nl", 1), ("everything", "en", 1), ("no columns", "nl", 1), ("in order", "en", 0)],
)
def test_check_gives_the_same_issues_with_a_sentence_and_fails_when_a_row_needs_a_correction(
    tmp_path: Path, name: str, exit_code: int, language: str
) -> None:
    source = save(tmp_path / "log.xlsx", WORKBOOKS[name])

    code, out, errors = genkdash("check", "--format", "json", "--source", source, "--language", language)

    assert (code, errors) == (exit_code, "")
    found = json.loads(out)
    assert [tuple(issue[key] for key in KEYS) for issue in found["issues"]] == FOUND[name]
    assert found["rows"] == ROWS[name]
    assert not any("{" in issue["sentence"] or "issue." in issue["sentence"] for issue in found["issues"])
    assert all(len(issue["sentence"]) > 30 for issue in found["issues"])


def test_check_as_text_ends_with_the_sums(tmp_path: Path) -> None:
    code, out, errors = genkdash("check", "--source", save(tmp_path / "log.xlsx", EVERYTHING))

    assert (code, errors) == (1, "")
    assert "  rij 8, kolom A (verbeteren): “31/02/2018”" in out.splitlines()
    assert out.splitlines()[-2:] == [
        "Rijen gelezen: 23. Tellen mee: 11. Tellen niet mee: 12. Leeg: 2.",
        "10 punten om te verbeteren, 29 punten om na te kijken, 10 punten ter info.",
    ]


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        ("no file", "check"),
        ("half a workbook", "check"),
        ("half a workbook", "report"),
        ("no workbook", "report"),
        ("an empty folder", "check"),
    ],
)
def test_a_source_that_cannot_be_read_is_one_sentence_and_exit_code_two(
    tmp_path: Path, kind: str, command: str
) -> None:
    path = tmp_path / "log.xlsx"
    save(path, IN_ORDER)
    match kind:
        case "no file":
            path.unlink()
        case "half a workbook":
            path.write_bytes(path.read_bytes()[:3000])
        case "no workbook":
            path.write_text("Datum;Influencer\n")
        case _:
            path = tmp_path / "leeg"
            path.mkdir()

    code, out, errors = genkdash(command, "--source", str(path))

    assert (code, out) == (2, "")
    assert errors.count("\n") == 1
    assert errors.endswith(".\n")
    assert path.name in errors
    assert "Traceback" not in errors
    assert "error." not in errors
