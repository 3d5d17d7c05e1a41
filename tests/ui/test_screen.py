"""The meeting screen: what it may know, whose turn it is, and what it says over each kind of sheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from books import CAMPAIGN, book
from books import post as row
from builders import campaign, influencer, post, sheet
from running import running_dashboard
from scripted_source import ScriptedSource
from streamlit.runtime import context
from streamlit.testing.v1 import AppTest
from wire import Tab, has_text, open_tab
from workbooks import CAMPAIGN as SAVED_CAMPAIGN
from workbooks import HEADER, save
from workbooks import row as saved_row

from genkdash.charts.colours import NO_TOPIC
from genkdash.headlines.html import Html, element
from genkdash.i18n import translator
from genkdash.live.current import follow, now, stop
from genkdash.live.feed import Feed
from genkdash.live.memo import Memo
from genkdash.sheet.model import Tip
from genkdash.sheet.sample import Example
from genkdash.sheet.tables import RawBook, Source
from genkdash.ui import view
from genkdash.ui.screen_celebration import celebration_scene, just_reached
from genkdash.ui.screen_names import PrivateWords
from genkdash.ui.screen_pieces import Stage
from genkdash.ui.screen_qr import phone_address, readable
from genkdash.ui.screen_scenes import SCENES
from genkdash.ui.screen_turns import Turns, chosen_scenes, chosen_seconds
from genkdash.ui.screen_view import Strip, screen_view, strips_by_name

TODAY = date(2018, 8, 20)
DUTCH = translator("nl")

# --- whose turn it is


def test_the_turn_is_a_function_of_the_clock_alone() -> None:
    assert [Turns().at(moment, seconds=20) for moment in (0, 19.9, 20, 3600)] == [0, 0, 1, 180]


def test_the_next_turn_begins_at_the_press_of_the_key_and_lasts_whole() -> None:
    turns = Turns().next(1007.0, seconds=20)
    assert [turns.at(moment, seconds=20) for moment in (1007, 1026.9, 1027)] == [51, 51, 52]


def test_a_pause_keeps_the_turn_and_afterwards_it_lasts_whole_again() -> None:
    paused = Turns().paused_or_resumed(1007.0, seconds=20)
    assert paused.at(9999.0, seconds=20) == 50
    resumed = paused.paused_or_resumed(9999.0, seconds=20)
    assert [resumed.at(moment, seconds=20) for moment in (9999, 10018, 10019)] == [50, 50, 51]


def test_next_while_paused_shows_the_next_turn_and_stays_paused() -> None:
    turns = Turns().paused_or_resumed(1007.0, seconds=20).next(1010.0, seconds=20)
    assert turns.at(99999.0, seconds=20) == 51


@pytest.mark.parametrize(
    ("text", "scenes"),
    [
        ("team,latest", ("team", "latest")),
        (" latest , team,latest", ("latest", "team")),
        ("geheim,team", ("team",)),
        ("geheim", tuple(SCENES)),
        ("", tuple(SCENES)),
        (None, tuple(SCENES)),
    ],
)
def test_the_address_says_which_scenes_and_in_which_order(text: str | None, scenes: tuple[str, ...]) -> None:
    assert chosen_scenes(text, list(SCENES)) == scenes


@pytest.mark.parametrize(
    ("text", "seconds"), [("15", 15), ("0", 1), ("99999", 3600), ("-5", 20), ("vijf", 20), ("1" * 5000, 20), (None, 20)]
)
def test_the_address_says_how_long_a_turn_lasts(text: str | None, seconds: int) -> None:
    assert chosen_seconds(text) == seconds


# --- what may be known


def private_words(*tips: Tip) -> PrivateWords:
    people = [
        influencer("Amina Azizi", is_shown=True, account="@amina.vertelt"),
        influencer("Özge Demir", aliases=("Ozzie",), account="@ozge.danst"),
        influencer("Bo"),
    ]
    return PrivateWords(sheet(influencers=people, tips=tips))


@pytest.mark.parametrize(
    "text",
    [
        "Vraag het aan Özge",
        "OZGE's idee",
        "ozges filmpje",
        "Demir zei het",
        "Ozzie!",
        "volg ozge.danst",
        "Bo weet het",
        "(Bo)",
        "Azizi is een naam",
        "amina.vertelt",
        "iets met een @account",
        "zie https://voorbeeld.example/p/1",
        "zie www.voorbeeld.example",
        "mail wie@voorbeeld.example",
    ],
)
def test_a_text_that_names_somebody_who_did_not_opt_in_or_holds_an_address_stays_away(text: str) -> None:
    assert private_words().kept(text) is None


@pytest.mark.parametrize("text", ["Amina's idee", "een bosmuis", "boodschap", "Film rechtop", "de mirakels"])
def test_a_text_that_names_nobody_or_only_who_opted_in_is_shown(text: str) -> None:
    assert private_words().kept(text) == text


def test_a_first_name_that_two_share_is_shown_as_a_name_but_a_text_with_it_stays_away() -> None:
    people = [influencer("Sara Vos", is_shown=True), influencer("Sara Demir")]
    private = PrivateWords(sheet(influencers=people))
    assert private.shown_name("Sara Vos") == "Sara"
    assert private.shown_name("Sara Demir") is None
    assert private.kept("Sara zei het") is None


def test_somebody_who_stands_only_in_the_tips_did_not_opt_in() -> None:
    private = private_words(Tip(row=2, text="x", influencer="Vreemde Vogel"))
    assert private.shown_name("Vreemde Vogel") is None
    assert private.kept("Vreemde dingen") is None


def test_strips_of_who_opted_in_come_first_in_the_order_of_the_sheet_and_the_others_follow_no_count() -> None:
    people = [influencer("Zoë", is_shown=True), influencer("Bo"), influencer("Amina", is_shown=True), influencer("Cem")]
    posts = [post(influencer="Amina"), post(influencer="Bo"), post(influencer="Bo"), post(influencer="Cem")]
    strips = screen_view(sheet(*posts, influencers=people), today=TODAY).strips
    turned = screen_view(sheet(*posts, influencers=people[::-1]), today=TODAY).strips
    assert [strip.first_name for strip in strips] == ["Zoë", "Amina", None, None]
    assert [len(strip.topics) for strip in strips[2:]] == [len(strip.topics) for strip in turned[2:]]


def test_without_a_list_of_influencers_nobody_has_opted_in() -> None:
    shown = screen_view(sheet(post(), post(influencer="Bo"), has_influencers=False), today=TODAY)
    assert [strip.first_name for strip in shown.strips] == [None, None]
    assert [one.first_name for one in shown.latest] == [None, None]


def test_the_newest_posts_have_no_title_and_no_link() -> None:
    posts = [
        post(f"2018-05-{day:02}", "Amina", "Muziek", title="Geheim", link="https://a.example") for day in range(1, 9)
    ]
    latest = screen_view(sheet(*posts, influencers=[influencer("Amina", is_shown=True)]), today=TODAY).latest
    assert [one.day.day for one in latest] == [8, 7, 6, 5, 4, 3]
    assert (latest[0].platform, latest[0].topics, latest[0].first_name) == ("Instagram", ("Muziek",), "Amina")
    assert not hasattr(latest[0], "title")
    assert not hasattr(latest[0], "link")


def test_a_topic_with_the_name_of_somebody_who_did_not_opt_in_is_no_topic_here() -> None:
    shown = screen_view(sheet(post("2018-05-01", "Bo", "Bo's kat"), post("2018-05-02", "Bo", "Sport")), today=TODAY)
    assert shown.posts_by_topic == (("Sport", 1),)
    assert shown.strips[0].topics == (None, "Sport")
    assert shown.toward_target == (None, "Sport")
    assert shown.team.posts == 2


def test_tips_stand_adopted_first_then_tried_then_heard_and_the_newest_of_them_first() -> None:
    tips = [
        Tip(row=2, text="wacht"),
        Tip(row=3, text="gehoord", status="heard"),
        Tip(row=4, text="oud", status="adopted", day=date(2018, 5, 1)),
        Tip(row=5, text="nieuw", status="adopted", day=date(2018, 6, 1)),
        Tip(row=6, text="geprobeerd", status="tried"),
    ]
    shown = screen_view(sheet(post(), tips=tips), today=TODAY).tips
    assert [tip.text for tip in shown] == ["nieuw", "oud", "geprobeerd", "gehoord", "wacht"]


# --- scenes


def stage(made: object, *, lap: int = 0) -> Stage:
    return Stage(screen_view(made, today=TODAY), DUTCH, {"Sport": "#123456"}, lap, "https://genk.example/")  # type: ignore[arg-type]


def test_text_of_the_sheet_is_never_html() -> None:
    assert element("p", "<b>&", Html("<i></i>"), None) == "<p>&lt;b&gt;&amp;<i></i></p>"
    assert element("p", style='"><script>') == '<p style="&quot;&gt;&lt;script&gt;"></p>'


@pytest.mark.parametrize("name", list(SCENES))
def test_a_scene_without_content_is_skipped(name: str) -> None:
    assert SCENES[name](stage(sheet(influencers=["Amina"], meetings=[date(2018, 8, 8)]))) is None


def test_before_the_start_the_screen_counts_down_and_nothing_else() -> None:
    made = stage(sheet(influencers=["Amina"], frame=campaign(start=date(2018, 8, 26))))
    scene = SCENES["team"](made)
    assert scene is not None
    assert re.findall(r"<(?:h1|p)[^>]*>(.*?)</", scene) == [
        "Nog 6 dagen, dan begint het",
        "Vanaf 26 augustus vertellen we over ons Genk, elk op een eigen manier.",
    ]
    assert [name for name in SCENES if SCENES[name](made) is not None] == ["team"]


def test_after_the_end_the_screen_looks_back_and_says_no_more_what_was_to_be_done() -> None:
    made = sheet(
        post(influencer="Amina"),
        post(influencer="Bo"),
        influencers=[influencer("Amina", is_shown=True), influencer("Bo", 1)],
        frame=campaign(end=date(2018, 8, 19)),
    )
    team, strip = SCENES["team"](stage(made)), SCENES["strip"](stage(made))
    assert team is not None
    assert strip is not None
    assert re.findall(r"<h1>(.*?)</h1>", team) == ["Dit vertelden we samen"]
    assert re.findall(r"<li>(.*?)</li>", team) == ["1 van de 2 haalde het doel"]
    assert 'class="open"' not in strip


@pytest.mark.parametrize("name", list(SCENES))
def test_hostile_text_stays_text_on_every_scene(name: str) -> None:
    hostile = "<img src=x onerror=alert(1)> \"'><script>"
    made = sheet(
        post("2018-08-10", "<b>Eva</b>", hostile, platform=hostile),
        influencers=[influencer("<b>Eva</b>", 1, is_shown=True)],
        topics=[hostile, f"{hostile}2"],
        tips=[Tip(row=2, text=hostile, reply=hostile, status="adopted", replied_on=date(2018, 8, 10))],
        meetings=[date(2018, 8, 8)],
        frame=campaign(name=hostile),
    )
    scene = SCENES[name](stage(made))
    assert scene is not None
    assert "<img src=x" not in scene
    assert "<script" not in scene
    assert "<b>Eva" not in scene


def test_in_a_team_too_large_for_squares_each_stands_for_several_posts_and_there_are_no_strips() -> None:
    people = [influencer("Bo", 601), *(influencer(f"Wie{n}", 18) for n in range(32))]
    posts = [post("2018-05-01", "Bo", topic) for topic in ("Muziek", "Muziek", "Muziek", "Sport", "Sport")]
    many = sheet(*posts, influencers=people)
    team = SCENES["team"](stage(many))
    assert team is not None
    # 601 + 32 × 18 = 1177, by two: 589 squares
    assert team.count('class="open"') == 587
    assert (team.count(f"background:{NO_TOPIC}"), team.count("background:#123456")) == (1, 1)
    assert "Elk vakje: 2 berichten" in team
    assert "5 van de 1.177 berichten zijn verteld; elk vakje staat voor 2 berichten" in team
    assert SCENES["strip"](stage(many)) is None


def test_a_strip_with_more_posts_than_squares_fit_has_one_for_several_posts() -> None:
    posts = [post(f"2018-05-{day:02}", "Amina", "Sport") for day in range(1, 31) for _ in range(3)]
    strip = SCENES["strip"](stage(sheet(*posts, influencers=[influencer("Amina", 100, is_shown=True)])))
    assert strip is not None
    # 100 by two: 45 told, 5 to go, and one of each in the legend
    assert (strip.count("background:#123456"), strip.count('class="open"')) == (46, 6)
    assert "--columns:50" in strip
    assert "Elk vakje: 2 berichten" in strip


def test_no_scene_says_how_many_posts_one_influencer_has_or_that_somebody_is_late() -> None:
    people = [influencer("Amina", is_shown=True), influencer("Bo")]
    made = sheet(*[post(influencer="Amina", title=None)] * 7, post(influencer="Bo"), influencers=people)
    strip = SCENES["strip"](stage(made))
    assert strip is not None
    text = re.sub(r"<[^>]+>", " ", strip)
    assert text.split() == [
        "Elk",
        "verhaal",
        "een",
        "vakje",
        "Amina",
        "ander",
        "of",
        "geen",
        "thema",
        "nog",
        "te",
        "vertellen",
    ]


def test_tips_are_shown_three_at_a_time_and_the_next_lap_shows_the_next_ones() -> None:
    made = sheet(post(), tips=[Tip(row=2 + number, text=f"tip {number}") for number in range(5)])
    laps = [SCENES["lessons"](stage(made, lap=lap)) or "" for lap in range(3)]
    assert [re.findall(r"<q>(.*?)</q>", lap) for lap in laps] == [
        ["tip 0", "tip 1", "tip 2"],
        ["tip 3", "tip 4"],
        ["tip 0", "tip 1", "tip 2"],
    ]


@pytest.mark.parametrize("public_url", ["https://genk.example", "https://genk.example/"])
def test_the_code_leads_to_the_root_of_the_address_that_people_type(public_url: str) -> None:
    address = phone_address(public_url)
    assert address == "https://genk.example/"
    assert readable(address) == "genk.example"


@pytest.mark.parametrize(
    "public_url", [None, "", "genk", "http://localhost:8501", "http://127.0.0.1:8501", "http://[::1]:8501"]
)
def test_a_code_that_would_lead_nowhere_is_not_shown(public_url: str | None) -> None:
    assert phone_address(public_url) is None
    made = sheet(post("2018-08-10", "Bo"), influencers=["Bo"])
    bare = Stage(screen_view(made, today=TODAY), DUTCH, {}, 0, phone_address(public_url))
    assert "<img" not in (SCENES["team"](bare) or "") + (SCENES["latest"](bare) or "")


# --- a celebration


def strip_of(posts: int, target: int = 12, name: str | None = None) -> Strip:
    return Strip(name, (None,) * posts, target)


@pytest.mark.parametrize(
    ("before", "after", "is_celebrated"),
    [
        ({"Bo": strip_of(11)}, {"Bo": strip_of(12)}, True),
        ({"Bo": strip_of(11)}, {"Bo": strip_of(14)}, True),
        ({"Bo": strip_of(12)}, {"Bo": strip_of(13)}, False),
        ({"Bo": strip_of(11)}, {"Bo": strip_of(11, target=11)}, False),
        ({}, {"Bo": strip_of(12)}, False),
        ({"Bo": strip_of(12)}, {"Bo": strip_of(11)}, False),
    ],
)
def test_who_meets_the_target_by_a_new_post_is_celebrated(
    before: dict[str, Strip], after: dict[str, Strip], *, is_celebrated: bool
) -> None:
    assert just_reached(before, after) == ((after["Bo"],) if is_celebrated else ())


def test_a_celebration_names_who_opted_in_and_nobody_else() -> None:
    scene = celebration_scene((strip_of(10, 10, "Kasia"), strip_of(12), strip_of(12)), DUTCH, {})
    assert re.findall(r"<p>(.*?)</p>", scene) == ["Kasia haalde 10!", "2 mensen haalden het doel!"]


def test_a_celebration_of_one_who_did_not_opt_in_says_somebody() -> None:
    assert re.findall(r"<p>(.*?)</p>", celebration_scene((strip_of(12),), DUTCH, {})) == ["Iemand haalde het doel!"]


# --- the page, drawn by Streamlit

SCRIPT = Path(view.__file__).parent.parent / "dashboard.py"
HERE = SimpleNamespace(headers=[("Host", "localhost:8501")], cookies={}, remote_ip="127.0.0.1")
PINNED = [*CAMPAIGN, ["Naam", "Genk vertelt"], ["Peildatum", TODAY]]
PEOPLE = [["Naam", "Toon op scherm"], ["Amina", "ja"], ["Bo", None]]


@dataclass(frozen=True)
class Wall:
    """One screen on a wall that follows a source."""

    app: AppTest
    feed: Feed

    @property
    def titles(self) -> list[str]:
        return re.findall(r"<h1>(.*?)</h1>", self.html)

    @property
    def html(self) -> str:
        return "".join(element.value for element in self.app.get("html"))

    def press(self, key: str) -> None:
        self.app.button(key).click().run()


@pytest.fixture
def hang(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Return a function that hangs a screen over a source, with the given address."""
    feeds: list[Feed] = []

    def make(source: Source | RawBook, **query: str) -> Wall:
        monkeypatch.setattr(context, "_get_client_context", lambda: HERE)
        monkeypatch.setattr(view, "SHARED", Memo())
        feed = Feed(ScriptedSource(source) if isinstance(source, RawBook) else source, store=None)
        feeds.append(feed)
        follow(feed)
        assert feed.wait_for(lambda: feed.state(now()).kind != "starting", timeout_seconds=20)
        app = AppTest.from_file(SCRIPT, default_timeout=30)
        app.query_params = query
        return Wall(app.switch_page("../pages/screen.py").run(), feed)

    yield make
    stop()
    for feed in feeds:
        feed.stop(timeout_seconds=20)


