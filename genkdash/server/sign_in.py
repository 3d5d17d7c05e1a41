"""How does somebody come in and go out again? Two plain pages before anybody is known, and a way to each provider.

`/aanmelden` has a button for each provider, or says that this account has no access; `/aanmelden/google` leads to
Streamlit's own sign-in; `/afmelden` ends a sign-in, in other tabs and in copies of its cookie too.
"""

import asyncio
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from genkdash.access.current import current_access
from genkdash.access.links import LINK_COOKIE
from genkdash.i18n import Language, Translator, translator
from genkdash.live.current import current_feed, invited, now
from genkdash.server.answers import SIGN_IN, refusal
from genkdash.server.door import button_to, door_page, paragraph
from genkdash.server.language import Asgi, Receive, Scope, Send, page_language
from genkdash.server.private_streamlit import IDENTITY_COOKIES, provider_token
from genkdash.server.visitor import identity_of
from genkdash.server.way_back import address_of, own_screen, remember_way_back

SIGN_OUT = "/afmelden"
_NOTHING = refusal(404, "nothing", leads_home=True)
_WRONG_METHOD = refusal(405, "method", allow="GET, HEAD")
_OUR_OWN = frozenset({"same-origin", "none"})


async def sign_in(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request for `/aanmelden` or what is below it."""
    await (await asyncio.to_thread(_sign_in, Request(scope)))(scope, receive, send)


async def sign_out(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request for `/afmelden`."""
    await (await asyncio.to_thread(_sign_out, Request(scope)))(scope, receive, send)


def _sign_in(request: Request) -> Asgi:
    if request.method not in {"GET", "HEAD"}:
        return _WRONG_METHOD
    access, words = current_access(), _words(request)
    provider = request.scope["path"].removeprefix(SIGN_IN).strip("/")
    if provider:
        return _to_provider(request, provider) if provider in access.issuers else _NOTHING
    identity = identity_of(request.cookies)
    if identity is not None and access.viewer(identity, None, invited(), now()) is not None:
        return _away(address_of(_wanted_path(request), words.language))
    if identity is None or access.has_ended(identity):
        return _page(request, words, "ended" if identity is not None else "welcome")
    # As long as no sheet was read, nobody knows who stands in it.
    return _page(request, words, "stranger" if current_feed().snapshot is not None else "early")


def _sign_out(request: Request) -> Asgi:
    words = _words(request)
    if request.method not in {"GET", "HEAD"}:
        return _WRONG_METHOD
    if request.query_params.get("klaar") is not None:
        return _page(request, words, "goodbye")
    if request.headers.get("sec-fetch-site", "none") not in _OUR_OWN:
        # Another site's link may bring somebody here, but does not sign them out.
        return _page(request, words, "leaving")
    identity = identity_of(request.cookies)
    if identity is not None:
        current_access().end(identity)
    response = _away(f"{SIGN_OUT}?{urlencode({'klaar': 1, 'taal': words.language})}")
    # Not Streamlit's own way out: it signs people out of everything at their provider, with their address in the URL.
    for name in {LINK_COOKIE, *filter(_is_of_a_sign_in, request.cookies)}:
        response.delete_cookie(name, path="/", httponly=True, samesite="lax")
    return response


def _to_provider(request: Request, provider: str) -> Response:
    """Lead to Streamlit's sign-in with a provider, and remember where somebody was going."""
    response = _away(f"/auth/login?{urlencode({'provider': provider_token(provider)})}")
    remember_way_back(response, _wanted_path(request), _words(request).language)
    return response


def _page(request: Request, words: Translator, kind: str) -> Response:
    """Return a page of ours: what is the case, and the buttons that go with it."""
    parts = [paragraph(words(f"access.{kind}.body"))]
    if kind in {"stranger", "early"}:
        parts.append(button_to(f"{SIGN_OUT}?taal={words.language}", words("access.other_account")))
    elif kind == "leaving":
        parts.append(button_to(f"{SIGN_OUT}?taal={words.language}", words("access.sign_out")))
    else:
        parts += _provider_buttons(request, words)
    if kind != "ended":  # which says it already
        parts.append(paragraph(words("access.by_link"), is_quiet=True))
    other: Language = "en" if words.language == "nl" else "nl"
    return door_page(
        words,
        title=words(f"access.{kind}.title"),
        body="\n".join(parts),
        switch=f"?{urlencode({**request.query_params, 'taal': other})}",
        status=403 if kind == "stranger" else 200,
    )


def _provider_buttons(request: Request, words: Translator) -> list[str]:
    """Return a button for each provider, that of the influencers first."""
    access = current_access()
    names = sorted(access.issuers, key=lambda name: name != access.rules.influencer_provider)
    query = urlencode({"naar": _wanted_path(request), "taal": words.language})
    return [
        button_to(
            f"{SIGN_IN}/{name}?{query}",
            words("access.with", provider=access.rules.labels.get(name, name.capitalize())),
            is_second=place > 0,
        )
        for place, name in enumerate(names)
    ]


def _wanted_path(request: Request) -> str:
    """Return the screen that somebody was going to: one of our own, or the first."""
    return own_screen(request.query_params.get("naar", "/"))


def _away(address: str) -> Response:
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


def _is_of_a_sign_in(cookie: str) -> bool:
    """Tell whether this cookie, or one of the parts of a long one, says who signed in."""
    return any(cookie == name or cookie.removeprefix(f"{name}_").isdigit() for name in IDENTITY_COOKIES)


def _words(request: Request) -> Translator:
    return translator(page_language(request.scope.get("query_string", b"")))
