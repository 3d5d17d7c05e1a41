"""How do reactions look? A median with its coverage, or "te weinig berichten": never a verdict from a handful."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from genkdash.headlines.number import Number
from genkdash.i18n import Translator
from genkdash.i18n.formats import whole
from genkdash.insights.reactions import FEWEST_KNOWN, Median, Pair, Reaction
from genkdash.safe_text import for_markdown
from genkdash.ui.name_column import name_width
from genkdash.ui.view import View


def coverage(median: Median, words: Translator) -> str:
    """Return of how many posts the count is known: "72 van 119 berichten"."""
    return words("reactions.coverage", known=whole(median.known, words), posts=whole(median.posts, words))


def reaction_numbers(view: View, medians: Mapping[Reaction, Median]) -> list[Number]:
    """Return a card for each kind of reaction: its median over all posts, and how many posts have a count."""
    words = view.words
    return [
        Number(
            words(f"reactions.{name}"),
            words("reactions.few") if median.median is None else whole(median.median, words),
            coverage(median, words),
        )
        for name, median in medians.items()
    ]


def platforms_alt(view: View, platforms: Sequence[Median]) -> str:
    """Return what the dots show: the median of each platform that has one."""
    words = view.words
    known = [
        words(
            "reactions.alt_platform",
            platform=one.group or words("platform.unknown"),
            median=whole(one.median, words),
            coverage=coverage(one, words),
        )
        for one in platforms
        if one.median is not None
    ]
    return " ".join([words("reactions.alt_dots"), *known])


def medians_table(view: View, medians: Sequence[Median], nameless: str) -> pd.DataFrame:
    """Return a row per group, most posts first: its median, the middle half, and what they rest on."""
    words = view.words
    return pd.DataFrame(
        {
            words("reactions.group"): [median.group or nameless for median in medians],
            words("reactions.median"): [
                words("reactions.few") if median.median is None else whole(median.median, words) for median in medians
            ],
            words("reactions.middle_half"): [
                None if one.middle is None else _middle(view, one.middle) for one in medians
            ],
            words("reactions.known"): [coverage(median, words) for median in medians],
            words("reactions.young"): [median.young for median in medians],
        }
    )


def show_medians(view: View, medians: Sequence[Median], nameless: str) -> None:
    """Draw a row per group, most posts first: median likes, or that there are too few to say."""
    words = view.words
    st.dataframe(
        medians_table(view, medians, nameless),
        hide_index=True,
        height="content",
        alt=words("reactions.alt"),
        placeholder="–",
        column_config={
            words("reactions.group"): st.column_config.TextColumn(
                pinned=True, width=name_width(median.group or nameless for median in medians)
            ),
            words("reactions.middle_half"): st.column_config.TextColumn(help=words("method.middle")),
            words("reactions.young"): st.column_config.NumberColumn(
                format="localized", help=words("reactions.young_help")
            ),
        },
    )


def show_open_question(view: View, pairs: Sequence[Pair]) -> None:
    """Draw two platforms side by side, and say what can be concluded and what can't."""
    words = view.words
    one, other = (side.group or "" for side in (pairs[0].one, pairs[0].other))
    names = {"one": for_markdown(one), "other": for_markdown(other)}
    with st.container(border=True):
        st.subheader(words("question.title", **names), anchor=False)
        st.markdown(words("question.why"))
        table = pd.DataFrame(
            {side: [_side(view, median) for median in medians] for side, medians in _columns(pairs).items()},
            index=[words(f"reactions.{pair.reaction}") for pair in pairs],
        )
        st.table(table, border="horizontal", alt=words("question.alt", one=one, other=other))
        for sentence in _conclusions(view, pairs, names):
            st.markdown(sentence)
        st.caption(words("question.never"))


def _columns(pairs: Sequence[Pair]) -> dict[str, list[Median]]:
    """Return the medians of each of the two platforms, ready to stand under its name."""
    return {
        for_markdown(pairs[0].one.group or ""): [pair.one for pair in pairs],
        for_markdown(pairs[0].other.group or ""): [pair.other for pair in pairs],
    }


def _side(view: View, median: Median) -> str:
    """Return one cell: median, middle half and coverage; without enough counts only the coverage."""
    words = view.words
    rests_on = {"known": whole(median.known, words), "posts": whole(median.posts, words)}
    if median.median is None or median.middle is None:
        return words("question.few", **rests_on)
    middle = _middle(view, median.middle)
    return words("question.cell", median=whole(median.median, words), middle=middle, **rests_on)


def _middle(view: View, middle: tuple[float, float]) -> str:
    """Return the middle half as "42 – 91"."""
    low, high = (whole(value, view.words) for value in middle)
    return view.words("outlook.range", low=low, high=high)


def _conclusions(view: View, pairs: Sequence[Pair], names: Mapping[str, str]) -> list[str]:
    """Return what may be said: of each reaction that is known well enough on both sides, or that it is too little."""
    words = view.words
    comparable = [pair for pair in pairs if pair.is_comparable]
    if not comparable:
        return [words("question.too_few", fewest=FEWEST_KNOWN, **names)]
    sentences = []
    for overlaps in (True, False):
        kinds = [words(f"reactions.{pair.reaction}") for pair in comparable if pair.overlaps is overlaps]
        if kinds:
            sentence = "question.overlap" if overlaps else "question.apart"
            sentences.append(words(sentence, reactions=", ".join(kinds).capitalize(), **names))
    return sentences
