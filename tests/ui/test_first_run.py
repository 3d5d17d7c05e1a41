"""The example shows the way to a sheet of one's own, to staff only, and keeps nothing secret that is typed there."""

import json
import threading
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from books import book, post
from hypothesis import given
from hypothesis import strategies as st
from scripted_source import ScriptedSource
from sheets_server import SheetsServer
from streamlit.runtime import context
from streamlit.testing.v1 import AppTest

from genkdash.live.current import follow, now, stop
from genkdash.live.feed import Feed
from genkdash.live.memo import Memo
from genkdash.safe_text import for_markdown
from genkdash.settings import GoogleSettings, Settings
from genkdash.sheet.sample import Example
from genkdash.sheet.tables import Source
from genkdash.ui import view
from genkdash.ui.first_run import settings_text
from genkdash.ui.first_run_check import Check

SCRIPT = Path(view.__file__).parent.parent / "dashboard.py"
EMAIL = "genkdash@proef.iam.gserviceaccount.com"
SHEET = "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz/edit?usp=sharing#gid=7"
TITLE = "Verbind je eigen sheet"
HERE = SimpleNamespace(headers=[("Host", "localhost:8501")], cookies={}, remote_ip="127.0.0.1")

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def key() -> dict[str, str]:
    return SheetsServer().service_account(EMAIL)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Return a function that opens the page over a source, in Dutch, as one of the audiences."""
    feeds: list[Feed] = []
    monkeypatch.setattr(context, "_get_client_context", lambda: HERE)
    monkeypatch.setattr(view, "SHARED", Memo())

    def draw(source: Source | None = None, audience: str = "staff") -> AppTest:
        feed = Feed(source or Example(), store=None)
        feeds.append(feed)
        follow(feed)
        assert feed.wait_for(lambda: feed.state(now()).kind != "starting", timeout_seconds=20)
        app = AppTest.from_file(SCRIPT, default_timeout=30)
        app.query_params = {"als": audience}
        app.switch_page("../pages/connect.py")
        return app.run()

    yield draw
    stop()
    for feed in feeds:
        feed.stop(timeout_seconds=20)


def test_staff_fill_in_two_lines_and_get_the_address_to_share_with_and_the_settings(
    opened: Open, tmp_path: Path, key: dict[str, str]
) -> None:
    file = tmp_path / "sleutel.json"
    file.write_text(json.dumps(key))
    app = opened()
    assert [app.title[0].value, app.button("connect_check_now").disabled] == [TITLE, True]

    app.text_input("connect_key").set_value(f'"{file}"').run()
    assert [code.value for code in app.code] == [EMAIL]
    app.text_input("connect_sheet").set_value(SHEET).run()

    assert not app.button("connect_check_now").disabled
    assert tomllib.loads(app.code[1].value) == {
        "genkdash": {
            "source": "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz/edit",
            "google": {"service_account_file": str(file)},
        }
    }


@pytest.mark.parametrize("field", ["connect_key", "connect_sheet"])
def test_a_key_that_is_pasted_is_forgotten_at_once(opened: Open, key: dict[str, str], field: str) -> None:
    app = opened()
    app.text_input(field).set_value(json.dumps(key)).run()
    assert app.text_input(field).value == ""
    assert app.error[0].value.startswith("Dat was een sleutel zelf.")
    assert "PRIVATE KEY" not in str(app) + str(app.session_state)


def test_what_is_wrong_with_a_line_is_said_under_it_and_literally(opened: Open) -> None:
    app = opened()
    typed = "/nergens/![x](https://elders.example/y.png)"
    app.text_input("connect_key").set_value(typed).run()
    app.text_input("connect_sheet").set_value("https://www.genk.be").run()
    assert [one.value for one in app.error] == [
        f"Er staat niets op {for_markdown(typed)}. Kijk de plaats en de naam na.",
        (
            "Dit is geen link naar een Google-sheet. Kopieer het adres uit de adresbalk van je browser terwijl de "
            "sheet openstaat."
        ),
    ]
    assert app.button("connect_check_now").disabled


@pytest.mark.parametrize("audience", ["influencer", "scherm"])
def test_nobody_but_staff_has_the_page_or_the_way_to_it(opened: Open, audience: str) -> None:
    app = opened(audience=audience)
    assert TITLE not in [title.value for title in app.title]
    assert TITLE not in [link.proto.label for link in app.get("page_link")]


def test_over_a_sheet_of_ones_own_there_is_no_such_page(opened: Open) -> None:
    app = opened(ScriptedSource(book([post()])))
    assert TITLE not in [title.value for title in app.title]
    assert TITLE not in [link.proto.label for link in app.get("page_link")]


@given(st.text(), st.text().filter(lambda text: "\0" not in text))
def test_the_settings_file_says_any_text_as_it_was_typed(source: str, path: str) -> None:
    google = GoogleSettings(service_account_file=Path(path))
    written = tomllib.loads(settings_text(Settings.model_construct(source=source, google=google)))
    assert written["genkdash"] == {"source": source, "google": {"service_account_file": str(Path(path))}}


def test_a_look_that_ends_by_a_mistake_of_ours_says_so() -> None:
    check = Check(Settings.model_construct(source=5))  # type: ignore[arg-type]  a mistake of ours
    check.start()
    for thread in threading.enumerate():
        if thread.name == "first-run-check":
            thread.join()
    assert check.findings is not None
    assert [(finding.status, finding.message) for finding in check.findings] == [("wrong", "error.internal")]
