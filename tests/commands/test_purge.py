"""Everything that is kept about people goes away at one word, unless a running dashboard would keep it again."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from redis_server import running_redis
from running import running_dashboard

from genkdash.access.links import LinkRegister
from genkdash.commands.line import run
from genkdash.live.in_use import using
from genkdash.live.shared_board import Board
from genkdash.live.shared_client import connect_to
from genkdash.live.store import KeptSheet, Store
from genkdash.outbox import Outbox, draft_tip
from genkdash.sheet.tables import RawBook, RawTab

NOW = datetime(2018, 8, 20, 10, 0, tzinfo=UTC)
NAME = "Canaria"
ELSEWHERE = (
    "Wat in de Google-sheet, in een werkmap, in een afgedrukt verslag of in een reservekopie staat, wis je daar.\n"
)
Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def told(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Told:
    """Return a function that runs a command line in an empty folder and gives its exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GENKDASH_")]:
        monkeypatch.delenv(name)

    def run_and_read(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments, now=NOW)
        captured = capsysbinary.readouterr()
        return code, captured.out.decode(), captured.err.decode()

    return run_and_read


def keep(folder: Path, *, source: str = "1AbC") -> None:
    """Keep a sheet with a name in it, as a dashboard does."""
    tabs = (RawTab("Berichten", (("Datum", "Influencer"), (43206, NAME)), 0),)
    Store(folder, source=source).save(KeptSheet(RawBook("google", "Genk vertelt", tabs), NOW))


def hand_out(folder: Path) -> str:
    """Make a link and return its token."""
    return LinkRegister(folder).new("influencer", influencer=NAME, until=datetime(2018, 9, 1, tzinfo=UTC), at=NOW)[1]


def put_tip(folder: Path) -> None:
    """Leave a tip that is not in the sheet yet."""
    outbox = Outbox(folder, source="1AbC", utc_now=lambda: NOW)
    outbox.put(draft_tip(who=NAME, day=date(2018, 8, 20), influencer=NAME, tip="Schrijf korter"))
    outbox.close()


def kept_about(folder: Path) -> list[str]:
    """Return the names of the files that hold anything."""
    return sorted(path.name for path in folder.iterdir() if path.stat().st_size)


def test_everything_goes(told: Told, tmp_path: Path) -> None:
    folder = tmp_path / "var"
    keep(folder)
    keep(folder, source="9XyZ")
    Store(folder, source="1AbC").path.with_name("last-good-1.json.gz.new").write_bytes(b"half")
    token = hand_out(folder)
    put_tip(folder)
    code, out, err = told("purge", "--unsent")
    assert (code, err) == (0, "")
    assert out == (
        "Gewist: de laatste goede stand van 3 sheets.\n"
        "Gewist: de wachtrij met berichten en tips.\n"
        "Gewist: alle links. Ze openen niets meer.\n" + ELSEWHERE
    )
    assert kept_about(folder) == []
    assert LinkRegister(folder).link_of(token, at=NOW) is None


def test_what_is_not_ours_stays(told: Told, tmp_path: Path) -> None:
    folder = tmp_path / "var"
    keep(folder)
    (folder / "notes.txt").write_text("something of somebody")
    (tmp_path / "log.xlsx").write_text("the sheet")
    told("purge")
    assert kept_about(folder) == ["notes.txt"]
    assert (tmp_path / "log.xlsx").exists()


def test_where_nothing_is_kept_it_says_so_and_makes_nothing(told: Told, tmp_path: Path) -> None:
    assert told("purge") == (0, "In var was niets bewaard.\n" + ELSEWHERE, "")
    assert not (tmp_path / "var").exists()


def test_links_may_be_kept(told: Told, tmp_path: Path) -> None:
    keep(tmp_path / "var")
    token = hand_out(tmp_path / "var")
    told("purge", "--keep-links")
    assert LinkRegister(tmp_path / "var").link_of(token, at=NOW)
    assert "Gewist: de laatste goede stand van de sheet.\n" not in told("purge", "--keep-links")[1]


def test_what_stands_nowhere_else_is_only_erased_when_one_says_so(told: Told, tmp_path: Path) -> None:
    folder = tmp_path / "var"
    keep(folder)
    put_tip(folder)
    before = kept_about(folder)
    code, out, err = told("purge")
    assert (code, out) == (2, "")
    assert err.startswith("Er wacht nog 1 bericht of tip die nergens anders staat.")
    assert kept_about(folder) == before


def test_under_a_running_dashboard_nothing_is_erased(told: Told, tmp_path: Path) -> None:
    keep(tmp_path / "var")
    before = kept_about(tmp_path / "var")
    with using(tmp_path / "var"):
        code, out, err = told("purge")
    assert (code, out) == (2, "")
    assert err == "Er draait nog een dashboard op var, en dat zou alles meteen weer bewaren. Stop het eerst.\n"
    assert kept_about(tmp_path / "var") == before
    assert told("purge")[0] == 0


def test_a_dashboard_says_that_it_uses_its_folder_and_lets_go_at_its_end(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENKDASH_DATA_FOLDER", str(tmp_path / "data"))
    with running_dashboard(None, settings={"GENKDASH_DATA_FOLDER": str(tmp_path / "data")}):
        assert "Er draait nog een dashboard" in told("purge")[2]
    assert told("purge")[0] == 0
    assert kept_about(tmp_path / "data") == []


@pytest.mark.parametrize("name", ["links.json", "last-good-1.json.gz", "outbox-1.sqlite"])
def test_what_is_damaged_is_erased_as_well(told: Told, tmp_path: Path, name: str) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / name).write_bytes(b"{ damaged " * 400 + NAME.encode())
    assert told("purge", "--unsent")[0] == 0
    assert kept_about(tmp_path / "var") == []


def test_what_can_not_be_removed_is_one_sentence(told: Told, tmp_path: Path) -> None:
    (tmp_path / "var" / "last-good-1.json.gz").mkdir(parents=True)
    code, out, err = told("purge")
    assert (code, out) == (2, "")
    assert err.startswith("Niet alles in var kon gewist worden")


def test_what_processes_share_of_the_sheet_goes_as_well(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_redis(tmp_path) as shared:
        monkeypatch.setenv("GENKDASH_SHARED__URL", shared.url)
        board = Board(connect_to(shared.url), source="example")
        turn = board.take("one", seconds=30)
        assert turn is not None
        board.publish(turn, NAME.encode(), picture=NAME.encode(), has_picture=True)
        board.close()

        assert told("purge") == (0, f"Gewist: de laatste stand in het gedeelde geheugen.\n{ELSEWHERE}", "")
        assert shared.keys("picture") == shared.keys("told") == []
    assert "verdwijnt er vanzelf binnen het uur" in told("purge")[1]
