from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sheets_server import SheetsServer

from genkdash.commands.line import run
from genkdash.i18n import LANGUAGES, Language, translator
from genkdash.sheet.google_template_plan import LEFT_TO_A_PERSON
from genkdash.sheet.template import note_keys

NOW = datetime(2018, 4, 1, 9, tzinfo=UTC)
EMAIL = "genkdash@proef.iam.gserviceaccount.com"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        for name, value in server.service_account(EMAIL).items():
            monkeypatch.setenv(f"GENKDASH_GOOGLE__SERVICE_ACCOUNT__{name.upper()}", value)
        monkeypatch.setenv("GENKDASH_GOOGLE__API_URL", server.url)
        yield server


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_and_key_has_its_note(language: Language) -> None:
    words = translator(language)
    assert [key for key in note_keys() if not words.has(f"template.note.{key}")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_its_sentence(language: Language) -> None:
    words = translator(language)
    known = dict.fromkeys(("tab", "columns", "email", "link", "value", "url"), "dit")
    codes = ("locale", "timezone", "columns-added", "frozen", "protected", "banded", "notes", "rules", "formats")
    codes += ("tab-added", "settings-added", "shared", *sorted(LEFT_TO_A_PERSON))
    sentences = [words(f"template.step.{code}", **known) for code in codes]
    assert [sentence for sentence in sentences if sentence.startswith("template.") or "{" in sentence] == []


def test_a_workbook_is_written_once_and_never_over_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["template", "--output", "boek.xlsx"], now=NOW) == 0
    assert capsys.readouterr().out == (
        "Geschreven: boek.xlsx\nVul ze in, en toon ze met: GENKDASH_SOURCE=boek.xlsx make run\n"
    )
    before = (tmp_path / "boek.xlsx").read_bytes()
    assert run(["template", "--output", "boek.xlsx"], now=NOW) == 2
    assert capsys.readouterr().err == "Er staat al iets op boek.xlsx, en dat blijft staan. Kies een andere naam.\n"
    assert (tmp_path / "boek.xlsx").read_bytes() == before


def test_the_written_workbook_passes_check(capsys: pytest.CaptureFixture[str]) -> None:
    run(["template", "--output", "boek.xlsx"], now=NOW)
    assert run(["check", "--source", "boek.xlsx"], now=NOW) == 0
    assert "0 punten om te verbeteren, 0 punten om na te kijken" in capsys.readouterr().out


def test_a_dry_run_writes_no_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["template", "--output", "boek.xlsx", "--dry-run"], now=NOW) == 0
    assert capsys.readouterr().out == "Zou geschreven worden: boek.xlsx\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ([], "Zeg waar de sheet moet komen: --output bestand.xlsx, of --google."),
        (["--google", "--output", "x.xlsx"], "Zeg waar de sheet moet komen: --output bestand.xlsx, of --google."),
        (["--output", "x.xlsx", "--share", "a@b.be"], "--sheet, --share en --title horen bij --google."),
        (["--output", "x.ods"], "De werkmap moet op .xlsx eindigen: “x.ods” niet."),
        (
            ["--output", "weg/x.xlsx"],
            (
                "weg/x.xlsx kan niet geschreven worden. Kijk na of de map bestaat, of je er mag schrijven en of de "
                "schijf niet vol is."
            ),
        ),
        (
            ["--google"],
            (
                "Een nieuwe sheet hoort bij het serviceaccount: zonder --share kan niemand ze openen. Geef minstens "
                "één e-mailadres, bijvoorbeeld --share jij@genk.be."
            ),
        ),
        (["--google", "--share", "griet"], "“griet” is geen e-mailadres."),
        (
            ["--google", "--sheet", "x", "--title", "y"],
            "--title is voor een nieuwe sheet: de sheet van --sheet heeft al een naam.",
        ),
        (
            ["--google", "--share", "a@b.be"],
            (
                "Er is een Google-sheet ingesteld, maar nog geen serviceaccount om ze te lezen. Wie het dashboard "
                "beheert, maakt er een aan en zet het sleutelbestand in de instellingen."
            ),
        ),
    ],
)
def test_a_mistake_is_answered_with_one_sentence(
    typed: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["template", *typed], now=NOW) == 2
    assert capsys.readouterr().err == f"{sentence}\n"


def test_a_google_sheet_is_made_and_completed_and_each_thing_is_told(
    server: SheetsServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["template", "--google", "--title", "Genk 2018", "--share", "griet@genk.be"], now=NOW) == 0
    [book] = server.books.values()
    url = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    assert capsys.readouterr().out.splitlines() == [
        f"Genk 2018: {url}",
        "Gedaan:",
        "  + Berichten: nieuw tabblad, met 13 kolommen",
        "  + Influencers: nieuw tabblad, met 9 kolommen",
        "  + Thema's: nieuw tabblad, met 4 kolommen",
        "  + Campagne: nieuw tabblad, met 2 kolommen",
        "  + Kalender: nieuw tabblad, met 6 kolommen",
        "  + Tips: nieuw tabblad, met 8 kolommen",
        "  + Vergaderingen: nieuw tabblad, met 1 kolom",
        "  + gedeeld met griet@genk.be, als bewerker",
        "Zet dit adres als source in .streamlit/secrets.toml, en kijk na of alles klopt met: python -m genkdash doctor",
    ]

    book.remove_tab("Vergaderingen")
    book.tab("Tips").delete_columns(7, 8)
    book.locale = "en_US"
    dry = ["template", "--google", "--sheet", url, "--dry-run"]
    assert run(dry, now=NOW) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Genk 2018: {url}",
        "Zou gebeuren:",
        "  + Tips: kolommen erbij: Beantwoord op",
        "  + Tips: weergave van datum, getal of tekst bij Beantwoord op",
        "  + Tips: keuzelijst of controle bij Beantwoord op",
        "  + Vergaderingen: nieuw tabblad, met 1 kolom",
        "Kijk hier zelf naar:",
        (
            "  ! De landinstelling van de sheet is en_US: een getypte 3/4 kan dan 4 maart worden. Kies in de sheet "
            "Bestand > Instellingen > Landinstelling: België (Nederlands)."
        ),
    ]
    assert run(dry[:-1], now=NOW) == 0
    book.locale = "nl_BE"
    capsys.readouterr()
    assert run(dry[:-1], now=NOW) == 0
    assert capsys.readouterr().out.splitlines()[1] == "Alles staat er al. Er is niets veranderd."


def test_a_service_account_without_storage_is_told_the_way_that_works(
    server: SheetsServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.take_storage()
    assert run(["template", "--google", "--share", "griet@genk.be"], now=NOW) == 2
    assert capsys.readouterr().err == (
        f"Google laat {EMAIL} zelf geen sheet maken: sinds 2025 heeft een serviceaccount geen eigen opslag. Maak een "
        "lege sheet op https://sheets.new, deel ze met dat adres als Bewerker, en geef haar adres mee: "
        "template --google --sheet ADRES\n"
    )
