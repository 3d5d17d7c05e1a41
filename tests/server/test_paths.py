"""Every address asks for something we know, or for nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.server.paths import path_kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/topics", "page"),
        ("/sheet_check", "page"),
        ("/topics/", "page"),
        ("/static/js/index.DormvYxC.js", "asset"),
        ("/app/static/comfort.css", "asset"),
        ("/favicon.png", "asset"),
        ("/media/0f1e2d.csv", "media"),
        ("/_stcore/health", "health"),
        ("/healthz", "health"),
        ("/readyz", "health"),
        ("/_stcore/host-config", "plumbing"),
        ("/auth/login", "identity"),
        ("/auth/logout", "identity"),
        ("/oauth2callback", "identity"),
        ("/aanmelden", "door"),
        ("/aanmelden/google", "door"),
        ("/afmelden", "door"),
        ("/link/k3jx9q2m.sIgN-a_t", "door"),
    ],
)
def test_what_we_serve_is_known_by_its_address(path: str, kind: str) -> None:
    assert path_kind(path) == kind


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/readyz/x.y",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/agent/openapi.json",
        "/_stcore/upload_file/a/b",
        "/_stcore/bidi-components/x",
        "/_stcore/script-health-check",
        "/_stcore/stream",
        "/_stcore/allowed-message-origins",
        "/component/streamlit_x.y/index.html",
        "/index.html",
        "/media",
        "/media/",
        "/static",
        "/auth",
        "/auth/login/",
        "/link/a/b",
        "/aanmelden/",
        "/topics/_stcore/host-config",
    ],
)
def test_what_nobody_needs_is_nowhere(path: str) -> None:
    assert path_kind(path) == "nothing"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "*",
        "topics",
        "//",
        "//topics",
        "/topics//",
        "//media/a.csv",
        "/media//a.csv",
        "/media/../topics",
        "/media/./a.csv",
        "/static/../media/a.csv",
        "/static/..",
        "/static/%2e%2e/media/a.csv",
        "/media%2fa.csv",
        "/%6dedia/a.csv",
        "/media\\a.csv",
        "\\\\host\\share",
        "/MEDIA/a.csv",
        "/Media/a.csv",
        "/_STCORE/stream",
        "/_stcore/Metrics",
        "/TOPICS",
        "/topics\x00",
        "/topics\n",
        "/topics;a=b",
        "/topics?x",
        "/topics ",
        "/tópics",
        "/topics\u2044x",
        "/\uff0e\uff0e/media/a.csv",
        "http://genkdash.example/topics",
        "/http://genkdash.example/topics",
        "/" + "a" * 600,
    ],
)
def test_a_path_that_was_written_to_deceive_asks_for_nothing(path: str) -> None:
    assert path_kind(path) == "nothing"


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_no_path_is_media_but_one_plain_name_below_the_folder(text: str) -> None:
    assert (path_kind(f"/media/{text}") == "media") <= (
        text.isascii() and ".." not in text.split("/") and "%" not in text
    )


@given(st.text(max_size=60))
def test_every_text_has_an_answer(text: str) -> None:
    assert path_kind(text) in {"page", "asset", "health", "media", "plumbing", "identity", "door", "nothing"}
