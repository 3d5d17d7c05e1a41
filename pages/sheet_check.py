"""Which rows need a correction? Counted + not counted = read; each issue with its row, its value and what to do."""

from functools import partial

import streamlit as st

from genkdash.ui.alone import runs_alone
from genkdash.ui.corrections import show_corrections
from genkdash.ui.downloads import show_download_menu
from genkdash.ui.filters import choose_many
from genkdash.ui.headlines import row_numbers
from genkdash.ui.issues import issue_label, issue_table, issues_of, kinds_of, show_issues
from genkdash.ui.methods import show_method_link, stop_with_links
from genkdash.ui.numbers import show_numbers
from genkdash.ui.view import View, open_view


@runs_alone("staff")
def show_chosen(view: View) -> None:
    """Draw which kinds of mistakes one may choose, and those that were."""
    words, kinds = view.words, kinds_of(view)
    chosen = choose_many("soort", words("check.filter"), list(kinds), lambda code: issue_label(view, code, kinds))
    codes = chosen or list(kinds)
    show_issues(view, issues_of(view, codes))
    show_download_menu(view, {"issues": partial(issue_table, view.sheet_later(), codes, words)})


view = open_view("staff")
words = view.words
st.title(words("check.title"), anchor=False)
show_numbers(row_numbers(view))
show_corrections(view)

if not view.sheet.issues:
    st.success(words("check.none"), icon=":material/check_circle:")
    stop_with_links(view)

show_chosen()
show_method_link(view)
# As on the timeline: the part above keeps all names of this file, and would keep the sheet of a page that was closed.
del view
