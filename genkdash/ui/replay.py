"""On which day do we look? Today, or an earlier one: from the slider or the address (`?stand=2018-07-01`)."""

from datetime import date

import streamlit as st

from genkdash.ui.filters import write_to_url

_DAY = "stand"
_SLIDER = "stand_slider"


def replayed_day(today: date) -> date | None:
    """Return the earlier day this person looks at, or None for today. The address says the same afterwards."""
    day = _day_of(st.session_state.get(_DAY, st.query_params.get(_DAY)))
    if day is not None and day >= today:
        day = None
    st.session_state[_DAY] = day.isoformat() if day else ""
    write_to_url(_DAY, [day.isoformat()] if day else [])
    return day


def show_replay_slider(label: str, *, start: date, today: date, shown: date) -> None:
    """Draw the slider from the start of the campaign to today; nothing where there is no day to go back to."""
    if start >= today:
        return
    st.session_state[_SLIDER] = min(max(shown, start), today)
    st.slider(label, min_value=start, max_value=today, key=_SLIDER, format="DD/MM/YYYY", on_change=_choose_day)


def return_to_today() -> None:
    """Forget the earlier day."""
    st.session_state[_DAY] = ""


def _choose_day() -> None:
    """Look at the day on the slider from now on."""
    st.session_state[_DAY] = st.session_state[_SLIDER].isoformat()


def _day_of(text: str | None) -> date | None:
    """Return the day that ISO text names, or None for anything else."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