@pytest.mark.parametrize(
    ("scene", "dutch", "english"),
    [
        ("team", "Waar staan we samen?", "Where do we stand together?"),
        ("strip", "Elk verhaal een vakje", "A square for every story"),
        ("topics", "Waarover vertellen we?", "What do we tell about?"),
        ("since", "Sinds de vergadering van 8 augustus", "Since the meeting of 8 August"),
        ("lessons", "Wat de stad van jullie leert", "What the city learns from you"),
        ("latest", "Net verteld", "Just told"),
    ],
)
def test_each_scene_of_the_example_has_its_title_in_both_languages(
    hang: object, scene: str, dutch: str, english: str
) -> None:
    assert hang(Example(), scenes=scene).titles == [dutch]  # type: ignore[operator]
    assert hang(Example(), scenes=scene, taal="en").titles == [english]  # type: ignore[operator]


def test_the_team_scene_of_the_example_has_the_numbers_of_the_overview(hang: object) -> None:
    wall = hang(Example(), scenes="team")  # type: ignore[operator]
    assert "<strong>84</strong>" in wall.html
    assert "van 118 berichten" in wall.html
    assert "Vandaag verwacht: 77" in wall.html
    assert "2 van de 10 haalden het doel al" in wall.html


def test_there_is_no_menu_no_switch_and_no_other_button_on_the_wall(hang: object) -> None:
    app = hang(Example(), als="scherm").app  # type: ignore[operator]
    assert [button.key for button in app.button] == ["screen_pause", "screen_next"]
    assert len(app.title) + len(app.markdown) + len(app.radio) == 0
    assert app.exception.values == []


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (book(Campagne=PINNED), "Het eerste verhaal komt eraan"),
        (book(Campagne=PINNED, Berichten=None), "Even geen cijfers"),
        (book(Campagne=PINNED, Berichten=[["Datum", "Titel"], [date(2018, 5, 3), "x"]]), "Even geen cijfers"),
        (book([row(Datum="ooit")], Campagne=PINNED), "Het eerste verhaal komt eraan"),
        (book(Campagne=[*PINNED[:-1], ["Peildatum", date(2018, 4, 15)]]), "Nog 1 dag, dan begint het"),
    ],
)
def test_without_any_content_there_is_a_friendly_sentence_and_no_zero(hang: object, made: RawBook, title: str) -> None:
    wall = hang(made)  # type: ignore[operator]
    assert wall.titles == [title]
    assert not re.search(r">0<", wall.html)


