"""Can no post be read at all? Then there is no number either, and never a zero."""

from genkdash.sheet.contract import find_tab
from genkdash.sheet.model import Sheet


def why_no_posts(sheet: Sheet) -> str | None:
    """Return the issue code that says why no post can be read at all, or None when they can."""
    for issue in sheet.issues:
        tab = find_tab(issue.tab)
        if tab is not None and tab.key == "posts" and issue.code in {"missing-tab", "missing-column"}:
            return issue.code
    return None
