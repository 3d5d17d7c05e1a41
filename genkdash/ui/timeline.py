"""What goes with the lanes: the one influencer chosen, the text alternative, the posts as cards."""

import dataclasses
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from genkdash.i18n.formats import day, period
from genkdash.insights.bins import Bins, binned
from genkdash.insights.outlook import outlook_by_influencer
from genkdash.insights.progress import progress_by_influencer
from genkdash.insights.timeline import COUNTED, Timeline
from genkdash.safe_text import for_markdown
from genkdash.ui.again import Same
from genkdash.ui.filters import choose_one, step_through
from genkdash.ui.outlook import status_text
from genkdash.ui.portion import portion_of
from genkdash.ui.posts import show_posts
from genkdash.ui.view import View

_CHOSEN = "influencer"
_LANES = 24
_CARDS = 24


def choose_person(view: View, names: Sequence[str]) -> str | None:
    """Draw the list of `names`, with a step back and forth in the order of the sheet. Return the choice, or None."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = choose_one(_CHOSEN, words("timeline.choose"), names, placeholder=words("timeline.everybody"))
        for step, icon in ((-1, ":material/arrow_back:"), (1, ":material/arrow_forward:")):
            st.button(
                words("person.previous" if step < 0 else "person.next"),
                icon=icon,
                key=f"person_step_{step}",
                on_click=step_through,
                args=(_CHOSEN, names, step),
                disabled=not names,
            )
    return chosen


def only(timeline: Timeline, name: str) -> Timeline:
    """Return the timeline with only the lane of `name`."""
    spans = timeline.spans
    return dataclasses.replace(
        timeline,
        marks=timeline.marks[timeline.marks["influencer"] == name],
        lanes=timeline.lanes[timeline.lanes["influencer"] == name],
        spans=spans[spans["influencer"].isna() | (spans["influencer"] == name)],
    )


def lanes_shown(view: View, timeline: Timeline, name: str | None) -> Timeline:
    """Return the timeline with the lane of `name`; for None as it is, or with a step through it where that is long."""
    if name is not None:
        return view.draw(("lane", name), lambda: only(timeline, name))
    part = portion_of(view, len(timeline.lanes), key="lanes", size=_LANES)
    if len(timeline.lanes) <= _LANES:
        return timeline
    return view.draw(("some lanes", part.start), lambda: _some(timeline, part))


def _some(timeline: Timeline, part: slice) -> Timeline:
    """Return the timeline with the lanes at these places."""
    lanes = timeline.lanes.iloc[part]
    is_shown = timeline.marks["influencer"].isin(lanes["influencer"])
    return dataclasses.replace(timeline, marks=timeline.marks[is_shown], lanes=lanes)


def _bins(view: View, timeline: Timeline) -> Bins | None:
    """Return what is drawn in the place of single posts, as the chart has it."""
    return view.draw(("bins", Same(timeline)), lambda: binned(timeline.marks))


def lanes_title(view: View, timeline: Timeline) -> str:
    """Return what a dot of the lanes is: a post, or where they are many a week or a month of them."""
    bins = _bins(view, timeline)
    return view.words("timeline.chart_title" if bins is None else f"timeline.chart_title_{bins.span}")


def show_binning(view: View, timeline: Timeline) -> None:
    """Say what a mark stands for where it is not one post."""
    bins = _bins(view, timeline)
    if bins is not None:
        st.caption(view.words(f"timeline.binned_{bins.span}"))


def lanes_alt(view: View, timeline: Timeline) -> str:
    """Return what the lanes show: how many posts in which period."""
    return view.draw(("lanes alt", Same(timeline)), lambda: _alt(view, timeline))


def _alt(view: View, timeline: Timeline) -> str:
    words = view.words
    counted = int((timeline.marks["state"] == COUNTED).sum())
    if timeline.start is None or timeline.end is None:
        return words.plural("timeline.alt_open", counted, lanes=len(timeline.lanes))
    window = period(timeline.start, timeline.end, words)
    said = words.plural("timeline.alt", counted, lanes=len(timeline.lanes), period=window)
    bins = _bins(view, timeline)
    return said if bins is None else f"{said} {words(f'timeline.binned_{bins.span}')}"


def show_events(view: View, timeline: Timeline) -> None:
    """Name the events that are only numbered in the lanes, and the days of the meetings."""
    view.show(("events", Same(timeline)), lambda: _show_events(view, timeline))


def _show_events(view: View, timeline: Timeline) -> None:
    words = view.words
    events = timeline.spans[timeline.spans["kind"] == "event"]
    names = [for_markdown(name) if name else words("timeline.event") for name in events["name"]]
    days = [
        (day(start.date(), words), day(end.date(), words))
        for start, end in zip(events["start"], events["end"], strict=True)
    ]
    lines = [
        words("timeline.numbered", number=number, name=name, days=first if first == last else f"{first} – {last}")
        for number, (name, (first, last)) in enumerate(zip(names, days, strict=True), start=1)
    ]
    if timeline.meetings:
        lines.append(words("timeline.meetings", days=", ".join(day(met, words) for met in timeline.meetings)))
    st.caption(" · ".join(lines))


def show_own_posts(view: View, name: str, posts: pd.DataFrame) -> None:
    """Draw the posts of one influencer, counted ones first, those that stand apart under their own heading."""
    words = view.words
    counted, apart = view.draw(
        ("own posts", Same(posts)), lambda: (posts[posts["state"] == COUNTED], posts[posts["state"] != COUNTED])
    )
    st.subheader(words("timeline.posts_of", name=for_markdown(name)), anchor=False)
    st.caption(_standing(view, name))
    if counted.empty:
        st.info(words("timeline.none_yet"), icon=":material/edit_note:")
    part = portion_of(view, len(counted), key="own_posts", size=_CARDS)
    with st.grid(3, min_column_width=260, gap="small"):
        show_posts(view, counted.iloc[part], key="own")
    if len(apart):
        st.subheader(words("timeline.apart_title"), anchor=False)
        st.caption(words("timeline.apart_body"))
        part = portion_of(view, len(apart), key="apart_posts", size=_CARDS)
        with st.grid(3, min_column_width=260, gap="small"):
            show_posts(view, apart.iloc[part], key="apart")


def _standing(view: View, name: str) -> str:
    """Return in one line how far somebody is: posts and target, the last one, the outlook."""
    words, today = view.words, view.today
    person = next(one for one in view.ask(progress_by_influencer, today=today) if one.name == name)
    outlook = next(one for one in view.ask(outlook_by_influencer, today=today) if one.name == name)
    parts = [words.plural("person.done", person.posts, target=person.target)]
    if person.last_post is not None and person.gap_days is not None:
        parts.append(words.plural("person.last_post", person.gap_days, day=day(person.last_post, words)))
    return " · ".join([*parts, status_text(view, outlook)])
