"""Where people sign in: who is who over the wire, what each receives, and how an open tab loses what it may not see."""

import ast
import time
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from bare_http import BareAnswer, ask_bare
from scripted_source import ScriptedSource
from shared_mode import ISSUER, STAFF, Shared, shared_dashboard
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest
from websockets.exceptions import InvalidStatus
from wire import Tab, has_text, open_tab
from workbooks import CAMPAIGN, HEADER, row, save

from genkdash.access.current import Access, admit
from genkdash.access.links import LINK_COOKIE, LinkRegister
from genkdash.access.mode import Mode
from genkdash.live.current import follow, now, stop
from genkdash.live.feed import Feed
from genkdash.settings import Settings
from genkdash.ui import view

ROOT = Path(view.__file__).parents[2]
STAFF_PAGES = ("", "topics", "timeline", "reactions", "lessons", "sheet_check", "screen", "methods")
PAGES = (*STAFF_PAGES, "me", "log_post", "connect", "overview", "accessible")
ENDED = "Meld je opnieuw aan"
HOURS = 3600
SCENES = ("team", "strip", "topics", "since", "lessons", "latest")
# Words that nothing else holds, without a sign in them that Markdown or JSON would write in another way.
E_MAILS = ["aminamail2201", "bomail2302", "cemmail2401"]
OF_AMINA = ["aminatitle2211", "aminalink2212", "aminatip2213", "aminatopic2214", "aminaplatform2215", "aminareply2216"]
OF_AMINA += ["aminapause2217"]
OF_BO = ["Boname2301", "boaccount2303", "boalias2304", "bointerest2305", "botitle2311", "botopic2312", "bolink2313"]
OF_BO += ["boplatform2314", "botip2315", "boreply2316", "bopause2317", "bodate2318"]
BO, BO_ACCOUNT, BO_ALIAS, BO_INTEREST, BO_TITLE, BO_TOPIC, BO_LINK, BO_PLATFORM, BO_TIP, BO_REPLY, BO_PAUSE, BO_DATE = (
    OF_BO
)
OF_CEM = ["cemtitle2411", "cemaccount2402", "ceminterest2403"]
CEM = "Cemname2410"
NOT_FOR_A_WALL = ["Amina", "aminaaccount2202", "Aminaalias2203", "aminainterest2204", *OF_AMINA[:2], *OF_CEM]
NOT_FOR_A_WALL += [BO, BO_ACCOUNT, BO_ALIAS, BO_INTEREST, BO_TITLE, BO_LINK, BO_PAUSE, BO_DATE, OF_AMINA[6]]
# The words of the manual, each with what stands for it in the row of Amina (or Cem, who opted in) and in that of Bo.
OWN_AND_FOREIGN = {
    "Naam": ("Amina", BO),
    "Voornaam van wie `Toon op scherm` aanvinkte": ("Amina", CEM),
    "E-mail": (E_MAILS[0], E_MAILS[1]),
    "Account": ("aminaaccount2202", BO_ACCOUNT),
    "Alias": ("Aminaalias2203", BO_ALIAS),
    "Interesses": ("aminainterest2204", BO_INTEREST),
    "Thema": (OF_AMINA[3], BO_TOPIC),
    "Platform": (OF_AMINA[4], BO_PLATFORM),
    "Titel": (OF_AMINA[0], BO_TITLE),
    "Link": (OF_AMINA[1], BO_LINK),
    "Tip": (OF_AMINA[2], BO_TIP),
    "Antwoord op een tip": (OF_AMINA[5], BO_REPLY),
    "Naam van een pauze": (OF_AMINA[6], BO_PAUSE),
}
PEOPLE = [
    ["Naam", "E-mail", "Account", "Alias", "Interesses", "Toon op scherm"],
    ["Amina", "aminamail2201@proef.example", "@aminaaccount2202", "Aminaalias2203", "aminainterest2204", None],
    [BO, "bomail2302@proef.example", f"@{BO_ACCOUNT}", BO_ALIAS, BO_INTEREST, None],
    [CEM, "cemmail2401@proef.example", "@cemaccount2402", None, "ceminterest2403", True],
]
POSTS = [
    HEADER,
    row(
        date(2018, 5, 1),
        "Amina",
        OF_AMINA[3],
        Titel=OF_AMINA[0],
        Link=f"https://x.example/{OF_AMINA[1]}",
        Platform=OF_AMINA[4],
    ),
    row(date(2018, 5, 2), BO, BO_TOPIC, Titel=BO_TITLE, Link=f"https://x.example/{BO_LINK}", Platform=BO_PLATFORM),
    row(BO_DATE, BO, "Muziek", Titel=BO_TITLE),
    row(date(2018, 5, 9), CEM, "Sport", Titel=OF_CEM[0], Likes=3),
]
TABS: dict[str, Any] = {
    "Berichten": POSTS,
    "Influencers": PEOPLE,
    "Campagne": CAMPAIGN,
    "Kalender": [
        ["Van", "Tot", "Soort", "Naam", "Influencer"],
        [date(2018, 7, 1), date(2018, 7, 8), "pauze", BO_PAUSE, BO],
        [date(2018, 6, 1), date(2018, 6, 8), "pauze", OF_AMINA[6], "Amina"],
    ],
    "Tips": [
        ["Datum", "Influencer", "Tip", "Status", "Antwoord"],
        [date(2018, 6, 1), "Amina", OF_AMINA[2], "gehoord", OF_AMINA[5]],
        [date(2018, 6, 2), BO, BO_TIP, "gehoord", BO_REPLY],
    ],
}


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> str:
    return save(tmp_path_factory.mktemp("sheet") / "log.xlsx", TABS)


