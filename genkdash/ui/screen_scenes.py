"""What is on each scene of the meeting screen? Few things, large; a scene without content is None and is skipped."""

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import count
from math import ceil, sqrt

from genkdash.headlines.html import Html, element
from genkdash.headlines.team import team_facts, team_sum, team_title
from genkdash.i18n.formats import day, day_and_month, whole
from genkdash.ui.screen_pieces import OPEN, Stage, colour, in_one_line, phone, sentence_scene, square, whole_scene
from genkdash.ui.screen_view import ShownPost, ShownTip, Strip

_MOST_SQUARES = 600  # more would be dots, so that each stands for several posts then
_STEPS = (1, 2, 5)
_MOST_NAMES = 12  # more is a list that nobody reads from a wall
_MOST_STRIPS = 32  # more would be thinner than their names
_MOST_IN_A_COLUMN = 16
_MOST_IN_A_STRIP = 80  # more would be thinner than the gaps between them
_LONG_NAME = 18  # letters of a topic; longer takes two lines
_MOST_IN_LEGEND = 9
_MOST_BARS = 8
_MOST_NEW = 28  # more do not fit, and a part would be another sum
_TIPS_AT_A_TIME = 3
_TWICE_AS_WIDE = 2.6  # columns to rows of the squares, for the room they have


def team_scene(stage: Stage) -> Html | None:
    """Return the team's sum, as a number and a square for each post that is to be told; before it, the days to go."""
    view, team, words = stage.view, stage.view.team, stage.words
    if not team.posts:
        return _days_to_start(stage)
    part, of = team_sum(words, team)
    facts = team_facts(words, team, today=view.today, end=view.end)
    per = _posts_per_square(team.target, most=_MOST_SQUARES)
    if per > 1:
        facts.append(words("screen.team.square", posts=whole(per, words)))
    total = element(
        "p",
        element("strong", part),
        " ",
        element("span", of),
        css="screen-sum",
    )
    lines = element("ul", *(element("li", fact) for fact in facts), css="screen-facts")
    left = element("div", total, _team_squares(stage, per), lines, css="screen-wide")
    return whole_scene("team", team_title(words, today=view.today, end=view.end), left, phone(stage))


def _days_to_start(stage: Stage) -> Html | None:
    """Return how many days it takes until the first story, None once it may come any moment."""
    view, words = stage.view, stage.words
    if view.starts_on is None:
        return None
    title = words.plural("screen.before.title", (view.starts_on - view.today).days)
    return sentence_scene("before", title, words("screen.before.body", day=day_and_month(view.starts_on, words)))


def _posts_per_square(posts: int, *, most: int) -> int:
    """Return for how many of `posts` a square stands: 1, or the first round number that leaves at most `most`."""
    rounds = (step * int(10**power) for power in count() for step in _STEPS)
    return next(per for per in rounds if ceil(posts / per) <= most)


