"""Links from the command line: made for who is in the sheet, shown once, listed without their token, taken back."""

import os
import re
import stat
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import segno
from workbooks import CAMPAIGN, HEADER, row, save

from genkdash.access.links import LinkRegister
from genkdash.commands.line import run
from genkdash.live.store import KeptSheet, Store
from genkdash.sheet.workbook import Workbook

NOW = datetime(2018, 8, 20, 10, 0, tzinfo=UTC)
Told = Callable[..., tuple[int, str, str]]
SETTINGS = """
[genkdash]
source = "log.xlsx"
[genkdash.access]
public_url = "https://genk.example/"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GENKDASH_")]:
        monkeypatch.delenv(name)
    save(
        tmp_path / "log.xlsx",
        {
            "Berichten": [HEADER, row(date(2018, 5, 1), "Amina", "Muziek")],
            "Campagne": CAMPAIGN,
            "Influencers": [["Naam", "Alias", "Einde"], ["Amina", "Mina", None], ["Zoë", "Amina", date(2018, 9, 1)]],
        },
    )
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def told(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Told:
    """Return a function that runs a command line and gives its exit code, output and errors."""
    assert folder.is_dir()

    def run_and_read(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments, now=NOW)
        captured = capsysbinary.readouterr()
        return code, captured.out.decode(), captured.err.decode()

    return run_and_read


def token_in(printed: str) -> str:
    found = re.search(r"^https://genk\.example/link/(\S+)$", printed, re.MULTILINE)
    assert found
    return found[1]


def register() -> LinkRegister:
    return LinkRegister(Path("var"))


def test_a_personal_link_is_for_the_person_as_the_sheet_spells_it_until_two_weeks_after_the_end(told: Told) -> None:
    code, out, err = told("link", "new", "--influencer", " zoe ")
    link = register().link_of(token_in(out), at=NOW, names=["Zoë"])
    assert (code, err) == (0, "")
    assert out.startswith("Link voor Zoë, tot en met 15 september 2018:\n\nhttps://genk.example/link/")
    assert link
    assert (link.kind, link.influencer) == ("influencer", "Zoë")
    # midnight in Brussels
    assert link.until == datetime(2018, 9, 15, 22, 0, tzinfo=UTC)


def test_without_an_own_end_a_personal_link_goes_by_the_campaign(told: Told) -> None:
    assert "tot en met 29 oktober 2018:" in told("link", "new", "--influencer", "Amina")[1]


def test_a_link_may_be_made_for_as_many_days_as_one_wants(told: Told) -> None:
    assert "tot en met 27 augustus 2018:" in told("link", "new", "--influencer", "Amina", "--days", "7")[1]


def test_a_name_goes_before_an_alias(told: Told) -> None:
    assert told("link", "new", "--influencer", "amina")[1].startswith("Link voor Amina,")
    assert told("link", "new", "--influencer", "MINA")[1].startswith("Link voor Amina,")


def test_a_link_for_a_screen_lasts_a_year(told: Told) -> None:
    code, out, _ = told("link", "new", "--screen", "--language", "en")
    link = register().link_of(token_in(out), at=NOW, names=["Zoë"])
    assert code == 0
    assert out.startswith("Link for the screen, up to and including 20 August 2019:")
    assert link
    assert (link.kind, link.influencer) == ("screen", None)


def test_somebody_who_is_not_in_the_sheet_gets_no_link_but_a_suggestion(told: Told) -> None:
    assert told("link", "new", "--influencer", "Amnia") == (
        2,
        "",
        "“Amnia” staat niet in de sheet. Bedoelde je Amina?\n",
    )
    assert register().all() == ()


def test_while_the_sheet_can_not_be_read_the_kept_one_tells_who_there_is(told: Told, folder: Path) -> None:
    Store(folder / "var", source="log.xlsx").save(KeptSheet(Workbook(folder / "log.xlsx").read(), NOW))
    (folder / "log.xlsx").unlink()
    assert told("link", "new", "--influencer", "Amnia")[0] == 2
    assert told("link", "new", "--influencer", "zoe")[1].startswith("Link voor Zoë,")


def test_without_any_sheet_the_name_is_taken_as_typed_and_one_is_told_to_look(told: Told, folder: Path) -> None:
    (folder / "log.xlsx").unlink()
    code, out, _ = told("link", "new", "--influencer", "Amnia")
    assert code == 0
    assert "Kijk na of “Amnia” er precies zo in staat" in out
    assert [link.influencer for link in register().all(names=["Amnia"])] == ["Amnia"]


def test_the_code_holds_the_address_and_is_for_our_own_eyes_only(told: Told, folder: Path) -> None:
    out = told("link", "new", "--influencer", "Amina", "--qr", "amina.svg")[1]
    drawn = ET.fromstring((folder / "amina.svg").read_bytes())  # noqa: S314  our own file
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    address = f"https://genk.example/link/{token_in(out)}"
    path = next(one.get("d") for one in drawn.iter() if one.tag.endswith("path") and one.get("stroke"))
    assert path in segno.make(address, error="m", micro=False).svg_inline(border=4)
    assert stat.S_IMODE((folder / "amina.svg").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["there.svg", "nowhere/amina.svg"])
def test_when_the_code_can_not_be_written_there_is_no_link_either(told: Told, folder: Path, name: str) -> None:
    (folder / "there.svg").write_text("something of mine")
    code, out, err = told("link", "new", "--screen", "--qr", name)
    assert (code, out) == (2, "")
    assert name in err
    assert (folder / "there.svg").read_text() == "something of mine"
    assert [link.revoked for link in register().all()] == [True]


@pytest.mark.parametrize("days", ["0", "-1", "1001", "veel", "1.5", "", "²", "9" * 5000])
def test_a_number_of_days_that_makes_no_sense_is_refused(told: Told, days: str) -> None:
    code, out, err = told("link", "new", "--screen", f"--days={days}")
    assert (code, out) == (2, "")
    assert "is geen aantal dagen" in err
    assert register().all() == ()


@pytest.mark.parametrize(
    "typed",
    [
        ("link",),
        ("link", "new"),
        ("link", "new", "--screen", "--influencer", "Amina"),
        ("link", "list", "--screen"),
        ("link", "revoke"),
        ("link", "loan"),
    ],
)
def test_half_a_command_does_nothing(told: Told, typed: tuple[str, ...]) -> None:
    code, out, err = told(*typed)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert register().all() == ()


def test_an_empty_name_is_refused(told: Told) -> None:
    assert "staat geen naam" in told("link", "new", "--influencer", "  ")[2]


@pytest.mark.parametrize("kept", ["", "[genkdash.access]\nstaff_hours = 8"])
def test_where_nobody_signs_in_there_are_no_links(told: Told, folder: Path, kept: str) -> None:
    (folder / ".streamlit" / "secrets.toml").write_text(f'[genkdash]\nsource = "log.xlsx"\n{kept}')
    code, out, err = told("link", "new", "--screen")
    assert (code, out) == (2, "")
    assert "public_url" in err


def test_the_list_tells_who_has_a_link_and_whether_it_works_but_never_the_link(told: Told) -> None:
    assert told("link", "list")[1] == "Er zijn nog geen links.\n"
    tokens = [
        token_in(told("link", "new", "--influencer", "Zoë", "--days", "1")[1]),
        token_in(told("link", "new", "--screen")[1]),
    ]
    zoe, screen = (link.id for link in register().all())
    assert told("link", "revoke", screen) == (
        0,
        f"Link {screen} is ingetrokken. Wie hem open heeft, is enkele seconden later buiten.\n",
        "",
    )
    code, out, _ = told("link", "list")
    assert code == 0
    assert [re.split(r"  +", line) for line in out.splitlines()] == [
        ["Kenmerk", "Voor", "Tot en met", "Staat"],
        [zoe, "Zoë", "21 augustus 2018", "werkt"],
        [screen, "het scherm", "20 augustus 2019", "ingetrokken"],
    ]
    assert not any(token.partition(".")[2] in out for token in tokens)
    assert register().link_of(tokens[1], at=NOW) is None


def states_in(printed: str) -> list[list[str]]:
    return [re.split(r"  +", line)[1:] for line in printed.splitlines()[1:]]


def test_the_list_says_who_is_no_longer_in_the_sheet(told: Told) -> None:
    register().new("influencer", influencer="Niemand", until=datetime(2018, 9, 1, tzinfo=UTC), at=NOW)
    assert states_in(told("link", "list")[1]) == [["–", "1 september 2018", "niet meer in de sheet"]]


def test_without_any_sheet_the_list_says_that_names_are_not_kept(told: Told, folder: Path) -> None:
    register().new("influencer", influencer="Zoë", until=datetime(2018, 9, 1, tzinfo=UTC), at=NOW)
    (folder / "log.xlsx").unlink()
    code, out, _ = told("link", "list")
    assert code == 0
    assert states_in(out)[0] == ["–", "1 september 2018", "werkt"]
    assert "hier staan geen namen" in out


def test_a_name_does_not_command_the_terminal(told: Told, folder: Path) -> None:
    name = "A\u202emina"
    save(folder / "log.xlsx", {"Berichten": [HEADER, row(date(2018, 5, 1), name, "Muziek")]})
    assert told("link", "new", "--influencer", name)[0] == 0
    assert "\u202e" not in told("link", "list")[1]


def test_a_link_that_is_not_there_is_not_revoked(told: Told) -> None:
    assert told("link", "revoke", "abc") == (2, "", "Er is geen link abc. Met link list zie je ze allemaal.\n")


def test_a_damaged_register_is_one_sentence(told: Told, folder: Path) -> None:
    (folder / "var").mkdir()
    (folder / "var" / "links.json").write_text("{")
    for typed in (("list",), ("new", "--screen"), ("revoke", "abc")):
        code, out, err = told("link", *typed)
        assert (code, out) == (2, "")
        assert "var/links.json" in err
        assert err.count("\n") == 1


@pytest.mark.parametrize("typed", [("--language", "en", "list"), ("list", "--language", "en")])
def test_the_language_may_stand_before_or_after_the_action(told: Told, typed: tuple[str, ...]) -> None:
    assert told("link", *typed)[1] == "There are no links yet.\n"
