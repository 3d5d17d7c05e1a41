"""What nobody asked for never leaves the sheet: no private value in a frame, a file, a report or a log."""

import base64
import gzip
import os
import re
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from openpyxl.comments import Comment
from running import ROOT, running_dashboard
from wire import Tab, has_text, open_tab
from workbooks import CAMPAIGN, HEADER, row, save

from genkdash.live.store import Store

E_MAIL = "canary.email.7731@proef.example"
PRIVATE = [
    "CANARY-title-row-1101",
    "CANARY-header-1102",
    "CANARY-phone-0470-11-03",
    "CANARY-home-address-1104",
    "CANARY-blank-row-1105",
    "CANARY-beside-person-1106",
    "CANARY-double-name-1107",
    "CANARY-beside-topic-1108",
    "CANARY-setting-key-1109",
    "CANARY-setting-value-1110",
    "CANARY-beside-setting-1111",
    "CANARY-unreadable-tab-1112",
    "CANARY-beside-tip-1113",
    "CANARY-tab-title-1114",
    "CANARY-other-tab-1115",
    "CANARY-hidden-tab-1116",
    "CANARY-comment-1117",
    "CANARY-author-1118",
    "CANARY-below-meeting-1119",
]
(TITLE_ROW, HEAD, PHONE, ADDRESS, BLANK_ROW, PERSON, DOUBLE, TOPIC, SETTING, VALUE, BESIDE, UNREADABLE, TIP) = PRIVATE[
    :13
]
(TAB_TITLE, OTHER_TAB, HIDDEN_TAB, COMMENT, AUTHOR, MEETING) = PRIVATE[13:]
PAGES = ("", "topics", "timeline", "sheet_check")
VISIBLE = "Achter het station"

TABS = {
    "Berichten": [
        [TITLE_ROW, None, TITLE_ROW],
        [*HEADER, "Telefoon", HEAD],
        row(date(2018, 8, 19), "Amina", "Muziek", Titel=VISIBLE, Likes="1,2k", Extra=[PHONE, ADDRESS]),
        row("ooit", "Amnia", "Musiek", Link="geen link", Likes="veel", Extra=[PHONE, ADDRESS]),
        row(date(2018, 4, 1), "Amina", None, Titel="Te vroeg", Extra=[PHONE, ADDRESS]),
        row(Extra=[BLANK_ROW]),
    ],
    "Influencers": [
        ["Naam", "E-mail", "Doel", "Adres", "naam"],
        ["Amina", E_MAIL, "veel", PERSON, DOUBLE],
        ["AMINA", E_MAIL, 12, PERSON, DOUBLE],
    ],
    "Thema's": [["Thema", "Notitie"], ["Muziek", TOPIC], ["Sport", TOPIC]],
    "Campagne": [*[[*cells, BESIDE] for cells in CAMPAIGN], [SETTING, VALUE]],
    "Kalender": [["Van", "Naam"], [date(2018, 7, 1), UNREADABLE]],
    "Tips": [["Tip", "Van wie"], ["Schrijf korter", TIP]],
    "Vergaderingen": [["Datum", "Aanwezig"], [date(2018, 6, 1), MEETING]],
    TAB_TITLE: [["Datum", "Influencer"], [date(2018, 5, 1), OTHER_TAB]],
    "Telefoonlijst": [["Naam", "Telefoon"], [HIDDEN_TAB, HIDDEN_TAB]],
}


