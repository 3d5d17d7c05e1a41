"""Which part is measured? `python -m bench phone idle`, or all; `make bench BENCH="phone idle"` does the same."""

import argparse
import csv
import sys
from datetime import date
from importlib import import_module

from bench.record import Figures, keep, kept, write
from bench.servers import POSTS, ROOT

sys.path.insert(0, str(ROOT / "tests"))

SECTIONS = ("phone", "idle", "load", "edits", "sizes", "choose", "start")


def main() -> None:
    """Measure the parts that were asked for, and write their tables."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], metavar="|".join(SECTIONS))
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured; the median counts")
    parser.add_argument("--only", action="append", help="only this candidate; may be given more than once")
    parser.add_argument("--add", action="store_true", help="add to the figures of before, instead of starting anew")
    parser.add_argument("--table", action="store_true", help="measure nothing, write the table of what is kept")
    options = parser.parse_args()
    write_posts()
    for name in options.sections or SECTIONS:
        section = import_module(f"bench.{name}")
        figures: Figures = kept(name) if options.add or options.table else {}
        if not options.table:
            for line in section.measure(figures, runs=options.runs, only=options.only):
                keep(name, figures)
                say(line)
        text = section.text(figures)
        say(f"\n{text}\n")
        write(name, text, today=date.today())  # noqa: DTZ011  the day of whoever measures


def write_posts() -> None:
    """Write the example's posts as the CSV that every peer reads."""
    from genkdash.live.clock import now  # noqa: PLC0415  only here
    from genkdash.sheet.parse import parse  # noqa: PLC0415  the same
    from genkdash.sheet.sample import Example  # noqa: PLC0415  the same

    posts = parse(Example().read(), today=now().date()).posts
    POSTS.parent.mkdir(parents=True, exist_ok=True)
    with POSTS.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["date", "influencer", "topic"])
        for post in posts[posts["counted"]].itertuples():
            rows.writerow([post.date.date(), post.influencer, next(iter(post.topics), "")])


def say(line: str) -> None:
    """Speak to the person who measures."""
    print(line, flush=True)  # noqa: T201  this is what the terminal is for


if __name__ == "__main__":
    main()
