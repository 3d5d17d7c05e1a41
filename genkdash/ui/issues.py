"""How do issues look to the person who corrects them? Gravest first, each with a link into the cell."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from genkdash.headlines.facts import facts_table
from genkdash.headlines.html import link
from genkdash.i18n import Translator
from genkdash.i18n.formats import whole
from genkdash.safe_text import for_link
from genkdash.sheet.issues import CODES, sentence_values
from genkdash.sheet.model import Issue, Sheet
from genkdash.ui.issue_lines import IssueLine, issue_lines, place
from genkdash.ui.portion import portion_of
from genkdash.ui.view import View

_ROWS = 40


def kinds_of(view: View) -> Mapping[str, int]:
    """Return how often each code occurs, in the order of the contract's table."""
    found = Counter(issue.code for issue in view.sheet.issues)
    return {code: found[code] for code in CODES if code in found}


def issue_label(view: View, code: str, kinds: Mapping[str, int]) -> str:
    """Return a code's short name with its count."""
    return f"{view.words(f'issue.{code}.label')} ({whole(kinds[code], view.words)})"


def issues_of(view: View, codes: Sequence[str]) -> Sequence[Issue]:
    """Return the issues of `codes`: gravest first, then as the sheet has them."""
    return [issue for issue in view.ask(_gravest_first) if issue.code in codes]


def issue_table(sheet: Callable[[], Sheet], codes: Sequence[str], words: Translator) -> pd.DataFrame:
    """Return the table of the issues of `codes` in the sheet that is there when it is made."""
    chosen = [issue for issue in _gravest_first(sheet()) if issue.code in codes]
    return pd.DataFrame({**_texts(chosen, words), words("check.open"): [for_link(issue.url) for issue in chosen]})


def _gravest_first(sheet: Sheet) -> Sequence[Issue]:
    gravity = {"error": 0, "warning": 1, "info": 2}
    return sorted(sheet.issues, key=lambda issue: (gravity[issue.severity], issue.tab, issue.row or 0))


def _lines_of(sheet: Sheet, codes: tuple[str, ...]) -> Sequence[IssueLine]:
    return issue_lines(issue for issue in _gravest_first(sheet) if issue.code in codes)


def _texts(chosen: Sequence[Issue], words: Translator) -> dict[str, list[str]]:
    """Return how grave each is, where, what stands there and what to do, by translated header."""
    return {
        words("check.severity"): [words(f"severity.{issue.severity}") for issue in chosen],
        words("check.cell"): [f"{issue.tab} {issue.column or ''}{issue.row or ''}".strip() for issue in chosen],
        words("check.value"): [issue.value or "" for issue in chosen],
        words("check.what"): [sentence(issue, words) for issue in chosen],
    }


def sentence(issue: Issue, words: Translator) -> str:
    """Return what is wrong and what to do, in plain text."""
    return words(f"issue.{issue.code}", **sentence_values(issue))


def show_issues(view: View, chosen: Sequence[Issue]) -> None:
    """Draw the table; the link opens the cell in the Google sheet, where there is one.

    Where they are many, those with the same sentence stand on one line, unless every row is asked for.
    """
    words = view.words
    if len(chosen) > _ROWS:
        lines = view.ask(_lines_of, tuple(dict.fromkeys(issue.code for issue in chosen)))
        apart = words("check.apart", issues=whole(len(chosen), words))
        if len(lines) < len(chosen) and not st.toggle(apart, key="issues_apart", persist_state="session"):
            _show_lines(view, lines, len(chosen))
            return
    shown = chosen[portion_of(view, len(chosen), key="issues", size=_ROWS)]
    _show_table(view, shown, _texts(shown, words), len(chosen))


def _show_lines(view: View, lines: Sequence[IssueLine], issues: int) -> None:
    """Draw a row per sentence, with the cells it is about."""
    shown = lines[portion_of(view, len(lines), key="issue_lines", size=_ROWS)]
    first = [line.first for line in shown]
    cells = {view.words("check.cell"): [place(line, view.words) for line in shown]}
    _show_table(view, first, _texts(first, view.words) | cells, issues)


def _show_table(view: View, issues: Sequence[Issue], texts: dict[str, list[str]], total: int) -> None:
    """Draw `texts` of these issues, a part of `total`. Where it is names the row."""
    words = view.words
    where = words("check.cell")
    columns: dict[str, Sequence[str]] = {where: texts[where], **texts}
    links = [link(issue.url, words("check.open_cell")) for issue in issues]
    if any(links):
        columns[words("check.open")] = links
    alt = words("check.alt", issues=whole(total, words))
    st.html(facts_table(columns, alt=alt, long={words("check.what")}))
