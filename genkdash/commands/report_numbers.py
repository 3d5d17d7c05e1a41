"""Which number stands under which key of the report? From the insights to the contract's names, nothing computed."""

from dataclasses import asdict
from datetime import date
from typing import Any, TypeAlias

from genkdash.insights.lessons import tip_summary
from genkdash.insights.outlook import InfluencerOutlook, outlook_by_influencer, team_outlook
from genkdash.insights.progress import InfluencerProgress, progress_by_influencer, sum_of_progress
from genkdash.insights.reactions import median_by_platform, median_of
from genkdash.insights.sampling import Rarefied, rarefied_by_influencer, seen
from genkdash.insights.topics import InfluencerTopics, topic_summary, topics_by_influencer
from genkdash.insights.variety import voices
from genkdash.sheet.model import Sheet

Json: TypeAlias = dict[str, Any]

_VOICES = ("alpha", "gamma", "beta", "beta_by_chance")


def progress_keys(sheet: Sheet) -> Json:
    """Return where the team and each influencer stand, and what may be expected of them."""
    people = progress_by_influencer(sheet, today=sheet.today)
    outlooks = outlook_by_influencer(sheet, today=sheet.today)
    team = sum_of_progress(people, sheet.rows.counted)
    return {
        "posts": team.posts,
        "target": team.target,
        "share": team.share,
        "expected": team.expected,
        "reached": team.reached,
        "probability_all": team_outlook(outlooks).probability_all,
        "influencers": [_person(*both) for both in zip(people, outlooks, strict=True)],
    }


def topic_keys(sheet: Sheet) -> Json:
    """Return what is told, how varied it is, and how much of it we may have missed."""
    topics = topic_summary(sheet)
    known = seen(topics)
    hill = topics.hill
    distinct = voices(sheet)
    everybody = zip(topics_by_influencer(sheet), rarefied_by_influencer(sheet), strict=True)
    return {
        "posts": topics.posts,
        "shares": dict(topics.shares),
        "untouched": list(topics.untouched),
        "hill": {"q0": hill and hill.q0, "q1": hill and hill.q1, "q2": hill and hill.q2},
        "pielou": topics.pielou,
        "pie": topics.pie,
        "coverage": known.coverage,
        "asymptotic": {"q0": known.q0, "q1": known.q1, "q2": known.q2},
        "voices": asdict(distinct) if distinct else dict.fromkeys(_VOICES),
        "influencers": [_own_topics(*both) for both in everybody],
    }


def reaction_keys(sheet: Sheet) -> Json:
    """Return the median number of likes, of all posts and by platform; the posts without a platform are null."""
    likes = median_of(sheet, "likes")
    return {
        "likes": {"median": likes.median, "known": likes.known, "posts": likes.posts},
        "by_platform": [
            {"platform": one.group, "posts": one.posts, "median_likes": one.median, "known": one.known}
            for one in median_by_platform(sheet, "likes")
        ],
    }


def tip_keys(sheet: Sheet) -> Json:
    """Return what became of the tips."""
    return asdict(tip_summary(sheet))


def _person(person: InfluencerProgress, outlook: InfluencerOutlook) -> Json:
    final, finish = outlook.final, outlook.finish
    return {
        "name": person.name,
        "posts": person.posts,
        "target": person.target,
        "surplus": person.surplus,
        "expected": person.expected,
        "ahead": person.ahead,
        "last_post": _iso(person.last_post),
        "gap_days": person.gap_days,
        "longest_gap_days": person.longest_gap_days,
        "status": outlook.status,
        "probability": outlook.probability,
        "final": final and {"low": final.low, "high": final.high},
        "finish": finish and {"early": _iso(finish.early), "late": _iso(finish.late)},
    }


def _own_topics(own: InfluencerTopics, rarefied: Rarefied) -> Json:
    return {
        "name": own.name,
        "topics": own.topics,
        "q1": own.q1,
        "pie": own.pie,
        "rarefied": None if rarefied.m is None else {"m": rarefied.m, "s": rarefied.richness},
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
