"""How does somebody go out again, where people sign in?"""

import streamlit as st

from genkdash.access.current import current_access
from genkdash.i18n import Translator
from genkdash.safe_text import for_html


def is_signed_in() -> bool:
    """Tell whether people sign in here, so that who looks can go out again."""
    return not current_access().mode.is_local


def show_sign_out(words: Translator) -> None:
    """Draw the way out; nothing where nobody signs in.

    A plain link and not a button: it leads to a page of ours, which forgets the cookie of a personal link as well.
    """
    if is_signed_in():
        _show_door("sign-out", "afmelden", words("access.sign_out"), words)


def show_ended(words: Translator) -> None:
    """Say that a sign-in has ended, or that what one may see has changed, and lead back to the door."""
    st.title(words("access.ended.title"), anchor=False)
    st.markdown(words("access.ended.body"))
    _show_door("sign-in", "aanmelden", words("access.ended.again"), words)


def _show_door(look: str, page: str, label: str, words: Translator) -> None:
    address = f"/{page}?taal={words.language}"
    st.html(f'<a class="{look}" href="{address}">{for_html(label)}</a>', width="content")
