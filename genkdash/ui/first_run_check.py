"""Does the sheet of one's own work? Looked at in a thread of its own, so that no page waits for the network."""

import logging
import threading
from collections.abc import Sequence

import streamlit as st

from genkdash.doctor.examine import examine_settings
from genkdash.doctor.findings import Finding, refused
from genkdash.i18n import Translator
from genkdash.live.current import now
from genkdash.safe_text import for_link, for_markdown
from genkdash.settings import Settings
from genkdash.sheet.errors import InternalError, SourceError
from genkdash.ui.access import current_viewer, is_demo
from genkdash.ui.language import current_words

_CHECK = "connect_running_check"
# A second look at the same sheet would only take reads from Google's minute.
_ONE_AT_A_TIME = threading.Lock()
_LOG = logging.getLogger(__name__)


class Check:
    """One look at a set-up. `findings` is None until it has ended."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.findings: tuple[Finding, ...] | None = None

    def start(self) -> None:
        """Begin to look, and come back at once. Google's session has time limits, so it ends by itself."""
        threading.Thread(target=self._look, name="first-run-check", daemon=True).start()

    def _look(self) -> None:
        try:
            with _ONE_AT_A_TIME:
                self.findings = examine_settings(self.settings, clock=now)
        except Exception as error:  # noqa: BLE001  a thread that dies in silence would be waited for without end
            _LOG.error("a look at a set-up ended with %s", type(error).__name__)
            self.findings = (refused("settings", InternalError(kind=type(error).__name__)),)


def show_check(settings: Settings | None, words: Translator) -> None:
    """Draw the button and what was found about `settings`; None: there is nothing to look at yet."""
    check: Check | None = st.session_state.get(_CHECK)
    if check is not None and check.settings != settings:
        check = None
    is_running = check is not None and check.findings is None
    st.markdown(words("connect.check"))
    st.button(
        words("connect.check_now"),
        type="primary",
        icon=":material/stethoscope:",
        key="connect_check_now",
        disabled=settings is None or is_running,
        on_click=_start,
        args=(settings,),
    )
    if settings is None:
        st.caption(words("connect.first"))
    elif check is not None:
        st.fragment(_show_outcome, run_every=0.5 if is_running else None)(check, is_running=is_running)


def error_sentence(error: SourceError, words: Translator) -> str:
    """Return what an error says, for markdown."""
    return words(f"error.{error.code}", **{name: for_markdown(value) for name, value in error.detail.items()})


def _start(settings: Settings) -> None:
    check = Check(settings)
    st.session_state[_CHECK] = check
    check.start()


def _show_outcome(check: Check, *, is_running: bool) -> None:
    """Draw what was found, or that it is being looked at; the page is drawn once more when it has ended."""
    viewer, words = current_viewer(), current_words()
    if viewer is None or viewer.role != "staff" or not is_demo() or is_running != (check.findings is None):
        st.rerun()
    if check.findings is None:
        st.info(words("connect.checking"), icon=":material/hourglass_top:")
        return
    _show_total(check.findings, words)
    with st.container(gap="xsmall"):
        for number, finding in enumerate(check.findings):
            _show_finding(finding, number, words)


def _show_total(findings: Sequence[Finding], words: Translator) -> None:
    wrong, look = (sum(finding.status == status for finding in findings) for status in ("wrong", "look"))
    if wrong:
        st.error(words.plural("doctor.total.wrong", wrong), icon=":material/build:")
    elif look:
        st.success(words.plural("doctor.total.look", look), icon=":material/check_circle:")
    else:
        st.success(words("doctor.total.ok"), icon=":material/check_circle:")


def _show_finding(finding: Finding, number: int, words: Translator) -> None:
    """Draw one line: what is in order plainly, what asks for attention in a box with the page to open."""
    step = words(f"doctor.step.{finding.step}")
    sentence = words(finding.message, **{name: for_markdown(value) for name, value in finding.detail.items()})
    if finding.status == "ok":
        st.markdown(f":green[:material/check:] **{step}** · {sentence}")
    elif finding.status == "skipped":
        st.caption(f":material/remove: **{step}** · {sentence}")
    else:
        if finding.status == "wrong":
            st.error(sentence, title=step, icon=":material/build:")
        else:
            st.warning(sentence, title=step, icon=":material/visibility:")
        if finding.step == "access" and "email" in finding.detail:
            # in a sentence a sign that nobody sees keeps it from becoming a link, and would be copied along
            st.code(finding.detail["email"], language=None, wrap_lines=True)
    address = for_link(finding.url)
    if address is not None:
        st.link_button(
            words("connect.open"), address, type="tertiary", icon=":material/open_in_new:", key=f"connect_open_{number}"
        )
