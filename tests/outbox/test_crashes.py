"""Killed at any step, on a full disk, with two processes at once: one row in the sheet for each post that was kept."""

import multiprocessing
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import outbox_child
import pytest
from fault_proxy import FaultProxy
from outbox_parts import EMAIL, SOURCE, make_book, times_written
from sheets_server import SheetsServer, Spreadsheet

from genkdash.outbox import Outbox

PATIENCE_SECONDS = 60.0
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture(scope="module")
def children() -> Any:
    """Return what starts processes: a server of its own that has read all modules once, and forks."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["outbox_child"])
    with pytest.MonkeyPatch.context() as patch:
        # The server of Python 3.11 reads modules before it is told where they are.
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(ROOT / "tests")]))
        forkserver.ensure_running()
    return context


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return make_book(server)


def started(children: Any, target: Any, *arguments: Any) -> tuple[BaseProcess, Connection]:
    here, there = children.Pipe()
    process = children.Process(target=target, args=(*arguments, there), daemon=True)
    process.start()
    there.close()
    return process, here


def killed(process: BaseProcess, pipe: Connection) -> None:
    process.kill()
    process.join()
    process.close()
    pipe.close()


def heard(pipe: Connection) -> Any:
    assert pipe.poll(PATIENCE_SECONDS)
    return pipe.recv()


def finish(folder: Path, server: SheetsServer, book: Spreadsheet) -> Outbox:
    """Start again after the crash, a minute later, and send what is left."""
    outbox = Outbox(folder, source=SOURCE, utc_now=outbox_child.later)
    sheet = (book.id, server.service_account(EMAIL), server.url)
    sender = outbox_child.make_sender(outbox, sheet, outbox_child.later)
    for _ in range(2):
        sender.turn()
    sender.stop()
    return outbox


@pytest.mark.parametrize("step", outbox_child.STEPS)
def test_killed_at_any_step_of_ours_the_post_is_in_the_sheet_once(
    tmp_path: Path, server: SheetsServer, book: Spreadsheet, children: Any, step: str
) -> None:
    sheet = (book.id, server.service_account(EMAIL), server.url)
    process, pipe = started(children, outbox_child.send_until, tmp_path, sheet, step)
    key = heard(pipe)
    assert heard(pipe) == step
    killed(process, pipe)
    outbox = finish(tmp_path, server, book)
    assert (times_written(book, key), outbox.entries()) == (1, ())


@pytest.mark.parametrize("mode", ["blackhole", "swallow", "late"])
def test_killed_while_the_request_is_under_way_the_post_is_in_the_sheet_once(
    tmp_path: Path, server: SheetsServer, book: Spreadsheet, children: Any, mode: str
) -> None:
    with FaultProxy(server.url) as proxy:
        proxy.fault(mode, where=":append")
        sheet = (book.id, server.service_account(EMAIL), proxy.url)
        process, pipe = started(children, outbox_child.send_until, tmp_path, sheet, "nowhere")
        key = heard(pipe)
        proxy.wait_until_struck()
        killed(process, pipe)
        proxy.let_arrive()
    outbox = finish(tmp_path, server, book)
    assert (times_written(book, key), outbox.entries()) == (1, ())


def test_killed_while_keeping_whatever_was_confirmed_is_there(tmp_path: Path, children: Any) -> None:
    process, pipe = started(children, outbox_child.keep_until_killed, tmp_path)
    confirmed = [heard(pipe) for _ in range(10)]
    process.kill()
    process.join()
    while pipe.poll():
        try:
            confirmed.append(pipe.recv())
        except EOFError:
            break
    killed(process, pipe)
    kept = [entry.key for entry in Outbox(tmp_path, source=SOURCE, utc_now=outbox_child.real_now).entries()]
    # One more may be on disk than was confirmed, never one less.
    assert confirmed == kept[: len(confirmed)]
    assert len(kept) <= len(confirmed) + 1


def test_of_two_processes_one_sends_and_the_other_takes_over(
    tmp_path: Path, server: SheetsServer, book: Spreadsheet, children: Any
) -> None:
    sheet = (book.id, server.service_account(EMAIL), server.url)
    both = [started(children, outbox_child.serve, tmp_path, sheet) for _ in range(2)]
    keys = []

    def keep(pipe: Connection) -> None:
        pipe.send("keep")
        keys.append(heard(pipe))

    def wait_until_written() -> None:
        server.wait_for(f"{book.id}/values/'Berichten'!", len(keys), PATIENCE_SECONDS)

    for _, pipe in both * 3:
        keep(pipe)
    wait_until_written()
    first, second = both
    killed(*first)
    keep(second[1])
    wait_until_written()
    killed(*second)
    assert [times_written(book, key) for key in keys] == [1] * 7


CHILD = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from outbox_child import real_now
from outbox_parts import some_post
from genkdash.outbox import Outbox, OutboxError
outbox = Outbox(Path({folder!r}), source="x", utc_now=real_now, daily_limit=10**6)
keys = []
try:
    while len(keys) < 1000:
        keys.append(outbox.put(some_post("x" * 2000)).key)
except OutboxError as error:
    print(error.code, len(keys), [entry.key for entry in outbox.entries()] == keys)
"""


def on_a_small_disk(folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command that finds a file system of one megabyte in `folder`, in a name space of its own."""
    script = f'mount -t tmpfs -o size=1m tmpfs "{folder}" && exec "$@"'
    arguments = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", *command]
    return subprocess.run(arguments, check=False, capture_output=True, text=True)  # noqa: S603  our own command


def test_on_a_disk_that_is_really_full_each_post_is_kept_or_refused(tmp_path: Path) -> None:
    if shutil.which("unshare") is None or on_a_small_disk(tmp_path, "true").returncode:
        pytest.skip("this system lets nobody make a small disk of his own")
    child = CHILD.format(root=str(ROOT), tests=str(ROOT / "tests"), folder=str(tmp_path / "var"))
    ran = on_a_small_disk(tmp_path, sys.executable, "-c", child)
    code, count, is_whole = ran.stdout.split()
    assert (code, int(count) > 10, is_whole) == ("disk-full", True, "True")
