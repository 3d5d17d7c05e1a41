"""The stand-in answers the recordings as Google did, and a broken one is found out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sheets_server import SheetsServer, books, cells, display, entry, errors, ranges, tables, values, wire
from sheets_server.recordings import Replay

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parents[2] / "shared" / "fixtures" / "google_recordings"
RECORDINGS = sorted(FOLDER.glob("*.json"))
pytestmark = pytest.mark.skipif(not RECORDINGS, reason=f"Google's recordings are not here: {FOLDER}")


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.stem)
def test_every_recorded_request_gets_the_answer_that_google_gave(recording: Path) -> None:
    with SheetsServer() as server:
        assert [str(difference) for difference in Replay(server).differences(recording)] == []


def test_the_recordings_are_the_twenty_one_that_were_handed_over() -> None:
    assert len(RECORDINGS) == 21


def keeps_trailing_blanks(lines: list[list[Any]]) -> list[list[Any]]:
    return lines


def keeps_blanks_in_rows(lines: list[list[Any]]) -> list[list[Any]]:
    while lines and all(cells.is_blank(cell) for cell in lines[-1]):
        lines = lines[:-1]
    return lines


def drops_every_blank_row(lines: list[list[Any]]) -> list[list[Any]]:
    return [line for line in TRIMMED(lines) if line]


def writes_a_range_one_row_short(title: str, area: ranges.Area) -> str:
    return WRITTEN(title, ranges.Area(area.top, area.left, max(area.top + 1, area.bottom - 1), area.right))


def always_quotes(title: str) -> str:
    return f"'{title}'"


def never_quotes(title: str) -> str:
    return title


def says_400_for_an_unknown_spreadsheet() -> errors.Refusal:
    return errors.bad_request("Requested entity was not found.")


def writes_whole_numbers_with_a_fraction(number: float) -> float:
    return float(number)


def shows_two_decimals(number: float, locale: Any) -> str:
    return f"{number:.2f}".replace(".", locale.decimal)


def takes_whatever_is_typed_as_text(value: Any, *_: Any, **__: Any) -> Any:
    return value


def appends_to_the_whole_used_area(tab: Any, area: ranges.Area) -> ranges.Area | None:
    found = tables.tables_of(tab)
    return ranges.Area(0, 0, tab.used_rows(), area.right) if found else None


def finds_no_table(tab: Any, area: ranges.Area) -> None:
    del tab, area


def sends_an_empty_list_of_values(*arguments: Any) -> dict[str, Any]:
    return {"values": []} | VALUE_RANGE(*arguments)


def takes_no_number_for_a_date(cell: Any) -> bool:
    del cell
    return False


def forgets_the_theme() -> dict[str, Any]:
    return {}


def answers_in_ascii(body: Any) -> bytes:
    return LAID_OUT(body).decode().encode("ascii", "replace")


TRIMMED, WRITTEN, VALUE_RANGE, LAID_OUT = values.trimmed, ranges.written, values.value_range, wire.laid_out
BREAKAGES: list[tuple[Any, str, Callable[..., Any]]] = [
    (values, "trimmed", keeps_trailing_blanks),
    (values, "trimmed", keeps_blanks_in_rows),
    (values, "trimmed", drops_every_blank_row),
    (values, "value_range", sends_an_empty_list_of_values),
    (ranges, "written", writes_a_range_one_row_short),
    (ranges, "quoted", always_quotes),
    (ranges, "quoted", never_quotes),
    (errors, "unknown_entity", says_400_for_an_unknown_spreadsheet),
    (cells, "json_number", writes_whole_numbers_with_a_fraction),
    (display, "general", shows_two_decimals),
    (entry, "typed", takes_whatever_is_typed_as_text),
    (tables, "last_table", appends_to_the_whole_used_area),
    (tables, "last_table", finds_no_table),
    (values, "is_dated", takes_no_number_for_a_date),
    (books, "spreadsheet_theme", forgets_the_theme),
    (wire, "laid_out", answers_in_ascii),
    (wire, "JSON_TYPE", "text/html"),  # type: ignore[list-item]
]


@pytest.mark.parametrize(("module", "name", "broken"), BREAKAGES, ids=lambda part: getattr(part, "__name__", str(part)))
def test_a_server_broken_on_purpose_fails_the_replay(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, broken: Any
) -> None:
    monkeypatch.setattr(module, name, broken)
    with SheetsServer(is_checked=False) as server:
        replay = Replay(server)
        assert any(replay.differences(recording) for recording in RECORDINGS)