def test_a_scene_that_has_nothing_gives_its_place_to_one_that_has(hang: object) -> None:
    wall = hang(book([row()], Campagne=PINNED), scenes="since,team")  # type: ignore[operator]
    assert wall.titles == ["Waar staan we samen?"]
    assert hang(book([row()], Campagne=PINNED), scenes="since").titles == ["Hier is nog niets nieuws"]  # type: ignore[operator]


def test_next_shows_each_scene_in_turn_and_pause_keeps_one(hang: object) -> None:
    wall = hang(Example(), scenes="team,strip", seconds="3600")  # type: ignore[operator]
    wall.press("screen_pause")
    seen = []
    for _ in range(3):
        seen += wall.titles
        wall.press("screen_next")
    assert set(seen[:2]) == {"Waar staan we samen?", "Elk verhaal een vakje"}
    assert seen[2] == seen[0]
    assert "Gepauzeerd" in wall.html
    wall.press("screen_pause")
    assert "Gepauzeerd" not in wall.html


@pytest.mark.parametrize(("light", "colour"), [("donker", "#0f1516"), ("licht", "#ffffff")])
def test_the_address_says_how_light_it_is(hang: object, light: str, colour: str) -> None:
    assert f"--screen-background:{colour}" in hang(Example(), licht=light).html  # type: ignore[operator]


