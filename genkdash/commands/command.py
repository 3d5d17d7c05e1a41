"""What is a command? A name, the options it takes, and what it answers."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from genkdash.i18n import Translator


class UsageError(Exception):
    """The command line can't be used; `sentence` says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command prints on standard output, and the exit code it leaves with."""

    text: str
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """One word after `python -m genkdash`. Its help is the sentence `command.help.<name>`.

    `add_options` tells the parser what may be typed; `--language` is there for all. `answer` gets what was typed, the
    sentences and the time (UTC), and may raise UsageError, SettingsError or SourceError: each becomes one sentence on
    standard error and exit code 2.
    """

    name: str
    add_options: Callable[[ArgumentParser, Translator], None]
    answer: Callable[[Namespace, Translator, datetime], Answer]
