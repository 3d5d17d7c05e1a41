"""What of the sheet may one influencer see? The own part: all that is somebody else's is left out, not hidden."""

import dataclasses
from collections.abc import Iterable, Mapping
from itertools import chain

from genkdash.sheet.contract import find_tab
from genkdash.sheet.model import Issue, RowCount, Sheet


def own_sheet(sheet: Sheet, influencer: str | None) -> Sheet:
    """Return the sheet as if `influencer` alone stood in it: own posts, tips and pauses.

    The campaign, its topics, meetings and what concerns everybody stay. Of the issues only those stay that say why
    nothing can be read: a suggestion for a name or a topic may come from somebody else's row.
    """
    mine = sheet.posts["influencer"].isin([] if influencer is None else [influencer]).to_numpy(dtype=bool)
    posts = sheet.posts.loc[mine]
    counted = int(posts["counted"].sum())
    return dataclasses.replace(
        sheet,
        influencers=tuple(one for one in sheet.influencers if one.name == influencer),
        calendar=tuple(entry for entry in sheet.calendar if entry.influencer in {None, influencer}),
        tips=tuple(tip for tip in sheet.tips if influencer is not None and tip.influencer == influencer),
        posts=posts,
        issues=tuple(issue for issue in sheet.issues if _concerns_the_tab(issue)),
        rows=RowCount(read=len(posts), counted=counted, not_counted=len(posts) - counted, blank=0),
    )


def own_colours(colours: Mapping[str, str], own: Sheet) -> dict[str, str]:
    """Return of everybody's `colours` those of the listed topics and of the topics in the `own` sheet.

    They are given out over the whole sheet, so that a topic has one colour for everybody.
    """
    known: Iterable[str] = chain((topic.name for topic in own.topics or ()), chain.from_iterable(own.posts["topics"]))
    return {topic: colours[topic] for topic in dict.fromkeys(known) if topic in colours}


def _concerns_the_tab(issue: Issue) -> bool:
    """Tell whether this is about the tab of posts as a whole."""
    tab = find_tab(issue.tab)
    return issue.row is None and tab is not None and tab.key == "posts"
