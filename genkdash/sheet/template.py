"""What does a fresh sheet look like? Its tabs and columns come from the contract; here is what a person may type there.

One description, two writers: `template_workbook.py` makes a file, `google_template.py` a Google sheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from genkdash.sheet.campaign import TARGET
from genkdash.sheet.contract import CAMPAIGN, INFLUENCERS, POSTS, SETTINGS, TABS, TIPS, TOPICS, Column, Tab
from genkdash.sheet.platforms import USUAL_FORMS, USUAL_PLATFORMS

Kind: TypeAlias = Literal["any", "text", "date", "count", "share", "link", "choice", "list", "checkbox"]

LOCALE = "nl_BE"
TIMEZONE = "Europe/Brussels"
DATE_PATTERN = "yyyy-mm-dd"
COUNT_PATTERN = "#,##0"
SHARE_PATTERN = "0.0#"
TEXT_PATTERN = "@"

HEADER_COLOUR = "#cfe4e6"
BAND_COLOURS = ("#ffffff", "#f3f6f5")
"""Light, so that the black of a header that somebody else wrote stays readable on it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be typed in a column. `is_strict`: anything else is refused; if not, it is only marked.

    A `choice` has its `choices` here, a `list` has them in the column `source` of another tab. A `count` is a whole
    number from `minimum`, a `share` a number from 0 to 1.
    """

    kind: Kind = "text"
    is_strict: bool = True
    choices: tuple[str, ...] = ()
    source: tuple[Tab, Column] | None = None
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """One column as it is written. `width` is in letters; `note` explains it to whoever types."""

    column: Column
    rule: Rule
    width: int
    note: str


@dataclass(frozen=True, slots=True)
class SettingForm:
    """One row of the Campagne tab: its key, what its value may be, and the value it begins with."""

    setting: Column
    rule: Rule
    value: str | int | None
    note: str


@dataclass(frozen=True, slots=True)
class TabForm:
    """One tab as it is written, with rules for so many `rows` below the header. `settings` has Campagne only."""

    tab: Tab
    columns: tuple[ColumnForm, ...]
    rows: int
    settings: tuple[SettingForm, ...] = ()


# A link is never refused: a phone that pastes one half would lose it, and the post counts without.
_LINK = Rule("link", is_strict=False)
_NAME = Rule("list", source=(INFLUENCERS, INFLUENCERS.column("name")))
_RULES: Mapping[tuple[str, str], Rule] = {
    ("posts", "influencer"): _NAME,
    # New platforms, forms and themes are welcome, and a cell may hold several themes.
    ("posts", "platform"): Rule("choice", is_strict=False, choices=USUAL_PLATFORMS),
    ("posts", "topics"): Rule("list", is_strict=False, source=(TOPICS, TOPICS.column("topic"))),
    ("posts", "link"): _LINK,
    ("posts", "format"): Rule("choice", is_strict=False, choices=USUAL_FORMS),
    **{("posts", key): Rule("count") for key in ("likes", "comments", "shares", "reach")},
    ("influencers", "target"): Rule("count", minimum=1),
    ("influencers", "is_shown"): Rule("checkbox"),
    ("calendar", "kind"): Rule("choice", choices=("evenement", "pauze")),
    ("calendar", "influencer"): _NAME,
    ("calendar", "weight"): Rule("share"),
    ("tips", "influencer"): _NAME,
    ("tips", "link"): _LINK,
    ("tips", "status"): Rule("choice", choices=("gehoord", "geprobeerd", "doorgevoerd")),
    # Each of its rows has a rule of its own.
    ("campaign", "value"): Rule("any"),
    ("setting", "target"): Rule("count", minimum=1),
}
_WIDTHS: Mapping[tuple[str, str], int] = {
    ("posts", "topics"): 24,
    ("posts", "title"): 40,
    ("posts", "link"): 36,
    ("influencers", "email"): 28,
    ("influencers", "alias"): 22,
    ("influencers", "interests"): 28,
    ("topics", "topic"): 22,
    ("topics", "synonyms"): 28,
    ("topics", "description"): 44,
    ("campaign", "value"): 24,
    ("calendar", "name"): 28,
    ("tips", "tip"): 48,
    ("tips", "link"): 36,
    ("tips", "reply"): 48,
}
_WIDTH = 15
# Ten people times twelve posts, four times over; more rows take over what is set on the last one.
_ROWS = {POSTS.key: 500, TIPS.key: 200}
_FEW_ROWS = 100
_BEGINNINGS: Mapping[str, str | int] = {"target": TARGET, "timezone": TIMEZONE}


def template(notes: Mapping[str, str]) -> tuple[TabForm, ...]:
    """Return every tab of the contract, in its order.

    `notes` has the explanation of each of `note_keys()`.
    """
    return tuple(
        TabForm(
            tab,
            tuple(
                ColumnForm(
                    column,
                    _rule(tab.key, column),
                    _WIDTHS.get((tab.key, column.key), _WIDTH),
                    notes[f"{tab.key}.{column.key}"],
                )
                for column in tab.columns
            ),
            _ROWS.get(tab.key, _FEW_ROWS),
            _settings(notes) if tab is CAMPAIGN else (),
        )
        for tab in TABS
    )


def note_keys() -> tuple[str, ...]:
    """Return what `template` asks an explanation of: `posts.date` is a column, `setting.start` a key of Campagne."""
    columns = [f"{tab.key}.{column.key}" for tab in TABS for column in tab.columns]
    return (*columns, *(f"setting.{setting.key}" for setting in SETTINGS))


def _settings(notes: Mapping[str, str]) -> tuple[SettingForm, ...]:
    return tuple(
        SettingForm(setting, _rule("setting", setting), _BEGINNINGS.get(setting.key), notes[f"setting.{setting.key}"])
        for setting in SETTINGS
    )


def _rule(place: str, column: Column) -> Rule:
    return Rule("date") if column.is_date else _RULES.get((place, column.key), Rule())


def pattern_of(rule: Rule) -> str | None:
    """Return the number format of a column with this rule; None leaves it to the spreadsheet.

    Text columns are told so: a title of "1/2" or a key of "007" must stay what was typed.
    """
    patterns: Mapping[Kind, str] = {
        "date": DATE_PATTERN,
        "count": COUNT_PATTERN,
        "share": SHARE_PATTERN,
        "text": TEXT_PATTERN,
    }
    return patterns.get(rule.kind)