@pytest.fixture(scope="module")
def shared(sheet: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    folder = tmp_path_factory.mktemp("shared")
    with shared_dashboard(sheet, folder, log=folder / "server.log") as running:
        yield running


def cookie_of(shared: Shared, who: str, **claims: object) -> str:
    """Return the cookie of staff, of an influencer by name, or of somebody who has a link."""
    if who.startswith("link:"):
        _, kind, name = f"{who}:".split(":")[:3]
        until = now() + timedelta(days=1)
        return (
            f"{LINK_COOKIE}={LinkRegister(shared.folder).new(kind, until=until, at=now(), influencer=name or None)[1]}"
        )
    if who == "staff":
        return shared.cookie(**claims)
    return shared.cookie(**{"email": f"{who.lower()}mail2201@proef.example", **claims})


def seen_as(shared: Shared, cookie: str) -> str:
    """Return as whom the first screen shows itself to the browser with this cookie."""
    try:
        with open_tab(shared.url, cookie=cookie) as tab:
            tab.run()
            sent = tab.received()
    except InvalidStatus as refused:
        return f"refused {refused.response.status_code}"
    titles = {"screen": "screen-foot", "staff": "Waar staan we samen?", "Amina": "Dag Amina!"}
    return next((role for role, title in titles.items() if has_text(sent, title)), "nobody")


def aged(hours: float) -> dict[str, object]:
    return {"iat": time.time() - hours * HOURS}


REFUSED = "refused 403"
AMINA = "aminamail2201@proef.example"


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({}, "staff"),
        # named before the first test runs: the hour left is for those that run first
        (aged(11), "staff"),
        (aged(13), REFUSED),
        ({"iat": None}, REFUSED),
        ({"email_verified": False}, REFUSED),
        ({"provider": "ander"}, REFUSED),
        ({"iss": "https://elders.example"}, REFUSED),
        ({"secret": "another-cookie-secret-0123456789abcdef0123"}, REFUSED),
        ({"origin": "https://elders.example"}, REFUSED),
        ({"email": AMINA}, "Amina"),
        ({"email": AMINA.upper(), **aged(200)}, "Amina"),
        ({"email": AMINA, "email_verified": "true"}, REFUSED),
        ({"email": AMINA, "provider": "genk"}, REFUSED),
        ({"email": AMINA, "tid": "T", "oid": "staf"}, "Amina"),
        ({"email": "vreemd@elders.example"}, REFUSED),
        ({"email": None, "sub": "staf@genk.example", "upn": "staf@genk.example"}, REFUSED),
    ],
)
def test_a_sign_in_is_who_it_proves_to_be(shared: Shared, claims: dict[str, Any], expected: str) -> None:
    assert seen_as(shared, shared.cookie(**claims)) == expected


@pytest.mark.parametrize(("who", "expected"), [("link:screen", "screen"), ("link:influencer:Amina", "Amina")])
def test_a_link_is_whom_it_was_made_for(shared: Shared, who: str, expected: str) -> None:
    assert seen_as(shared, cookie_of(shared, who)) == expected


