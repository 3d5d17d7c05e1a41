"""What runs again when somebody chooses something on a page? The part that shows it, alone.

Such a part asks first who looks, and whether the page around it still stands (docs/adr/0016). The server does not wake
it: news is for the whole page.
"""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from genkdash.server.private_streamlit import RUNS_ON_TOUCH, send_so_far
from genkdash.ui.access import Role
from genkdash.ui.freshness import is_overtaken
from genkdash.ui.view import View, open_view


def runs_alone(*roles: Role) -> Callable[[Callable[[View], None]], Callable[[], None]]:
    """Return a decorator for what draws such a part, given a view of now; a page that serves `roles` calls the result.

    A part that is overtaken draws nothing: its page runs again as a whole, and says what there is to say.
    """

    def decorate(draw: Callable[[View], None]) -> Callable[[], None]:
        @st.fragment(key=f"{RUNS_ON_TOUCH}{draw.__name__}")
        @wraps(draw)
        def run() -> None:
            if is_overtaken():
                st.rerun()
            # That it has begun: to hear of a run costs a browser time, which it has while we draw.
            send_so_far(is_waiting=False)
            draw(open_view(*roles))

        return run

    return decorate


def show_so_far() -> None:
    """Have the browser draw what this run has drawn so far, while it goes on: what was asked for, before the rest."""
    send_so_far(is_waiting=True)
