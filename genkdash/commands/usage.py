"""What may be typed after `python -m genkdash`, and what did somebody mean by it?"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NoReturn

from babel.lists import format_list

from genkdash.i18n import LANGUAGES, Language, Translator, translator

FORMATS = {"report": ("json", "csv", "html"), "check": ("text", "json")}


class UsageError(Exception):
    """The command line can't be used; `sentence` says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Options:
    """One command as it was meant. `source` and `as_of` are None when they were not given."""

    command: str
    format: str
    source: str | None
    as_of: date | None
    language: Language


class _NotUnderstoodError(Exception):
    """Argparse met a mistake."""


class _Parser(argparse.ArgumentParser):
    """A parser that raises where argparse would print its own page, which is in English, and leave."""

    def error(self, message: str) -> NoReturn:
        """Raise argparse's message."""
        raise _NotUnderstoodError(message)


def parse_options(arguments: Sequence[str]) -> Options:
    """Return what was typed as options; `--help` prints the help and leaves.

    Raises:
        UsageError: a command or option is unknown, missing or can't be read.
    """
    language = language_of(arguments)
    words = translator(language)
    if not arguments:
        raise UsageError(words("command.missing", commands=_or(FORMATS, words)))
    if not arguments[0].startswith("-") and arguments[0] not in FORMATS:
        raise UsageError(words("command.unknown", typed=arguments[0], commands=_or(FORMATS, words)))
    try:
        typed = _parser(words).parse_args(arguments)
    except _NotUnderstoodError:
        raise UsageError(words("command.not-understood", typed=" ".join(arguments))) from None
    if typed.format not in FORMATS[typed.command]:
        choices = _or(FORMATS[typed.command], words)
        raise UsageError(words("command.bad-format", typed=typed.format, command=typed.command, choices=choices))
    if typed.language not in LANGUAGES:
        raise UsageError(words("command.bad-language", typed=typed.language, choices=_or(LANGUAGES, words)))
    if typed.source is not None and not typed.source.strip():
        raise UsageError(words("command.empty-source"))
    return Options(typed.command, typed.format, typed.source, _as_of(typed.as_of, words), language)


def language_of(arguments: Sequence[str]) -> Language:
    """Return the language asked for, Dutch if none or an unknown one: a mistake needs its sentence too."""
    for language in LANGUAGES:
        if f"--language={language}" in arguments or ("--language", language) in pairwise(arguments):
            return language
    return "nl"


def _parser(words: Translator) -> argparse.ArgumentParser:
    """Return the parser for all commands, its help in the language of `words`."""
    parser = _Parser(prog="python -m genkdash", description=words("command.help"), allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="|".join(FORMATS))
    for name, formats in FORMATS.items():
        command = commands.add_parser(
            name, help=words(f"command.help.{name}"), description=words(f"command.help.{name}"), allow_abbrev=False
        )
        command.add_argument(
            "--format", default=formats[0], metavar="|".join(formats), help=words("command.help.format")
        )
        command.add_argument("--source", metavar="…", help=words("command.help.source"))
        command.add_argument("--as-of", metavar="YYYY-MM-DD", help=words("command.help.as-of"))
        command.add_argument(
            "--language", default="nl", metavar="|".join(LANGUAGES), help=words("command.help.language")
        )
    return parser


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


def _or(choices: Iterable[str], words: Translator) -> str:
    """Return the choices as a person lists them: "json of csv"."""
    return format_list(list(choices), style="or", locale=words.locale)
