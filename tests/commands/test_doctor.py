"""Each broken set-up is told by its cause and its remedy, with the address to share with or the page to open."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from redis_server import running_redis
from sheets_server import Formula, SheetsServer, Spreadsheet
from workbooks import HEADER, row, save

from genkdash.commands.line import run

NOW = datetime(2018, 4, 1, 9, tzinfo=UTC)
EMAIL = "genkdash@proef.iam.gserviceaccount.com"
ACCOUNTS = "https://console.cloud.google.com/iam-admin/serviceaccounts"
ROOT = Path(__file__).parents[2]
POSTS = [["Datum", "Influencer"], [43206, "Amina"], [43207, "Bo"]]


class Clock:
    """The clock of the stand-in, as many seconds ahead of ours as a test says."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return datetime.now(UTC).timestamp() + self.ahead

    def go(self, seconds: float) -> None:
        self.ahead = seconds


class Setup:
    """A set-up that is in order, in a folder of its own, for a test to break."""

    def __init__(self, server: SheetsServer, clock: Clock, folder: Path) -> None:
        self.server = server
        self.clock = clock
        self.folder = folder
        self.key_file = folder / "sleutel.json"
        self.key_file.write_text(json.dumps(server.service_account(EMAIL)))
        self.book = server.add_spreadsheet(
            "Genk vertelt", {"Berichten": POSTS}, locale="nl_BE", timezone="Europe/Brussels", shared_with=[EMAIL]
        )
        self.url = f"https://docs.google.com/spreadsheets/d/{self.book.id}/edit"
        (folder / ".streamlit").mkdir()
        (folder / ".streamlit" / "config.toml").write_text('[server]\naddress = "127.0.0.1"\n')
        self.configure()

    def configure(self, *, source: str | None = None, google: str = "", more: str = "") -> None:
        """Write the settings file."""
        (self.folder / ".streamlit" / "secrets.toml").write_text(
            f'[genkdash]\nsource = "{source or self.url}"\n{more}\n'
            f'[genkdash.google]\nservice_account_file = "sleutel.json"\napi_url = "{self.server.url}"\n{google}\n'
        )

    def change_key(self, **fields: str | None) -> None:
        """Change fields of the key file; None takes one away."""
        key = {**json.loads(self.key_file.read_text()), **fields}
        self.key_file.write_text(json.dumps({name: value for name, value in key.items() if value is not None}))


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def running(clock: Clock) -> Iterator[SheetsServer]:
    with SheetsServer(clock=clock) as server:
        yield server


@pytest.fixture
def setup(running: SheetsServer, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Setup]:
    monkeypatch.chdir(tmp_path)
    yield Setup(running, clock, tmp_path)
    running.heal()
    clock.go(0)


def hide_and_merge(book: Spreadsheet) -> None:
    tab = book.tab("Berichten")
    tab.dress.hidden_rows = {1, 7}
    tab.dress.filtered_rows = {2}
    tab.dress.merges = [
        {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 2},
        {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 2},
    ]
    tab.set("A4", Formula("=A2+1", 43207))
    tab.set("Z4", Formula("=1", 1))


def american(book: Spreadsheet) -> None:
    book.locale, book.timezone = "en_US", "Asia/Tokyo"


Break = Callable[[Setup], object]


class Told(NamedTuple):
    """What is said of a finding, and the page that it opens."""

    step: str
    status: str
    sentence: str
    page: str | None = None


