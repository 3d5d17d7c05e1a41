"""How does a command line become text and an exit code?

Exit codes: 0; 1 when `check` finds something that needs a correction; 2 for a source, a setting or an option that
can't be used, with one sentence on standard error.
"""

import sys
from collections.abc import Sequence
from datetime import datetime
from io import TextIOWrapper
from typing import TextIO

from genkdash.commands.check import printable
from genkdash.commands.command import UsageError
from genkdash.commands.usage import language_of, parse_arguments
from genkdash.i18n import translator
from genkdash.settings import SettingsError
from genkdash.sheet.errors import SourceError

_UNUSABLE = 2


def run(arguments: Sequence[str], *, now: datetime) -> int:
    """Do what the command line asks, print it, and return the exit code. `now` is in UTC."""
    words = translator(language_of(arguments))
    try:
        command, typed = parse_arguments(arguments)
        answer = command.answer(typed, words, now)
    except UsageError as error:
        return _refuse(error.sentence)
    except SettingsError as error:
        return _refuse(words("command.bad-setting", setting=str(error)))
    except SourceError as error:
        return _refuse(words(f"error.{error.code}", **error.detail))
    _write(sys.stdout, answer.text)
    return answer.exit_code


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
