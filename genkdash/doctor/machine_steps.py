"""Can this machine keep what the dashboard keeps, and for whom would it serve?"""

import os
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from genkdash.access.mode import AccessError, access_mode
from genkdash.doctor.findings import Finding, look, ok, wrong
from genkdash.settings import Settings

_SCARCE_BYTES = 100 * 2**20
_CONFIG = Path(".streamlit/config.toml")


def look_at_disk(folder: Path) -> Finding:
    """Return whether the data folder can be written, or can be made, with room left on its disk."""
    there = next((parent for parent in (folder, *folder.absolute().parents) if parent.exists()), Path("/"))
    if not there.is_dir():
        return wrong("disk", "not-a-folder", folder=str(folder), path=str(there))
    try:
        # Only a try tells: rights, a full disk and a disk that may only be read all look alike from outside.
        with tempfile.TemporaryFile(dir=there) as probe:
            probe.write(b"genkdash")
            probe.flush()
        free = shutil.disk_usage(there).free
    except OSError:
        return wrong("disk", "unwritable", folder=str(folder))
    if free < _SCARCE_BYTES:
        return look("disk", "scarce", folder=str(folder), megabytes=str(free // 2**20))
    return ok("disk", folder=str(folder))


def look_at_mode(settings: Settings) -> Finding:
    """Return for whom the dashboard would serve from this folder, or why it would not start."""
    server = _server_options()
    try:
        mode = access_mode(
            settings,
            address=server.get("address"),
            trusts_headers=bool(server.get("trustedUserHeaders")),
            has_credentials_variable="GOOGLE_APPLICATION_CREDENTIALS" in os.environ,
        )
    except AccessError as error:
        return Finding("mode", "wrong", f"access.error.{error.code}", {"names": ", ".join(error.names)})
    return Finding("mode", "ok", mode.reason)


def _server_options() -> Mapping[str, Any]:
    """Return what Streamlit's own settings say about its server: the environment goes before the file."""
    try:
        table = tomllib.loads(_CONFIG.read_text(encoding="utf-8")).get("server", {})
    except (OSError, ValueError):
        table = {}
    variables = {
        "address": os.environ.get("STREAMLIT_SERVER_ADDRESS"),
        "trustedUserHeaders": os.environ.get("STREAMLIT_SERVER_TRUSTED_USER_HEADERS"),
    }
    return {**table, **{name: value for name, value in variables.items() if value}}
