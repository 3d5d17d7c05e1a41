from datetime import date
from typing import Any

import pytest
from books import places, sheet

from genkdash.sheet.model import CalendarEntry

HEADER = ["Van", "Tot", "Soort", "Naam", "Influencer", "Gewicht"]
DAY = date(2018, 6, 1)


def calendar(*row: Any, **tabs: Any) -> Any:
    """Return the sheet with one row in the calendar."""
    return sheet(Kalender=[HEADER, row], **tabs)


def test_an_event_and_a_pause_are_read() -> None:
    rows = [
        HEADER,
        [DAY, date(2018, 6, 3), "Evenement", "Genk on Stage", None, None],
        ["18/6/2018", 43281, "pauze", "Examens", "ami", "0,5"],
    ]
    result = sheet(Kalender=rows)

    assert result.calendar == (
        CalendarEntry(DAY, date(2018, 6, 3), "event", "Genk on Stage"),
        CalendarEntry(date(2018, 6, 18), date(2018, 6, 30), "pause", "Examens", "Amina", 0.5),
    )
    assert places(result.issues) == [("text-date", 3, "A", "18/6/2018"), ("text-number", 3, "F", "0,5")]


def test_a_pause_counts_for_a_fifth_unless_the_sheet_says_otherwise() -> None:
    assert calendar(DAY, None, "pauze").calendar == (CalendarEntry(DAY, DAY, "pause", weight=0.2),)


def test_the_weight_of_an_event_is_not_read() -> None:
    assert calendar(DAY, None, "event", None, None, "zwaar").calendar == (CalendarEntry(DAY, DAY, "event"),)


@pytest.mark.parametrize(
    ("row", "place", "entry"),
    [
        ((DAY, None, "pauze", None, None, 3), ("F", "3"), CalendarEntry(DAY, DAY, "pause", weight=0.2)),
        ((DAY, "later", "event"), ("B", "later"), CalendarEntry(DAY, DAY, "event")),
        ((DAY, date(2018, 5, 1), "event"), ("B", "2018-05-01"), CalendarEntry(DAY, DAY, "event")),
        ((DAY, None, "feest"), ("C", "feest"), None),
        ((DAY, None, None, "Examens"), ("C", None), None),
        ((None, None, "pauze"), ("A", None), None),
        (("ooit", None, "pauze"), ("A", "ooit"), None),
        ((DAY, None, "pauze", None, "Amnia"), ("E", "Amnia"), None),
    ],
)
def test_what_can_not_be_read_gives_way_to_the_default_or_costs_the_row(
    row: tuple[Any, ...], place: tuple[str, str | None], entry: CalendarEntry | None
) -> None:
    result = calendar(*row)

    assert places(result.issues) == [("bad-setting", 2, *place)]
    assert result.calendar == (() if entry is None else (entry,))


def test_without_a_list_of_people_a_pause_may_be_for_somebody_who_has_not_posted_yet() -> None:
    result = calendar(DAY, None, "pauze", None, "Amina", Influencers=None)

    assert result.calendar == (CalendarEntry(DAY, DAY, "pause", influencer="Amina", weight=0.2),)


def test_meetings_are_sorted_and_each_day_stands_once() -> None:
    result = sheet(Vergaderingen=[["Datum"], [DAY], [date(2018, 5, 1)], [43252.75]])

    assert result.meetings == (date(2018, 5, 1), DAY)


def test_a_meeting_on_an_unreadable_day_is_an_error() -> None:
    result = sheet(Vergaderingen=[["Datum"], ["volgende week"]])

    assert result.meetings == ()
    assert [(issue.code, issue.severity) for issue in result.issues] == [("bad-date", "error")]
