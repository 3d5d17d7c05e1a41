"""A log that real people kept, of another team: 18F's blog, with authors as influencers and tags as themes."""

import csv
from datetime import date
from pathlib import Path

import pytest

from genkdash.sheet.issues import CODES
from genkdash.sheet.model import Sheet
from genkdash.sheet.parse import parse
from genkdash.sheet.tables import RawBook, RawTab

LOG = Path(__file__).parents[3] / "shared" / "fixtures" / "posts_18f" / "18f_blog_posts.csv"

pytestmark = pytest.mark.skipif(not LOG.exists(), reason="the log of 18F stands beside this repository, in shared/")


def read(*, with_quotes: bool) -> Sheet:
    """Return the log as a sheet; its dates stand between quotes, as they were typed."""
    with LOG.open(encoding="utf-8", newline="") as file:
        posts = list(csv.DictReader(file))
    rows = [
        [post["date"] if with_quotes else post["date"].strip("'"), post["authors"], post["tags"], post["title"]]
        for post in posts
    ]
    header = ["Datum", "Influencer", "Thema's", "Titel"]
    campaign = [["Sleutel", "Waarde"], ["Start", date(2014, 1, 1)], ["Einde", date(2030, 1, 1)]]
    tabs = (RawTab("Berichten", [header, *rows]), RawTab("Campagne", campaign))
    return parse(RawBook("csv", "18F", tabs), today=date(2026, 1, 1))


@pytest.mark.parametrize("with_quotes", [True, False])
def test_each_row_of_a_real_log_counts_or_is_explained(*, with_quotes: bool) -> None:
    log = read(with_quotes=with_quotes)
    explained = {issue.row for issue in log.issues if not CODES[issue.code].is_counted}
    left_out = set(log.posts.loc[~log.posts["counted"], "row"])

    assert log.rows.read == log.rows.counted + log.rows.not_counted
    assert log.rows.read == 509
    assert left_out == explained


def test_every_dated_row_of_a_real_log_counts_once_the_quotes_are_off() -> None:
    log = read(with_quotes=False)

    assert (log.rows.counted, log.rows.not_counted) == (422, 87)
    assert set(log.posts["reason"].dropna()) == {"missing-date"}


def test_dates_between_quotes_are_not_guessed_at() -> None:
    log = read(with_quotes=True)

    assert log.posts["reason"].value_counts().to_dict() == {"missing-date": 87, "bad-date": 44}
