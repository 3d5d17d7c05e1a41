"""Where are we heading together? The burn-up with its words."""

from genkdash.charts.burn_up import burn_up_figure
from genkdash.i18n.formats import day, whole
from genkdash.insights.burn_up import BurnUp, burn_up
from genkdash.ui.figures import show_figure
from genkdash.ui.tables import burn_up_table
from genkdash.ui.view import View


def show_burn_up(view: View) -> None:
    """Draw the burn-up; nothing where there is no campaign to draw it for."""
    words = view.words
    found = view.ask(burn_up, today=view.today)
    if found is None:
        return
    show_figure(
        view,
        view.draw("burn_up", lambda: burn_up_figure(found, words, view.theme)),
        title=words("burn_up.title"),
        alt=view.draw("burn_up alt", lambda: _alt(view, found)),
        key="burn_up",
        table=lambda: burn_up_table(view, found),
    )


def _alt(view: View, found: BurnUp) -> str:
    """Return in words what is to be seen: how many there are, and how many were expected by now."""
    words = view.words
    so_far = found.expected[found.expected["date"].dt.date <= view.today]["posts"]
    return words(
        "burn_up.alt",
        done=whole(int(found.done["posts"].iloc[-1]), words),
        target=whole(found.target, words),
        day=day(view.today, words),
        expected=whole(float(so_far.max()) if len(so_far) else 0.0, words),
    )
