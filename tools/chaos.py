"""What happens when everything that can break breaks? `make chaos` breaks it, and prints a table.

The table is kept in docs/reliability.md. First the faults between us and the sheet, each on a stage of its own
(`chaos_faults.py`, `chaos_run.py`); then the server goes away under pages that are open in a real browser
(`chaos_pages.py`). Ends with 1 when numbers went away, or did not come back. Times are printed and not judged: they are
those of the machine.
"""

import argparse
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tools")]

from chaos_faults import FAULTS  # noqa: E402  after the path is set
from chaos_pages import Absence, absences  # noqa: E402
from chaos_run import READERS, Finding, finding_of, torn_files  # noqa: E402

PAPER = ROOT / "docs" / "reliability.md"
ABSENCES = (3.0, 40.0)
LONG_ABSENCE = 600.0


def main() -> int:
    """Break what was asked for, print the tables, and write each that is whole into the paper."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="only faults with this in their name; nothing is written then")
    parser.add_argument("--jobs", type=int, default=4, help="how many faults at a time: most of it is waiting")
    parser.add_argument("--long", action="store_true", help="let the server be away for ten minutes as well")
    parser.add_argument("--without-faults", action="store_true", help="only take the server away")
    parser.add_argument("--without-browser", action="store_true", help="leave the open pages out")
    options = parser.parse_args()
    is_fine = True
    if not options.without_faults:
        is_fine &= _break_everything(options.only, options.jobs)
    if not options.without_browser and options.only is None:
        is_fine &= _take_the_server_away((*ABSENCES, LONG_ABSENCE) if options.long else ABSENCES)
    return int(not is_fine)


def _break_everything(only: str | None, jobs: int) -> bool:
    """Let each fault happen; return whether the numbers stayed and came back each time."""
    names = [fault.name for fault in FAULTS if only is None or only in fault.name]
    findings = []
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_say_less) as stages:
        for finding in stages.map(finding_of, names):
            findings.append(finding)
            print(_row(finding), flush=True)
    cuts, taken = torn_files()
    torn = f"The kept copy torn at each of its {cuts} bytes: {taken} times what was left was taken for a sheet."
    print(torn)
    if only is None:
        _write(
            "faults", [f"{_said_when()}, {READERS} readers, {jobs} faults at a time.", "", *_table(findings), "", torn]
        )
    return taken == 0 and not any(_is_bad(finding) for finding in findings)


def _take_the_server_away(lengths: Sequence[float]) -> bool:
    """Let the server be away under open pages; return whether all of them came back with their numbers."""
    pages = list(absences(lengths))
    lines = [f"{_said_when()}.", "", *_pages_table(pages)]
    print("\n".join(lines))
    _write("pages", lines)
    return not any(one.is_bad for one in pages)


def _say_less() -> None:
    """Leave out what the feed logs of a fault: the table says it."""
    logging.getLogger("genkdash").setLevel(logging.CRITICAL)


def _said_when() -> str:
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603  our own words
    load = f"{os.getloadavg()[0]:.0f}"
    today = date.today()  # noqa: DTZ011  the day of who runs it
    return f"{today:%-d %B %Y}, commit {commit}, {os.cpu_count()} cores, load {load}"


def _table(findings: list[Finding]) -> Iterator[str]:
    yield "| fault | what is shown | fewest posts seen | slowest read | 99.9 % within | asked | back after |"
    yield "|---|---|---|---|---|---|---|"
    yield from (_row(finding) for finding in findings)


def _row(finding: Finding) -> str:
    if finding.note:
        return f"| {finding.name} | {finding.note} | | | | | |"
    back = "never" if finding.back_after is None else f"{finding.back_after:.1f} s"
    asked = f"{finding.requests} in {finding.lasted:.0f} s"
    seen = f"{finding.fewest} of {finding.posts}"
    slowest, slow = (f"{took:.1f} ms" for took in (finding.slowest_read, finding.slow_read))
    return f"| {finding.name} | {finding.shown} | {seen} | {slowest} | {slow} | {asked} | {back} |"


def _pages_table(pages: list[Absence]) -> Iterator[str]:
    yield "| the server is away for | page | shown meanwhile | back after | loaded anew |"
    yield "|---|---|---|---|---|"
    for one in pages:
        back = "never" if one.back_after is None else f"{one.back_after:.1f} s"
        yield f"| {one.seconds:.0f} s | {one.page} | {one.shown} | {back} | {'yes' if one.loads else 'no'} |"


def _is_bad(finding: Finding) -> bool:
    return not finding.note and (finding.fewest == 0 or finding.back_after is None)


def _write(part: str, lines: Sequence[str]) -> None:
    """Put the lines between the two marks of a part of the paper."""
    begin, end = f"<!-- make chaos: {part} -->", f"<!-- end of {part} -->"
    before, _, rest = PAPER.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    text = "\n".join(lines)
    PAPER.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
