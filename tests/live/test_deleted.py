"""Whoever is deleted from the sheet is gone with the next read: from the picture, from memory and from the disk."""

import gc
import gzip
import weakref
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from workbooks import CAMPAIGN, HEADER, row, save

from genkdash.live.memo import Memo
from genkdash.live.poller import Poller
from genkdash.live.store import Store
from genkdash.sheet.workbook import Workbook

NAME = "Canaria"
E_MAIL = "canary.email.4430@proef.example"
TITLE = "CANARY-title-4431"
TIP = "CANARY-tip-4432"
NOW = datetime(2018, 8, 20, 10, 0, tzinfo=UTC)


def write(path: Path, *names: str) -> None:
    """Save a workbook in which each of these people has a post, a tip and an address."""
    posts = [row(date(2018, 5, 1), name, "Muziek", Titel=TITLE if name == NAME else "Iftar") for name in names]
    tips = [[date(2018, 5, 1), name, TIP if name == NAME else "Kort"] for name in names]
    people = [[name, E_MAIL if name == NAME else None] for name in names]
    save(
        path,
        {
            "Berichten": [HEADER, *posts],
            "Influencers": [["Naam", "E-mail"], *people],
            "Tips": [["Datum", "Influencer", "Tip"], *tips],
            "Campagne": CAMPAIGN,
        },
    )


@pytest.fixture
def poller(tmp_path: Path) -> Poller:
    write(tmp_path / "log.xlsx", "Amina", "Bram", NAME)
    poller = Poller(Workbook(tmp_path / "log.xlsx"), Store(tmp_path / "var", source="log"))
    poller.poll(NOW)
    poller.keep(NOW)
    return poller


def on_disk(folder: Path) -> bytes:
    return b"".join(gzip.decompress(path.read_bytes()) for path in (folder / "var").iterdir())


def test_the_person_is_there_at_first(tmp_path: Path, poller: Poller) -> None:
    assert poller.standing.snapshot
    kept = on_disk(tmp_path)
    assert [text for text in (NAME, E_MAIL, TITLE, TIP) if text.encode() not in kept] == []


def test_with_the_next_read_nothing_of_the_person_is_on_disk(tmp_path: Path, poller: Poller) -> None:
    write(tmp_path / "log.xlsx", "Amina", "Bram")
    poller.poll(NOW + timedelta(seconds=5), is_forced=True)
    poller.keep(NOW + timedelta(seconds=5))
    kept = on_disk(tmp_path)
    assert b"Amina" in kept
    assert [text for text in (NAME, E_MAIL, TITLE, TIP) if text.encode() in kept] == []


def test_with_the_next_read_nobody_holds_the_picture_with_the_person_nor_what_was_made_of_it(
    tmp_path: Path, poller: Poller
) -> None:
    snapshot = poller.standing.snapshot
    assert snapshot
    before, memo = weakref.ref(snapshot), Memo()
    memo.forget_with(snapshot, snapshot.revision)
    memo.once((snapshot.revision, date(2018, 8, 20)), "titles", snapshot.sheet(NOW).posts["title"].tolist)
    assert [one.email for one in snapshot.invited(NOW)] == [None, None, E_MAIL]
    del snapshot

    write(tmp_path / "log.xlsx", "Amina", "Bram")
    poller.poll(NOW + timedelta(seconds=5), is_forced=True)
    poller.keep(NOW + timedelta(seconds=5))
    gc.collect()

    assert before() is None
    assert memo._answers == {}  # noqa: SLF001  what is kept in memory can't be seen from outside
    after = poller.standing.snapshot
    assert after
    assert [one.name for one in after.sheet(NOW).influencers] == ["Amina", "Bram"]
    assert [one.name for one in after.invited(NOW)] == ["Amina", "Bram"]


def test_when_half_of_the_rows_are_gone_they_are_gone_with_the_third_read(tmp_path: Path, poller: Poller) -> None:
    write(tmp_path / "log.xlsx", "Amina")
    for seconds in (5, 10):
        poller.poll(NOW + timedelta(seconds=seconds), is_forced=True)
        poller.keep(NOW + timedelta(seconds=seconds))
        assert NAME.encode() in on_disk(tmp_path)
    poller.poll(NOW + timedelta(seconds=15), is_forced=True)
    poller.keep(NOW + timedelta(seconds=15))
    assert NAME.encode() not in on_disk(tmp_path)
