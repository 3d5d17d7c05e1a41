"""An error is logged by its kind and its place; what it says, and so a name or a cell, is not."""

import logging
import threading
from collections.abc import Iterator
from io import StringIO

import pytest

from genkdash.server.log_lines import errors_without_values

SECRET = "Canaria"
LOG = logging.getLogger("somebody.elses")


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """Return what a log of another package writes, with its errors in full."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    LOG.addHandler(handler)
    yield written
    LOG.removeHandler(handler)


def fail() -> None:
    raise KeyError(SECRET)


def test_an_error_is_its_kind_and_its_place(logged: StringIO) -> None:
    with errors_without_values():
        try:
            fail()
        except KeyError:
            LOG.exception("a page broke on %d", 7)
    assert SECRET not in logged.getvalue()
    assert logged.getvalue().startswith("a page broke on 7: KeyError test_log_lines.py:")
    assert logged.getvalue().count("\n") == 1


def test_an_error_that_led_to_another_is_not_told_either(logged: StringIO) -> None:
    with errors_without_values():
        try:
            try:
                fail()
            except KeyError as error:
                raise ValueError(SECRET) from error
        except ValueError:
            LOG.warning("twice", exc_info=True)
    assert SECRET not in logged.getvalue()


@pytest.mark.parametrize("error", [KeyError(SECRET), OSError(5, SECRET), SystemExit(SECRET)])
def test_an_error_within_a_sentence_is_its_kind(logged: StringIO, error: BaseException) -> None:
    with errors_without_values():
        LOG.error("it failed: %s and %s", error, 7)
        LOG.error(error)
    kind = type(error).__name__
    assert logged.getvalue() == f"it failed: {kind} and 7\n{kind}\n"


def test_what_somebody_else_fills_in_is_a_code_or_a_number(logged: StringIO) -> None:
    with errors_without_values():
        LOG.error(
            "sign-in failed: %s. It says: %s (%s, %d)", "access_denied", f"{SECRET} is not invited", "127.0.0.1", 7
        )
    assert logged.getvalue() == "sign-in failed: access_denied. It says: … (127.0.0.1, 7)\n"


@pytest.mark.parametrize("values", [(), (1, "two"), ({"name": "three"},)])
def test_other_lines_are_as_they_were(logged: StringIO, values: tuple[object, ...]) -> None:
    line = {0: "plain", 1: "%(name)s", 2: "%d %s"}[len(values)]
    with errors_without_values():
        LOG.error(line, *values)
    LOG.error(line, *values)
    first, second = logged.getvalue().splitlines()
    assert first == second


def test_a_thread_that_ends_by_an_error_says_its_kind(logged: StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    with errors_without_values():
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    captured = capsys.readouterr()
    assert SECRET not in captured.out + captured.err + logged.getvalue()


def test_afterwards_errors_are_told_in_full_again(logged: StringIO) -> None:
    with errors_without_values():
        pass
    try:
        fail()
    except KeyError:
        LOG.exception("a page broke")
    assert SECRET in logged.getvalue()
