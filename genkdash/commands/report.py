"""What do all the numbers look like as one JSON object? The names are a contract; the insights are the source."""

import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any, TypeAlias

from genkdash.commands.reading import Reading
from genkdash.commands.report_numbers import progress_keys, reaction_keys, tip_keys, topic_keys
from genkdash.sheet.model import Issue, RowCount

Json: TypeAlias = dict[str, Any]

SCHEMA = 1


def report_as_json(reading: Reading) -> str:
    """Return the report as JSON text; numbers are not rounded, and what is unknown is null."""
    return as_json(report(reading))


def as_json(content: Mapping[str, Any]) -> str:
    """Return JSON text. A NaN would be an error of ours: it raises ValueError instead of leaving the house."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def report(reading: Reading) -> Json:
    """Return all numbers of one reading, with the contract's keys."""
    sheet = reading.sheet
    return {
        **heading(reading),
        "rows": rows_counted(sheet.rows),
        "issues": [issue_keys(issue) for issue in sheet.issues],
        "progress": progress_keys(sheet),
        "topics": topic_keys(sheet),
        "reactions": reaction_keys(sheet),
        "tips": tip_keys(sheet),
    }


def heading(reading: Reading) -> Json:
    """Return what was read, and on which day it was understood."""
    campaign = reading.sheet.campaign
    return {
        "schema": SCHEMA,
        "as_of": reading.sheet.today.isoformat(),
        "source": {
            "kind": reading.kind,
            "name": reading.name,
            "read_at": reading.read_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
        "campaign": {
            "name": campaign.name,
            "start": campaign.start and campaign.start.isoformat(),
            "end": campaign.end and campaign.end.isoformat(),
            "target": campaign.target,
        },
    }


def rows_counted(rows: RowCount) -> Json:
    """Return what became of the rows of Berichten."""
    return {"read": rows.read, "counted": rows.counted, "not_counted": rows.not_counted, "blank": rows.blank}


def issue_keys(issue: Issue) -> Json:
    """Return an issue without its sentence."""
    return {
        "code": issue.code,
        "severity": issue.severity,
        "tab": issue.tab,
        "row": issue.row,
        "column": issue.column,
        "field": issue.field,
        "value": issue.value,
    }
