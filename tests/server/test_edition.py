"""What an open page is told about the edition that is served now."""

import asyncio
from pathlib import Path
from typing import Any

from genkdash.server.edition import Edition, page_edition


def headers_of(path: str) -> dict[bytes, bytes]:
    sent: list[Any] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Edition(app)({"type": "http", "path": path}, None, send))  # type: ignore[arg-type]
    return dict(sent[0]["headers"])


def test_the_answer_before_a_websocket_says_the_edition_and_no_other_answer_does() -> None:
    said = headers_of("/_stcore/host-config")[b"server-timing"].decode()
    assert said.startswith('edition;desc="')
    assert len(said) == len('edition;desc=""') + 16
    assert b"server-timing" not in headers_of("/_stcore/health")


def test_another_file_or_another_content_is_another_edition(tmp_path: Path) -> None:
    editions = set()
    for name, content in (("a.css", "x"), ("a.css", "y"), ("b.css", "y")):
        (tmp_path / name).write_text(content)
        page_edition.cache_clear()
        editions.add(page_edition(tmp_path))
    assert len(editions) == 3
