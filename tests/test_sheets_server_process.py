"""A person starts the stand-in over a workbook, points the dashboard at it, and changes the sheet by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import requests
from sheets_server import READ_ONLY
from sheets_server.client import fetch_token

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent / "sheets_server"


class Process:
    """The stand-in as a process of its own, over a small workbook."""

    def __init__(self, folder: Path) -> None:
        self.credentials = folder / "sleutel.json"
        workbook = openpyxl.Workbook()
        workbook.active.title = "Berichten"
        workbook.active.append(["Datum", "Wie"])
        workbook.active.append([43206, "Roos"])
        workbook.save(folder / "Genk vertelt.xlsx")
        arguments = [
            "--port",
            "0",
            "--workbook",
            str(folder / "Genk vertelt.xlsx"),
            "--credentials",
            str(self.credentials),
        ]
        self.process = subprocess.Popen(  # noqa: S603 - our own package, with the arguments above
            [sys.executable, "-W", "error", str(PACKAGE), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        lines = [self._line() for _ in range(4)]
        exports = dict(line.removeprefix("export ").split("=", 1) for line in lines[:3])
        self.book_id = exports["GENKDASH_SOURCE"]
        self.url = exports["GENKDASH_GOOGLE__API_URL"]
        self.key_file = exports["GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE"]
        self.token = fetch_token(json.loads(self.credentials.read_text("utf-8")), [READ_ONLY])

    def _line(self) -> str:
        return self.process.stdout.readline().rstrip("\n")

    def says(self, line: str) -> str:
        """The first line of the answer to a line."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self._line()

    def get(self, path: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.get(f"{self.url}/v4/spreadsheets/{self.book_id}{path}", headers=headers, timeout=10)

    def close(self) -> tuple[int, str]:
        """End it; its exit code and what it had to complain."""
        _, complaint = self.process.communicate("quit\n", timeout=20)
        return self.process.returncode, complaint


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path)
    yield process
    assert process.close() == (0, "")


def test_the_workbook_is_served_and_edited_by_hand(stand_in: Process) -> None:
    assert stand_in.get("?fields=properties.title,properties.locale").json() == {
        "properties": {"title": "Genk vertelt", "locale": "nl_BE"}
    }
    assert stand_in.get("/values/Berichten").json()["values"] == [["Datum", "Wie"], ["43206", "Roos"]]
    assert stand_in.says("append Berichten 17/4/2018 | Noor Van Dam | 1,5") == "ok"
    assert stand_in.says('set Berichten B2 "Roos M."') == "ok"
    assert stand_in.get("/values/Berichten!A2:C?valueRenderOption=UNFORMATTED_VALUE").json()["values"] == [
        [43206, "Roos M."],
        [43207, "Noor Van Dam", 1.5],
    ]
    assert stand_in.says('rename Berichten "Alle berichten"') == "ok"
    assert stand_in.get("/values/'Alle berichten'!A1").json()["values"] == [["Datum"]]
    assert stand_in.says("log") == "200 POST /token"


def test_faults_come_and_go_by_hand(stand_in: Process) -> None:
    assert stand_in.says("fault 429 values") == "ok"
    assert stand_in.get("/values/Berichten").status_code == 429
    assert stand_in.says("heal") == "ok"
    assert stand_in.says("quota on") == "ok"
    assert stand_in.get("/values/Berichten").status_code == 200


def test_the_key_file_is_for_its_owner_only(stand_in: Process) -> None:
    assert stand_in.credentials.stat().st_mode & 0o777 == 0o600
    assert stand_in.key_file == str(stand_in.credentials)
    assert json.loads(stand_in.credentials.read_text("utf-8"))["token_uri"] == f"{stand_in.url}/token"
