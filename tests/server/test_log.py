"""Nobody's name, address, token or cookie is in what the server prints, whatever goes well or wrong."""

import json
import time
from dataclasses import dataclass
from datetime import timedelta
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from bare_http import ask_bare
from identity_provider import running_provider
from shared_mode import SECRET, STAFF, Shared, shared_dashboard
from sheets_server import SheetsServer
from websockets.exceptions import InvalidStatus
from wire import has_text, open_tab

from genkdash.access.links import LINK_COOKIE, LinkRegister
from genkdash.live.clock import now

ROBOT = "genkdash@proef.iam.gserviceaccount.com"
NAME = "Canaria"
E_MAIL = "canary.email.4420@proef.example"
STRANGER = "canary.stranger.4421@proef.example"
TITLE = "CANARY-title-4422"
TIP = "CANARY-tip-4423"
BAD_DATE = "CANARY-date-4424"
TYPED = "CANARY-typed-4425"
CODE = "CANARY-code-4427"
TABS = {
    "Berichten": [["Datum", "Influencer", "Titel"], [43_330, NAME, TITLE], [BAD_DATE, NAME, TITLE]],
    "Influencers": [["Naam", "E-mail"], [NAME, E_MAIL]],
    "Tips": [["Datum", "Influencer", "Tip"], [43_330, NAME, TIP]],
    "Campagne": [["Sleutel", "Waarde"], ["Start", 43_206], ["Einde", 43_388], ["Peildatum", 43_332]],
}
"""A sheet of which every text is a secret. Days are serials, as Google has them."""


@dataclass(frozen=True)
class Printed:
    """What a dashboard printed, and the tokens and cookies that it met."""

    text: str
    secrets: list[str]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    folder = tmp_path_factory.mktemp("log")
    with SheetsServer() as google:
        book = google.add_spreadsheet("CANARY-book-4426", TABS, locale="nl_BE", shared_with=[ROBOT])
        (folder / "key.json").write_text(json.dumps(google.service_account(ROBOT)))
        settings = {
            "GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(folder / "key.json"),
            "GENKDASH_GOOGLE__API_URL": google.url,
            "GENKDASH_WATCHED_SECONDS": "1",
        }
        with (
            running_provider(person("amina", E_MAIL), person("stranger", STRANGER)) as provider,
            shared_dashboard(
                book.id,
                folder,
                log=folder / "server.log",
                settings=settings,
                metadata_url=f"{provider}/.well-known/openid-configuration",
            ) as shared,
        ):
            secrets = [*look(shared, provider), *come_in_badly(shared, provider)]
            secrets += sign_in_for_real(shared)
            fail(shared, google, provider)
        secrets += [book.id, google.service_account(ROBOT)["private_key"][40:90]]
    return Printed((folder / "server.log").read_text(encoding="utf-8"), secrets)


def person(sub: str, email: str) -> dict[str, object]:
    """Return what the provider says of somebody."""
    return {"sub": sub, "email": email, "email_verified": True, "name": TYPED}


def sign_in_for_real(shared: Shared) -> list[str]:
    """Go all the way to the provider and back: as an influencer, a stranger, one who refuses, and with a false code.

    Return the cookies that were given, and the codes.
    """
    given = []
    for answer in ({"sub": "amina"}, {"sub": "stranger"}, {"action": "deny"}, None):
        jar = CookieJar()
        browser = build_opener(HTTPCookieProcessor(jar))
        with browser.open(f"{shared.url}/aanmelden/google") as form:
            address = form.url
        if answer is None:
            state = parse_qs(urlsplit(address).query)["state"][0]
            address, body = f"{shared.url}/oauth2callback?code={CODE}&state={state}", None
            given.append(state)
        else:
            body = urlencode(answer).encode()
        try:
            browser.open(address, body).close()
        except HTTPError as error:
            assert error.code in {400, 403}  # noqa: PT017  a page all the same
            error.close()
        given += [cookie.value for cookie in jar if cookie.name.startswith("_streamlit_") and cookie.value]
        assert ("_streamlit_user" in {cookie.name for cookie in jar}) == (answer is not None and "sub" in answer)
    return given


