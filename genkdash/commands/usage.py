"""What may be typed after `python -m genkdash`, and what did somebody mean by it?"""

import argparse
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NoReturn

from genkdash.commands.command import Command, UsageError
from genkdash.commands.doctor import DOCTOR
from genkdash.commands.link import LINK
from genkdash.commands.numbers import CHECK, REPORT
from genkdash.commands.purge import PURGE
from genkdash.commands.template import TEMPLATE
from genkdash.i18n import LANGUAGES, Language, Translator, translator
from genkdash.i18n.formats import alternatives

COMMANDS: Mapping[str, Command] = {command.name: command for command in (REPORT, CHECK, DOCTOR, TEMPLATE, LINK, PURGE)}
"""Every command by its name, in the order of the help."""


class _NotUnderstoodError(Exception):
    """Argparse met a mistake."""


class _Parser(argparse.ArgumentParser):
    """A parser that raises where argparse would print its own page, which is in English, and leave."""

    def error(self, message: str) -> NoReturn:
        """Raise argparse's message."""
        raise _NotUnderstoodError(message)


def parse_arguments(arguments: Sequence[str]) -> tuple[Command, argparse.Namespace]:
    """Return the command that was typed, and its options; `--help` prints the help and leaves.

    Raises:
        UsageError: a command or option is unknown, missing or can't be read.
    """
    words = translator(language_of(arguments))
    if not arguments:
        raise UsageError(words("command.missing", commands=alternatives(COMMANDS, words)))
    if not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        raise UsageError(words("command.unknown", typed=arguments[0], commands=alternatives(COMMANDS, words)))
    try:
        typed = _parser(words).parse_args(arguments)
    except _NotUnderstoodError:
        raise UsageError(words("command.not-understood", typed=" ".join(arguments))) from None
    if typed.language not in LANGUAGES:
        choices = alternatives(LANGUAGES, words)
        raise UsageError(words("command.bad-language", typed=typed.language, choices=choices))
    return COMMANDS[typed.command], typed


def language_of(arguments: Sequence[str]) -> Language:
    """Return the language asked for, Dutch if none or an unknown one: a mistake needs its sentence too."""
    for language in LANGUAGES:
        if f"--language={language}" in arguments or ("--language", language) in pairwise(arguments):
            return language
    return "nl"


def _parser(words: Translator) -> argparse.ArgumentParser:
    """Return the parser for all commands, its help in the language of `words`."""
    parser = _Parser(prog="python -m genkdash", description=words("command.help"), allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS))
    for name, command in COMMANDS.items():
        about = words(f"command.help.{name}")
        one = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
        command.add_options(one, words)
        one.add_argument("--language", default="nl", metavar="|".join(LANGUAGES), help=words("command.help.language"))
    return parser