def test_a_twelfth_post_is_celebrated_once_while_the_screen_is_open(hang: object) -> None:
    posts = [row(Datum=date(2018, 5, day), Influencer="Amina") for day in range(1, 13)]
    source = ScriptedSource(book(posts[:11], Campagne=PINNED, Influencers=PEOPLE))
    wall = hang(source, scenes="team", seconds="3600")  # type: ignore[operator]
    assert wall.titles == ["Waar staan we samen?"]
    source.book = book(posts, Campagne=PINNED, Influencers=PEOPLE)
    wall.feed.refresh_now()
    assert wall.feed.wait_for(lambda: wall.feed.snapshot.revision == 2, timeout_seconds=20)
    wall.app.run()
    assert wall.titles == ["Proficiat!"]
    assert "Amina haalde 12!" in wall.html


def test_a_screen_that_opens_after_the_twelfth_post_celebrates_nothing(hang: object) -> None:
    posts = [row(Datum=date(2018, 5, day), Influencer="Amina") for day in range(1, 13)]
    assert hang(book(posts, Campagne=PINNED), scenes="team").titles == ["Waar staan we samen?"]  # type: ignore[operator]


# --- what is really sent

HIDDEN = "Canaria"
CANARIES = [
    HIDDEN,
    "Surnamecanary",
    "canary.mail@proef.example",
    "canary.account",
    "Aliascanary",
    "CANARY-title-1",
    "canary.link",
    "CANARY-shown-title-2",
    "CANARY-tip-about-her",
    "CANARY-topic-of-her",
    "CANARY-reply-about-her",
    "Lastnamecanary",
]
POSTS = [
    saved_row(date(2018, 8, day), who, f"{topic}", Platform="Instagram", Titel=title, Link=f"https://canary.link/{day}")
    for day, who, topic, title in [
        (9, f"{HIDDEN} Surnamecanary", "Muziek", "CANARY-title-1"),
        (10, f"{HIDDEN} Surnamecanary", f"CANARY-topic-of-her {HIDDEN}", "CANARY-title-1"),
        (11, "Amina Lastnamecanary", "Sport", "CANARY-shown-title-2"),
    ]
]
BOOK = {
    "Berichten": [HEADER, *POSTS],
    "Influencers": [
        ["Naam", "E-mail", "Account", "Alias", "Doel", "Toon op scherm"],
        [f"{HIDDEN} Surnamecanary", "canary.mail@proef.example", "@canary.account", "Aliascanary", 2, None],
        ["Amina Lastnamecanary", None, None, None, 12, "ja"],
    ],
    "Campagne": SAVED_CAMPAIGN,
    "Vergaderingen": [["Datum"], [date(2018, 8, 8)]],
    "Tips": [
        ["Datum", "Influencer", "Tip", "Status", "Antwoord", "Beantwoord op"],
        [date(2018, 8, 8), f"{HIDDEN} Surnamecanary", "Film rechtop", "doorgevoerd", "Doen we", date(2018, 8, 9)],
        [date(2018, 8, 8), None, f"CANARY-tip-about-her: {HIDDEN} weet het", None, None, None],
        [date(2018, 8, 8), "Amina", "Zeg je", "gehoord", f"CANARY-reply-about-her {HIDDEN}", date(2018, 8, 9)],
    ],
}