BROKEN: dict[str, tuple[Break, list[Told]]] = {
    "an unknown setting": (
        lambda it: it.configure(more='bron = "x"'),
        [
            Told(
                "settings",
                "wrong",
                "Dit klopt niet in de instellingen: bron. Kijk het na in .streamlit/secrets.toml of in de omgeving "
                "(GENKDASH_…).",
            )
        ],
    ),
    "a link that is none": (
        lambda it: it.configure(source="https://www.genk.be"),
        [
            Told(
                "settings",
                "wrong",
                "In de instellingen staat geen link naar een Google-sheet. Kopieer het adres uit de adresbalk van je "
                "browser terwijl de sheet openstaat.",
            )
        ],
    ),
    "no key file": (
        lambda it: it.key_file.unlink(),
        [
            Told(
                "credentials",
                "wrong",
                "Het sleutelbestand kan niet gelezen worden (google.service_account_file: sleutel.json). Zet er het "
                "pad van de JSON-sleutel die je bij Google downloadde, en kijk na of het dashboard dat bestand mag "
                "lezen.",
            )
        ],
    ),
    "another kind of key": (
        lambda it: it.change_key(type="authorized_user"),
        [
            Told(
                "credentials",
                "wrong",
                "Het sleutelbestand van het serviceaccount klopt niet: „type” ontbreekt of is onleesbaar. Wie het "
                "dashboard beheert, downloadt bij Google een nieuwe sleutel (JSON) en zet die ongewijzigd in de "
                "instellingen.",
                ACCOUNTS,
            )
        ],
    ),
    "half a key": (
        lambda it: it.change_key(private_key=None),
        [
            Told(
                "credentials",
                "wrong",
                "Het sleutelbestand van het serviceaccount klopt niet: „private_key” ontbreekt of is onleesbaar. Wie "
                "het dashboard beheert, downloadt bij Google een nieuwe sleutel (JSON) en zet die ongewijzigd in de "
                "instellingen.",
                ACCOUNTS,
            )
        ],
    ),
    "a deleted key": (
        lambda it: it.server.fault("token-revoked"),
        [
            Told(
                "token",
                "wrong",
                f"Google aanvaardt de sleutel van {EMAIL} niet meer. Wie het dashboard beheert, maakt een nieuwe "
                "sleutel aan en zet die in de instellingen.",
                ACCOUNTS,
            )
        ],
    ),
    "a deleted account": (
        lambda it: it.server.fault("account-deleted"),
        [
            Told(
                "token",
                "wrong",
                f"Het serviceaccount {EMAIL} is verwijderd of uitgeschakeld. Wie het dashboard beheert, zet het terug "
                "aan of maakt een nieuw; deel de sheet daarna met het nieuwe adres.",
                ACCOUNTS,
            )
        ],
    ),
    "no way to Google": (
        lambda it: it.change_key(token_uri="http://127.0.0.1:9/token"),
        [
            Told(
                "token",
                "wrong",
                "Er is geen verbinding met 127.0.0.1. Het wordt vanzelf opnieuw geprobeerd; blijft het duren, vraag "
                "dan wie het netwerk beheert om die toegang open te zetten.",
            )
        ],
    ),
    "a clock that is ten minutes off": (
        lambda it: it.clock.go(600),
        [
            Told(
                "clock",
                "wrong",
                "Deze computer loopt ongeveer 10 minuten verkeerd, en Google aanvaardt er hoogstens 5. Laat hem de "
                "tijd van internet overnemen (timedatectl set-ntp true).",
            )
        ],
    ),
    "a clock that is two minutes off": (
        lambda it: it.clock.go(-120),
        [
            Told(
                "clock",
                "look",
                "Deze computer loopt ongeveer 2 minuten verkeerd. Laat hem de tijd van internet overnemen "
                "(timedatectl set-ntp true).",
            )
        ],
    ),
    "the API switched off": (
        lambda it: it.server.fault("service-disabled", where="api"),
        [
            Told(
                "access",
                "wrong",
                "De Google Sheets API staat uit in het Google-project 1234567890. Wie dat project beheert, zet ze aan "
                "via https://console.cloud.google.com/apis/library/sheets.googleapis.com?project=1234567890 en wacht "
                "enkele minuten.",
            )
        ],
    ),
    "not shared": (
        lambda it: it.book.writers.clear(),
        [
            Told(
                "access",
                "wrong",
                f"De sheet is niet gedeeld met het dashboard. Deel de sheet met {EMAIL} (Lezer is genoeg), dan "
                "verschijnt ze vanzelf.",
                "{url}",
            )
        ],
    ),
    "deleted": (
        lambda it: it.server.books.pop(it.book.id),
        [
            Told(
                "access",
                "wrong",
                "Google vindt deze sheet niet. Kijk na of de link in de instellingen klopt en of de sheet niet in de "
                "prullenbak zit.",
                "{url}",
            )
        ],
    ),
    "no tab of posts": (
        lambda it: it.book.rename("Berichten", "Blad1"),
        [
            Told(
                "tabs",
                "wrong",
                "Er is geen tabblad Berichten, of er staat nog niets in. Zonder Berichten is er niets te tonen; voor "
                "elk ander tabblad gebruikt het dashboard wat het zelf kan afleiden. Voeg het toe als je dat zelf wilt "
                "bepalen.",
                "{url}",
            )
        ],
    ),
    "no column of days": (
        lambda it: it.book.tab("Berichten").set("A1", "Wanneer"),
        [
            Told(
                "tabs",
                "wrong",
                "In het tabblad Berichten staat geen kolom “Datum” in de eerste tien rijen, dus dit tabblad kan niet "
                "gelezen worden. Zet de kolomnaam terug in de rij met kolomnamen.",
                "{url}#gid=0",
            )
        ],
    ),
    "a form without a place for its rows": (
        lambda it: it.configure(google="[genkdash.log]\nenabled = true"),
        [
            Told(
                "log",
                "wrong",
                "In het tabblad „Berichten” ontbreekt: Bericht-ID. Zet die kolomnaam terug in de bovenste rij; wat "
                "klaarstaat, komt er dan vanzelf in.",
                "{url}",
            ),
            Told(
                "log",
                "wrong",
                "De sheet heeft geen tabblad „Tips”. Zet het terug of geef het zijn naam terug; wat klaarstaat, komt "
                "er dan vanzelf in.",
                "{url}",
            ),
        ],
    ),
    "American and in Tokyo": (
        lambda it: american(it.book),
        [
            Told(
                "locale",
                "look",
                "De landinstelling is en_US: een getypte 3/4 kan dan 4 maart worden. Kies in de sheet Bestand > "
                "Instellingen > Landinstelling: België (Nederlands).",
                "{url}",
            ),
            Told(
                "locale",
                "look",
                "De tijdzone van de sheet is Asia/Tokyo. Kies Bestand > Instellingen > Tijdzone: Brussel.",
                "{url}",
            ),
        ],
    ),
    "not as it looks": (
        lambda it: hide_and_merge(it.book),
        [
            Told(
                "shape",
                "look",
                "Berichten: er zijn verborgen rijen (2). Ze tellen mee, al ziet niemand ze. Maak ze zichtbaar, of "
                "verwijder ze.",
                "{url}",
            ),
            Told(
                "shape",
                "look",
                "Berichten: een filter verbergt rijen (3). Ze tellen mee. Zet het filter uit, of gebruik een "
                "filterweergave.",
                "{url}",
            ),
            Told(
                "shape",
                "look",
                "Berichten: er zijn samengevoegde cellen (B2:B3). Alleen de eerste cel heeft dan een waarde. Splits "
                "ze, en vul elke rij in.",
                "{url}",
            ),
            Told(
                "shape",
                "look",
                "Berichten: er staan formules (A4). Soms geven ze even een fout. Typ liever de waarde zelf.",
                "{url}",
            ),
        ],
    ),
    "asked too often": (
        lambda it: it.server.fault("429", where="api"),
        [
            Told(
                "quota",
                "wrong",
                "De sheet werd vaker opgevraagd dan Google in een minuut toelaat. Je hoeft niets te doen: na een "
                "minuut gaat het vanzelf verder.",
            )
        ],
    ),
    "set to ask too often": (
        lambda it: it.configure(more="watched_seconds = 1"),
        [
            Told(
                "quota",
                "wrong",
                "Elke 1 seconde lezen is vaker dan de 60 keer per minuut die Google toelaat. Zet watched_seconds op 5.",
            )
        ],
    ),
    "a data folder that is a file": (
        lambda it: (it.folder / "var").write_text(""),
        [
            Told(
                "disk",
                "wrong",
                "var is geen map, dus kan er in var niets bewaard worden. Kies een andere data_folder in de "
                "instellingen.",
            )
        ],
    ),
    "half a sign-in": (
        lambda it: it.configure(google='[genkdash.access]\npublic_url = "https://genkvertelt.genk.be"'),
        [Told("mode", "wrong", "Het aanmelden is maar half ingesteld. Dit ontbreekt of klopt niet: auth.", None)],
    ),
    "open to everybody": (
        lambda it: (it.folder / ".streamlit" / "config.toml").write_text('[server]\naddress = "0.0.0.0"\n'),
        [
            Told(
                "mode",
                "wrong",
                "Zonder aanmelden toont het dashboard gegevens alleen op deze computer. Zet server.address op "
                "127.0.0.1, of stel het aanmelden in ([auth] en [genkdash.access]).",
            )
        ],
    ),
}


