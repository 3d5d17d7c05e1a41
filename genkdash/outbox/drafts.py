"""What does somebody want in the sheet? One row, checked before it is kept, by the columns of the contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from genkdash.outbox.errors import DraftError
from genkdash.outbox.keys import NEEDED_COLUMNS, TAB_BY_KEY, TabKey, tip_key
from genkdash.sheet.links import parse_link
from genkdash.sheet.names import tidy

Value: TypeAlias = str | int | date

MAX_LETTERS = 5_000
"""Of one value. A cell of Google's takes ten times as much; a post needs a tenth."""
_MAX_COUNT = 10**12


@dataclass(frozen=True, slots=True)
class Draft:
    """One row for one tab: `values` by column key, without blanks. `who` is a pseudonym, never a name or an address.

    Two drafts with the same key are the same row: keeping both is keeping one.
    """

    tab_key: TabKey
    key: str
    who: str
    values: Mapping[str, Value] = field(repr=False)


def draft_post(  # noqa: PLR0913  a row has as many columns
    *,
    key: str,
    who: str,
    day: date,
    influencer: str,
    platform: str = "",
    topics: Sequence[str] = (),
    title: str = "",
    link: str = "",
    form: str = "",
    likes: int | None = None,
    measured_on: date | None = None,
) -> Draft:
    """Return a row for Berichten. `key` comes from `new_post_key()`, once per form: a second tap is the same post.

    Raises:
        DraftError: a value is missing, too long, or can't be read back as what it is meant to be.
    """
    values: dict[str, Value | None] = {
        "date": day,
        "influencer": influencer,
        "platform": platform,
        "topics": "; ".join(filter(None, (tidy(topic) for topic in topics))),
        "title": title,
        "link": link,
        "format": form,
        "likes": likes,
        "measured_on": measured_on,
        "post_id": key,
    }
    return Draft("posts", key, who, _checked("posts", values))


def draft_tip(  # noqa: PLR0913  a row has as many columns
    *, who: str, day: date, influencer: str, tip: str, link: str = "", post_id: str = ""
) -> Draft:
    """Return a row for Tips. Its key follows from what it says, so that the same tip is one tip a day.

    Raises:
        DraftError: a value is missing, too long, or can't be read back as what it is meant to be.
    """
    values: dict[str, Value | None] = {
        "date": day,
        "influencer": influencer,
        "tip": tip,
        "link": link,
        "post_id": post_id,
    }
    checked = _checked("tips", values)
    return Draft("tips", tip_key(day, str(checked["influencer"]), str(checked["tip"])), who, checked)


def _checked(tab_key: TabKey, values: Mapping[str, Value | None]) -> Mapping[str, Value]:
    """Return the values as they will stand in the cells: text tidied, blanks left out."""
    checked: dict[str, Value] = {}
    for name, value in values.items():
        tidied = tidy(value.replace("\r\n", "\n")) if isinstance(value, str) else value
        if tidied is None or tidied == "":
            if name in NEEDED_COLUMNS[tab_key]:
                raise DraftError(field=_header(tab_key, name))
            continue
        is_right = len(tidied) <= MAX_LETTERS if isinstance(tidied, str) else True
        if name == "link":
            is_right = is_right and parse_link(tidied).value is not None
        if isinstance(tidied, int):
            is_right = 0 <= tidied <= _MAX_COUNT
        if not is_right:
            raise DraftError(field=_header(tab_key, name))
        checked[name] = tidied
    return checked


def _header(tab_key: TabKey, name: str) -> str:
    return TAB_BY_KEY[tab_key].column(name).header