def _team_squares(stage: Stage, per: int) -> Html:
    """Return the squares, oldest post first; where each stands for `per` posts, by topic, those most told first."""
    team, told = stage.view.team, stage.view.toward_target
    alt = stage.words("screen.team.alt", done=team.done, target=team.target)
    if per > 1:
        topics = [topic for topic, posts in Counter(told).most_common() for _ in range(posts)]
        # The one in the middle speaks for its square; the last posts fill none before they are enough.
        told = tuple(topics[per // 2 :: per][: len(topics) // per])
        parts = {"done": whole(team.done, stage.words), "target": whole(team.target, stage.words)}
        alt = stage.words("screen.team.alt_many", posts=whole(per, stage.words), **parts)
    squares = [*(square(stage, topic) for topic in told), *([OPEN] * (ceil(team.target / per) - len(told)))]
    columns = ceil(sqrt(len(squares) * _TWICE_AS_WIDE))
    return element("div", *squares, css="screen-squares", style=f"--columns:{columns}", label=alt)


def strip_scene(stage: Stage) -> Html | None:
    """Return a strip for each influencer, with a name for who opted in; the others stand together below."""
    view, words = stage.view, stage.words
    if not view.team.posts or len(view.strips) > _MOST_STRIPS:
        return None
    widest = max(max(len(strip.topics), strip.target) for strip in view.strips)
    per = _posts_per_square(widest, most=_MOST_IN_A_STRIP)
    names = sum(strip.first_name is not None for strip in view.strips)
    is_wide = len(view.strips) > _MOST_IN_A_COLUMN
    gap = [element("hr")] if 0 < names < len(view.strips) and not is_wide else []
    strips = [_strip(stage, strip, per) for strip in view.strips]
    rows = element(
        "div",
        *(*strips[:names], *gap, *strips[names:]),
        css=" ".join(["screen-strips", *(["two"] if is_wide else []), *([] if names else ["nameless"])]),
        style=f"--columns:{ceil(widest / per)};--rows:{ceil(len(strips) / 2)}",
        label=words.plural("screen.strip.alt", view.team.posts),
    )
    title = words("screen.strip.title" if per == 1 else "screen.strip.title_many")
    return whole_scene("strip", title, element("div", rows, _legend(stage, per), css="screen-wide"))


def _strip(stage: Stage, strip: Strip, per: int) -> Html:
    """Return one strip, with a square for each `per` posts; what lies beyond the target stands a little apart.

    Without a name, and once it is over, there are only the stories told.
    """
    squares = [square(stage, topic) for topic in strip.topics[::per]]
    target = ceil(strip.target / per)
    gap = [element("b")] if len(squares) > target else []
    to_do = target - len(squares) if strip.first_name and not stage.view.is_over else 0
    cells = [*squares[:target], *gap, *squares[target:], *([OPEN] * to_do)]
    return element("div", element("span", strip.first_name), *cells, css="screen-strip")


def _legend(stage: Stage, per: int) -> Html:
    """Return which colour is which topic, most told first, and for how many posts a square stands where not for one."""
    named = [name for name, _ in stage.view.posts_by_topic[:_MOST_IN_LEGEND]]
    has_others = any(topic not in named for strip in stage.view.strips for topic in strip.topics)
    entries = [element("li", square(stage, name), name) for name in named]
    if has_others:
        entries.append(element("li", square(stage, None), stage.words("screen.strip.other")))
    if not stage.view.is_over and any(strip.first_name and not strip.has_reached for strip in stage.view.strips):
        entries.append(element("li", OPEN, stage.words("screen.strip.to_do")))
    if per > 1:
        entries.append(element("li", stage.words("screen.team.square", posts=whole(per, stage.words))))
    return element("ul", *entries, css="screen-legend")


def topics_scene(stage: Stage) -> Html | None:
    """Return the topics most told about, and those that wait for somebody."""
    view, words = stage.view, stage.words
    if not view.posts_by_topic:
        return None
    shown, others = view.posts_by_topic[:_MOST_BARS], len(view.posts_by_topic) - _MOST_BARS
    most = shown[0][1]
    bars = [
        element(
            "li",
            element("span", name, css="long" if len(name) > _LONG_NAME else ""),
            element("i", style=f"background:{colour(stage, name)};--part:{count / most:.4f}"),
            element("strong", whole(count, words)),
        )
        for name, count in shown
    ]
    rest = element("p", words.plural("screen.topics.more", others), css="screen-quiet") if others > 0 else None
    left = element("div", element("ul", *bars, css="screen-bars"), rest, css="screen-wide")
    return whole_scene("topics", words("screen.topics.title"), left, _untouched(stage))


def _untouched(stage: Stage) -> Html | None:
    """Return the listed topics that nobody told about yet, as an invitation."""
    if not stage.view.untouched:
        return None
    entries = (element("li", OPEN, element("span", name)) for name in stage.view.untouched[:5])
    heading = element("h2", stage.words("screen.topics.untouched"))
    return element("aside", heading, element("ul", *entries, css="screen-waiting"), css="screen-aside")


def since_scene(stage: Stage) -> Html | None:
    """Return what is new since the last meeting; only what there is."""
    since, words = stage.view.since, stage.words
    if since is None:
        return None
    squares = [square(stage, topic) for topic in since.posts] if len(since.posts) <= _MOST_NEW else []
    news = [
        (len(since.posts), "screen.since.posts", element("div", *squares, css="screen-new")),
        (len(since.new_topics), "screen.since.topics", element("small", in_one_line(since.new_topics))),
        (since.adopted, "screen.since.adopted", element("small", " ".join(since.adopted_tips))),
        (since.reached, "screen.since.reached", element("small", in_one_line(_few(since.reached_names)))),
    ]
    cards = [
        element("li", element("strong", whole(count, words)), element("span", words.plural(label, count)), more)
        for count, label, more in news
        if count
    ]
    title = words("screen.since.title", day=day_and_month(since.meeting, words))
    return whole_scene("since", title, element("ul", *cards, css="screen-news"))


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names if they are few enough to read, else none: some of them would leave out the others."""
    return names if len(names) <= _MOST_NAMES else ()


def lessons_scene(stage: Stage) -> Html | None:
    """Return some of the tips, the next ones at the next lap."""
    tips, words = stage.view.tips, stage.words
    if not tips:
        return None
    first = stage.lap % ceil(len(tips) / _TIPS_AT_A_TIME) * _TIPS_AT_A_TIME
    cards = (_tip(stage, tip) for tip in tips[first : first + _TIPS_AT_A_TIME])
    return whole_scene("lessons", words("screen.lessons.title"), element("ul", *cards, css="screen-tips"))


def _tip(stage: Stage, tip: ShownTip) -> Html:
    """Return one tip and what became of it."""
    words = stage.words
    status = tip.status or ("heard" if tip.reply else "waiting")
    by = element("small", words("screen.lessons.by", name=tip.first_name)) if tip.first_name else None
    reply = element("p", words("screen.lessons.reply", reply=tip.reply)) if tip.reply else None
    return element(
        "li",
        element("div", element("q", tip.text), by),
        element("div", element("b", words(f"tip.{status}"), css=f"is-{status}"), reply),
    )


def latest_scene(stage: Stage) -> Html | None:
    """Return the newest posts: about what, where, when, and by whom if that may be shown."""
    if not stage.view.latest:
        return None
    cards = element("ul", *(_post(stage, post) for post in stage.view.latest), css="screen-posts")
    return whole_scene("latest", stage.words("screen.latest.title"), cards, phone(stage))


def _post(stage: Stage, post: ShownPost) -> Html:
    """Return one post."""
    words = stage.words
    where = post.platform or words("platform.unknown")
    return element(
        "li",
        element("strong", in_one_line(post.topics) or words("topics.none")),
        element("span", where),
        element("span", " · ".join(filter(None, (post.first_name, day(post.day, words))))),
        style=f"--topic:{colour(stage, post.topics[0] if post.topics else None)}",
    )


SCENES: Mapping[str, Callable[[Stage], Html | None]] = {
    "team": team_scene,
    "strip": strip_scene,
    "topics": topics_scene,
    "since": since_scene,
    "lessons": lessons_scene,
    "latest": latest_scene,
}
"""The scenes by the code that stands in the address, in the order in which they come."""