def written_as(text: str) -> set[bytes]:
    """Return the ways in which bytes may hold a text: plain, two bytes a letter, base64 at each offset, hex, quoted."""
    plain = text.encode()
    forms = {plain, text.encode("utf-16-le"), text.encode("utf-16-be"), plain.hex().encode(), quote(text).encode()}
    for bare in (plain, text.encode("utf-16-le")):
        for offset in range(3):
            # The first and the last letters of base64 hold bits of what stands around the text.
            encoded = base64.b64encode(b"\0" * offset + bare)
            core = encoded[-(-offset * 8 // 6) : (offset + len(bare)) * 8 // 6]
            forms |= {core, core.translate(bytes.maketrans(b"+/", b"-_"))}
    return forms | {form.lower() for form in forms if form.isascii() and b"CANARY" in form}


def leaks(content: bytes, texts: list[str]) -> list[str]:
    """Return which of the texts stand in `content`, in whatever form."""
    return [text for text in texts if any(form in content for form in written_as(text))]


@dataclass(frozen=True)
class Run:
    """Everything that left a dashboard that ran over the workbook: frames and downloads, kept file, log."""

    frames: dict[str, bytes]
    kept: Path
    log: bytes


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("sheet") / "log.xlsx"
    save(path, TABS)
    book = openpyxl.load_workbook(path)
    book["Telefoonlijst"].sheet_state = "hidden"
    book["Berichten"]["B3"].comment = Comment(COMMENT, AUTHOR)
    book.properties.creator = AUTHOR
    book.save(path)
    return str(path)


@pytest.fixture(scope="module")
def run(workbook: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("run")
    frames = {}
    with running_dashboard(
        workbook, settings={"GENKDASH_DATA_FOLDER": str(folder / "var")}, log=folder / "server.log"
    ) as url:
        for page in PAGES:
            for language in ("nl", "en"):
                query = f"taal={language}&influencer=Amina"
                with open_tab(url, page, query=query) as tab:
                    frames[f"{page or 'overview'} {language}"] = everything_sent(tab, url)
    kept = Store(folder / "var", source=workbook).path
    return Run(frames, kept, (folder / "server.log").read_bytes())


def everything_sent(tab: Tab, url: str) -> bytes:
    """Return what a tab receives: the page, each fragment twice, the page once more, and every file it offers."""
    messages = tab.run()
    assert tab.fragments
    for fragment in [*tab.fragments, *tab.fragments]:
        tab.run(fragment)
    latest = tab.run()
    messages += latest
    media = {address for message in messages for address in re.findall(r"/media/[\w.]+", str(message))}
    offered = {file_id for message in latest for file_id in re.findall(r'deferred_file_id: "(\w+)"', str(message))}
    media |= {tab.build_file(file_id) for file_id in sorted(offered)}
    files = [urllib.request.urlopen(url + address).read() for address in sorted(media)]  # noqa: S310  our own server
    return b"".join([tab.received(), *map(unpacked, files)])


def unpacked(file: bytes) -> bytes:
    """Return what stands in a file, a workbook's parts one after the other."""
    if not file.startswith(b"PK"):
        return file
    with zipfile.ZipFile(BytesIO(file)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("form", sorted(written_as("CANARY-plant-1")))
def test_a_leak_would_be_found_in_whatever_form(form: bytes) -> None:
    assert leaks(b"<frame>" + form + b"</frame>", ["CANARY-plant-1"]) == ["CANARY-plant-1"]


@pytest.mark.parametrize("before", [b"", b"a", b"ab", b"abc"])
def test_a_leak_would_be_found_in_the_middle_of_base64(before: bytes) -> None:
    assert leaks(base64.b64encode(before + b"CANARY-plant-1" + before), ["CANARY-plant-1"]) == ["CANARY-plant-1"]


def test_the_private_values_are_in_the_workbook(workbook: str) -> None:
    book = openpyxl.load_workbook(workbook)
    cells = [str(cell) for tab in book for cells in tab.iter_rows(values_only=True) for cell in cells]
    found = {*cells, *book.sheetnames, book.properties.creator, book["Berichten"]["B3"].comment.text}
    assert {*PRIVATE, E_MAIL} <= found


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", ["overview", "topics", "timeline", "sheet_check"])
def test_no_private_value_is_in_any_frame_or_file_that_a_screen_sends(run: Run, page: str, language: str) -> None:
    sent = run.frames[f"{page} {language}"]

    assert has_text(sent, "Amina")
    assert leaks(sent, [*PRIVATE, E_MAIL]) == []


def test_what_may_be_seen_is_in_the_frames(run: Run) -> None:
    assert has_text(run.frames["overview nl"], VISIBLE)
    assert has_text(run.frames["timeline nl"], VISIBLE)
    assert has_text(run.frames["sheet_check nl"], "geen link")
    assert has_text(run.frames["sheet_check nl"], '<th scope="row">Berichten A4</th>')
    assert has_text(run.frames["sheet_check nl"], ">ooit</td>")


def test_no_private_value_is_in_the_sheet_kept_on_disk(run: Run) -> None:
    content = gzip.decompress(run.kept.read_bytes())

    assert VISIBLE.encode() in content
    assert leaks(content, PRIVATE) == []


def test_the_sheet_kept_on_disk_is_for_our_own_eyes_only(run: Run) -> None:
    assert run.kept.stat().st_mode & 0o777 == 0o600


def test_no_private_value_is_in_the_log(run: Run) -> None:
    assert leaks(run.log, [*PRIVATE, E_MAIL, "Amina", VISIBLE]) == []


@pytest.mark.parametrize(
    "command",
    [
        ("report", "--format", "json"),
        ("report", "--format", "csv"),
        ("report", "--format", "html"),
        ("check", "--format", "json"),
        ("check",),
    ],
    ids=" ".join,
)
def test_no_private_value_is_in_what_a_command_prints(workbook: str, command: tuple[str, ...]) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GENKDASH_")}
    done = subprocess.run(  # noqa: S603  our own command line
        [sys.executable, "-m", "genkdash", *command, "--source", workbook],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment | {"GENKDASH_SETTINGS": os.devnull},
    )

    assert done.returncode in {0, 1}
    assert len(done.stdout) > 100
    assert leaks(done.stdout + done.stderr, [*PRIVATE, E_MAIL]) == []
