"""A line of the log for people, or as JSON; who looks has a name of one day in it, and errors are counted."""

import json
import logging
from datetime import date

import pytest

from genkdash.server.log_lines import errors_without_values
from genkdash.server.log_output import LineCounter, log_output
from genkdash.server.pseudonyms import Pseudonyms

OURS, THEIRS = logging.getLogger("genkdash.a.test"), logging.getLogger("streamlit.a.test")
SECRET = "Canaria"
DAY, NEXT_DAY = date(2018, 5, 1), date(2018, 5, 2)


def fail() -> None:
    raise KeyError(SECRET)


def test_a_json_line_holds_the_facts_that_we_name_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with errors_without_values(), log_output("json"):
        OURS.info("revision %d", 7, extra={"event": "revision", "revision": 7, "influencer": SECRET})
    (line,) = capsys.readouterr().err.splitlines()
    said = json.loads(line)
    assert said.pop("at").endswith("+00:00")
    assert said == {
        "level": "info",
        "logger": "genkdash.a.test",
        "message": "revision 7",
        "event": "revision",
        "revision": 7,
    }


def test_what_others_log_is_json_too_also_from_loggers_that_they_make_later(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = logging.StreamHandler()
    THEIRS.addHandler(before)
    THEIRS.propagate = False
    try:
        with errors_without_values(), log_output("json"):
            later = logging.getLogger("streamlit.a.test.later")
            later.propagate = False
            later.addHandler(logging.StreamHandler())
            THEIRS.error("two\nlines")
            try:
                fail()
            except KeyError:
                later.exception("a page broke")
        THEIRS.error("as before")
    finally:
        THEIRS.removeHandler(before)
    first, second, third = capsys.readouterr().err.splitlines()
    assert json.loads(first)["message"] == "two\nlines"
    assert json.loads(second)["message"].startswith("a page broke: KeyError test_log_output.py:")
    assert SECRET not in second
    assert third == "as before"


def test_lines_for_people_say_when_and_what_and_ours_are_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    with errors_without_values(), log_output("text"):
        OURS.info("the sheet is read again", extra={"event": "read-again"})
        logging.getLogger("somebody.elses").info("not for us")
    (line,) = capsys.readouterr().err.splitlines()
    moment, _, said = line.partition(" the ")
    assert (len(moment), said) == (len("2018-05-01 12:00:00.000"), "sheet is read again")


def test_warnings_and_errors_are_counted_by_where_they_come_from_and_their_kind() -> None:
    with errors_without_values(), log_output("text") as counter:
        OURS.info("fine")
        OURS.warning("late")
        OURS.warning("late")
        logging.getLogger("urllib3.x").error("broken")
        try:
            fail()
        except KeyError:
            THEIRS.exception("a page broke")
    assert counter.counts() == {
        ("warning", "genkdash", ""): 2,
        ("error", "other", ""): 1,
        ("error", "streamlit", "KeyError"): 1,
    }


def test_kinds_that_somebody_makes_up_do_not_fill_the_memory() -> None:
    counter = LineCounter()
    record = logging.LogRecord("genkdash", logging.ERROR, "", 0, "", (), None)
    for number in range(500):
        counter.add(record, (type(f"Made{number}", (Exception,), {}), None, None))
    assert len(counter.counts()) == 101
    assert counter.counts()["error", "genkdash", "other"] == 400


def test_somebody_has_one_name_a_day_and_nobody_elses() -> None:
    names = Pseudonyms()
    first = names.name("google:1", day=DAY)
    assert names.name("google:1", day=DAY) == first
    assert names.name("google:2", day=DAY) != first
    tomorrow = names.name("google:1", day=NEXT_DAY)
    assert len({first, tomorrow, names.name("google:1", day=DAY), Pseudonyms().name("google:1", day=DAY)}) == 4
