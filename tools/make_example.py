"""How is the example workbook made? `python tools/make_example.py` writes genkdash/sheet/example.xlsx anew.

The posts are written by hand in `example_posts.csv`, typing mistakes and blank rows included; reactions are drawn
with a fixed seed, so every run gives the same cells. Nobody in it exists, and no address leads anywhere (.example).
"""

import csv
import random
import zipfile
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Value: TypeAlias = str | int | float | bool | date | None

POSTS = Path(__file__).with_name("example_posts.csv")
TARGET = Path(__file__).parents[1] / "genkdash" / "sheet" / "example.xlsx"
AS_OF = date(2018, 8, 20)
SEED = 2018
MADE = datetime(2018, 8, 20, 9)  # noqa: DTZ001  a workbook's own stamp has no time zone

CAMPAIGN: list[list[Value]] = [
    ["Sleutel", "Waarde"],
    ["Naam", "Genk vertelt"],
    ["Start", date(2018, 4, 16)],
    ["Einde", date(2018, 10, 15)],
    ["Doel", 12],
    ["Tijdzone", "Europe/Brussels"],
    ["Peildatum", AS_OF],
]

# The last column is there to show that what the contract does not name is never read. Nobody has these numbers.
INFLUENCERS: list[list[Value]] = [
    [
        "Naam",
        "E-mail",
        "Account",
        "Alias",
        "Interesses",
        "Doel",
        "Start",
        "Einde",
        "Toon op scherm",
        "Gsm-nummer",
    ],
    [
        "Amina",
        "amina@genk.example",
        "@amina.vertelt",
        "Mina",
        "eten, feesten, Citétaal",
        *[None] * 3,
        True,
        "0400 00 00 01",
    ],
    ["Bram", "bram@genk.example", "@brambuiten", None, "sport, fietsen", *[None] * 3, True, "0400 00 00 02"],
    ["Cem", "cem@genk.example", "@cem.maakt.beats", "DJ Cem", "muziek, opnemen", *[None] * 3, True, "0400 00 00 03"],
    ["Dilara", "dilara@genk.example", "@dilara.in.beeld", "Dila", "foto, C-mine", *[None] * 3, False, "0400 00 00 04"],
    ["Elena", "elena@genk.example", "@elena.zoekt", None, "verhalen van vroeger", *[None] * 3, True, "0400 00 00 05"],
    ["Jonas", "jonas@genk.example", "@jonas.speelt", None, "gamen", *[None] * 3, None, "0400 00 00 06"],
    [
        "Kasia",
        "kasia@genk.example",
        "@kasia.buiten",
        "Kaśka",
        "natuur, sterren",
        10,
        *[None] * 2,
        True,
        "0400 00 00 07",
    ],
    ["Luca", None, "@luca.proeft", None, "eten, voetbal", None, date(2018, 6, 18), None, None, "0400 00 00 08"],
    [
        "Noor",
        "noor@genk.example",
        "@noor.zingt",
        "Noortje; Noor V.",
        "muziek, jeugdhuis",
        *[None] * 3,
        True,
        "0400 00 00 09",
    ],
    ["Yannis", "yannis@genk.example", "@yannis.basket", None, "basket", *[None] * 3, None, "0400 00 00 10"],
]

# Each colour keeps 3:1 against white and against the dark background (#0e1117); together they were searched for
# the largest smallest distance, also as people with protanopia and deuteranopia see them.
TOPICS: list[list[Value]] = [
    ["Thema", "Synoniemen", "Kleur", "Omschrijving"],
    ["Muziek", "Beats; Optreden", "#be4074", "Zelf maken, luisteren, opnemen en dansen"],
    ["Sport", "Voetbal; Basket", "#25a159", "Van tribune tot pleintje"],
    ["C-mine", "Cmine; Schachtbok", "#7d70a0", "De mijnsite van Winterslag: kunst, film, studeren"],
    ["Mijnverleden", "Erfgoed; De mijn", "#8a5b0b", "De mijnen, de cités en wie er kwam werken"],
    ["Eten", "Food; Keuken", "#c66e00", "Wat er op tafel komt, van alle kanten"],
    ["Natuur", "Hoge Kempen; Kattevennen", "#337051", "Nationaal Park Hoge Kempen, De Maten, de Stiemer"],
    ["Jeugdhuis", "JH", "#9141aa", "Waar we samenkomen"],
    ["School", "Studeren; Examens", "#0668d6", "Leren, kiezen, blokken"],
    ["Mobiliteit", "Fiets; Bus", "#0d95ff", "Hoe geraak je er?"],
    ["Evenementen", "Events; Feest", "#f4605e", "Alles waar volk op afkomt"],
    ["Geloof", "Ramadan; Religie", "#c073ce", "Wat ons rust en richting geeft"],
    ["Gezondheid", "Goed in je vel", "#679a99", "Lijf en hoofd"],
    ["Ondernemen", "Bijverdienen", None, "Een eigen zaak, een eerste job"],
]

CALENDAR: list[list[Value]] = [
    ["Van", "Tot", "Soort", "Naam", "Influencer", "Gewicht"],
    [date(2018, 6, 11), date(2018, 6, 29), "pauze", "Examens", None, 0.4],
    [date(2018, 6, 14), date(2018, 7, 15), "evenement", "WK voetbal", None, None],
    [date(2018, 6, 29), date(2018, 7, 1), "evenement", "Genk on Stage", None, None],
    [date(2018, 7, 20), date(2018, 8, 12), "pauze", "Op reis met de familie", "Cem", None],
    [date(2018, 9, 9), date(2018, 9, 9), "evenement", "Open Monumentendag", None, None],
    [date(2018, 10, 13), date(2018, 10, 13), "evenement", "Slotfeest", None, None],
]

