"""What does somebody see whom we don't know yet? One plain page of ours, without a script or a websocket."""

import html

from starlette.responses import HTMLResponse

from genkdash.i18n import Translator

_HEADERS = {
    "Cache-Control": "no-store",
    # Not `no-referrer`: the form would then say that it comes from nowhere, and an honest click looks forged.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · genkdash</title>
<link rel="icon" href="/app/static/icon-192.png" referrerpolicy="no-referrer">
<link rel="stylesheet" href="/app/static/door.css" referrerpolicy="no-referrer">
</head>
<body>
<main>
<p class="brand">
<img src="/app/static/icon-192.png" alt="" width="40" height="40" referrerpolicy="no-referrer">genkdash</p>
<h1>{title}</h1>
{body}
</main>
<footer>{switch}</footer>
</body>
</html>
"""


def door_page(words: Translator, *, title: str, body: str, switch: str | None, status: int = 200) -> HTMLResponse:
    """Return a page in the look of the dashboard.

    Its address may hold a token, so nothing that the page asks for is told where it was asked.

    `title` is plain text, `body` is HTML whose every text went through `html.escape`. `switch` is the address of the
    same page in the other language, None where there is none.
    """
    other = "en" if words.language == "nl" else "nl"
    link = "" if switch is None else _switch(words, switch, other)
    page = _PAGE.format(language=words.language, title=html.escape(title), body=body, switch=link)
    return HTMLResponse(page, status_code=status, headers={**_HEADERS, "Content-Language": words.language})


def paragraph(text: str, *, is_quiet: bool = False) -> str:
    """Return a text as a paragraph."""
    look = ' class="quiet"' if is_quiet else ""
    return f"<p{look}>{html.escape(text)}</p>"


def button_to(address: str, label: str, *, is_second: bool = False) -> str:
    """Return a link that looks like a button; `is_second` for what is not the first choice."""
    look = "button second" if is_second else "button"
    return f'<a class="{look}" rel="noreferrer" href="{html.escape(address)}">{html.escape(label)}</a>'


def _switch(words: Translator, address: str, other: str) -> str:
    label = html.escape(words("door.switch"))
    return f'<a rel="noreferrer" href="{html.escape(address)}" hreflang="{other}" lang="{other}">{label}</a>'
