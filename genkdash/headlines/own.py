"""What does one influencer read first? What is done, what now, in a kind voice: no rank, no reproach."""

from genkdash.i18n import Translator
from genkdash.i18n.formats import day, day_and_year, whole
from genkdash.insights.moment import OwnStanding


def own_headline(words: Translator, standing: OwnStanding) -> str:
    """Return the one thing to read first."""
    progress = standing.progress
    if standing.moment == "not_started":
        return words.plural("me.headline.not_started", standing.days_to_start or 0)
    if standing.moment == "reached":
        if progress.surplus:
            return words.plural("me.headline.surplus", progress.surplus)
        return words("me.headline.reached", target=progress.target)
    if standing.moment in {"ended", "paused"}:
        return words(f"me.headline.{standing.moment}")
    return _pace(words, standing)


def own_line(words: Translator, standing: OwnStanding, *, pause: str) -> str:
    """Return the friendly sentence under the headline; `pause` is the name of the pause, ready for where it stands."""
    progress = standing.progress
    if standing.moment == "not_started" and progress.start is not None:
        return words("me.line.not_started", start=day_and_year(progress.start, words))
    if standing.moment == "ended":
        return words.plural("me.line.ended", progress.posts) if progress.posts else words("me.line.ended_none")
    if standing.moment == "paused" and standing.pause is not None:
        until = day(standing.pause.end, words)
        if pause:
            return words("me.line.paused_named", name=pause, until=until)
        return words("me.line.paused", until=until)
    if standing.moment == "under_way":
        return words(f"me.line.{_stretch(progress.posts, progress.target)}")
    return words(f"me.line.{standing.moment}")


def pause_name(standing: OwnStanding) -> str:
    """Return the name of the pause around today, empty for none."""
    return "" if standing.pause is None else standing.pause.name or ""


def own_numbers(words: Translator, standing: OwnStanding) -> list[tuple[str, str]]:
    """Return label and value of at most three numbers; what is not known, or over, is left out."""
    progress = standing.progress
    numbers = [(words("me.done"), whole(progress.posts, words))]
    if standing.moment in {"reached", "ended"}:
        if progress.surplus:
            numbers.append((words("me.extra"), whole(progress.surplus, words)))
    else:
        numbers.append((words("me.to_go"), whole(standing.to_go, words)))
    if standing.moment != "ended" and standing.days_left is not None:
        numbers.append((words("me.days_left"), whole(standing.days_left, words)))
    return numbers


def _pace(words: Translator, standing: OwnStanding) -> str:
    """Return how many are to go, and about how often that is; never more than one a day."""
    if standing.days_per_post is None:
        return words("me.headline.each", to_go=standing.to_go)
    if standing.to_go == 1:
        return words.plural("me.headline.last_one", standing.days_per_post)
    return words.plural("me.headline.pace", standing.days_per_post, to_go=standing.to_go)


def _stretch(posts: int, target: int) -> str:
    """Return in which half of the way somebody is."""
    if posts * 2 == target:
        return "halfway"
    return "second_half" if posts * 2 > target else "first_half"
