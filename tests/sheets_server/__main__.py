"""How does a person start the stand-in? `python tests/sheets_server --help`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

# Run as a folder, Python looks for modules in the folder itself; the package is found one step up.
HERE = Path(__file__).resolve().parent
sys.path[:] = [str(HERE.parent), *(entry for entry in sys.path if Path(entry or ".").resolve() != HERE)]

from sheets_server.console import obeyed  # noqa: E402 - after the path is set
from sheets_server.locales import LOCALES  # noqa: E402
from sheets_server.server import SheetsServer  # noqa: E402
from sheets_server.workbook import tabs_of  # noqa: E402

EXAMPLE = HERE.parents[1] / "genkdash" / "sheet" / "example.xlsx"
EMAIL = "genkdash@proef.iam.gserviceaccount.com"


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python tests/sheets_server", description="A stand-in for Google Sheets.")
    parser.add_argument("--port", type=int, default=8099, help="0 takes a free one")
    parser.add_argument("--workbook", type=Path, default=EXAMPLE, help=".xlsx, .xls or .ods (default: the example)")
    parser.add_argument("--title", help="of the spreadsheet (default: the name of the workbook)")
    parser.add_argument("--credentials", type=Path, required=True, help="where to write the service account's key file")
    parser.add_argument("--email", default=EMAIL, help="of the service account")
    parser.add_argument("--locale", choices=sorted(LOCALES), default="nl_BE")
    parser.add_argument("--timezone", default="Europe/Brussels")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Serve until "quit" or Ctrl-C; without anybody at the keyboard, until the process is ended."""
    wanted = parsed(arguments)
    with SheetsServer(port=wanted.port) as server:
        book = server.add_spreadsheet(
            wanted.title or wanted.workbook.stem,
            tabs_of(wanted.workbook),
            locale=wanted.locale,
            timezone=wanted.timezone,
            shared_with=[wanted.email],
        )
        write_secret(wanted.credentials, json.dumps(server.service_account(wanted.email), indent=2))
        settings = {
            "GENKDASH_SOURCE": book.id,
            "GENKDASH_GOOGLE__API_URL": server.url,
            "GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(wanted.credentials.resolve()),
        }
        _say("\n".join(f"export {name}={value}" for name, value in settings.items()))
        _say("ready: type set, append, rename, fault, heal, quota, log or quit")
        try:
            for line in sys.stdin:
                if line.strip() == "quit":
                    return
                _say(obeyed(line, server, book))
            server.wait_until_stopped()
        except KeyboardInterrupt:
            return


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner can read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
