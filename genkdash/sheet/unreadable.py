"""Can no post be read at all? Then there is no number either, and never a zero."""

from genkdash.sheet.contract import find_tab
from genkdash.sheet.model import Sheet

_REASONS = frozenset({"missing-tab", "missing-column"})


def why_no_posts(sheet: Sheet) -> str | None:
    """Return the issue code that says why no post can be read at all, or None when they can."""
    for issue in sheet.issues:
        if issue.code in _REASONS:
            tab = find_tab(issue.tab)
            if tab is not None and tab.key == "posts":
                return issue.code
    return None
