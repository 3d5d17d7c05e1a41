"""What does the team see on the wall? One scene at a time, by the clock, with its age, and nothing around it.

All of it is one fragment, which the server wakes when a turn is over or there is news (docs/adr/0016). After a restart
of the server the tab connects again by itself and draws the same scene, because nothing about it was kept. The address
says which scenes, how long, and which light: `/screen?scenes=team,strip&seconds=15&licht=donker`.
"""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from genkdash.access.current import current_access
from genkdash.charts.theme import INK, ThemeName
from genkdash.headlines.html import Html
from genkdash.live.alarms import ALARMS
from genkdash.live.current import current_feed, now
from genkdash.safe_text import for_html
from genkdash.server.private_streamlit import own_page
from genkdash.ui.access import Role, Viewer, current_viewer, is_demo
from genkdash.ui.as_of import show_as_of
from genkdash.ui.empty import missing_posts
from genkdash.ui.freshness import COMES_BY_SECONDS
from genkdash.ui.language import current_words
from genkdash.ui.screen_celebration import SECONDS, celebration_scene, just_reached
from genkdash.ui.screen_foot import Foot, foot_line
from genkdash.ui.screen_pieces import Stage, sentence_scene
from genkdash.ui.screen_qr import phone_address
from genkdash.ui.screen_scenes import SCENES
from genkdash.ui.screen_turns import Turns, chosen_scenes, chosen_seconds
from genkdash.ui.screen_view import Strip, screen_view, strips_by_name
from genkdash.ui.view import View, open_view

ROLES: tuple[Role, ...] = ("screen", "staff")
"""Who may look; staff see on it what the screen may show, no more."""

_STYLE = Path(__file__).with_name("screen.css")
_LIGHTS: Mapping[str | None, ThemeName] = {"donker": "dark", "licht": "light"}
_TURNS = "screen_turns"
_SEEN = "screen_seen"
_CELEBRATED = "screen_celebrated"


def show_screen() -> None:
    """Draw the wall, and go on drawing it."""
    st.html(_STYLE)
    _show_moment()


@st.fragment(run_every=COMES_BY_SECONDS)
def _show_moment() -> None:
    """Draw the scene of this moment, the line at the foot, and the two buttons for the keys."""
    viewer = current_viewer()
    if viewer is None or viewer.role not in ROLES:
        st.rerun()
    current_feed().watch()
    st.html(_colours())
    _show_controls(viewer)
    if current_feed().snapshot is None:
        words = current_words()
        st.html(sentence_scene("waiting", words("screen.waiting.title"), words("screen.waiting.body")))
        st.html(foot_line(words, current_feed().state(now()), Foot()))
        return
    view = open_view(*ROLES)
    scene, foot = _celebration(view) or _scene_of_the_moment(view)
    _ask_to_be_woken()
    st.html(scene)
    st.html(foot_line(view.words, current_feed().state(now()), foot))
    show_as_of(current_feed().state(now()), view.words)


def _scene_of_the_moment(view: View) -> tuple[Html, Foot]:
    """Return the scene whose turn it is, among those that have content."""
    words, seconds = view.words, _seconds()
    shown = view.ask(screen_view, today=view.today)
    turns, turn = _turns(), _turns().at(now().timestamp(), seconds=seconds)
    names = chosen_scenes(st.query_params.get("scenes"), list(SCENES))
    stage = Stage(
        view=shown,
        words=words,
        colours=view.colours,
        lap=turn // len(names),
        phone_address=phone_address(current_access().rules.public_url),
    )
    scenes = [scene for scene in (SCENES[name](stage) for name in names) if scene is not None]
    foot = Foot(
        campaign=shown.campaign,
        day=view.today,
        is_earlier=view.is_replay,
        is_example=is_demo(),
        timezone=view.sheet.campaign.timezone,
        position=turn % max(len(scenes), 1),
        scenes=len(scenes),
        is_paused=turns.is_paused,
    )
    if scenes:
        return scenes[foot.position], foot
    kind = "broken" if missing_posts(view) else "quiet" if shown.team.posts else "empty"
    return sentence_scene(kind, words(f"screen.{kind}.title"), words(f"screen.{kind}.body")), foot


