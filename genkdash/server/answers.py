"""What does the server say by itself, without a page of the dashboard? That it won't, or to sign in first."""

from urllib.parse import quote

from starlette.responses import RedirectResponse

from genkdash.i18n import translator
from genkdash.server.door import button_to, door_page, paragraph
from genkdash.server.language import Asgi, Receive, Scope, Send, page_language

SIGN_IN = "/aanmelden"
"""Where somebody signs in; `naar` in its address is the page that was asked for."""


def refusal(status: int, name: str, *, leads_home: bool = False, allow: str | None = None) -> Asgi:
    """Return an answer that says why not: `gate.<name>` of the catalogue, in the language of the address."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        words = translator(page_language(scope.get("query_string", b"")))
        body = paragraph(words(f"gate.{name}"))
        if leads_home:
            body += button_to("/" if words.language == "nl" else "/?taal=en", words("gate.home"))
        switch = "?taal=en" if words.language == "nl" else "?taal=nl"
        page = door_page(words, title=words(f"gate.{name}.title"), body=body, switch=switch, status=status)
        if allow is not None:
            page.headers["Allow"] = allow
        await page(scope, receive, send)

    return answer


async def sign_in_first(scope: Scope, receive: Receive, send: Send) -> None:
    """Lead to the sign-in page, which leads back to this page, in the same language."""
    language = "&taal=en" if page_language(scope.get("query_string", b"")) == "en" else ""
    await RedirectResponse(f"{SIGN_IN}?naar={quote(scope['path'])}{language}", 303)(scope, receive, send)
