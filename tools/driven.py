"""How is a Firefox or a WebKit driven that Playwright does not know? The system's own, by the protocol of each.

Firefox takes WebDriver BiDi over a websocket, WebKit the older WebDriver over HTTP. Both are seen the same way:
`open`, `ask` (JavaScript), `resize`, `click`, `said` (what the console said since the last time).
"""

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from running import free_port
from websockets.sync.client import connect

WINDOW = Path(__file__).with_name("webkit_window.py")
START_SECONDS = 30
ANSWER_SECONDS = 60
FIREFOX_SETTINGS = {
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.enabled": False,
    "remote.active-protocols": 1,  # BiDi and nothing else
}
# WebKit says so by itself.
SAY_VIOLATIONS = """() => addEventListener("securitypolicyviolation", event =>
    console.error(`Content Security Policy: ${event.effectiveDirective} ${event.blockedURI}`))"""


class Firefox:
    """The system's Firefox without a window. Close it with `close`."""

    def __init__(self) -> None:
        self._closing = ExitStack()
        folder = Path(self._closing.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in FIREFOX_SETTINGS.items())
        (folder / "user.js").write_text("\n".join(lines))
        port = free_port()
        command = ["firefox-esr", "--headless", "--no-remote", "--profile", str(folder)]
        _start(self._closing, [*command, f"--remote-debugging-port={port}"], {"HOME": str(folder)})
        _wait_for(port)
        address = f"ws://127.0.0.1:{port}/session"
        self._line = self._closing.enter_context(connect(address, max_size=None, compression=None, origin=None))
        self._number, self._console = 0, list[str]()
        self.name = f"Firefox {self._tell('session.new', capabilities={})['capabilities']['browserVersion']}"
        self._tell("session.subscribe", events=["log.entryAdded"])
        self._tell("script.addPreloadScript", functionDeclaration=SAY_VIOLATIONS)
        self._tab = self._tell("browsingContext.getTree")["contexts"][0]["context"]

    def _tell(self, method: str, **given: Any) -> Any:
        self._number += 1
        self._line.send(json.dumps({"id": self._number, "method": method, "params": given}))
        while (message := json.loads(self._line.recv(ANSWER_SECONDS))).get("id") != self._number:
            if message["method"] == "log.entryAdded" and message["params"]["level"] == "error":
                self._console.append(str(message["params"].get("text")))
        if message["type"] == "error":
            raise RuntimeError(message["message"])
        return message["result"]

    def open(self, address: str) -> None:
        """Open an address in the one tab."""
        self._tell("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def ask(self, expression: str) -> Any:
        """Return what an expression of JavaScript is, or becomes, in the page."""
        body = f"(async () => JSON.stringify((await ({expression})) ?? null))()"
        found = self._tell("script.evaluate", expression=body, target={"context": self._tab}, awaitPromise=True)
        return json.loads(found["result"]["value"]) if found["type"] == "success" else None

    def resize(self, width: int, height: int) -> None:
        """Give the page this size, in pixels."""
        self._tell("browsingContext.setViewport", context=self._tab, viewport={"width": width, "height": height})

    def click(self, x: float, y: float) -> None:
        """Click there."""
        self._tell("input.performActions", context=self._tab, actions=[_click(x, y)])

    def said(self) -> list[str]:
        """Return the errors in the console since the last time."""
        found, self._console = self._console, []
        return found

    def close(self) -> None:
        """End it."""
        self._closing.close()


class WebKit:
    """WebKit in a window of a display of its own. Close it with `close`."""

    def __init__(self) -> None:
        self._closing = ExitStack()
        folder = Path(self._closing.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        reading, writing = os.pipe()
        self._closing.callback(os.close, reading)
        display = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "2000x2000x24", "-nolisten", "tcp"]
        _start(self._closing, display, {}, keep=(writing,))
        os.close(writing)
        number = b""
        while not number.endswith(b"\n"):
            number += os.read(reading, 20)
        port = free_port()
        self._address, self._log, self._read = f"http://127.0.0.1:{port}", folder / "log", 0
        own = {"DISPLAY": f":{number.decode().strip()}", "HOME": str(folder), "NO_AT_BRIDGE": "1"}
        _start(self._closing, ["stdbuf", "-oL", "WebKitWebDriver", f"--port={port}"], own, log=self._log)
        _wait_for(port)
        options = {"webkitgtk:browserOptions": {"binary": str(WINDOW), "args": []}}
        session = self._tell("", {"capabilities": {"alwaysMatch": options}})
        self.name = f"WebKitGTK {session['capabilities']['browserVersion']}"
        self._address += f"/session/{session['sessionId']}"
        self._closing.callback(self._end)

    def _end(self) -> None:
        with suppress(urllib.error.HTTPError):  # it does end the browser, and then says that it has no window
            self._tell("", None, method="DELETE")

    def _tell(self, path: str, given: Any, *, method: str = "POST") -> Any:
        address = f"{self._address}{path}" if "/session/" in self._address else f"{self._address}/session"
        body = None if given is None else json.dumps(given).encode()
        request = urllib.request.Request(address, body, method=method)  # noqa: S310  our own driver
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310  the same
            return json.load(answer)["value"]

    def open(self, address: str) -> None:
        """Open an address in the one tab."""
        self._tell("/url", {"url": address})

    def ask(self, expression: str) -> Any:
        """Return what an expression of JavaScript is, or becomes, in the page."""
        body = f"const done = arguments[0]; (async () => (await ({expression})) ?? null)().then(done, () => done(null))"
        return self._tell("/execute/async", {"script": body, "args": []})

    def resize(self, width: int, height: int) -> None:
        """Give the page this size, in pixels."""
        self._tell("/window/rect", {"width": width, "height": height})

    def click(self, x: float, y: float) -> None:
        """Click there."""
        self._tell("/actions", {"actions": [_click(x, y)]})

    def said(self) -> list[str]:
        """Return the errors in the console since the last time."""
        text = self._log.read_text(errors="replace")
        found, self._read = text[self._read :], len(text)
        return [line for line in found.splitlines() if "CONSOLE" in line and " ERROR " in line]

    def close(self) -> None:
        """End it."""
        self._closing.close()


def _start(
    closing: ExitStack,
    command: list[str],
    own: dict[str, str],
    *,
    log: Path = Path(os.devnull),
    keep: tuple[int, ...] = (),
) -> None:
    """Start a program that ends when `closing` does."""
    output = closing.enter_context(log.open("wb"))
    environment = os.environ | own
    program = subprocess.Popen(command, stdout=output, stderr=output, env=environment, pass_fds=keep)  # noqa: S603  ours
    closing.callback(program.wait, 20)
    closing.callback(program.terminate)


def _wait_for(port: int) -> None:
    """Wait until somebody listens there.

    Raises:
        TimeoutError: nobody did in time.
    """
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the browser did not start")


def _click(x: float, y: float) -> dict[str, Any]:
    """Return a click as both protocols say it."""
    move = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
    steps = [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
    return {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}
