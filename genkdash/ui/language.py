"""In which language does this person read? Dutch first; the link carries the choice (`?taal=en`)."""

import streamlit as st

from genkdash.i18n import LANGUAGES, Language, Translator, translator
from genkdash.ui.filters import kept_in_url

_NAMES: dict[Language, str] = {"nl": "NL", "en": "EN"}


def show_language_switch() -> None:
    """Draw the switch between Dutch and English."""
    with kept_in_url("taal", default="nl", allowed=LANGUAGES) as key:
        st.segmented_control(
            translator("nl")("language.switch"),
            LANGUAGES,
            format_func=_NAMES.__getitem__,
            key=key,
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )


def current_words() -> Translator:
    """Return the sentences of this run's language."""
    chosen = st.session_state.get("taal")
    if chosen is None:
        chosen = st.query_params.get("taal")
    return translator("en" if chosen == "en" else "nl")
