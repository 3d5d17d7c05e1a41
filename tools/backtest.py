"""Would the forecast have been right? Real logs cut into campaigns, each forecast beside what became of it.

`make backtest` reads a blog's log of ten years. Every quarter opens a campaign of six months, for two kinds of team:

- asked beforehand: everybody who posted at least twice in the half year before, with half of that as target. Nothing
  in it was unknown on the first day.
- named afterwards: everybody who posts at all in the campaign, with a target of three. Easier to read, and unfair to
  every forecast alike: who takes part is only known at the end.

On six days in each campaign everybody who has not met the target yet is forecast in four ways:

- ours: `genkdash.insights.outlook`, from the same parsed sheet as the screens;
- straight line, yes or no: the own pace so far goes on to the end, and reaches the target or not;
- straight line with chance: the same pace as the mean of a Poisson distribution;
- own weeks: the weeks that are left are drawn from the person's weeks so far, two thousand times.

Brier is the mean squared error of the chance: 0 is perfect. The last row is what somebody scores who knows beforehand
how often the target will be reached, and says just that every time; nobody can. Coverage is how often the final count
lies in the 80 % interval, and width the mean number of posts from its low to its high end: an interval of counts can
only grow by a whole post, so more than 80 % is no flaw, and width tells what it costs.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from pathlib import Path
from typing import TypeAlias

import numpy as np
from scipy import stats

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from genkdash.insights.outlook import outlook_by_influencer  # noqa: E402  after the path is set
from genkdash.sheet.parse import parse  # noqa: E402  the same
from genkdash.sheet.tables import Cell, RawBook, RawTab  # noqa: E402  the same

Days: TypeAlias = dict[str, list[date]]
Roster: TypeAlias = Callable[[Days, date], dict[str, int]]

LOG = ROOT.parent / "shared" / "fixtures" / "posts_18f" / "18f_blog_posts.csv"
HOUSE_ACCOUNT = "18F"
WEEKS = 26
CUT_WEEKS = (4, 8, 12, 16, 20, 24)
HALF_YEAR = timedelta(days=182)
FEWEST_BEFORE = 2
TARGET_AFTERWARDS = 3
DRAWS = 2_000
QUANTILES = (0.1, 0.9)


@dataclass(frozen=True)
class Forecast:
    """What one way said: the chance of the target, and the 80 % interval of the final count."""

    chance: float
    low: float
    high: float


@dataclass(frozen=True)
class Case:
    """One person on one day: the posts per week so far, what is left, and what it became."""

    posts_by_week: tuple[int, ...]
    weeks_left: int
    target: int
    final: int
    ours: Forecast

    @property
    def posts(self) -> int:
        """Return the posts so far."""
        return sum(self.posts_by_week)


def main() -> None:
    """Print the table, or say that there is no log here."""
    if not LOG.exists():
        print(f"There is no log to test the forecast on: {LOG} is not on this machine.")
        return
    days_by_author = read_log(LOG)
    print(f"{LOG.name}: {sum(map(len, days_by_author.values()))} posts by {len(days_by_author)} people")
    for roster in (asked_beforehand, named_afterwards):
        show(roster.__name__.replace("_", " "), list(cases(days_by_author, roster)))


def show(team: str, found: list[Case]) -> None:
    """Print one table."""
    random = np.random.default_rng(0)
    ways = {
        "ours": [case.ours for case in found],
        "straight line, yes or no": [straight_line(case) for case in found],
        "straight line with chance": [straight_line_with_chance(case) for case in found],
        "own weeks": [own_weeks(case, random) for case in found],
    }
    reached = np.array([case.final >= case.target for case in found])
    final = np.array([case.final for case in found])
    print(f"\nTeam {team}: {len(found)} forecasts, the target was reached in {reached.mean():.0%} of them")
    print(f"{'':<28} Brier  coverage of 80 %  width")
    brier = {}
    for way, said in ways.items():
        chance, low, high = np.array([(one.chance, one.low, one.high) for one in said]).T
        brier[way] = float(((chance - reached) ** 2).mean())
        covered = float(((low <= final) & (final <= high)).mean())
        print(f"{way:<28} {brier[way]:.3f} {covered:>16.0%} {(high - low).mean():>6.1f}")
    print(f"{'share known beforehand':<28} {reached.var():.3f}")
    better = [way for way in brier if brier[way] < brier["ours"]]
    print(f"Better than ours on Brier: {', '.join(better)}." if better else "Ours has the lowest Brier of the four.")
    if reached.var() < brier["ours"]:
        print("Who had known the share beforehand would have done better than ours.")


def read_log(path: Path) -> Days:
    """Return the days on which each person posted, ascending; posts without a day or an author are left out."""
    days: Days = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = row["date"].strip("' ")[:10]
            for author in row["authors"].split(";") if text else ():
                if author.strip() not in {"", HOUSE_ACCOUNT}:
                    days[author.strip()].append(date.fromisoformat(text))
    return {author: sorted(own) for author, own in days.items()}


def asked_beforehand(days_by_author: Days, start: date) -> dict[str, int]:
    """Return the target of everybody who posted in the half year before: half of what they did then."""
    before = {
        author: sum(start - HALF_YEAR <= day < start for day in own) for author, own in sorted(days_by_author.items())
    }
    return {author: ceil(posts / 2) for author, posts in before.items() if posts >= FEWEST_BEFORE}


def named_afterwards(days_by_author: Days, start: date) -> dict[str, int]:
    """Return a target of three for everybody who posts in the campaign."""
    end = last_day(start)
    return {
        author: TARGET_AFTERWARDS
        for author, own in sorted(days_by_author.items())
        if any(start <= day <= end for day in own)
    }


def cases(days_by_author: Days, roster: Roster) -> Iterator[Case]:
    """Yield every open forecast of every campaign."""
    every_day = [day for own in days_by_author.values() for day in own]
    for start in quarters(min(every_day), max(every_day)):
        targets = roster(days_by_author, start)
        if targets and last_day(start) <= max(every_day):
            yield from cases_of_campaign(start, targets, days_by_author)


def last_day(start: date) -> date:
    """Return the last day of a campaign."""
    return start + timedelta(weeks=WEEKS, days=-1)


def quarters(first: date, last: date) -> Iterator[date]:
    """Yield the first day of each quarter from `first` to `last`."""
    for year in range(first.year, last.year + 1):
        yield from (day for month in (1, 4, 7, 10) if first <= (day := date(year, month, 1)) <= last)


def cases_of_campaign(start: date, targets: dict[str, int], days_by_author: Days) -> Iterator[Case]:
    """Yield the open forecasts of one campaign, as the sheet stood on each of the days."""
    end = last_day(start)
    days = {author: [day for day in days_by_author[author] if start <= day <= end] for author in targets}
    book = campaign_book(start, end, targets, days)
    for weeks in CUT_WEEKS:
        today = start + timedelta(weeks=weeks, days=-1)
        sheet = parse(book, today=today, cut_off=today)
        for person in outlook_by_influencer(sheet, today=today):
            if person.status == "reached" or person.probability is None or person.final is None:
                continue
            own = days[person.name]
            by_week = np.bincount([(day - start).days // 7 for day in own if day <= today], minlength=weeks)
            yield Case(
                posts_by_week=tuple(by_week.tolist()),
                weeks_left=WEEKS - weeks,
                target=targets[person.name],
                final=len(own),
                ours=Forecast(person.probability, person.final.low, person.final.high),
            )


def campaign_book(start: date, end: date, targets: dict[str, int], days: Days) -> RawBook:
    """Return the campaign as a sheet; its own target is the mean of what its people aim for."""
    posts: list[list[Cell]] = [[day, author] for author, own in days.items() for day in own]
    people: list[list[Cell]] = [[author, target] for author, target in targets.items()]
    goal = max(1, round(sum(targets.values()) / len(targets)))
    tabs: dict[str, list[list[Cell]]] = {
        "Berichten": [["Datum", "Influencer"], *posts],
        "Influencers": [["Naam", "Doel"], *people],
        "Campagne": [["Sleutel", "Waarde"], ["Start", start], ["Einde", end], ["Doel", goal]],
    }
    return RawBook("csv", "backtest", tuple(RawTab(title, rows) for title, rows in tabs.items()))


def straight_line(case: Case) -> Forecast:
    """Return yes or no: posts so far and as many a week as until now."""
    end = case.posts + case.posts / len(case.posts_by_week) * case.weeks_left
    return Forecast(float(end >= case.target), round(end), round(end))


def straight_line_with_chance(case: Case) -> Forecast:
    """Return what a Poisson distribution around the straight line says."""
    to_come = stats.poisson(case.posts / len(case.posts_by_week) * case.weeks_left)
    low, high = to_come.ppf(QUANTILES)
    return Forecast(float(to_come.sf(case.target - case.posts - 1)), case.posts + low, case.posts + high)


def own_weeks(case: Case, random: np.random.Generator) -> Forecast:
    """Return what redrawing the person's own weeks says."""
    ends = case.posts + random.choice(case.posts_by_week, size=(DRAWS, case.weeks_left)).sum(axis=1)
    low, high = np.quantile(ends, QUANTILES, method="inverted_cdf")
    return Forecast(float((ends >= case.target).mean()), float(low), float(high))


if __name__ == "__main__":
    main()