def _celebration(view: View) -> tuple[Html, Foot] | None:
    """Return the scene for who met the target since this tab last saw the sheet; None at any other time."""
    shown = view.ask(screen_view, today=view.today)
    strips = view.ask(strips_by_name, today=view.today)
    edition = (view.revision, view.today)
    seen_edition, seen_strips = st.session_state.get(_SEEN, (edition, strips))
    reached: tuple[Strip, ...]
    reached, until = st.session_state.get(_CELEBRATED, ((), 0.0))
    moment = now().timestamp()
    if edition != seen_edition:
        new = just_reached(seen_strips, strips)
        reached, until = (new, moment + SECONDS) if new else (reached, until)
    st.session_state[_SEEN] = (edition, strips)
    st.session_state[_CELEBRATED] = (reached, until)
    if moment >= until:
        return None
    foot = Foot(shown.campaign, view.today, is_example=is_demo(), timezone=view.sheet.campaign.timezone)
    return celebration_scene(reached, view.words, view.colours), foot


def _show_controls(viewer: Viewer) -> None:
    """Draw the buttons, and a way back for staff: out of sight, for the keys, for a focus and for a pointer."""
    words = current_words()
    with st.container(key="screen_controls", horizontal=True, width="content"):
        pause = words("screen.resume" if _turns().is_paused else "screen.pause")
        st.button(pause, key="screen_pause", shortcut="Space", on_click=_pause_or_resume)
        st.button(words("screen.next"), key="screen_next", shortcut="Right", on_click=_go_on)
        if viewer.role == "staff" or is_demo():
            # staff come here by the menu, which is gone then; over the example the address says as whom one looks
            home = f"./?taal={words.language}{'&als=staff' if is_demo() else ''}"
            st.html(f'<a class="screen-close" href="{for_html(home)}">{for_html(words("screen.close"))}</a>')


def _ask_to_be_woken() -> None:
    """Have this page drawn again when its scene is over: of a turn, or of a celebration."""
    moment = now().timestamp()
    ends = _turns().next_begins(moment, seconds=_seconds())
    _, until = st.session_state.get(_CELEBRATED, ((), 0.0))
    if moment < until:
        ends = until
    if ends is None:
        ALARMS.cancel(own_page())
    else:
        ALARMS.set(own_page(), ends)


def _pause_or_resume() -> None:
    """Stand still on this scene, or go on from it."""
    st.session_state[_TURNS] = _turns().paused_or_resumed(now().timestamp(), seconds=_seconds())


def _go_on() -> None:
    """Begin the next scene now."""
    st.session_state[_TURNS] = _turns().next(now().timestamp(), seconds=_seconds())


def _turns() -> Turns:
    """Return this tab's turns."""
    turns: Turns = st.session_state.get(_TURNS, Turns())
    return turns


def _seconds() -> int:
    """Return how long a turn lasts on this tab."""
    return chosen_seconds(st.query_params.get("seconds"))


def _colours() -> str:
    """Return the colours of this tab's light, for the style sheet."""
    system: ThemeName = "dark" if st.context.theme.type == "dark" else "light"
    ink = INK[_LIGHTS.get(st.query_params.get("licht"), system)]
    colours = {
        "background": ink.background,
        "panel": ink.panel,
        "text": ink.text,
        "quiet-text": ink.quiet_text,
        "line": ink.line,
        "accent": ink.accent,
        "tint": ink.tint,
    }
    variables = "".join(f"--screen-{name}:{value};" for name, value in colours.items())
    return f"<style>:root{{{variables}}}</style>"
