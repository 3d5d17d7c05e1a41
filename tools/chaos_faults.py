"""What can go wrong between the dashboard and its sheet, and how is each of it done and undone?

A `Fault` takes a `Stage` (the stand-in for Google, the line to it, the clock, the disk) and breaks it; `mend` undoes
it. What a fault is called here is what it is called in docs/reliability.md.
"""

import errno
import os
import socket
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from broken_line import BrokenLine
from google.auth import _helpers as google_clock
from sheets_server import SheetsServer, Spreadsheet

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
_DAY = timedelta(days=1)
_BLOCK = b"\0" * 4096


@dataclass(slots=True)
class Stage:
    """Everything that a fault may break."""

    server: SheetsServer
    book: Spreadsheet
    line: BrokenLine
    disk: Path
    shift: timedelta = timedelta()
    undo: list[Callable[[], None]] = field(default_factory=list)

    def now(self) -> datetime:
        """Return the time of day as this machine has it, wrong or right."""
        return datetime.now(UTC) + self.shift

    def mend(self) -> None:
        """Undo whatever was broken."""
        self.server.heal()
        self.line.set("whole")
        while self.undo:
            self.undo.pop()()


@dataclass(frozen=True, slots=True)
class Fault:
    """`name` is for people; `strike` breaks the stage; `seconds` is how long it lasts at least."""

    name: str
    strike: Callable[[Stage], None]
    seconds: float = 16.0
    needs_disk: bool = False


def on_the_line(mode: str) -> Callable[[Stage], None]:
    """Return what breaks the line as `broken_line` has it."""
    return lambda stage: stage.line.set(mode)


def from_google(kind: str, where: str | None = None) -> Callable[[Stage], None]:
    """Return what lets the stand-in answer as its table of faults has it."""

    def strike(stage: Stage) -> None:
        stage.server.fault(kind, where=where)

    return strike


def token_endpoint_down(stage: Stage) -> None:
    """Let no token be had, and none that was given out hold."""
    stage.server.fault("503", where="token")
    stage.server.accounts.expire_tokens()


def names_gone(stage: Stage) -> None:
    """Let no name be found, at once."""

    def no_name(*_: object, **__: object) -> Any:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    _replace_look_up(stage, no_name)


def name_servers_silent(stage: Stage) -> None:
    """Let the look-up of a name take as long as the fault lasts."""
    speaks = threading.Event()

    def silent(*_: object, **__: object) -> Any:
        speaks.wait()
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    _replace_look_up(stage, silent)
    stage.undo.append(speaks.set)


def clock_jumps(by: timedelta) -> Callable[[Stage], None]:
    """Return what sets this machine's time of day, and lets it need a token."""

    def strike(stage: Stage) -> None:
        right = google_clock.utcnow

        def set_right() -> None:
            stage.shift = timedelta()
            google_clock.utcnow = right

        stage.shift = by
        google_clock.utcnow = lambda: right() + by
        stage.server.accounts.expire_tokens()
        stage.undo.append(set_right)

    return strike


def sheet_deleted(stage: Stage) -> None:
    """Take the sheet away from the stand-in."""
    book = stage.server.books.pop(stage.book.id)
    stage.undo.append(lambda: stage.server.books.update({book.id: book}))


def sheet_unshared(stage: Stage) -> None:
    """Let the sheet be shared with nobody."""
    writers = set(stage.book.writers)
    stage.book.writers.clear()
    stage.undo.append(lambda: stage.book.writers.update(writers))


def sheet_renamed(stage: Stage) -> None:
    """Give the sheet another name."""
    title, stage.book.title = stage.book.title, "Een andere naam"
    stage.undo.append(lambda: setattr(stage.book, "title", title))


def tab_removed(title: str) -> Callable[[Stage], None]:
    """Return what takes a tab out of the sheet."""

    def strike(stage: Stage) -> None:
        with stage.book.lock:
            tab = stage.book.tab(title)
            place = stage.book.tabs.index(tab)
            stage.book.tabs.remove(tab)
        stage.undo.append(lambda: stage.book.tabs.insert(place, tab))

    return strike