def look(shared: Shared, provider: str) -> list[str]:
    """Sign in as each role and look at every page, a link included; return the cookies and the token."""
    _, token = LinkRegister(shared.folder).new("influencer", influencer=NAME, until=now() + timedelta(days=1), at=now())
    cookies = [shared.cookie(iss=provider), shared.cookie(iss=provider, email=E_MAIL), f"{LINK_COOKIE}={token}"]
    ask_bare(shared.url, f"/link/{token}")
    assert ask_bare(shared.url, f"/link/{token}", method="POST", Origin=shared.url).status == 303
    for cookie in cookies:
        wait_for_sheet(shared, cookie)
        for page in ("", "timeline", "sheet_check", "me", TYPED):
            ask_bare(shared.url, f"/{page}?influencer={NAME}", Cookie=cookie)
            with open_tab(shared.url, page, query=f"influencer={NAME}&wie={TYPED}", cookie=cookie) as tab:
                tab.run()
                for fragment in list(tab.fragments):
                    tab.run(fragment)
    ask_bare(shared.url, "/afmelden", Cookie=cookies[0])
    return [*cookies, token, token.partition(".")[2]]


def wait_for_sheet(shared: Shared, cookie: str) -> None:
    """Keep a tab open until the sheet is on it, names and all."""
    with open_tab(shared.url, cookie=cookie) as tab:
        tab.run()
        while not has_text(tab.received(), NAME):
            tab.stay_until(time.monotonic() + 1.5)


def come_in_badly(shared: Shared, provider: str) -> list[str]:
    """Try every way in that is none; return what nobody is to read in a log."""
    forged = shared.cookie(iss=provider, email=STRANGER, secret="another-secret-0123456789-0123456789")
    for cookie in (
        shared.cookie(iss=provider, email=STRANGER),
        forged,
        f"_streamlit_user={TYPED}",
        f"{LINK_COOKIE}={TYPED}",
    ):
        for path in ("/", "/aanmelden", "/me", f"/media/{TYPED}.csv"):
            ask_bare(shared.url, path, Cookie=cookie)
        with pytest.raises(InvalidStatus), open_tab(shared.url, cookie=cookie):
            pass
    for path in (f"/{TYPED}", f"/link/{TYPED}", f"/aanmelden?naar={TYPED}", f"/aanmelden/{TYPED}", f"/%00{TYPED}"):
        ask_bare(shared.url, path, Referer=f"{shared.url}/link/{TYPED}")
    ask_bare(shared.url, f"/oauth2callback?code={CODE}&state={TYPED}")
    ask_bare(shared.url, f"/oauth2callback?error=access_denied&error_description={CODE}")
    ask_bare(shared.url, f"/auth/login?provider={CODE}")
    for frame in (b"\xff" * 40, TYPED.encode(), b"\0" * 2**21):
        with open_tab(shared.url, cookie=shared.cookie(iss=provider)) as tab:
            tab.run()
            tab.send(frame)
    return [forged, CODE]


def fail(shared: Shared, google: SheetsServer, provider: str) -> None:
    """Let the sheet be unreadable in several ways, damage what is kept, and look meanwhile."""
    kept = next(shared.folder.glob("last-good-*"))
    kept.write_bytes(TYPED.encode())
    kept.chmod(0o644)
    LinkRegister(shared.folder).paths[0].write_text(TYPED)
    ask_bare(shared.url, "/me", Cookie=f"{LINK_COOKIE}={TYPED}")
    for kind, status in (("wrong-type", 200), ("500-html", 500), ("not-shared", 403)):
        google.fault(kind)
        before = len(google.log)
        with open_tab(shared.url, cookie=shared.cookie(iss=provider)) as tab:
            tab.run()
            while not any(request.status == status for request in google.log[before:]):
                tab.stay_until(time.monotonic() + 1.5)
        google.heal()


def test_the_log_says_what_happened(printed: Printed) -> None:
    assert "the sheet can't be read: google-" in printed.text
    assert "nobody gets in by a link: links-corrupt" in printed.text


@pytest.mark.parametrize(
    "secret", [NAME, E_MAIL, STRANGER, STAFF, SECRET, TITLE, TIP, BAD_DATE, TYPED, "CANARY-book-4426", "/link/"]
)
def test_no_text_of_the_sheet_and_nothing_of_who_looks_is_in_the_log(printed: Printed, secret: str) -> None:
    assert secret.lower() not in printed.text.lower()


def test_no_token_code_cookie_or_key_is_in_the_log(printed: Printed) -> None:
    assert len(printed.secrets) > 12
    assert [secret for secret in printed.secrets if secret in printed.text] == []
    assert "_streamlit_user" not in printed.text
    assert "private key" not in printed.text.lower()


def test_no_error_is_told_at_length(printed: Printed) -> None:
    assert "Traceback" not in printed.text
