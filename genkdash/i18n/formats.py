"""How does a number or a day look to a person? Babel decides; we only choose the pattern."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from babel.dates import format_date, format_time, format_timedelta, get_month_names, get_timezone
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from genkdash.i18n.catalogue import Translator


def day(value: date, words: Translator) -> str:
    """Return a short day with its month: "11 aug" in Dutch, "11 Aug" in English."""
    return format_date(value, "d MMM", locale=words.locale).rstrip(".")


def day_and_year(value: date, words: Translator) -> str:
    """Return a day in full: "20 augustus 2018"."""
    return format_date(value, "d MMMM y", locale=words.locale)


def day_and_month(value: date, words: Translator) -> str:
    """Return a day with its month in full: "8 augustus" in Dutch, "8 August" in English."""
    return format_date(value, "d MMMM", locale=words.locale)


def near_day(value: date, today: date, words: Translator) -> str:
    """Return a day as a person names it not long after: "vandaag", "gisteren", "zaterdag 18 augustus"."""
    if 0 <= (today - value).days <= 1:
        return words("day.today" if value == today else "day.yesterday")
    return format_date(value, "EEEE d MMMM", locale=words.locale)


def time_of_day(moment: datetime, words: Translator, timezone: str) -> str:
    """Return the hour and minute of a moment (with a zone) on the clocks of `timezone`: "14:32"."""
    return format_time(moment, "HH:mm", tzinfo=get_timezone(timezone), locale=words.locale)


def period(start: date, end: date, words: Translator) -> str:
    """Return "16 apr – 15 okt 2018"; the year stands once when it is the same."""
    first = day(start, words) if start.year == end.year else format_date(start, "d MMM y", locale=words.locale)
    return f"{first} – {format_date(end, 'd MMM y', locale=words.locale)}"


def whole(value: float, words: Translator) -> str:
    """Return a count rounded to a whole number, half up: "1.234" in Dutch, "1,234" in English."""
    rounded = Decimal(str(value)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return format_decimal(rounded, "#,##0", locale=words.locale)


def one_decimal(value: float, words: Translator) -> str:
    """Return a figure with at most one decimal: "3,2" in Dutch, "3.2" in English."""
    return format_decimal(value, "#,##0.#", locale=words.locale)


def share(value: float, words: Translator) -> str:
    """Return a share of 0-1 as a whole percentage: "62 %" in Dutch, "62%" in English.

    What is there and would round to nothing is "< 1 %": zero says that it is not there.
    """
    least = 0.01 if 0 < value < 0.005 else value
    text = format_percent(least, "#,##0\u00a0%" if words.language == "nl" else "#,##0%", locale=words.locale)
    return text if least == value else f"<\u00a0{text}"


def plotly_locale(words: Translator) -> dict[str, object]:
    """Return the axis names in Plotly's own form: Streamlit's bundle has only English ones."""
    english = words.language == "en"
    months = [get_month_names("wide", locale=words.locale)[number] for number in range(1, 13)]
    short = [get_month_names("abbreviated", locale=words.locale)[number].rstrip(".") for number in range(1, 13)]
    return {
        "moduleType": "locale",
        "name": words.language,
        "format": {
            "months": months,
            "shortMonths": short,
            "decimal": "." if english else ",",
            "thousands": "," if english else ".",
            "date": "%d/%m/%Y",
        },
    }


def ago(seconds: float, words: Translator) -> str:
    """Return how long ago something was: "4 minuten geleden". Rounded up: never younger than it is.

    Within the minute it names no number: nobody draws it again every second.
    """
    if seconds <= 60:
        return words("freshness.this_minute")
    age = timedelta(minutes=-ceil(seconds / 60))
    return format_timedelta(age, threshold=1, add_direction=True, locale=words.locale)


def chance(value: float, words: Translator) -> str:
    """Return a chance of 0-1 as "ongeveer 7 op 10"; under 5 % and over 95 % no number is honest."""
    if value < 0.05:
        return words("chance.small")
    if value > 0.95:
        return words("chance.almost_sure")
    return words("chance.about", tenths=min(max(round(value * 10), 1), 9))


def month_and_year(value: date, words: Translator) -> str:
    """Return "augustus 2018"."""
    return format_date(value, "LLLL y", locale=words.locale)


def alternatives(choices: Iterable[str], words: Translator) -> str:
    """Return the choices as a person lists them: "json of csv"."""
    return format_list(list(choices), style="or", locale=words.locale)
