"""What does the sheet say on this day? From raw cells to posts and issues, whatever stands in the cells."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime

from genkdash.sheet.agenda import parse_calendar, parse_meetings
from genkdash.sheet.campaign import campaign_of, day_of, parse_settings
from genkdash.sheet.contract import INFLUENCERS, TOPICS
from genkdash.sheet.dates import Plausible
from genkdash.sheet.issues import IssueLog
from genkdash.sheet.model import Campaign, RowCount, Sheet, Tip, Topic
from genkdash.sheet.people import Roster, find_people, parse_people
from genkdash.sheet.post_rows import NO_ROWS, PostRows, read_post_rows
from genkdash.sheet.posts import judge_posts, no_posts
from genkdash.sheet.reading import Table
from genkdash.sheet.tables import RawBook
from genkdash.sheet.tabs import find_tables, note_missing_tab
from genkdash.sheet.tips import parse_tips
from genkdash.sheet.topics import parse_topics


def parse(book: RawBook, *, today: date, cut_off: date | None = None) -> Sheet:
    """Return what the sheet says on the day `today`. Total: any cells give posts and issues, never an exception.

    With `cut_off`, as it stood at the end of that day: later posts, tips, meetings, replies and reactions are not
    there, and neither are their issues. Row numbers stay those of the sheet. The book is not changed.
    """
    log = IssueLog(book.url)
    plausible = Plausible.on(today)
    tables = find_tables(book, log)
    settings = parse_settings(tables.get("campaign"))
    tables = {key: dataclasses.replace(table, zone=settings.zone) for key, table in tables.items()}
    rows = read_post_rows(tables["posts"], cut_off=cut_off) if "posts" in tables else NO_ROWS
    campaign = campaign_of(settings, first_post=rows.first_day(plausible), book_name=book.name)
    roster = _roster(tables, campaign, rows)
    topics = _topics(tables)
    posts = no_posts()
    if "posts" in tables:
        posts = judge_posts(tables["posts"], rows, campaign=campaign, roster=roster, topics=topics, today=today)
    tips: tuple[Tip, ...] = ()
    if "tips" in tables:
        link_by_id = dict(zip(posts["post_id"], posts["link"], strict=True))
        tips = parse_tips(tables["tips"], roster=roster, link_by_id=link_by_id, plausible=plausible, cut_off=cut_off)
    counted = int(posts["counted"].sum())
    return Sheet(
        campaign=campaign,
        influencers=roster.influencers,
        topics=topics,
        calendar=parse_calendar(tables["calendar"], roster) if "calendar" in tables else (),
        tips=tips,
        meetings=parse_meetings(tables["meetings"], plausible=plausible, cut_off=cut_off)
        if "meetings" in tables
        else (),
        posts=posts,
        issues=log.issues,
        rows=RowCount(read=len(posts), counted=counted, not_counted=len(posts) - counted, blank=rows.blank),
        today=today,
        has_influencers=roster.is_listed,
    )


def campaign_day(book: RawBook, now: datetime) -> date:
    """Return the day it is in the campaign: the sheet's Peildatum if it has one, else the day of `now` in its zone."""
    return day_of(parse_settings(find_tables(book, IssueLog()).get("campaign")), now)


def _roster(tables: Mapping[str, Table], campaign: Campaign, rows: PostRows) -> Roster:
    """Return the list of influencers; without one, or with an empty one, who is named in the posts."""
    roster = None
    if "influencers" in tables:
        roster = parse_people(tables["influencers"], campaign)
        if roster is None:
            note_missing_tab(tables["influencers"].log, INFLUENCERS)
    return roster or find_people(rows.names(), campaign)


def _topics(tables: Mapping[str, Table]) -> tuple[Topic, ...] | None:
    """Return the list of themes; None without one, or with an empty one."""
    if "topics" not in tables:
        return None
    topics = parse_topics(tables["topics"])
    if topics is None:
        note_missing_tab(tables["topics"].log, TOPICS)
    return topics
