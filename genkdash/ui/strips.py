"""How far is everybody? The strips with their legend, in the order of the sheet."""

from genkdash.charts.colours import topic_colours
from genkdash.charts.strip import strip_figure
from genkdash.insights.counted import counted_posts
from genkdash.insights.progress import progress_by_influencer, team_progress
from genkdash.insights.topics import topic_summary
from genkdash.ui.figures import show_figure
from genkdash.ui.legend import show_strip_legend
from genkdash.ui.tables import strip_table
from genkdash.ui.view import View


def show_strips(view: View) -> None:
    """Draw a strip for each influencer."""
    words, today = view.words, view.today
    team = view.ask(team_progress, today=today)
    people = view.ask(progress_by_influencer, today=today)
    posts = view.ask(counted_posts, today=today)
    colours = view.ask(topic_colours)
    show_figure(
        view,
        view.draw("strip", lambda: strip_figure(posts, people, colours, words, view.theme)),
        title=words("strip.title"),
        alt=words.plural("strip.alt", team.posts, reached=team.reached, people=team.influencers),
        key="strip",
        table=lambda: strip_table(view, posts, people),
    )
    show_strip_legend(view, view.ask(topic_summary), colours)
