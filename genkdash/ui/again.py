"""What was drawn for somebody, is it drawn again for the next? Its messages are sent once more instead."""

from collections.abc import Callable, Hashable

from genkdash.live.memo import Memo
from genkdash.server.private_streamlit import Drawing, draw_or_send_again, place_on_page


def show_again(memo: Memo, edition: Hashable, name: Hashable, draw: Callable[[], None]) -> None:
    """Draw a part of the page; who comes later in the same `edition` of `memo` is sent the same for the same `name`.

    `draw` makes elements from nothing but what `edition` and `name` say. No widgets, and nothing of this one session:
    not the moment, not what was clicked, no file to download.
    """
    place = place_on_page()
    if place is None:
        draw()
        return
    draw_or_send_again(memo.once(edition, ("shown", name, place), Drawing), draw)


class Same:
    """A figure, or what it is drawn of, as part of a name: the same only as itself, kept for as long as the name is."""

    def __init__(self, thing: object) -> None:
        self._thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._thing is other._thing

    def __hash__(self) -> int:
        return id(self._thing)
