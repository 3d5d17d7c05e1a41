"""Which mistakes can staff mend in one click, and how far are those they clicked? Old and new, side by side.

Where the dashboard may write in the sheet, a click keeps the correction on disk and the sender brings it there.
Elsewhere the new value stands ready to be copied.
"""

from collections.abc import Sequence

import streamlit as st

from genkdash.headlines.html import element
from genkdash.i18n import Translator
from genkdash.live.current import current_feed, now
from genkdash.live.memo import SHARED
from genkdash.live.snapshot import Snapshot
from genkdash.outbox import CorrectionEntry, KeepingError, Outbox, current_outbox
from genkdash.outbox.keys import TAB_BY_KEY
from genkdash.safe_text import for_link, for_markdown
from genkdash.sheet.cells import shown
from genkdash.sheet.corrections import Correction
from genkdash.sheet.proposals import MENDED_COLUMNS, Proposal, propose
from genkdash.ui.access import current_viewer
from genkdash.ui.freshness import COMES_BY_SECONDS
from genkdash.ui.language import current_words
from genkdash.ui.view import View

_AT_A_TIME = 8
_FAILED = "correction_failed"
_ONE_CLICK = "user-select:all;cursor:copy;padding:.4rem .6rem;border-radius:.5rem;border:1px dashed currentColor"


def show_corrections(view: View) -> None:
    """Draw what can be mended, and what is being mended; nothing where there is neither, or on an earlier day."""
    snapshot, outbox = current_feed().snapshot, current_outbox()
    if view.is_replay or snapshot is None:
        return
    if outbox is None:
        proposals = proposals_of(snapshot)
        if proposals:
            _show_copies(view.words, proposals)
    else:
        _show_list()


def proposals_of(snapshot: Snapshot) -> Sequence[Proposal]:
    """Return what can be mended in this picture of the sheet, worked out once for everybody."""
    moment = now()
    sheet = snapshot.sheet(moment)
    # A revision and a day, as everywhere: with the picture it is forgotten.
    edition = (snapshot.revision, sheet.today, False)
    return SHARED.once(
        edition,
        "proposals",
        lambda: propose(snapshot.book, sheet.issues, influencers=sheet.influencers, today=sheet.today),
    )


@st.fragment(run_every=COMES_BY_SECONDS)
def _show_list() -> None:
    """Draw the proposals with a button each, and what became of those that were clicked."""
    viewer, snapshot, outbox = current_viewer(), current_feed().snapshot, current_outbox()
    if viewer is None or viewer.role != "staff" or snapshot is None or outbox is None:
        st.rerun()
    words = current_words()
    proposals, entries = proposals_of(snapshot), _entries(outbox)
    known = {entry.correction.key: entry for entry in entries}
    proposed = {proposal.correction.key for proposal in proposals}
    # What was written and is not proposed any more has been read: the table below shows it.
    others = [entry for key, entry in known.items() if key not in proposed and entry.state != "written"]
    if not proposals and not others:
        return
    with st.container(border=True, gap="small"):
        _show_head(words, "correct.intro")
        if st.session_state.get(_FAILED):
            st.error(words("correct.not_kept"), icon=":material/error:")
        for proposal in proposals[:_AT_A_TIME]:
            entry = known.get(proposal.correction.key)
            # In its place, so that no other button slides under the finger.
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(_line(words, proposal), width="stretch")
                if entry is None:
                    _show_button(words, proposal.correction)
                else:
                    _show_state(words, entry)
            if entry is not None:
                _show_reason(words, entry)
        _show_rest(words, len(proposals))
        for entry in others:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(_entry_line(words, entry), width="stretch")
                _show_state(words, entry)
            _show_reason(words, entry)


