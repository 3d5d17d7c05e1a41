"""What is known of a row that was kept, and how is it written down?"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from genkdash.outbox.drafts import Value
from genkdash.outbox.keys import TabKey
from genkdash.sheet.tables import Cell

State: TypeAlias = Literal["waiting", "sending", "sent", "refused"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The row is on disk since `put_at` (UTC), and will reach the sheet or say why not."""

    key: str
    put_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One row in the outbox. It is there until it was seen in a read of the sheet.

    `state`: waiting, sending (a request is under way, or got no clear answer), sent (Google said at `tried_at` that it
    stands in the sheet), refused (somebody must act before it can be written). The sentences are
    `outbox.state.<state>`, and why the last try failed `error.<code>`, filled with `detail`.
    `is_unclear`: a request went out at `tried_at`, and only a look at the sheet can tell what came of it.
    """

    tab_key: TabKey
    key: str
    who: str
    values: Mapping[str, Value] = field(repr=False)
    put_at: datetime
    state: State
    tried_at: datetime | None = None
    is_unclear: bool = False
    code: str | None = None
    detail: Mapping[str, str] = field(default_factory=dict)


def encode_values(values: Mapping[str, Cell]) -> str:
    """Return the values as JSON."""
    return json.dumps(values, ensure_ascii=False, default=lambda day: {"date": day.isoformat()})


def decode_values(text: str) -> dict[str, Any]:
    """Return the values that `encode_values` made this JSON of."""
    return {
        name: date.fromisoformat(value["date"]) if isinstance(value, dict) else value
        for name, value in json.loads(text).items()
    }


def decode_entry(row: sqlite3.Row) -> Entry:
    """Return the entry that a row of the outbox's table holds."""
    return Entry(
        tab_key=row["tab"],
        key=row["key"],
        who=row["who"],
        values=decode_values(row["cells"]),
        put_at=datetime.fromisoformat(row["put_at"]),
        state=row["state"],
        tried_at=None if row["tried_at"] is None else datetime.fromisoformat(row["tried_at"]),
        is_unclear=bool(row["is_unclear"]),
        code=row["code"],
        detail=json.loads(row["detail"]),
    )
