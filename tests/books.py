"""Sheets for tests: a book from plain lists, with only the tabs a test is about."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from genkdash.sheet.model import Issue, Sheet
from genkdash.sheet.parse import parse
from genkdash.sheet.tables import RawBook, RawTab

TODAY = date(2018, 8, 20)
URL = "https://docs.google.com/spreadsheets/d/KEY/edit"

HEADERS = ["Datum", "Influencer", "Platform", "Thema's", "Titel", "Link", "Vorm", "Likes", "Reacties", "Gedeeld"]
HEADERS += ["Bereik", "Gemeten op", "Bericht-ID"]
LETTERS = dict(zip(HEADERS, "ABCDEFGHIJKLM", strict=True))
CAMPAIGN = [["Sleutel", "Waarde"], ["Start", date(2018, 4, 16)], ["Einde", date(2018, 10, 15)]]
INFLUENCERS = [["Naam", "Alias"], ["Amina", "Ami; Mina"], ["Bo", None], ["Özge", None]]
TOPICS = [["Thema", "Synoniemen"], ["Muziek", "muziekjes; dansmuziek"], ["Sport", None], ["Kunst, cultuur", None]]
OTHERS = {
    "Kalender": [["Van", "Tot", "Soort", "Naam", "Influencer", "Gewicht"]],
    "Tips": [["Datum", "Influencer", "Tip", "Link", "Bericht-ID", "Status", "Antwoord", "Beantwoord op"]],
    "Vergaderingen": [["Datum"]],
}


def post(**cells: Any) -> list[Any]:
    """Return a row that counts, with other cells by header: `post(Datum="gisteren")`; an apostrophe is left out."""
    usual = {"Datum": date(2018, 5, 3), "Influencer": "Amina", "Themas": "Muziek"}
    named = {name.replace("'", ""): name for name in HEADERS}
    return [{**usual, **cells}.get(plain) for plain in named]


def book(posts: Sequence[Sequence[Any]] = (), **tabs: Any) -> RawBook:
    """Return a Google book with every tab; `book([post()], Themas=None)` leaves one out, a list replaces it."""
    usual = {"Influencers": INFLUENCERS, "Themas": TOPICS, "Campagne": CAMPAIGN, **OTHERS}
    chosen = {"Berichten": [HEADERS, *posts], **usual, **tabs}
    return RawBook(
        "google",
        "Genk vertelt",
        tuple(
            RawTab("Thema's" if title == "Themas" else title, rows, gid)
            for gid, (title, rows) in enumerate(chosen.items())
            if rows is not None
        ),
        URL,
    )


def sheet(posts: Sequence[Sequence[Any]] = (), *, cut_off: date | None = None, **tabs: Any) -> Sheet:
    """Return what such a book says on the 20th of August 2018."""
    return parse(book(posts, **tabs), today=TODAY, cut_off=cut_off)


def places(issues: Sequence[Issue]) -> list[tuple[str, int | None, str | None, str | None]]:
    """Return the code, row, column and value of each issue."""
    return [(issue.code, issue.row, issue.column, issue.value) for issue in issues]