def _show_copies(words: Translator, proposals: Sequence[Proposal]) -> None:
    """Draw the proposals with the new value to copy, for a sheet in which the dashboard writes nothing."""
    with st.container(border=True, gap="small"):
        _show_head(words, "correct.copy")
        for proposal in proposals[:_AT_A_TIME]:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(_line(words, proposal), width="stretch")
                # Not st.code: its button would cost a highlighter for program text of 1.5 MB.
                st.html(element("span", proposal.after, style=_ONE_CLICK), width="content")
                address = for_link(proposal.url)
                if address:
                    st.link_button(words("check.open_cell"), address, type="tertiary", icon=":material/open_in_new:")
        _show_rest(words, len(proposals))


def _show_head(words: Translator, intro: str) -> None:
    st.subheader(words("correct.title"), anchor=False)
    st.caption(words(intro))


def _show_rest(words: Translator, count: int) -> None:
    if count > _AT_A_TIME:
        st.caption(words.plural("correct.rest", count - _AT_A_TIME))


def _line(words: Translator, proposal: Proposal) -> str:
    """Return which cell, what it holds and what it is to hold."""
    before, after = for_markdown(proposal.before), for_markdown(proposal.after)
    return words("correct.line", cell=for_markdown(proposal.cell), before=before, after=after)


def _entry_line(words: Translator, entry: CorrectionEntry) -> str:
    """Return the same of a correction whose cell is not proposed any more; its row is the one it had."""
    correction = entry.correction
    ((key, after),) = correction.new.items()
    tab = TAB_BY_KEY["tips" if correction.tab_key == "tips" else "posts"]
    place = words("correct.row", tab=for_markdown(tab.title), row=correction.row)
    before = shown(correction.seen[key], is_date=tab.column(key).is_date) or ""
    return words("correct.line", cell=place, before=for_markdown(before), after=for_markdown(shown(after) or ""))


def _show_button(words: Translator, correction: Correction) -> None:
    # By what it corrects: a click that comes late never mends another row than the one that was seen.
    key = f"correct_{correction.row}_{correction.key}"
    st.button(words("correct.do"), icon=":material/check:", key=key, on_click=_keep, args=(correction,))


def _show_state(words: Translator, entry: CorrectionEntry) -> None:
    """Draw that it is under way, or a button for who has read why it was not made."""
    if entry.state == "refused":
        key = f"correct_seen_{entry.correction.row}_{entry.correction.key}"
        st.button(words("correct.seen"), key=key, type="tertiary", on_click=_forget, args=(entry.correction,))
    else:
        st.badge(words("correct.under_way"), icon=":material/hourglass_top:", color="blue")


def _show_reason(words: Translator, entry: CorrectionEntry) -> None:
    """Draw why it was not made, or why it waits."""
    if entry.state == "refused":
        st.warning(words(f"correct.refused.{entry.code}"), icon=":material/front_hand:")
    elif entry.code is not None:
        st.caption(words(f"error.{entry.code}", **{name: for_markdown(text) for name, text in entry.detail.items()}))


def _keep(correction: Correction) -> None:
    """Keep a correction that somebody of the staff clicked; say so where it can't be kept."""
    viewer, outbox = current_viewer(), current_outbox()
    if viewer is None or viewer.role != "staff" or outbox is None:
        return
    try:
        outbox.corrections.put(correction)
    except KeepingError:
        st.session_state[_FAILED] = True
    else:
        st.session_state[_FAILED] = False


def _forget(correction: Correction) -> None:
    """Take away a correction that was not made, once somebody of the staff has read why."""
    viewer, outbox = current_viewer(), current_outbox()
    if viewer is None or viewer.role != "staff" or outbox is None:
        return
    try:
        outbox.corrections.forget(correction.key)
    except KeepingError:
        st.session_state[_FAILED] = True


def _entries(outbox: Outbox) -> Sequence[CorrectionEntry]:
    """Return the corrections that were clicked here; none while the outbox can't be read, which its sender says."""
    try:
        entries = outbox.corrections.entries()
    except KeepingError:
        return ()
    return [
        entry for entry in entries if entry.correction.new.keys() <= MENDED_COLUMNS and len(entry.correction.new) == 1
    ]