def sent_to(url: str, scene: str, language: str) -> bytes:
    """Return all frames of a tab that sees one scene, its fragment run once more."""
    with open_tab(url, "screen", query=f"scenes={scene}&taal={language}") as tab:
        tab.run()
        _run_fragments(tab)
        return tab.received()


def _run_fragments(tab: Tab) -> None:
    for fragment in list(tab.fragments):
        tab.run(fragment)


def test_no_name_link_title_or_address_of_who_did_not_opt_in_is_in_any_frame(tmp_path: Path) -> None:
    workbook = save(tmp_path / "log.xlsx", BOOK)
    with running_dashboard(workbook) as url:
        frames = {(scene, lang): sent_to(url, scene, lang) for scene in SCENES for lang in ("nl", "en")}
    for place, sent in frames.items():
        assert [canary for canary in CANARIES if has_text(sent, canary)] == [], place
    assert has_text(frames["strip", "nl"], "Amina")
    assert has_text(frames["latest", "nl"], "Amina")
    assert has_text(frames["lessons", "nl"], "Film rechtop")
    assert has_text(frames["since", "nl"], "Sinds de vergadering van 8 augustus")


def test_strips_by_name_are_in_the_order_of_the_sheet() -> None:
    made = sheet(post(influencer="Bo"), influencers=["Cem", "Bo"])
    assert {name: len(strip.topics) for name, strip in strips_by_name(made, today=TODAY).items()} == {"Cem": 0, "Bo": 1}
