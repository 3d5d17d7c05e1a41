"""Somebody saves the workbook while a page is open: the new row appears, and half a file changes nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from running import running_dashboard
from wire import Tab, has_text, open_tab
from workbooks import CAMPAIGN, Log

PATIENCE_SECONDS = 60.0
LAST_GOOD = "Wat je hieronder ziet, zijn de laatste goede cijfers."
DAMAGED = "log\\.xlsx is beschadigd of nog niet helemaal bewaard. Open het en bewaar het opnieuw."
NOTHING_YET = "Nog niets te tonen"
GONE = "Kijk de plaats en de naam na."


class Viewer:
    """One open tab, and what it received since it last looked."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._seen = 0
        tab.run()

    def gets(self, text: str) -> bool:
        """Keep the tab open until a frame holds `text`; False when none has after a long time."""
        frames = self._tab.frames
        while self._seen < len(frames) or self._tab.gets(text, until=time.monotonic() + PATIENCE_SECONDS):
            self._seen += 1
            if has_text(frames[self._seen - 1], text):
                return True
        return False

    def has_seen(self, text: str) -> bool:
        """Tell whether any frame so far held `text`."""
        return has_text(self._tab.received(), text)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    others = {"Campagne": [*CAMPAIGN[:-1], ["Peildatum", date(2018, 5, 7)]]}
    return Log(tmp_path_factory.mktemp("sheet") / "log.xlsx", "Bericht van dag 1", others)


@pytest.fixture(scope="module")
def url(log: Log) -> Iterator[str]:
    with running_dashboard(str(log.path)) as url:
        yield url


@pytest.fixture
def visit(url: str) -> Iterator[Callable[[], Viewer]]:
    """Return a function that opens one more tab on the overview."""
    with ExitStack() as opened:
        yield lambda: Viewer(opened.enter_context(open_tab(url)))


def cut_in_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def test_a_row_that_is_saved_appears_on_a_page_that_was_open(log: Log, visit: Callable[[], Viewer]) -> None:
    viewer = visit()
    assert viewer.gets("Bericht van dag 1")

    log.add("Zonder storing")

    assert viewer.gets("Zonder storing")


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (cut_in_half, DAMAGED),
        (lambda path: path.write_bytes(b""), DAMAGED),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), DAMAGED),
        (Path.unlink, GONE),
    ],
    ids=["half a file", "an empty file", "all but the last byte", "no file"],
)
def test_half_a_file_leaves_the_last_good_picture_with_its_reason_and_the_next_save_recovers(
    log: Log, visit: Callable[[], Viewer], harm: Callable[[Path], object], sentence: str
) -> None:
    viewer = visit()
    assert viewer.gets(log.titles[-1])

    harm(log.path)

    assert viewer.gets(sentence)
    newcomer = visit()
    assert newcomer.gets(LAST_GOOD)
    assert newcomer.has_seen(f"{len(log.titles)} / 12")

    log.add(f"Na {len(log.titles)} keer opnieuw bewaren")

    for one in (viewer, newcomer):
        # in the order in which a page is drawn
        assert one.gets("Live")
        assert one.gets(f"{len(log.titles)} / 12")
        assert not one.has_seen(NOTHING_YET)
