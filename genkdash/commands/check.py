"""Which rows of the sheet need a look, and what should be done about each?"""

from collections import Counter
from itertools import groupby

from genkdash.commands.reading import Reading
from genkdash.commands.report import as_json, heading, issue_keys, rows_counted
from genkdash.i18n import Translator
from genkdash.i18n.formats import day_and_year, whole
from genkdash.sheet.issues import sentence_values
from genkdash.sheet.model import Issue, Sheet


def needs_correction(sheet: Sheet) -> bool:
    """Tell whether a row or tab has an error."""
    return any(issue.severity == "error" for issue in sheet.issues)


def check_as_json(reading: Reading, words: Translator) -> str:
    """Return every issue as JSON: the keys of the report, with its sentence and a link into the cell (or null)."""
    issues = [
        {**issue_keys(issue), "sentence": sentence(issue, words), "url": issue.url} for issue in reading.sheet.issues
    ]
    return as_json({**heading(reading), "rows": rows_counted(reading.sheet.rows), "issues": issues})


def check_as_text(reading: Reading, words: Translator) -> str:
    """Return every issue as text for a terminal, by tab, with the counts below."""
    sheet = reading.sheet
    lines = [words("command.check.title", campaign=sheet.campaign.name, day=day_and_year(sheet.today, words)), ""]
    tabs = list(dict.fromkeys(issue.tab for issue in sheet.issues))
    by_tab = sorted(sheet.issues, key=lambda issue: (tabs.index(issue.tab), issue.row or 0))
    for tab, issues in groupby(by_tab, key=lambda issue: issue.tab):
        lines.append(tab)
        for issue in issues:
            lines += [f"  {_where(issue, words)}", f"    {sentence(issue, words)}"]
            lines += [f"    {issue.url}"] if issue.url else []
        lines.append("")
    lines += _counts(sheet, words)
    return "\n".join(printable(line) for line in lines) + "\n"


def sentence(issue: Issue, words: Translator) -> str:
    """Return what to do about an issue."""
    return words(f"issue.{issue.code}", **sentence_values(issue))


def printable(text: str) -> str:
    """Return `text` on one line without what a terminal would obey: control, escape and direction characters."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _where(issue: Issue, words: Translator) -> str:
    """Return the place of an issue, its weight and the value that the cell shows."""
    severity = words(f"command.check.{issue.severity}")
    if issue.row is None:
        place = words("command.check.place.tab")
    elif issue.column is None:
        place = words("command.check.place.row", row=issue.row)
    else:
        place = words("command.check.place.cell", row=issue.row, column=issue.column)
    if issue.value is None:
        return words("command.check.issue", place=place, severity=severity)
    return words("command.check.issue-with-value", place=place, severity=severity, value=issue.value)


def _counts(sheet: Sheet, words: Translator) -> list[str]:
    """Return the sums at the end: rows, then issues by severity."""
    rows = {name: whole(count, words) for name, count in rows_counted(sheet.rows).items()}
    if not sheet.issues:
        return [words("command.check.rows", **rows), words("command.check.nothing")]
    by_severity = Counter(issue.severity for issue in sheet.issues)
    return [
        words("command.check.rows", **rows),
        words(
            "command.check.totals",
            errors=words.plural("command.check.errors", by_severity["error"]),
            warnings=words.plural("command.check.warnings", by_severity["warning"]),
            infos=words.plural("command.check.infos", by_severity["info"]),
        ),
    ]
