"""What can a person do to a running stand-in, a line at a time?

    set TAB B3 WAARDE          append TAB a | b | c        rename OUD NIEUW
    fault KIND [WHERE]         heal                        quota on|off
    log                        quit

Names with blanks stand in quotes. Values are read as if typed into the spreadsheet.
"""

from __future__ import annotations

import datetime as dt
import shlex
from typing import TYPE_CHECKING

from sheets_server import entry
from sheets_server.locales import locale_of

if TYPE_CHECKING:
    from sheets_server.cells import Cell
    from sheets_server.server import SheetsServer
    from sheets_server.spreadsheet import Spreadsheet
    from sheets_server.tab import Tab


def obeyed(line: str, server: SheetsServer, book: Spreadsheet) -> str:
    """Do what a line says, and give the words that answer it; a wrong line is answered, too."""
    try:
        return _done(shlex.split(line), server, book)
    except (KeyError, ValueError, IndexError) as error:
        return f"? {error} - {__doc__}"


def _done(words: list[str], server: SheetsServer, book: Spreadsheet) -> str:
    match words:
        case ["set", title, address, *value]:
            tab = book.tab(title)
            tab.set(address, _typed(" ".join(value), book, tab))
        case ["append", title, *values]:
            tab = book.tab(title)
            tab.append([_typed(value.strip(), book, tab) for value in " ".join(values).split("|")])
        case ["rename", old, new]:
            book.rename(old, new)
        case ["fault", kind, *where]:
            server.fault(kind, where=where[0] if where else None)
        case ["heal"]:
            server.heal()
        case ["quota", "on" | "off" as wish]:
            (server.quota_on if wish == "on" else server.quota_off)()
        case ["log"]:
            return "\n".join(f"{line.status} {line.method} {line.path}" for line in server.log)
        case _:
            raise ValueError(" ".join(words) or "nothing")
    return "ok"


def _typed(value: str, book: Spreadsheet, tab: Tab) -> Cell:
    this_year = dt.datetime.now(dt.UTC).year
    return entry.typed(value, locale_of(book.locale), this_year=this_year, look_up=tab.get)
