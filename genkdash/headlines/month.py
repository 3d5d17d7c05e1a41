"""On which days was there a post? One month as a calendar, with the number of posts printed in each day.

Its look is in static/comfort.css.
"""

from calendar import Calendar
from collections.abc import Mapping
from datetime import date

from babel.dates import get_day_names

from genkdash.headlines.html import Html, element
from genkdash.i18n import Translator
from genkdash.i18n.formats import whole

_WEEKDAYS = range(7)  # Monday first, as weeks begin here
_FULL = 4  # posts on one day that have the full colour, where no day of the campaign has more


def month_days(month: date, posts_by_day: Mapping[date, int], words: Translator, *, alt: str) -> Html:
    """Return the weeks of the month that holds `month`. Days of its neighbours stay blank; `alt` says it in words."""
    names = get_day_names("abbreviated", context="stand-alone", locale=words.locale)
    most = max(_FULL, *posts_by_day.values()) if posts_by_day else _FULL
    heads = [element("span", names[weekday].rstrip(".")) for weekday in _WEEKDAYS]
    days = [
        _cell(day, posts_by_day.get(day, 0), most, words) if day.month == month.month else element("span")
        for day in Calendar().itermonthdates(month.year, month.month)
    ]
    return element("div", *heads, *days, css="month", label=alt)


def _cell(day: date, posts: int, most: int, words: Translator) -> Html:
    """Return a day's number and, where there was a post, how many, in bold below it."""
    if not posts:
        return element("i", str(day.day))
    return element("i", str(day.day), element("b", whole(posts, words)), style=f"--told:{100 * posts / most:.3g}%")
