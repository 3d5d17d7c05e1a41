"""How does a command line become text and an exit code?

Exit codes: `report` 0; `check` 0 without errors and 1 when something needs a correction; 2 for a source, a setting
or an option that can't be used, with one sentence on standard error.
"""

import sys
from collections.abc import Sequence
from datetime import datetime
from io import TextIOWrapper
from typing import TextIO

from genkdash.commands.check import check_as_json, check_as_text, needs_correction, printable
from genkdash.commands.reading import Reading, read_sheet
from genkdash.commands.report import report_as_json
from genkdash.commands.report_page import report_as_page
from genkdash.commands.usage import Options, UsageError, language_of, parse_options
from genkdash.exports.csv_file import csv_bytes
from genkdash.exports.people import people_table
from genkdash.i18n import translator
from genkdash.settings import SettingsError, load_settings
from genkdash.sheet.errors import SourceError

_UNUSABLE = 2


def run(arguments: Sequence[str], *, now: datetime) -> int:
    """Do what the command line asks, print it, and return the exit code. `now` is in UTC."""
    words = translator(language_of(arguments))
    try:
        options = parse_options(arguments)
        reading = read_sheet(options.source, load_settings(), as_of=options.as_of, now=now)
    except UsageError as error:
        return _refuse(error.sentence)
    except SettingsError as error:
        return _refuse(words("command.bad-setting", setting=str(error)))
    except SourceError as error:
        return _refuse(words(f"error.{error.code}", **error.detail))
    _write(sys.stdout, _output(options, reading))
    return 1 if options.command == "check" and needs_correction(reading.sheet) else 0


def _output(options: Options, reading: Reading) -> str:
    """Return the text that was asked for."""
    words = translator(options.language)
    match options.command, options.format:
        case "report", "csv":
            return csv_bytes(people_table(reading.sheet, words), words).decode()
        case "report", "html":
            return report_as_page(reading, words)
        case "report", _:
            return report_as_json(reading)
        case _, "json":
            return check_as_json(reading, words)
        case _:
            return check_as_text(reading, words)


def _refuse(sentence: str) -> int:
    """Say on standard error why nothing was done."""
    _write(sys.stderr, printable(sentence) + "\n")
    return _UNUSABLE


def _write(stream: TextIO, text: str) -> None:
    """Write UTF-8 whatever the terminal's own encoding: a name must not break a pipe.

    Half a surrogate pair, which a sheet can hold, is written as its escape; in JSON that is still JSON.
    """
    content = text.encode("utf-8", errors="backslashreplace")
    if isinstance(stream, TextIOWrapper):
        stream.flush()
        stream.buffer.write(content)
        stream.buffer.flush()
    else:
        stream.write(content.decode())
