"""On which days was there a post? A month at a time, the current one first."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from genkdash.headlines.month import month_days
from genkdash.i18n.formats import month_and_year
from genkdash.insights.counted import counted_posts
from genkdash.sheet.model import Sheet
from genkdash.ui.figures import show_drawing
from genkdash.ui.filters import kept_in_url
from genkdash.ui.tables import month_table
from genkdash.ui.view import View


def show_month(view: View) -> None:
    """Draw the calendar with a choice of the months that have begun."""
    words = view.words
    days = view.ask(_posts_by_day, today=view.today)
    start = view.sheet.campaign.start or min(days, default=view.today)
    months = view.draw("months", lambda: _months(start, view.today))
    labels = view.draw("month names", lambda: {code: month_and_year(month, words) for code, month in months.items()})
    calendar = st.container()  # above the choice, so that its title stands in line with its neighbour's
    with kept_in_url("maand", allowed=list(months), default=next(reversed(months))) as key:
        chosen = st.selectbox(
            words("month.choose"),
            list(months),
            format_func=labels.__getitem__,
            key=key,
            persist_state="session",
            width=240,
        )
    month = months[chosen]
    with calendar:
        show_drawing(
            view,
            view.draw(("month", chosen), lambda: month_days(month, days, words, alt=_alt(view, month, days))),
            title=words("month.title"),
            key="month",
            table=lambda: month_table(view, month, days),
        )


def _alt(view: View, month: date, days: Mapping[date, int]) -> str:
    """Return in words how many posts there were in this month."""
    posts = sum(count for day, count in days.items() if (day.year, day.month) == (month.year, month.month))
    return view.words.plural("month.alt", posts, month=month_and_year(month, view.words))


def _posts_by_day(sheet: Sheet, *, today: date) -> dict[date, int]:
    """Return how many posts count on each day that has one."""
    found: dict[date, int] = counted_posts(sheet, today=today)["date"].dt.date.value_counts().to_dict()
    return found


def _months(start: date, today: date) -> dict[str, date]:
    """Return the first day of each month from `start` to `today` by its code, such as "2018-04"."""
    first, last = start.year * 12 + start.month - 1, today.year * 12 + today.month - 1
    days = [date(number // 12, number % 12 + 1, 1) for number in range(min(first, last), last + 1)]
    return {f"{day:%Y-%m}": day for day in days}
