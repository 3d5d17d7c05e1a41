"""How will it end, as far as can be told? One sentence for the team, chances and ranges for each, for staff."""

import streamlit as st

from genkdash.i18n.formats import chance, day
from genkdash.insights.outlook import InfluencerOutlook, is_too_early, team_outlook
from genkdash.ui.view import View

_SAYS_NOTHING_YET = frozenset({"paused", "too_early"})


def show_team_outlook(view: View, people: tuple[InfluencerOutlook, ...]) -> None:
    """Say how many will reach their target, and how sure it is that everybody does; nothing in the first weeks."""
    words, team = view.words, view.draw("team outlook", lambda: team_outlook(people))
    if team.expected_reaching is None or team.probability_all is None or view.sheet.campaign.end is None:
        return
    if view.is_over or is_too_early(people):
        return
    reaching = round(team.expected_reaching)
    sentence = words("outlook.team", reaching=reaching, people=len(people), all=chance(team.probability_all, words))
    st.info(sentence, icon=":material/trending_up:")


def status_text(view: View, outlook: InfluencerOutlook) -> str:
    """Return a status in words, with its chance where one is shown."""
    words = view.words
    if outlook.status is None:
        return words("status.unknown")
    status = words(f"status.{outlook.status}")
    if outlook.probability is None or outlook.status in _SAYS_NOTHING_YET:
        return status
    return words("status.with_chance", status=status, chance=chance(outlook.probability, words))


def final_text(view: View, outlook: InfluencerOutlook) -> str | None:
    """Return between which counts it will end, or None where that is not shown."""
    if outlook.final is None or outlook.status in _SAYS_NOTHING_YET:
        return None
    low, high = outlook.final.low, outlook.final.high
    return str(low) if low == high else view.words("outlook.range", low=low, high=high)


def finish_text(view: View, outlook: InfluencerOutlook) -> str | None:
    """Return between which days the target will be met, or None where that is not shown."""
    words, finish = view.words, outlook.finish
    if finish is None or outlook.status in _SAYS_NOTHING_YET:
        return None
    early, late = (
        words("outlook.after_end") if one is None else day(one, words) for one in (finish.early, finish.late)
    )
    return early if early == late else words("outlook.range", low=early, high=late)
