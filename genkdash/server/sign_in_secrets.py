"""What does Streamlit need to know of `[auth]`? The table of our own settings, wherever it came from."""

from collections.abc import Mapping
from typing import Any

from genkdash.access.providers import for_streamlit
from genkdash.settings import SettingsError, load_settings


def sign_in_secrets() -> Mapping[str, Any] | None:
    """Return the secrets for Streamlit, None where nobody signs in.

    Settings that can't be used give none: the launcher says which when it starts.
    """
    try:
        settings = load_settings()
    except SettingsError:
        return None
    return None if settings.auth is None else {"auth": for_streamlit(settings.auth)}
