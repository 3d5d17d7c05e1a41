"""How much time and memory do parsing and counting take, and does the cost per post grow?

`make bench` prints a row for 120, 10 000 and 100 000 posts (the last by 1 000 influencers). Every row is measured in
a fresh process, so that memory is its own; the time is the median of several runs on a sheet made here, in memory.
"""

import argparse
import gc
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from genkdash.insights.lessons import tip_summary  # noqa: E402  after the path is set
from genkdash.insights.outlook import outlook_by_influencer, team_outlook  # noqa: E402  the same
from genkdash.insights.progress import progress_by_influencer, team_progress  # noqa: E402
from genkdash.insights.reactions import REACTIONS, median_by_platform, median_by_topic, median_of  # noqa: E402
from genkdash.insights.sampling import rarefied_by_influencer, seen  # noqa: E402
from genkdash.insights.timeline import lanes, new_posts, posts_of  # noqa: E402
from genkdash.insights.topics import topic_matrix, topic_summary, topics_by_influencer  # noqa: E402
from genkdash.insights.variety import overlap_of_pairs, variety_over_time, voices  # noqa: E402
from genkdash.sheet.model import Sheet  # noqa: E402
from genkdash.sheet.parse import parse  # noqa: E402
from genkdash.sheet.tables import Cell, RawBook, RawTab  # noqa: E402

Result = TypeVar("Result")

SIZES = (120, 10_000, 100_000)
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


def main() -> None:
    """Measure one size, or all of them, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, help="measure this many posts here, and print the result as JSON")
    size = parser.parse_args().size
    if size is not None:
        print(json.dumps(measured(size)))
        return
    print("   posts  influencers   parse s  numbers s  numbers/parse  µs/post  peak MB")
    cost: dict[int, float] = {}
    for posts in SIZES:
        row = in_a_fresh_process(posts)
        total = row["parse"] + row["numbers"]
        cost[posts] = total / posts
        print(
            f"{posts:>8} {row['influencers']:>12.0f} {row['parse']:>9.3f} {row['numbers']:>10.3f}"
            f" {row['numbers'] / row['parse']:>14.2f} {1e6 * cost[posts]:>8.1f} {row['peak_mb']:>8.0f}"
        )
    _, middle, largest = SIZES
    print(f"growth: a post among {largest} costs {cost[largest] / cost[middle]:.2f} times one among {middle}")


def in_a_fresh_process(posts: int) -> dict[str, float]:
    """Return what `measured` gives in a new Python."""
    command = [sys.executable, __file__, "--size", str(posts)]
    result: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603  our own command line
    return result


def measured(posts: int) -> dict[str, float]:
    """Return the median seconds of parsing and of all numbers, and the peak memory of this process."""
    book = made_up_book(posts)
    runs = 9 if posts <= 1_000 else 5 if posts <= 10_000 else 3
    parse_seconds, sheet = timed(lambda: parse(book, today=TODAY), runs)
    numbers_seconds, _ = timed(lambda: all_numbers(sheet), runs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "influencers": len(sheet.influencers),
        "parse": parse_seconds,
        "numbers": numbers_seconds,
        # Linux counts in kilobytes, macOS in bytes
        "peak_mb": peak / (1024 if sys.platform != "darwin" else 1024 * 1024),
    }


def timed(work: Callable[[], Result], runs: int) -> tuple[float, Result]:
    """Return the median seconds of `runs` runs after one to warm up, and the last result."""
    result = work()
    seconds = []
    for _ in range(runs):
        gc.collect()
        begin = perf_counter()
        result = work()
        seconds.append(perf_counter() - begin)
    return median(seconds), result


def all_numbers(sheet: Sheet) -> None:
    """Compute everything that the screens and the report ask of the insights."""
    team_progress(sheet, today=TODAY)
    progress_by_influencer(sheet, today=TODAY)
    team_outlook(outlook_by_influencer(sheet, today=TODAY))
    seen(topic_summary(sheet))
    topic_matrix(sheet)
    topics_by_influencer(sheet)
    rarefied_by_influencer(sheet)
    voices(sheet)
    overlap_of_pairs(sheet)
    variety_over_time(sheet)
    for reaction in REACTIONS:
        median_of(sheet, reaction)
        median_by_platform(sheet, reaction)
        median_by_topic(sheet, reaction)
    tip_summary(sheet)
    lanes(sheet, today=TODAY)
    new_posts(sheet, today=TODAY)
    posts_of(sheet, sheet.influencers[0].name)


def made_up_book(posts: int) -> RawBook:
    """Return a sheet with this many posts, a few of them with a mistake, the same at every run."""
    random = Random(posts)  # noqa: S311  numbers for a measurement, not for a secret
    names = [f"Influencer {number}" for number in range(max(10, posts // POSTS_PER_INFLUENCER))]
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


if __name__ == "__main__":
    main()
