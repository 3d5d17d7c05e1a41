"""How does a filter keep its value across pages and languages, and stand in the URL?

Streamlit's own `bind="query-params"` writes the translated label into the address, so a link would break in the
other language. Here the address holds the code.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import streamlit as st


@contextmanager
def kept_in_url(key: str, *, allowed: Sequence[str], default: str | None = None) -> Iterator[str]:
    """Draw a widget with `key` inside: its value comes from the address first, and goes back there.

    Only codes of `allowed` are taken; anything else in the address or the session falls back to `default`.
    """
    if st.session_state.get(key, st.query_params.get(key)) not in allowed:
        st.session_state[key] = default
    elif key not in st.session_state:
        st.session_state[key] = st.query_params[key]
    yield key
    write_to_url(key, [st.session_state[key]] if st.session_state[key] != default else [])


@contextmanager
def many_kept_in_url(key: str, *, allowed: Sequence[str]) -> Iterator[str]:
    """Draw a widget of several choices with `key` inside, kept as `kept_in_url` keeps one. The default is none."""
    chosen = st.session_state.get(key, st.query_params.get_all(key))
    st.session_state[key] = [code for code in dict.fromkeys(chosen) if code in allowed]
    yield key
    write_to_url(key, st.session_state[key])


def choose_one(key: str, label: str, options: Sequence[str], *, placeholder: str) -> str | None:
    """Draw a list to choose one of `options` from, or none. Return the choice."""
    with kept_in_url(key, allowed=options):
        return st.selectbox(
            label,
            options,
            index=None,
            key=key,
            placeholder=placeholder,
            persist_state="session",
            filter_mode="contains",
            width=320,
        )


def step_through(key: str, options: Sequence[str], step: int) -> None:
    """Choose what stands `step` places further in `options`; after the last comes the first. For `on_click`."""
    chosen = st.session_state.get(key)
    place = options.index(chosen) if chosen in options else (-1 if step > 0 else 0)
    st.session_state[key] = options[(place + step) % len(options)]


def choose_many(key: str, label: str, options: Sequence[str], show: Callable[[str], str]) -> list[str]:
    """Draw pills to choose any of the codes `options` from, shown as `show` says. Return the choice."""
    with many_kept_in_url(key, allowed=options):
        return st.pills(
            label, options, selection_mode="multi", format_func=show, key=key, persist_state="session", wrap=True
        )


def write_to_url(key: str, values: list[str]) -> None:
    """Put `values` in the address; none of them takes the key out of it."""
    if st.query_params.get_all(key) == values:
        return
    if values:
        st.query_params[key] = values
    else:
        del st.query_params[key]