def told(capsys: pytest.CaptureFixture[str], *statuses: str) -> list[Told]:
    """Return the findings of a doctor that was asked for JSON."""
    findings = json.loads(capsys.readouterr().out)["findings"]
    return [(one["step"], one["status"], one["sentence"], one["url"]) for one in findings if one["status"] in statuses]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_set_up_is_told_by_cause_and_remedy(
    name: str, setup: Setup, capsys: pytest.CaptureFixture[str]
) -> None:
    break_it, expected = BROKEN[name]
    break_it(setup)
    code = run(["doctor", "--json"], now=NOW)
    assert told(capsys, "look", "wrong") == [
        one._replace(page=one.page and one.page.replace("{url}", setup.url)) for one in expected
    ]
    assert code == (1 if expected[0][1] == "wrong" else 0)


def test_a_set_up_in_order_has_a_line_for_each_thing(setup: Setup, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"], now=NOW) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"✓ Instellingen             De sheet is {setup.url}.",
        f"✓ Sleutel                  Het dashboard leest als {EMAIL}.",
        "✓ Aanmelden bij Google     Google kent de sleutel.",
        f"✓ Toegang tot de sheet     „Genk vertelt” is gedeeld met {EMAIL}.",
        (
            "✓ Tabbladen en kolommen    Van de 7 tabbladen zijn er 1, met de kolommen die nodig zijn. Rijen in "
            "Berichten: 2."
        ),
        "✓ Land en tijdzone         België (Nederlands), tijdzone Brussel.",
        "✓ Verborgen, samengevoegd  Geen verborgen rijen, samengevoegde cellen of formules.",
        "✓ Aantal keer lezen        Ongeveer 12 keer per minuut; Google laat er 60 toe.",
        "✓ Klok                     Loopt gelijk met die van Google.",
        "✓ Schijf                   In var kan bewaard worden.",
        (
            "✓ Voor wie                 Eigen sheet zonder aanmelden: alleen op deze computer, en wie erbij kan ziet "
            "alles."
        ),
        "",
        "Alles is in orde.",
    ]


