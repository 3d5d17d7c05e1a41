"""Do the parts of `make bench` work? What is measured is no test: see docs/performance.md."""

import ast
import csv
import os
import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from bench.__main__ import SECTIONS
from bench.large_book import made_up_book, write_csv_folder, write_small_posts
from bench.record import Asked, ratio, table, write
from bench.servers import PEERS
from genkdash.sheet.csv_folder import CsvFolder
from genkdash.sheet.parse import parse

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_part_measures_and_has_its_place_on_the_page(section: str) -> None:
    module = import_module(f"bench.{section}")
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert callable(module.measure)
    assert module.text({})
    assert page.count(f"<!-- bench:{section} -->") == page.count(f"<!-- /bench:{section} -->") == 1


def test_every_peer_can_be_read() -> None:
    peers = [path for path in PEERS.glob("*.py") if path.name != "__init__.py"]
    assert {path.stem for path in peers} >= {"title", "one_chart", "naive", "per_tab", "dash_app", "panel_app"}
    assert all(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) for path in peers)


def test_what_the_peers_show_is_counted_from_the_posts(tmp_path: Path) -> None:
    posts = tmp_path / "posts.csv"
    with posts.open("w", newline="") as file:
        rows = [["date", "influencer", "topic"], ["2018-05-01", "Bram", "Sport"], ["31/02/2018", "Noor", "Muziek"]]
        csv.writer(file).writerows(rows)
    script = (
        "from small import *; posts = read_posts();"
        "print(team_sum(posts), list(progress_figure(posts).data[0].x), list(timeline_figure(posts).data[0].y))"
    )
    environment = {**os.environ, "BENCH_POSTS": str(posts), "PYTHONPATH": str(PEERS)}
    said = subprocess.run(  # noqa: S603  our own script
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "2 / 24 [1, 1] ['Bram']"


def test_a_large_sheet_is_read_from_its_files_as_it_was_made_up(tmp_path: Path) -> None:
    book = made_up_book(300, influencers=10)
    write_csv_folder(book, tmp_path)
    sheet = parse(CsvFolder(tmp_path).read(), today=date(2018, 8, 20))
    assert (len(sheet.influencers), sheet.rows.read) == (10, 300)
    assert sheet.rows.counted > 250

    write_small_posts(book, tmp_path / "small.csv")
    assert len((tmp_path / "small.csv").read_text().splitlines()) == 301


def test_a_table_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("before\n<!-- bench:idle -->\nold\n<!-- /bench:idle -->\nafter\n")
    write("idle", table(["page", "ms"], [["overview", "1.07"]]), today=date(2018, 8, 20), page=page)
    lines = page.read_text().splitlines()
    assert lines[:2] == ["before", "<!-- bench:idle -->"]
    assert lines[2].startswith("*20 August 2018, commit ")
    assert lines[3:] == ["", "| page | ms |", "| --- | ---: |", "| overview | 1.07 |", "<!-- /bench:idle -->", "after"]

    with pytest.raises(ValueError, match="bench:phone"):
        write("phone", "text", today=date(2018, 8, 20), page=page)


def test_a_promise_is_met_not_met_or_not_measured() -> None:
    assert Asked("a", 0.5, 0.5).row() == ["a", "≤ 0.5 ×", "0.5 ×", "met"]
    assert Asked("a", 3, 3.21, "s").row() == ["a", "≤ 3 s", "3.21 s", "**not met**"]
    assert Asked("a", 3, None).row() == ["a", "≤ 3 ×", "not measured", ""]


def test_a_ratio_is_of_medians_and_unknown_where_one_was_not_measured() -> None:
    figures = {"ours": [1.0, 9.0, 2.0], "theirs": [8.0]}
    assert ratio(figures, "ours", "theirs") == 0.25
    assert ratio(figures, "ours", "nobody's") is None
