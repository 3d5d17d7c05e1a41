"""Which tabs and columns does the sheet have, and under which names? What is not here is never read."""

from collections.abc import Sequence
from dataclasses import dataclass

from genkdash.sheet.names import fold


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one key of the Campagne tab. `key` is its name in the program, `header` the Dutch name."""

    key: str
    header: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. `key` is its name in the program, `title` the Dutch name."""

    key: str
    title: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    required: bool = False

    def column(self, key: str) -> Column:
        """Return the column with this key; a KeyError means a mistake in the program."""
        return _COLUMN_BY_KEY[self.key, key]

    @property
    def required_keys(self) -> frozenset[str]:
        """The columns without which the tab can't be read."""
        return frozenset(column.key for column in self.columns if column.required)


POSTS = Tab(
    "posts",
    "Berichten",
    (
        Column("date", "Datum", ("Date", "Tijdstempel", "Timestamp"), required=True, is_date=True),
        Column("influencer", "Influencer", ("Naam", "Name"), required=True),
        Column("platform", "Platform", ("Kanaal", "Channel")),
        Column("topics", "Thema's", ("Thema", "Topic", "Topics")),
        Column("title", "Titel", ("Title", "Bericht", "Omschrijving")),
        Column("link", "Link", ("URL",)),
        Column("format", "Vorm", ("Format",)),
        Column("likes", "Likes"),
        Column("comments", "Reacties", ("Comments",)),
        Column("shares", "Gedeeld", ("Shares",)),
        Column("reach", "Bereik", ("Reach",)),
        Column("measured_on", "Gemeten op", ("Measured on",), is_date=True),
        Column("post_id", "Bericht-ID", ("Post ID",)),
    ),
    ("Posts",),
    required=True,
)
INFLUENCERS = Tab(
    "influencers",
    "Influencers",
    (
        Column("name", "Naam", ("Name",), required=True),
        Column("email", "E-mail"),
        Column("account", "Account", ("Handle",)),
        Column("alias", "Alias"),
        Column("interests", "Interesses", ("Interests",)),
        Column("target", "Doel", ("Target",)),
        Column("start", "Start", is_date=True),
        Column("end", "Einde", ("End",), is_date=True),
        Column("is_shown", "Toon op scherm", ("Show on screen",)),
    ),
)
TOPICS = Tab(
    "topics",
    "Thema's",
    (
        Column("topic", "Thema", ("Topic",), required=True),
        Column("synonyms", "Synoniemen", ("Synonyms",)),
        Column("colour", "Kleur", ("Colour",)),
        Column("description", "Omschrijving", ("Description",)),
    ),
    ("Topics",),
)
CAMPAIGN = Tab(
    "campaign",
    "Campagne",
    (Column("key", "Sleutel", ("Key",), required=True), Column("value", "Waarde", ("Value",), required=True)),
    ("Campaign",),
)
CALENDAR = Tab(
    "calendar",
    "Kalender",
    (
        Column("start", "Van", ("From",), required=True, is_date=True),
        Column("end", "Tot", ("To",), is_date=True),
        Column("kind", "Soort", ("Kind",), required=True),
        Column("name", "Naam", ("Name",)),
        Column("influencer", "Influencer"),
        Column("weight", "Gewicht", ("Weight",)),
    ),
    ("Calendar",),
)
TIPS = Tab(
    "tips",
    "Tips",
    (
        Column("date", "Datum", ("Date",), is_date=True),
        Column("influencer", "Influencer"),
        Column("tip", "Tip", required=True),
        Column("link", "Link", ("URL",)),
        Column("post_id", "Bericht-ID", ("Post ID",)),
        Column("status", "Status"),
        Column("reply", "Antwoord", ("Reply",)),
        Column("replied_on", "Beantwoord op", ("Replied on",), is_date=True),
    ),
)
MEETINGS = Tab(
    "meetings", "Vergaderingen", (Column("date", "Datum", ("Date",), required=True, is_date=True),), ("Meetings",)
)

TABS: tuple[Tab, ...] = (POSTS, INFLUENCERS, TOPICS, CAMPAIGN, CALENDAR, TIPS, MEETINGS)

SETTINGS: tuple[Column, ...] = (
    Column("name", "Naam", ("Name",)),
    Column("start", "Start", is_date=True),
    Column("end", "Einde", ("End",), is_date=True),
    Column("target", "Doel", ("Target",)),
    Column("timezone", "Tijdzone", ("Timezone",)),
    Column("as_of", "Peildatum", ("As of",), is_date=True),
)
"""The keys of the Campagne tab, one a row."""


def find_tab(title: str) -> Tab | None:
    """Return the tab that a sheet's tab title stands for, or None when it is not ours to read."""
    return _TAB_BY_TITLE.get(fold(title))


def find_setting(text: object) -> Column | None:
    """Return the setting that a cell in the key column names, or None."""
    return _SETTING_BY_NAME.get(fold(text)) if isinstance(text, str) else None


def _by_name(columns: Sequence[Column]) -> dict[str, Column]:
    return {fold(name): column for column in columns for name in (column.header, *column.aliases)}


_COLUMN_BY_KEY = {(tab.key, column.key): column for tab in TABS for column in tab.columns}
_TAB_BY_TITLE = {fold(name): tab for tab in TABS for name in (tab.title, *tab.aliases)}
_SETTING_BY_NAME = _by_name(SETTINGS)
_COLUMNS_BY_NAME = {tab.key: _by_name(tab.columns) for tab in TABS}


def find_column(tab: Tab, text: object) -> Column | None:
    """Return the column of a tab that a header cell names, or None."""
    return _COLUMNS_BY_NAME[tab.key].get(fold(text)) if isinstance(text, str) else None