def half_the_rows_gone(stage: Stage) -> None:
    """Take away more than half of the posts."""
    rows = stage.book.tab("Berichten").rows
    with stage.book.lock:
        kept = len(rows) // 3
        gone, rows[kept:] = rows[kept:], []
    stage.undo.append(lambda: rows.extend(gone))


def disk_full(stage: Stage) -> None:
    """Fill the disk, and let there be something new to keep."""
    filler = stage.disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(_BLOCK)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
    stage.undo.append(filler.unlink)
    add_a_post(stage)


def disk_read_only(stage: Stage) -> None:
    """Let nothing be written to the disk, and let there be something new to keep."""
    remount(stage.disk, "ro")
    stage.undo.append(lambda: remount(stage.disk, "rw"))
    add_a_post(stage)


def add_a_post(stage: Stage) -> None:
    """Add one post that counts."""
    tab = stage.book.tab("Berichten")
    tab.append(
        [date(2018, 8, 19), "Amina", "Instagram", "Muziek", "Na de storing", f"https://a.example/{len(tab.rows)}"]
    )


def mount(folder: Path) -> bool:
    """Make `folder` a disk of its own of 256 kB; False where only root may."""
    if os.geteuid() != 0:
        return False
    command = ["/usr/bin/mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603  our own words


def remount(folder: Path, how: str) -> None:
    """Let the disk at `folder` be written ("rw") or not ("ro")."""
    subprocess.run(["/usr/bin/mount", "-o", f"remount,{how}", str(folder)], check=True)  # noqa: S603  our own words


def unmount(folder: Path) -> None:
    """Take the disk at `folder` away."""
    subprocess.run(["/usr/bin/umount", str(folder)], check=True)  # noqa: S603  our own words


def _replace_look_up(stage: Stage, look_up: Callable[..., Any]) -> None:
    right = socket.getaddrinfo
    socket.getaddrinfo = look_up
    stage.undo.append(lambda: setattr(socket, "getaddrinfo", right))
    # Who is connected needs no name: the fault shows with the next connection.
    stage.line.set("whole")


FAULTS: tuple[Fault, ...] = (
    # For comparison: a busy machine is slow when nothing is wrong, too.
    Fault("*nothing is wrong*", lambda _: None),
    Fault("connection refused", on_the_line("refuse")),
    Fault("connection reset", on_the_line("reset")),
    Fault("reset after 200 bytes", on_the_line("reset-after:200")),
    Fault("black hole", on_the_line("blackhole"), seconds=25),
    Fault("drip, 20 bytes a second", on_the_line("drip:20"), seconds=35),
    Fault("latency of 2 s", on_the_line("latency:2")),
    Fault("garbage instead of HTTP", on_the_line("garbage")),
    Fault("half of all connections reset", on_the_line("flaky:0.5"), seconds=30),
    *(
        Fault(f"{status} as JSON", from_google(str(status), "api"), seconds=16)
        for status in (401, 403, 404, 429, 500, 503)
    ),
    *(Fault(f"{status} as HTML", on_the_line(f"page:{status}")) for status in (401, 403, 404, 429, 500, 503)),
    Fault("names not found (DNS)", names_gone),
    Fault("name servers silent (DNS)", name_servers_silent, seconds=25),
    Fault("clock a day ahead", clock_jumps(_DAY)),
    Fault("clock a day behind", clock_jumps(-_DAY)),
    Fault("disk full", disk_full, needs_disk=True),
    Fault("disk read-only", disk_read_only, needs_disk=True),
    Fault("token endpoint down", token_endpoint_down),
    Fault("key revoked", from_google("token-revoked")),
    Fault("sheet deleted", sheet_deleted),
    Fault("sheet no longer shared", sheet_unshared),
    Fault("sheet renamed", sheet_renamed),
    Fault("tab of the posts removed", tab_removed("Berichten"), seconds=22),
    Fault("another tab removed", tab_removed("Tips"), seconds=22),
    Fault("two thirds of the rows gone", half_the_rows_gone, seconds=22),
)
