"""How much time and memory do parsing and counting take, for a sheet of any size? In a process of its own each."""

import argparse
import gc
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import perf_counter
from typing import TypeVar

from bench.large_book import TODAY, made_up_book
from bench.servers import ROOT
from genkdash.insights.lessons import tip_summary
from genkdash.insights.outlook import outlook_by_influencer, team_outlook
from genkdash.insights.progress import progress_by_influencer, team_progress
from genkdash.insights.reactions import REACTIONS, median_by_platform, median_by_topic, median_of
from genkdash.insights.sampling import rarefied_by_influencer, seen
from genkdash.insights.timeline import lanes, new_posts, posts_of
from genkdash.insights.topics import topic_matrix, topic_summary, topics_by_influencer
from genkdash.insights.variety import overlap_of_pairs, variety_over_time, voices
from genkdash.sheet.model import Sheet
from genkdash.sheet.parse import parse

Result = TypeVar("Result")

MOST_INFLUENCERS = 100
"""As many in the larger sheets, so that what grows is the number of posts."""


def in_a_fresh_process(posts: int) -> dict[str, float]:
    """Return what `measured` gives in a new Python."""
    command = [sys.executable, "-m", "bench.parsing", str(posts)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603  our own command line
    result: dict[str, float] = json.loads(done.stdout)
    return result


def measured(posts: int) -> dict[str, float]:
    """Return the median seconds of parsing and of all numbers, and the peak memory of this process."""
    book = made_up_book(posts, influencers=min(max(posts // 100, 10), MOST_INFLUENCERS))
    runs = 10 if posts <= 1_000 else 6 if posts <= 10_000 else 4 if posts <= 100_000 else 1
    parse_seconds, sheet = timed(lambda: parse(book, today=TODAY), runs)
    # a sheet remembers what was worked out of it: each run begins with one that nobody asked anything
    numbers_seconds, _ = timed(lambda: all_numbers(replace(sheet)), runs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "influencers": len(sheet.influencers),
        "parse": parse_seconds,
        "numbers": numbers_seconds,
        # Linux counts in kilobytes, macOS in bytes
        "peak_mb": peak / (1024 if sys.platform != "darwin" else 1024 * 1024),
    }


def timed(work: Callable[[], Result], runs: int) -> tuple[float, Result]:
    """Return the median seconds of `runs` runs, and the last result. Where there are more, the first one warms up."""
    seconds = []
    for _ in range(runs):
        gc.collect()
        begin = perf_counter()
        result = work()
        seconds.append(perf_counter() - begin)
    return median(seconds[1:] or seconds), result


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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("posts", type=int)
    json.dump(measured(parser.parse_args().posts), sys.stdout)
