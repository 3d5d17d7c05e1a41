"""Which commands read the sheet and print what came of it? `report` and `check`, with the options of both."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from genkdash.commands.check import check_as_json, check_as_text, needs_correction
from genkdash.commands.command import Answer, Command, UsageError
from genkdash.commands.reading import Reading, read_sheet
from genkdash.commands.report import report_as_json
from genkdash.commands.report_page import report_as_page
from genkdash.exports.csv_file import csv_bytes
from genkdash.exports.people import people_table
from genkdash.i18n import Translator
from genkdash.i18n.formats import alternatives
from genkdash.settings import load_settings

FORMATS = {"report": ("json", "csv", "html"), "check": ("text", "json")}


@dataclass(frozen=True, slots=True)
class Options:
    """One command as it was meant. `source` and `as_of` are None when they were not given."""

    command: str
    format: str
    source: str | None
    as_of: date | None


def options_of(typed: Namespace, words: Translator) -> Options:
    """Return what was typed as options.

    Raises:
        UsageError: the format is not one of this command's, the day can't be read, or the source is empty.
    """
    if typed.format not in FORMATS[typed.command]:
        choices = alternatives(FORMATS[typed.command], words)
        raise UsageError(words("command.bad-format", typed=typed.format, command=typed.command, choices=choices))
    if typed.source is not None and not typed.source.strip():
        raise UsageError(words("command.empty-source"))
    return Options(typed.command, typed.format, typed.source, _as_of(typed.as_of, words))


def _report(typed: Namespace, words: Translator, now: datetime) -> Answer:
    """Return all numbers in the form that was asked for."""
    options, reading = _read(typed, words, now)
    match options.format:
        case "csv":
            return Answer(csv_bytes(people_table(reading.sheet, words), words).decode())
        case "html":
            return Answer(report_as_page(reading, words))
        case _:
            return Answer(report_as_json(reading))


def _check(typed: Namespace, words: Translator, now: datetime) -> Answer:
    """Return every row that needs a look; the exit code is 1 when something needs a correction."""
    options, reading = _read(typed, words, now)
    text = check_as_json(reading, words) if options.format == "json" else check_as_text(reading, words)
    return Answer(text, exit_code=1 if needs_correction(reading.sheet) else 0)


def _read(typed: Namespace, words: Translator, now: datetime) -> tuple[Options, Reading]:
    """Return the options, and the sheet as they ask for it."""
    options = options_of(typed, words)
    return options, read_sheet(options.source, load_settings(), as_of=options.as_of, now=now)


def _options_for(name: str) -> Callable[[ArgumentParser, Translator], None]:
    """Return what tells a parser the options of `name`; the first of its formats is the usual one."""

    def add_options(parser: ArgumentParser, words: Translator) -> None:
        formats = FORMATS[name]
        parser.add_argument(
            "--format", default=formats[0], metavar="|".join(formats), help=words("command.help.format")
        )
        parser.add_argument("--source", metavar="…", help=words("command.help.source"))
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", help=words("command.help.as-of"))

    return add_options


def _as_of(text: str | None, words: Translator) -> date | None:
    """Return the day to replay, if one was asked for."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # fromisoformat takes 20180701 and 2018-W26-7 too; the contract has one form
    if day is None or day.isoformat() != text:
        raise UsageError(words("command.bad-day", typed=text))
    return day


REPORT = Command("report", _options_for("report"), _report)
CHECK = Command("check", _options_for("check"), _check)
