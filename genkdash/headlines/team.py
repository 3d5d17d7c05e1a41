"""Which few numbers say where the team stands, on the overview and on a wall?"""

from datetime import date

from genkdash.headlines.number import UNKNOWN, Number
from genkdash.i18n import Translator
from genkdash.i18n.formats import day_and_year, share, whole
from genkdash.insights.progress import TeamProgress


def team_numbers(words: Translator, team: TeamProgress, *, today: date, end: date | None) -> list[Number]:
    """Return the four numbers of the overview; two where there is nobody, or no target."""
    if team.share is None:
        return [
            Number(words("overview.together"), UNKNOWN, words("overview.nobody")),
            _days_left(words, today=today, end=end),
        ]
    return [
        Number(
            words("overview.together"),
            words("overview.of", part=whole(team.done, words), whole=whole(team.target, words)),
            words("overview.together_context", share=share(team.share, words)),
            words("method.share"),
        ),
        Number(
            words("overview.expected"),
            UNKNOWN if team.expected is None else whole(team.expected, words),
            words("overview.expected_at_the_end" if end is not None and end < today else "overview.expected_context"),
            words("method.expected"),
        ),
        Number(
            words("overview.reached"),
            words("overview.of", part=whole(team.reached, words), whole=whole(team.influencers, words)),
            words.plural("overview.surplus", team.surplus),
            words("method.surplus"),
        ),
        _days_left(words, today=today, end=end),
    ]


def team_sum(words: Translator, team: TeamProgress) -> tuple[str, str]:
    """Return the team's sum for a wall, and what it is a part of."""
    return whole(team.done, words), words.plural("screen.team.of", team.target, target=whole(team.target, words))


def team_facts(words: Translator, team: TeamProgress, *, today: date, end: date | None) -> list[str]:
    """Return what stands under the sum on a wall; only what there is to say."""
    is_over = end is not None and end < today
    reached, expected = "screen.team.reached_in_the_end" if is_over else "screen.team.reached", team.expected
    facts = [
        words.plural(reached, team.reached, people=team.influencers) if team.reached else None,
        words.plural("screen.team.extra", team.surplus) if team.surplus else None,
        words("screen.team.expected", expected=whole(expected, words)) if expected and not is_over else None,
        words.plural("screen.team.days", (end - today).days) if end is not None and end > today else None,
    ]
    return [fact for fact in facts if fact]


def team_title(words: Translator, *, today: date, end: date | None) -> str:
    """Return what stands above the sum on a wall."""
    return words("screen.team.title_in_the_end" if end is not None and end < today else "screen.team.title")


def _days_left(words: Translator, *, today: date, end: date | None) -> Number:
    """Return how long the campaign still runs."""
    if end is None:
        return Number(words("overview.days_left"), UNKNOWN, words("overview.end_unknown"))
    if end < today:
        return Number(words("overview.days_left"), "0", words("overview.ended", end=day_and_year(end, words)))
    left = whole((end - today).days, words)
    return Number(words("overview.days_left"), left, words("overview.until", end=day_and_year(end, words)))
