"""What happens once, when the server starts and stops? The feed begins to follow the sheet, and lets go of it."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from genkdash.i18n import translator
from genkdash.live.current import follow, stop
from genkdash.live.feed import Feed
from genkdash.live.store import Store
from genkdash.settings import Settings, SettingsError, load_settings
from genkdash.sheet.errors import SourceError
from genkdash.sheet.sources import open_source


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Follow the configured sheet for as long as the server runs.

    Raises:
        SystemExit: the settings can't be used; the message says which, and what to do.
    """
    words = translator("nl")
    try:
        feed = feed_of(load_settings())
    except SettingsError as error:
        sys.exit(words("settings.unusable", setting=error))
    except SourceError as error:
        sys.exit(words(f"error.{error.code}", **error.detail))
    follow(feed)
    # Streamlit's modules stay until the end: taking them out of the collector's sight keeps its passes short.
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        stop()


def feed_of(settings: Settings) -> Feed:
    """Return a feed, not started yet, that follows the source of `settings`.

    Raises:
        SettingsError: the service account's key can't be read.
        SourceError: the source can't be used at all.
    """
    source = open_source(settings.source, credentials=settings.google.credentials, api_url=settings.google.api_url)
    return Feed(
        source,
        store=Store(settings.data_folder, source=settings.source or "example"),
        watched_seconds=settings.watched_seconds,
        idle_seconds=settings.idle_seconds,
    )
