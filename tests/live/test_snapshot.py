"""One revision, parsed once a day for everybody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from scripted_source import book_of

from genkdash.live import snapshot as snapshot_module
from genkdash.live.snapshot import Snapshot
from genkdash.sheet.model import Sheet
from genkdash.sheet.parse import parse
from genkdash.sheet.tables import RawBook, RawTab

NOON = datetime(2018, 8, 20, 12, 0, tzinfo=UTC)


def snapshot_of(book: RawBook) -> Snapshot:
    return Snapshot(1, book, "0" * 64, NOON)


@pytest.fixture
def parsed_days(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """Return the days that are parsed from now on."""
    days: list[date] = []

    def counting(book: RawBook, *, today: date) -> Sheet:
        days.append(today)
        return parse(book, today=today)

    monkeypatch.setattr(snapshot_module, "parse", counting)
    return days


def test_the_sheet_is_read_as_on_the_day_it_is_in_the_campaign() -> None:
    sheet = snapshot_of(book_of(3)).sheet(NOON)
    assert (sheet.today, sheet.rows.counted) == (date(2018, 8, 20), 3)


def test_a_new_day_begins_at_midnight_in_genk() -> None:
    snapshot = snapshot_of(book_of(3))
    midnight = datetime(2018, 8, 20, 22, 0, tzinfo=UTC)
    assert snapshot.day(midnight - timedelta(seconds=1)) == date(2018, 8, 20)
    assert snapshot.day(midnight) == date(2018, 8, 21)


def test_the_day_in_the_sheet_wins_from_the_clock() -> None:
    pinned = RawTab("Campagne", (("Sleutel", "Waarde"), ("Peildatum", "2018-08-01")))
    assert snapshot_of(book_of(3, more=[pinned])).day(NOON) == date(2018, 8, 1)


def test_twenty_viewers_at_once_parse_once(parsed_days: list[date]) -> None:
    snapshot = snapshot_of(book_of(50))
    with ThreadPoolExecutor(20) as viewers:
        sheets = list(viewers.map(lambda _: snapshot.sheet(NOON), range(20)))
    assert parsed_days == [date(2018, 8, 20)]
    assert all(sheet is sheets[0] for sheet in sheets)


def test_only_the_last_two_days_are_remembered(parsed_days: list[date]) -> None:
    snapshot = snapshot_of(book_of(3))
    for days in (0, 1, 0, 1, 2, 1, 0):
        snapshot.sheet(NOON + timedelta(days=days))
    assert [day.day for day in parsed_days] == [20, 21, 22, 20]


def test_a_snapshot_shows_no_cell_when_it_is_printed() -> None:
    assert "Amina" not in repr(snapshot_of(book_of(1)))