def test_a_cookie_without_a_signature_is_nobodys(shared: Shared) -> None:
    payload = '{"email": "staf@genk.example", "email_verified": true, "is_logged_in": true, "provider": "google"}'
    signed = shared.cookie()

    assert seen_as(shared, f"_streamlit_user={payload}") == REFUSED
    assert seen_as(shared, signed[:-4]) == REFUSED
    assert seen_as(shared, f"{signed[:30]}A{signed[31:]}") == REFUSED


def everything_sent(shared: Shared, cookie: str, page: str, query: str = "") -> bytes:
    """Return what a tab receives: the page, each fragment twice, and the page with all its switches on."""
    with open_tab(shared.url, page, cookie=cookie, query=query) as tab:
        first = tab.run()
        for fragment in [*tab.fragments, *tab.fragments]:
            tab.run(fragment)
        shown = (message.delta.new_element for message in first if message.WhichOneof("type") == "delta")
        switches = [element.checkbox.id for element in shown if element.WhichOneof("type") == "checkbox"]
        tab.run(widgets=WidgetStates(widgets=[WidgetState(id=switch, bool_value=True) for switch in switches]))
        return tab.received().replace(query.encode(), b"")  # what it asked for is no news to it


def found(sent: bytes, canaries: list[str]) -> list[str]:
    return [canary for canary in canaries if has_text(sent, canary)]


@pytest.fixture(scope="module")
def received(shared: Shared) -> dict[tuple[str, str], bytes]:
    """Return what each receives on each page. Staff go first: what is kept for them is there when others come."""
    staff, amina, screen = (cookie_of(shared, who) for who in ("staff", "Amina", "link:screen"))
    sent = {("staff", page): everything_sent(shared, staff, page) for page in PAGES}
    for name in ("Amina", BO):  # links stand where one looks at one person
        sent["staff", f"timeline of {name}"] = everything_sent(shared, staff, "timeline", f"influencer={name}")
    query = f"als=staff&wie={CEM}&influencer={CEM}"
    sent |= {("influencer", page): everything_sent(shared, amina, page, query) for page in PAGES}
    sent["influencer", "by link"] = everything_sent(shared, cookie_of(shared, "link:influencer:Amina"), "", query)
    sent |= {("screen", page): everything_sent(shared, screen, page, "als=staff") for page in PAGES if page != "screen"}
    for scene in SCENES:
        sent["screen", f"screen of {scene}"] = everything_sent(shared, screen, "screen", f"scenes={scene}&als=staff")
    return sent


def all_of(received: dict[tuple[str, str], bytes], role: str) -> bytes:
    return b"".join(sent for (who, _), sent in received.items() if who == role)


