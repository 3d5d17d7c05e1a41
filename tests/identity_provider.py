"""How does a test get an OpenID provider that really signs people in? A process of its own, on loopback.

`with running_provider({"sub": "1", "email": "…", "email_verified": True}) as provider:` knows these people by `sub`.
"""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from running import free_port

_START_SECONDS = 30


@contextmanager
def running_provider(*people: dict[str, object]) -> Iterator[str]:
    """Run a provider that knows these people by their claims, and yield its issuer."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--host", "localhost"]
    command += [part for claims in people for part in ("--user-claims", json.dumps(claims))]
    provider = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  our own
    try:
        _wait_until_answering(f"http://localhost:{port}", provider)
        yield f"http://localhost:{port}"
    finally:
        provider.terminate()
        provider.wait(20)


def _wait_until_answering(issuer: str, provider: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and provider.poll() is None:
        try:
            with urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration", timeout=1):  # noqa: S310  loopback
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("the provider did not start")
