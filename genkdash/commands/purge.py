"""How does everything that we keep about people go away? `purge` empties the data folder; the sheet is not touched."""

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from genkdash.access.links import LinkRegister, LinkRegisterError
from genkdash.commands.command import Answer, Command, UsageError
from genkdash.i18n import Translator
from genkdash.live.in_use import is_in_use
from genkdash.live.shared_board import Board
from genkdash.live.shared_client import connect_to
from genkdash.live.store import erase_kept_sheets
from genkdash.outbox.errors import KeepingError
from genkdash.outbox.outbox import count_unsent, erase_outboxes
from genkdash.settings import Settings, load_settings
from genkdash.sheet.errors import SourceError


def _add_options(parser: ArgumentParser, words: Translator) -> None:
    """Tell the parser what may be kept, and what must be said aloud."""
    parser.add_argument("--keep-links", action="store_true", help=words("purge.help.keep-links"))
    parser.add_argument("--unsent", action="store_true", help=words("purge.help.unsent"))


def _answer(typed: Namespace, words: Translator, _now: datetime) -> Answer:
    """Remove what is kept, and say what it was.

    Raises:
        UsageError: a dashboard still runs, rows would be lost that stand nowhere else, or a file can't be removed.
    """
    settings = load_settings()
    folder = settings.data_folder
    try:
        if is_in_use(folder):
            raise UsageError(words("purge.in-use", folder=folder))
        unsent = count_unsent(folder)
        if unsent and not typed.unsent:
            raise UsageError(words.plural("purge.unsent", unsent))
        removed = [*_removed(folder, words, keeps_links=typed.keep_links), *_removed_from_shared(settings, words)]
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


def _removed_from_shared(settings: Settings, words: Translator) -> list[str]:
    """Remove what is kept of this sheet in the memory that processes share, and return a sentence about it."""
    if settings.shared.url is None:
        return []
    board = Board(connect_to(settings.shared.url.get_secret_value()), source=settings.source or "example")
    try:
        return [words("purge.removed.shared")] if board.erase() else []
    except SourceError:
        return [words("purge.shared-gone")]
    finally:
        board.close()


PURGE = Command("purge", _add_options, _answer)
