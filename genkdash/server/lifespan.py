"""What happens once, when the server starts and stops? The feed begins to follow the sheet, and lets go of it."""

import gc
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import Any

from genkdash.access.current import Access, admit, dismiss
from genkdash.access.links import LinkRegister
from genkdash.access.mode import AccessError, access_mode
from genkdash.access.staff_list import StaffList
from genkdash.i18n import translator
from genkdash.live.current import follow, stop
from genkdash.live.in_use import using
from genkdash.outbox import current as outbox
from genkdash.server.assets import compressed_assets
from genkdash.server.early_imports import begin_imports
from genkdash.server.health import is_alive, status
from genkdash.server.incoming import feed_of
from genkdash.server.log_lines import errors_without_values
from genkdash.server.log_output import log_output
from genkdash.server.memory import give_memory_back
from genkdash.server.metrics import metrics_registry
from genkdash.server.metrics_door import metrics_door
from genkdash.server.outgoing import sender_of
from genkdash.server.private_streamlit_sending import send_with_less_work
from genkdash.server.private_streamlit_turns import take_turns
from genkdash.server.push import pushing
from genkdash.server.systemd import telling_systemd
from genkdash.settings import Settings, SettingsError, load_settings
from genkdash.sheet.errors import SourceError


def lifespan_with(option: Callable[[str], Any]) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return what runs around the server, whose own settings `option` tells (`"server.address"`)."""

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        """Let in whom it concerns, and follow the configured sheet, for as long as the server runs.

        Raises:
            SystemExit: the settings can't be used; the message says which, and what to do.
        """
        give_memory_back()
        address = (option("server.address"), option("server.port"))
        with _running(option):
            send_with_less_work()
            take_turns()
            async with pushing(), telling_systemd(address, is_alive=is_alive, status=status):
                yield

    return lifespan


@contextmanager
def _running(option: Callable[[str], Any]) -> Iterator[None]:
    words = translator("nl")
    try:
        settings = load_settings()
        access = access_of(settings, option)
        feed = feed_of(settings)
        sender = sender_of(settings, feed)
    except SettingsError as error:
        sys.exit(words("settings.unusable", setting=error))
    except AccessError as error:
        sys.exit(words(f"access.error.{error.code}", names=", ".join(error.names)))
    except SourceError as error:
        sys.exit(words(f"error.{error.code}", **error.detail))
    watched = settings.monitoring
    with (
        errors_without_values(),
        log_output(watched.log_lines) as lines,
        using(settings.data_folder),
        compressed_assets(settings),
        metrics_door(watched.metrics_port, metrics_registry(lines)),
    ):
        admit(access)
        follow(feed)
        if sender is not None:
            outbox.send(sender)
        # Streamlit's modules stay until the end: taking them out of the collector's sight keeps its passes short.
        gc.collect()
        gc.freeze()
        begin_imports()
        try:
            yield
        finally:
            dismiss()
            outbox.stop()
            stop()


def access_of(settings: Settings, option: Callable[[str], Any]) -> Access:
    """Return whom `settings` let in, on a server whose own settings `option` tells.

    Raises:
        AccessError: they are there by halves, or would serve others without sign-in.
    """
    mode = access_mode(
        settings,
        address=option("server.address"),
        trusts_headers=bool(option("server.trustedUserHeaders")),
        has_credentials_variable="GOOGLE_APPLICATION_CREDENTIALS" in os.environ,
    )
    return Access(mode, settings, LinkRegister(settings.data_folder), StaffList(settings))
