"""How is a long list shown? A part at a time: it says which part of how many, and leads to the next.

What costs with every row would otherwise be paid by every viewer, and a phone would never come to the end. The download
below a table has all of it.
"""

import streamlit as st

from genkdash.i18n.formats import whole
from genkdash.ui.view import View


def portion_of(view: View, total: int, *, key: str, size: int) -> slice:
    """Draw which of `total` rows are shown and a step back and forth; nothing where all fit. Return their places."""
    if total <= size:
        return slice(0, total)
    words, place = view.words, f"portion_{key}"
    begin = min(int(st.session_state.get(place, 0)), (total - 1) // size * size)
    end = min(begin + size, total)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            words("portion.shown", first=whole(begin + 1, words), last=whole(end, words), total=whole(total, words)),
            width="content",
        )
        for name, to, icon in (
            ("previous", begin - size, ":material/arrow_back:"),
            ("next", end, ":material/arrow_forward:"),
        ):
            st.button(
                words(f"portion.{name}"),
                icon=icon,
                key=f"{place}_{name}",
                type="tertiary",
                on_click=_go_to,
                args=(place, to),
                disabled=not 0 <= to < total,
            )
    return slice(begin, end)


def _go_to(place: str, begin: int) -> None:
    """Show the part that begins there."""
    st.session_state[place] = begin
