"""How does everything that we keep about people go away? `purge` empties the data folder; the sheet is not touched."""

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from genkdash.access.links import LinkRegister, LinkRegisterError
from genkdash.commands.command import Answer, Command, UsageError
from genkdash.i18n import Translator
from genkdash.live.in_use import is_in_use
from genkdash.live.store import erase_kept_sheets
from genkdash.outbox.errors import KeepingError
from genkdash.outbox.outbox import count_unsent, erase_outboxes
from genkdash.settings import load_settings


def _add_options(parser: ArgumentParser, words: Translator) -> None:
    """Tell the parser what may be kept, and what must be said aloud."""
    parser.add_argument("--keep-links", action="store_true", help=words("purge.help.keep-links"))
    parser.add_argument("--unsent", action="store_true", help=words("purge.help.unsent"))


def _answer(typed: Namespace, words: Translator, _now: datetime) -> Answer:
    """Remove what is kept, and say what it was.

    Raises:
        UsageError: a dashboard still runs, rows would be lost that stand nowhere else, or a file can't be removed.
    """
    folder = load_settings().data_folder
    try:
        if is_in_use(folder):
            raise UsageError(words("purge.in-use", folder=folder))
        unsent = count_unsent(folder)
        if unsent and not typed.unsent:
            raise UsageError(words.plural("purge.unsent", unsent))
        removed = _removed(folder, words, keeps_links=typed.keep_links)
    except (OSError, KeepingError, LinkRegisterError) as error:
        raise UsageError(words("purge.failed", folder=folder, kind=type(error).__name__)) from None
    lines = removed or [words("purge.nothing", folder=folder)]
    return Answer("\n".join([*lines, words("purge.elsewhere")]) + "\n")


def _removed(folder: Path, words: Translator, *, keeps_links: bool) -> list[str]:
    """Remove it, and return a sentence for each kind of thing that was there."""
    sheets, outboxes = erase_kept_sheets(folder), erase_outboxes(folder)
    has_links = not keeps_links and LinkRegister(folder).erase()
    return [
        *([words.plural("purge.removed.sheets", sheets)] if sheets else ()),
        *([words.plural("purge.removed.outboxes", outboxes)] if outboxes else ()),
        *([words("purge.removed.links")] if has_links else ()),
    ]


PURGE = Command("purge", _add_options, _answer)
