"""What happens when somebody opens a link they were given? The browser keeps its token, and the address is clean again.

A chat app opens a link before its reader does, and a browser may fetch one ahead. So a personal link shows a button,
and only a click lets in. A link for a screen needs none where the browser says that somebody went there.
"""

import asyncio
import html
import re
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from genkdash.access.current import current_access
from genkdash.access.links import LINK_COOKIE, Link, LinkKind
from genkdash.i18n import Translator, translator
from genkdash.live.current import current_feed, invited, now
from genkdash.server.answers import SIGN_IN, refusal
from genkdash.server.door import button_to, door_page, paragraph
from genkdash.server.language import Asgi, Receive, Scope, Send, page_language
from genkdash.server.visitor import public_origin

_HOME: dict[LinkKind, str] = {"screen": "/screen", "influencer": "/me"}
# No browser keeps a cookie for longer.
_LONGEST = timedelta(days=400)
_ROBOT = re.compile(r"bot|crawl|spider|preview|externalhit|whatsapp/", re.IGNORECASE)
_WRONG_METHOD = refusal(405, "method", allow="GET, HEAD, POST")


async def open_link(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request for `/link/<token>`."""
    # In a thread: the register may have to be read again.
    answer = await asyncio.to_thread(_answer, Request(scope), now())
    await answer(scope, receive, send)


def _answer(request: Request, at: datetime) -> Asgi:
    words = translator(page_language(request.scope.get("query_string", b"")))
    token = request.scope["path"].removeprefix("/link").removeprefix("/")
    link = _valid(token, at)
    if link is None:
        return _gone(words)
    match request.method:
        case "POST" if _is_our_button(request):
            return _let_in(link, token, words, at)
        case "POST":
            return _page(link, words, is_second_try=True)
        case "GET" if request.cookies.get(LINK_COOKIE) == token or (link.kind == "screen" and _is_visit(request)):
            return _let_in(link, token, words, at)
        case "GET" | "HEAD":
            return _page(link, words)
        case _:
            return _WRONG_METHOD


def _valid(token: str, at: datetime) -> Link | None:
    """Return the link of a token that lets somebody in; as long as no sheet was read, every person may be in it."""
    access = current_access()
    if current_feed().snapshot is not None and access.viewer(None, token, invited(), at) is None:
        return None
    return access.links.link_of(token, at=at)


def _is_our_button(request: Request) -> bool:
    """Tell whether a form was sent from a page of ours, as every browser says by now."""
    origin = request.headers.get("origin")
    if origin is None:
        return request.headers.get("sec-fetch-site") == "same-origin"
    return origin.lower() == public_origin()


def _is_visit(request: Request) -> bool:
    """Tell whether a person went to this address: not a robot, not a browser that fetches ahead, not a part of a page.

    A browser that does not say so at all gets the button.
    """
    headers = request.headers
    is_ahead = any("pre" in headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))
    is_robot = _ROBOT.search(headers.get("user-agent", "")) is not None
    is_navigation = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == ("navigate", "document")
    return is_navigation and not is_ahead and not is_robot


def _let_in(link: Link, token: str, words: Translator, at: datetime) -> Response:
    """Give the browser its token, and lead to where this link goes."""
    language = "?taal=en" if words.language == "en" else ""
    response = RedirectResponse(_HOME[link.kind] + language, 303)
    # The next page must not hear of the address that this one had.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    seconds = int(min(link.until - at, _LONGEST).total_seconds())
    response.set_cookie(LINK_COOKIE, token, max_age=seconds, path="/", httponly=True, samesite="lax")
    return response


def _page(link: Link, words: Translator, *, is_second_try: bool = False) -> Response:
    """Return the page with one button. It names nobody: a chat app shows it beside the link."""
    area = f"link.page.{link.kind}"
    button = f'<button class="button" type="submit">{html.escape(words(f"{area}.open"))}</button>'
    parts = [
        paragraph(words(f"{area}.about")),
        *([paragraph(words("link.page.again"))] if is_second_try else ()),
        f'<form method="post">{button}</form>',
        *([paragraph(words(f"{area}.keep"), is_quiet=True)] if link.kind == "influencer" else ()),
    ]
    title = words(f"{area}.title")
    return door_page(
        words, title=title, body="\n".join(parts), switch=_other(words), status=403 if is_second_try else 200
    )


def _gone(words: Translator) -> Response:
    """Return the one page for every link that opens nothing: ended, revoked or never made, nobody learns which."""
    body = "\n".join(
        [
            paragraph(words("link.page.gone.about")),
            button_to(SIGN_IN, words("link.page.gone.sign-in"), is_second=True),
        ]
    )
    return door_page(words, title=words("link.page.gone.title"), body=body, switch=_other(words), status=404)


def _other(words: Translator) -> str:
    return "?taal=en" if words.language == "nl" else "?taal=nl"
