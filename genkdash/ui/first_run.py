"""How does the example make place for a sheet of one's own? Step by step: a key, a sheet, a look, a file to save.

For staff over the example only, on this machine. The key is named by its path: its content never comes in a browser.
"""

import json

import streamlit as st

from genkdash.access.current import current_access
from genkdash.doctor.key_file import account_of, key_path
from genkdash.i18n import Translator
from genkdash.safe_text import for_markdown
from genkdash.settings import Settings, settings_file
from genkdash.sheet.errors import SourceError
from genkdash.sheet.google_key import parse_sheet_key
from genkdash.ui.access import is_demo
from genkdash.ui.first_run_check import error_sentence, show_check
from genkdash.ui.view import View

_KEY, _SHEET, _PASTED = "connect_key", "connect_sheet", "connect_pasted"
# More than a key takes: whoever pastes one is told so, where a shorter limit would leave the field silent.
_MAX_LETTERS = 16_384


def show_first_run(view: View) -> None:
    """Draw the steps; those that need an answer to an earlier one say so."""
    words = view.words
    if not is_demo():
        st.info(words("roles.not_yours"), icon=":material/lock:")
        return
    with st.container(width=800, gap="medium"):
        st.markdown(words("connect.intro"))
        st.caption(words("connect.otherwise"))
        with _step(1, "make", words):
            st.markdown(words("connect.make"))
        with _step(2, "key", words):
            settings = _ask_for_key(words)
        with _step(3, "sheet", words):
            settings = _ask_for_sheet(settings, words)
        with _step(4, "check", words):
            show_check(settings, words)
        with _step(5, "save", words):
            _show_file(settings, words)


def settings_text(settings: Settings) -> str:
    """Return the settings file (TOML) that makes the dashboard show the sheet of `settings`, with a path to its key."""
    source, key_file = _quoted(settings.source or ""), _quoted(str(settings.google.service_account_file))
    return f"[genkdash]\nsource = {source}\n\n[genkdash.google]\nservice_account_file = {key_file}\n"


def _step(number: int, name: str, words: Translator) -> st.delta_generator.DeltaGenerator:
    box = st.container(border=True, key=f"connect_step_{name}")
    box.subheader(f"{number}. {words(f'connect.{name}_title')}", anchor=False)
    return box


def _ask_for_key(words: Translator) -> Settings | None:
    """Ask where the key file stands, and show whose it is. Return the settings with it, None without a usable key."""
    st.markdown(words("connect.key"))
    typed = _field(_KEY, words("connect.key_field"), words("connect.key_hint"))
    if st.session_state.get(_PASTED):
        st.error(words("connect.key_pasted"), icon=":material/key_off:")
    if not typed:
        return None
    try:
        path = key_path(typed)
        email = account_of(path)
    except SourceError as error:
        st.error(error_sentence(error, words), icon=":material/error:")
        return None
    st.markdown(words("connect.email"))
    st.code(email, language=None, wrap_lines=True)
    settings = current_access().settings
    google = settings.google.model_copy(update={"service_account_file": path})
    return settings.model_copy(update={"google": google})


def _ask_for_sheet(settings: Settings | None, words: Translator) -> Settings | None:
    """Ask for the sheet's address. Return the settings with it, None where an earlier step or this one has to come."""
    st.markdown(words("connect.sheet"))
    typed = _field(_SHEET, words("connect.sheet_field"), words("connect.sheet_hint"))
    if not typed:
        return None
    try:
        key = parse_sheet_key(typed)
    except SourceError:
        st.error(words("connect.sheet_wrong"), icon=":material/error:")
        return None
    if settings is None:
        return None
    return settings.model_copy(update={"source": f"https://docs.google.com/spreadsheets/d/{key}/edit"})


def _show_file(settings: Settings | None, words: Translator) -> None:
    """Draw the settings file to copy or download, and say where it belongs."""
    if settings is None:
        st.caption(words("connect.first"))
        return
    place, text = settings_file().absolute(), settings_text(settings)
    st.markdown(words("connect.save_add" if place.is_file() else "connect.save", path=for_markdown(str(place))))
    st.code(text, language=None, wrap_lines=True)
    st.download_button(
        words("connect.download"),
        text,
        file_name="secrets.toml",
        mime="application/toml",
        icon=":material/download:",
        key="connect_download",
        on_click="ignore",
    )
    st.markdown(words("connect.restart"))


def _field(key: str, label: str, hint: str) -> str:
    """Draw a line to fill in, and return what stands in it."""
    typed = st.text_input(
        label,
        key=key,
        placeholder=hint,
        max_chars=_MAX_LETTERS,
        autocomplete="off",
        on_change=_forget_what_is_secret,
        args=(key,),
        persist_state="session",
    )
    return (typed or "").strip()


def _forget_what_is_secret(key: str) -> None:
    """Empty a field in which a key itself was pasted: it is neither kept here nor shown back."""
    typed = st.session_state[key] or ""
    st.session_state[_PASTED] = "{" in typed or "PRIVATE KEY" in typed
    if st.session_state[_PASTED]:
        st.session_state[key] = ""


def _quoted(text: str) -> str:
    """Return a text as a TOML string: one of JSON, but for a sign that TOML wants escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
