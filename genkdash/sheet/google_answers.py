"""What did Google answer, once it is known to be JSON of the right shape?"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from genkdash.sheet.errors import GoogleAnswerError, GoogleTruncatedError, SourceError
from genkdash.sheet.tables import Cell

AS_STORED = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
"""How cells are asked for: numbers as numbers and days as serials, whatever the sheet's locale shows."""


def json_object(ask: Callable[[], Any]) -> Mapping[str, Any]:
    """Return the JSON object that gspread got.

    Raises:
        SourceError: the answer broke off, or is no object. Raised outside the handler: what was caught holds cells.
    """
    failure: SourceError | None = None
    try:
        answer = ask()
    except (ValueError, RecursionError):
        failure = GoogleTruncatedError()
    if failure is not None:
        raise failure
    if not isinstance(answer, dict):
        raise GoogleAnswerError(status="200")
    return answer


def rows_of(values: object) -> Sequence[Sequence[Cell]]:
    """Return the rows of one tab, checked: lists of lists of text, numbers, booleans and blanks.

    Raises:
        GoogleAnswerError: they are something else.
    """
    rows = values.get("values", []) if isinstance(values, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise GoogleAnswerError(status="200")
    if not all(cell is None or isinstance(cell, str | int | float) for row in rows for cell in row):
        raise GoogleAnswerError(status="200")
    return tuple(tuple(row) for row in rows)
