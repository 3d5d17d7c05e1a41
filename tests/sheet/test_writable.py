import pytest
from books import book

from genkdash.sheet.writable import writable_columns

HEADER = ["Datum", "Influencer", "Tip", "Onze notities"]


@pytest.mark.parametrize(
    ("tabs", "columns"),
    [
        ({"Tips": [HEADER]}, {"date", "influencer", "tip"}),
        ({"Tips": [["Wat we leren"], HEADER]}, {"date", "influencer", "tip"}),
        ({"Tips": [[]]}, set()),
        ({"Tips": None}, set()),
    ],
)
def test_the_columns_to_write_in_are_those_of_the_contract_that_the_tab_has(
    tabs: dict[str, list[list[str]] | None], columns: set[str]
) -> None:
    assert writable_columns(book([], **tabs), "tips") == columns