def test_what_comes_after_a_broken_step_is_not_guessed(setup: Setup, capsys: pytest.CaptureFixture[str]) -> None:
    setup.book.writers.clear()
    run(["doctor", "--json"], now=NOW)
    assert [step for step, *_ in told(capsys, "skipped")] == ["tabs", "locale", "shape"]


def test_nothing_secret_is_said(setup: Setup, capsys: pytest.CaptureFixture[str]) -> None:
    secret = json.loads(setup.key_file.read_text())["private_key"].splitlines()[1]
    setup.change_key(token_uri="http://127.0.0.1:9/token?geheim=1")
    run(["doctor", "--json"], now=NOW)
    said = "".join(capsys.readouterr())
    assert secret not in said
    assert "geheim" not in said


def test_a_fresh_template_is_in_order_for_the_doctor_in_a_process_of_its_own(setup: Setup) -> None:
    def genkdash(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  our own command
            [sys.executable, "-m", "genkdash", *arguments],
            cwd=setup.folder,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LANG": "C"},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

    made = genkdash("template", "--google", "--share", "griet@genk.be")
    assert (made.returncode, made.stderr) == (0, "")
    url = made.stdout.splitlines()[0].partition(": ")[2]
    looked = genkdash("doctor", "--source", url)
    assert (looked.returncode, looked.stderr, looked.stdout.splitlines()[-1]) == (0, "", "Alles is in orde.")


def test_without_settings_the_example_is_shown_and_the_way_on_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
    assert run(["doctor", "--json"], now=NOW) == 0
    assert told(capsys, "look", "wrong") == [
        Told(
            "settings",
            "look",
            "Er is nog geen sheet ingesteld, dus toont het dashboard het voorbeeld. Zet source onder [genkdash] in "
            ".streamlit/secrets.toml: het adres van je Google-sheet, of een werkmap.",
        )
    ]


def test_a_workbook_is_looked_at_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
    source = save(tmp_path / "log.xlsx", {"Berichten": [HEADER, row(43206, "Amina"), row(43207, "Bo")]})
    book = openpyxl.load_workbook(source)
    book["Berichten"].row_dimensions[3].hidden = True
    book["Berichten"].merge_cells("C2:C3")
    book["Berichten"]["H2"] = "=1+1"
    book.save(source)
    assert run(["doctor", "--json", "--source", source], now=NOW) == 0
    assert [sentence.partition(").")[0] for _, _, sentence, _ in told(capsys, "look", "wrong")] == [
        "Berichten: er zijn verborgen rijen (3",
        "Berichten: er zijn samengevoegde cellen (C2:C3",
        "Berichten: er staan formules (H2",
    ]
    assert run(["doctor", "--source", "weg.xlsx"], now=NOW) == 1
    assert "✗ Toegang tot de sheet   " in capsys.readouterr().out


def test_a_shared_memory_that_answers_is_in_order_and_one_that_is_away_or_refuses_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    def line(url: str) -> str:
        monkeypatch.setenv("GENKDASH_SHARED__URL", url)
        run(["doctor"], now=NOW)
        told = capsysbinary.readouterr().out.decode()
        assert "geheim" not in told
        return next(line for line in told.splitlines() if "Gedeeld geheugen" in line)

    monkeypatch.chdir(tmp_path)
    with running_redis(tmp_path, password="geheim") as shared:
        assert line(shared.url).startswith("✓")
        assert "weigert" in line(shared.url.replace("geheim", "geheim-niet"))
    assert "antwoordt niemand" in line(shared.url)
    assert "127.0.0.1:1" in line("redis://:geheim@127.0.0.1:1")