def tables_of_the_manual() -> list[dict[str, list[str]]]:
    """Return each table of the manual as its rows by the first cell."""
    tables: list[dict[str, list[str]]] = []
    is_in_table = False
    for line in (ROOT / "docs" / "rollen.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if cells and not is_in_table:
            tables.append({})
        elif cells and not set(cells[0]) <= {"-"}:
            tables[-1][cells[0]] = cells[1:]
        is_in_table = bool(cells)
    return tables


@pytest.mark.parametrize("datum", OWN_AND_FOREIGN)
def test_each_role_receives_what_the_manual_says_and_no_more(
    received: dict[tuple[str, str], bytes], datum: str
) -> None:
    own, foreign = OWN_AND_FOREIGN[datum]
    staff, influencer, screen = (all_of(received, role) for role in ("staff", "influencer", "screen"))
    seen = [
        has_text(staff, foreign),
        has_text(influencer, own),
        has_text(influencer, foreign),
        has_text(screen, foreign),
    ]

    assert tables_of_the_manual()[2][datum] == ["ja" if is_seen else "nee" for is_seen in seen]


def test_the_manual_says_nothing_of_a_datum_that_is_not_looked_for() -> None:
    assert set(tables_of_the_manual()[2]) == set(OWN_AND_FOREIGN)


def test_each_role_has_the_pages_of_the_manual() -> None:
    script = ast.parse((ROOT / "genkdash" / "ui" / "menu.py").read_text(encoding="utf-8"))
    assigned = {ast.unparse(one.targets[0]): one.value for one in ast.walk(script) if isinstance(one, ast.Assign)}
    screens = ast.literal_eval(assigned["SCREENS"])
    expected = {
        f"`{page}`": ["ja" if page in (*screens[role], "accessible") else "nee" for role in screens]
        for page in {"accessible", *(page for pages in screens.values() for page in pages)}
    }

    assert list(screens) == ["staff", "influencer", "screen"]
    assert tables_of_the_manual()[1] == expected


def test_staff_receive_what_stands_in_the_sheet_but_no_address(received: dict[tuple[str, str], bytes]) -> None:
    sent = all_of(received, "staff")

    of_no_use_on_any_screen = {BO_ACCOUNT, BO_ALIAS, BO_INTEREST}
    assert {*OF_BO, *OF_AMINA} - set(found(sent, [*OF_BO, *OF_AMINA])) == of_no_use_on_any_screen
    assert found(sent, E_MAILS) == []


@pytest.mark.parametrize("page", [*PAGES, "by link"])
def test_an_influencer_receives_not_one_byte_of_anybody_else(received: dict[tuple[str, str], bytes], page: str) -> None:
    sent = received["influencer", page]

    assert found(sent, [*OF_BO, CEM, *OF_CEM, *E_MAILS]) == []
    assert page not in {"", "me", "by link"} or has_text(sent, OF_AMINA[0])


@pytest.mark.parametrize("scene", SCENES)
def test_the_screen_receives_no_name_of_who_did_not_opt_in_and_nothing_of_a_post(
    received: dict[tuple[str, str], bytes], scene: str
) -> None:
    sent = received["screen", f"screen of {scene}"]

    assert has_text(sent, "screen-foot")
    assert found(sent, [*NOT_FOR_A_WALL, *E_MAILS]) == []


@pytest.mark.parametrize("page", [page for page in PAGES if page != "screen"])
def test_the_screen_has_no_other_page(received: dict[tuple[str, str], bytes], page: str) -> None:
    assert found(received["screen", page], [*NOT_FOR_A_WALL, *E_MAILS]) == []


def first_answer(shared: Shared, cookie: str, page: str = "") -> tuple[BareAnswer, bytes]:
    """Return the answer to a first visit, and what of it stands before Streamlit's own page."""
    answer = ask_bare(shared.url, f"/{page}", Cookie=cookie)
    return answer, answer.whole.partition(b'<main id="first"')[2].partition(b'<div id="root">')[0]


@pytest.mark.parametrize(
    ("who", "said", "unsaid"),
    [
        ("staff", "3 / 36", ["Amina", CEM, *OF_AMINA, *OF_BO, *OF_CEM, *E_MAILS]),
        ("Amina", "Dag Amina!", [CEM, *OF_BO, *OF_CEM, *E_MAILS, *OF_AMINA[:3], *OF_AMINA[4:]]),
        ("link:influencer:Amina", OF_AMINA[3], [CEM, *OF_BO, *OF_CEM, *E_MAILS]),
        ("link:screen", "van 36 berichten", [CEM, "Amina", *OF_AMINA, *OF_BO, *OF_CEM, *E_MAILS]),
    ],
)
def test_the_first_answer_is_that_of_the_role_and_kept_by_nobody(
    shared: Shared, who: str, said: str, unsaid: list[str]
) -> None:
    answer, first = first_answer(shared, cookie_of(shared, who))

    assert has_text(first, said)
    assert found(first, unsaid) == []
    assert answer.headers["cache-control"] == "private, no-store"
    assert "Cookie" in answer.headers["vary"].split(", ")


@pytest.mark.parametrize("page", PAGES)
def test_who_is_nobody_gets_no_byte_of_a_first_answer(shared: Shared, page: str) -> None:
    register = LinkRegister(shared.folder)
    link, token = register.new("influencer", influencer="Amina", until=now() + timedelta(days=1), at=now())
    register.revoke(link.id)
    for cookie in ("", f"{LINK_COOKIE}={token}", shared.cookie(email="vreemd@elders.example"), "_streamlit_user=x"):
        answer, first = first_answer(shared, cookie, page)
        assert (answer.status, first) == (303, b"")
        assert found(answer.whole, ["Amina", CEM, *OF_AMINA, *OF_BO, *OF_CEM, *E_MAILS]) == []


def wait_until_ended(tab: Tab) -> bytes:
    """Run the fragments of an open tab, as its browser does, until it says that the sign-in ended; return that run."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for fragment in list(tab.fragments):
            before = len(tab.frames)
            tab.run(fragment)
            sent = b"".join(tab.frames[before:])
            if has_text(sent, ENDED):
                return sent
        time.sleep(0.1)
    raise AssertionError("the tab still shows what it showed")


def test_staff_lose_an_open_tab_when_their_hours_are_over(shared: Shared) -> None:
    almost = time.time() - 12 * HOURS + 5
    with open_tab(shared.url, cookie=shared.cookie(iat=almost)) as tab:
        tab.run()
        assert has_text(tab.received(), BO)
        sent = wait_until_ended(tab)

    assert found(sent, [*OF_BO, *OF_AMINA, "Amina"]) == []


def test_staff_who_are_taken_off_the_list_lose_an_open_tab(shared: Shared) -> None:
    file = shared.folder / "secrets.toml"
    settings = file.read_text(encoding="utf-8")
    try:
        with open_tab(shared.url, cookie=shared.cookie()) as tab:
            tab.run()
            assert has_text(tab.received(), BO)
            file.write_text(settings.replace(STAFF, "iemand.anders@genk.example"), encoding="utf-8")
            sent = wait_until_ended(tab)
        assert seen_as(shared, shared.cookie()) == REFUSED
    finally:
        file.write_text(settings, encoding="utf-8")

    assert found(sent, [*OF_BO, *OF_AMINA, "Amina"]) == []
    assert seen_as(shared, shared.cookie()) == "staff"


def test_who_signs_out_in_one_tab_is_signed_out_in_all(shared: Shared) -> None:
    cookie = shared.cookie(sub="leaving")
    with open_tab(shared.url, "timeline", cookie=cookie) as tab:
        [lanes] = {
            message.delta.fragment_id for message in tab.run() if message.delta.new_element.HasField("selectbox")
        }
        urllib.request.urlopen(urllib.request.Request(f"{shared.url}/afmelden", headers={"Cookie": cookie})).close()  # noqa: S310  our own
        tab.ask(lanes)  # a touch, before the page has been told
        sent = wait_until_ended(tab)

    assert found(sent, [*OF_BO, *OF_AMINA, "Amina"]) == []
    assert seen_as(shared, cookie) == REFUSED
    assert seen_as(shared, shared.cookie(sub="staying")) == "staff"


@pytest.mark.parametrize("who", ["Amina", "link:influencer:Amina"])
def test_an_influencer_whose_row_is_deleted_loses_an_open_tab(shared: Shared, sheet: str, who: str) -> None:
    cookie = cookie_of(shared, who)
    try:
        with open_tab(shared.url, cookie=cookie) as tab:
            tab.run()
            assert has_text(tab.received(), "Dag Amina!")
            save(Path(sheet), {**TABS, "Influencers": [line for line in PEOPLE if line[0] != "Amina"]})
            sent = wait_until_ended(tab)
        assert found(sent, [*OF_AMINA, "Amina"]) == []
        assert seen_as(shared, cookie) == REFUSED
    finally:
        save(Path(sheet), TABS)
        wait_until_back(shared)


def wait_until_back(shared: Shared) -> None:
    """Wait until the sheet was read again with everybody in it."""
    deadline = time.monotonic() + 60
    while seen_as(shared, cookie_of(shared, "Amina")) != "Amina":
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_an_address_that_comes_to_stand_on_two_rows_lets_nobody_in(shared: Shared, sheet: str) -> None:
    try:
        with open_tab(shared.url, cookie=cookie_of(shared, "Amina")) as tab:
            tab.run()
            save(Path(sheet), {**TABS, "Influencers": [*PEOPLE[:3], [CEM, PEOPLE[1][1]]]})
            assert found(wait_until_ended(tab), OF_AMINA) == []
    finally:
        save(Path(sheet), TABS)
        wait_until_back(shared)


def test_no_name_and_no_address_is_in_the_log(shared: Shared) -> None:
    """The last of this file: after everybody above came, went and pretended."""
    log = (shared.folder / "server.log").read_bytes()

    assert found(log, ["Amina", *OF_AMINA, *OF_BO, *E_MAILS, "staf@genk.example", ISSUER]) == []


@pytest.mark.parametrize("page", [name for name in STAFF_PAGES if name])
def test_a_page_asks_by_itself_who_looks_without_any_gate_in_front(page: str, tmp_path: Path) -> None:
    settings = Settings(source="log.xlsx", access={"public_url": "https://genkdash.example"}, auth={})
    admit(Access(Mode("shared"), settings, LinkRegister(tmp_path)))
    follow(Feed(ScriptedSource(), store=None))
    app = AppTest.from_file(ROOT / "genkdash" / "dashboard.py", default_timeout=30)
    app.switch_page(f"../pages/{page}.py").run()

    stop()

    assert [title.value for title in app.title] == [ENDED]
