"""What does a large sheet look like? Made up, the same at every run, a few of its rows with a mistake."""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

from genkdash.sheet.tables import Cell, RawBook, RawTab

POSTS_PER_INFLUENCER = 100
# nobody is there yet, so that everybody needs a forecast
TARGET = 150
TODAY = date(2018, 8, 20)
FIRST_SERIAL = 43206  # 2018-04-16 in a sheet's own count of days
TOPICS = (
    "Muziek",
    "Sport",
    "Eten",
    "Natuur",
    "School",
    "Uitgaan",
    "Mode",
    "Erfgoed",
    "Buurt",
    "Games",
    "Kunst",
    "Werk",
)
PLATFORMS = ("Instagram", "TikTok", "YouTube", "Facebook", None)
HEADERS = (
    "Datum",
    "Influencer",
    "Platform",
    "Thema's",
    "Titel",
    "Link",
    "Vorm",
    "Likes",
    "Reacties",
    "Gedeeld",
    "Bereik",
)


def made_up_book(posts: int, *, influencers: int | None = None) -> RawBook:
    """Return a sheet with this many posts by so many people (None: one for every hundred posts, at least ten)."""
    random = Random(posts)  # noqa: S311  numbers for a measurement, not for a secret
    names = [f"Influencer {number}" for number in range(influencers or max(10, posts // POSTS_PER_INFLUENCER))]
    log: list[list[Cell]] = [list(HEADERS), *(made_up_post(random, names, number) for number in range(posts))]
    people: list[list[Cell]] = [["Naam", "Alias", "Doel"], *([name, f"{name} jr", None] for name in names)]
    topics: list[list[Cell]] = [["Thema", "Synoniemen"], *([topic, f"{topic}je"] for topic in TOPICS)]
    campaign: list[list[Cell]] = [
        ["Sleutel", "Waarde"],
        ["Start", "2018-04-16"],
        ["Einde", "2018-10-15"],
        ["Doel", TARGET],
    ]
    calendar: list[list[Cell]] = [
        ["Van", "Tot", "Soort", "Naam", "Influencer", "Gewicht"],
        ["2018-07-01", "2018-07-15", "pauze", "Examens", None, 0.2],
        ["2018-08-01", "2018-08-10", "pauze", "Kamp", names[0], 0],
    ]
    tips: list[list[Cell]] = [
        ["Datum", "Influencer", "Tip", "Beantwoord op"],
        *(["2018-05-01", name, "Kort houden", "2018-05-11"] for name in names),
    ]
    tabs = {"Berichten": log, "Influencers": people, "Thema's": topics, "Campagne": campaign}
    tabs |= {"Kalender": calendar, "Tips": tips}
    return RawBook("workbook", "bench", tuple(RawTab(title, rows) for title, rows in tabs.items()))


def made_up_post(random: Random, names: list[str], number: int) -> list[Cell]:
    """Return one row of Berichten; one in ten has its date as text, one in a hundred has none."""
    serial = FIRST_SERIAL + random.randrange(120)
    text_date = f"{1 + random.randrange(28)}/{5 + random.randrange(3)}/2018"
    day: Cell = None if number % 100 == 99 else text_date if number % 10 == 0 else serial
    topics = "; ".join(random.sample(TOPICS, k=random.choice((1, 1, 1, 2, 3))))
    reactions: list[Cell] = [random.randrange(500), random.randrange(40), None, "1.234" if number % 20 == 0 else None]
    link = f"https://www.example.be/p/{number}?utm_source=x"
    return [day, random.choice(names), random.choice(PLATFORMS), topics, f"Bericht {number}", link, "foto", *reactions]


def write_csv_folder(book: RawBook, folder: Path) -> None:
    """Write a file per tab, as a folder of CSV files that the dashboard reads. Days are written out."""
    folder.mkdir(parents=True, exist_ok=True)
    for tab in book.tabs:
        with (folder / f"{tab.title}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            for row in tab.rows:
                rows.writerow([_day_of(row[0]), *row[1:]])


def write_small_posts(book: RawBook, path: Path) -> None:
    """Write the posts as the peers read them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["date", "influencer", "topic"])
        for row in book.tabs[0].rows[1:]:
            rows.writerow([_day_of(row[0]), row[1], str(row[3]).partition(";")[0]])


def _day_of(cell: Cell) -> Cell:
    """Return a sheet's own count of days as a date; anything else as it is."""
    return (date(1899, 12, 30) + timedelta(days=cell)).isoformat() if isinstance(cell, int) else cell