TIPS: list[list[Value]] = [
    ["Datum", "Influencer", "Tip", "Link", "Status", "Antwoord", "Beantwoord op"],
    [
        date(2018, 5, 16),
        "Amina",
        "Stel een vraag onder je foto. Dan praten mensen terug.",
        "https://instagram.example/p/genk-024",
        "doorgevoerd",
        "Onder elk bericht van de stad staat nu één vraag.",
        date(2018, 5, 30),
    ],
    [
        date(2018, 6, 6),
        "Cem",
        "Film rechtop. Niemand draait zijn telefoon.",
        None,
        "geprobeerd",
        "Deze zomer maken we drie filmpjes rechtop.",
        date(2018, 6, 18),
    ],
    [
        date(2018, 7, 4),
        "Noor",
        "Antwoord ook eens 's avonds, dan zijn wij online.",
        None,
        "gehoord",
        "Dat bekijken we met de dienst.",
        date(2018, 7, 11),
    ],
    [date(2018, 8, 8), "Dilara", "Zeg gewoon 'je'. Van 'u' denk ik dat ik een boete krijg.", None, None, None, None],
    [date(2018, 8, 8), "Bram", "Deel onze verhalen door, maar vraag het eerst.", None, None, None, None],
]

MEETINGS: list[list[Value]] = [
    ["Datum"],
    *([date(2018, month, day)] for month, day in [(4, 18), (5, 16), (6, 6), (7, 4), (8, 8), (9, 12)]),
]


def post_rows() -> list[list[Value]]:
    """Return the rows of Berichten, header first, with their reactions."""
    chance = random.Random(SEED)  # noqa: S311  the same "luck" at every run
    with POSTS.open(encoding="utf-8", newline="") as file:
        _, *typed = csv.reader(file, delimiter=";")
    header: list[Value] = ["Datum", "Influencer", "Platform", "Thema's", "Titel", "Link", "Vorm"]
    rows = [[*header, "Likes", "Reacties", "Gedeeld", "Bereik", "Gemeten op", "Bericht-ID"]]
    for number, post in enumerate(typed, start=2):
        if not post:
            rows.append([])
            continue
        day, influencer, platform, topics, title, form, link, likes = post
        posted = _day(day)
        counts = _reactions(chance, posted, is_story=form == "story")
        if likes:  # as somebody typed it; the drawn reach would not fit it
            counts[0], counts[3] = likes, None
        row = [posted, influencer, platform, topics, title, link or _link(platform, form, number), form, *counts]
        # The dashboard's own form, which writes the key, came into use in August.
        row.append(f"gv-{number:04}" if isinstance(posted, date) and posted.month == AS_OF.month else None)
        rows.append([value or None if isinstance(value, str) else value for value in row])
    return rows


def _day(text: str) -> date | str:
    """Return an ISO day as a date; what a person typed otherwise stays as typed."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _link(platform: str, form: str, number: int) -> str | None:
    if form == "story" or not platform:
        return None
    return f"https://{platform.lower()}.example/p/genk-{number:03}"


def _reactions(chance: random.Random, posted: date | str, *, is_story: bool) -> list[Value]:
    """Return likes, comments, shares, reach and the day they were read; nobody reads them all."""
    reach = round(chance.lognormvariate(6.1, 0.45))
    likes = round(reach * chance.uniform(0.08, 0.22))
    comments = round(likes * chance.uniform(0.02, 0.14))
    shares = round(likes * chance.uniform(0, 0.08))
    waited = timedelta(days=chance.choice([2, 7, 8, 9, 11, 14]))
    known = [chance.random() < part for part in (0.78, 0.7, 0.45, 0.3)]
    if is_story or not isinstance(posted, date) or posted >= AS_OF:
        return [None] * 5
    counts: list[Value] = [
        count if is_known else None for count, is_known in zip((likes, comments, shares, reach), known, strict=True)
    ]
    return [*counts, min(posted + waited, AS_OF) if any(known) else None]


def build() -> Workbook:
    """Return the whole workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    tabs = {
        "Berichten": post_rows(),
        "Influencers": INFLUENCERS,
        "Thema's": TOPICS,
        "Campagne": CAMPAIGN,
        "Kalender": CALENDAR,
        "Tips": TIPS,
        "Vergaderingen": MEETINGS,
    }
    for title, rows in tabs.items():
        _fill(book.create_sheet(title), rows)
    book.properties.creator = "genkdash"
    book.properties.created = MADE
    return book


def _fill(tab: Worksheet, rows: list[list[Value]]) -> None:
    for row in rows:
        tab.append(row)
    for cells in tab.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"
    for column, header in enumerate(rows[0], start=1):
        cell = tab.cell(1, column)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="0B6770")
        longest = max(len(str(row[column - 1] or "")) for row in rows if len(row) >= column)
        tab.column_dimensions[get_column_letter(column)].width = min(max(longest, len(str(header))) + 2, 60)
    tab.freeze_panes = "A2"


def save(book: Workbook, path: Path) -> None:
    """Write the workbook with a fixed stamp, so that the same cells give the same file."""
    packed = BytesIO()
    book.save(packed)
    with zipfile.ZipFile(packed) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as fixed:
        for part in made.namelist():
            content = made.read(part)
            if part == "docProps/core.xml":
                content = content.replace(
                    f"{book.properties.modified:%Y-%m-%dT%H:%M:%SZ}".encode(), f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode()
                )
            fixed.writestr(zipfile.ZipInfo(part, MADE.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    save(build(), TARGET)
    print(f"{TARGET} ({TARGET.stat().st_size} bytes)")
