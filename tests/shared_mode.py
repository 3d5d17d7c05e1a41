"""How does a test get a dashboard that people sign in to, and the cookie of somebody who did? A made-up provider.

`with shared_dashboard(source, folder) as shared:` runs one on `shared.url`; `shared.cookie(email="…")` is what the
browser of somebody who signed in with that address sends along.
"""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from running import free_port, running_dashboard
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

SECRET = "a-cookie-secret-of-tests-0123456789abcdef"
ISSUER = "https://idp.example"
STAFF = "staf@genk.example"


@dataclass(frozen=True, slots=True)
class Shared:
    """A running dashboard: its address, the folder of its data, and who may sign in."""

    url: str
    folder: Path

    def cookie(self, *, secret: str = SECRET, origin: str | None = None, **claims: object) -> str:
        """Return the `Cookie` header of somebody who signed in just now at the made-up provider."""
        given = {
            "iss": ISSUER,
            "sub": "1",
            "iat": int(time.time()),
            "email": STAFF,
            "email_verified": True,
            "provider": "google",
            **claims,
        }
        payload = json.dumps({**given, "origin": origin or self.url, "is_logged_in": True})
        return f"_streamlit_user={create_signed_value(secret, '_streamlit_user', payload).decode()}"


def settings_file(folder: Path, *, public_url: str, metadata_url: str | None = None) -> Path:
    """Write settings of a dashboard that people come to at `public_url`, and return their path."""
    path = folder / "secrets.toml"
    path.write_text(
        f"""
[genkdash.access]
public_url = "{public_url}"
staff = [{{ provider = "google", email = "{STAFF}" }}]

[auth]
redirect_uri = "{public_url}/oauth2callback"
cookie_secret = "{SECRET}"

[auth.google]
client_id = "genkdash"
client_secret = "not-a-secret"
server_metadata_url = "{metadata_url or f"{ISSUER}/.well-known/openid-configuration"}"
""",
        encoding="utf-8",
    )
    return path


@contextmanager
def shared_dashboard(
    source: str | Path,
    folder: Path,
    *,
    log: Path | None = None,
    settings: Mapping[str, str] | None = None,
    metadata_url: str | None = None,
    port: int | None = None,
) -> Iterator[Shared]:
    """Run a dashboard over `source` that people sign in to, with its data and its settings in `folder`.

    `port` None is a free one.
    """
    port = port or free_port()
    url = f"http://localhost:{port}"
    file = settings_file(folder, public_url=url, metadata_url=metadata_url)
    environment = {"GENKDASH_SETTINGS": str(file), "GENKDASH_DATA_FOLDER": str(folder), **(settings or {})}
    with running_dashboard(str(source), settings=environment, log=log, port=port):
        yield Shared(url, folder)
