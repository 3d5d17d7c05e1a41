"""What was asked, taken apart?"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from sheets_server import errors


@dataclass
class Call:
    """One request, taken apart.

    Attributes:
        path: As it was sent, still percent-encoded.
        kind: "read" or "write", which decides scope and bucket.
        schema: The name of the answer in Google's discovery documents, once that is known.
    """

    method: str
    path: str
    query: dict[str, list[str]] = field(default_factory=dict)
    authorization: str | None = None
    body: bytes = b""
    user: str = ""
    schema: str = ""

    @property
    def kind(self) -> str:
        """Whether the request only looks, or changes something."""
        return "read" if self.method == "GET" else "write"

    def first(self, name: str) -> str | None:
        """The first value of a query parameter."""
        return next(iter(self.query.get(name, [])), None)

    def json(self) -> dict[str, Any]:
        """The body as a JSON object.

        Raises:
            errors.Refusal: 400 when it is none.
        """
        try:
            parsed = json.loads(self.body or b"{}")
        except ValueError as error:
            raise errors.bad_request("Invalid JSON payload received. Unexpected token.") from error
        if not isinstance(parsed, dict):
            raise errors.bad_request('Invalid JSON payload received. Unknown name "": Root element must be a message.')
        return parsed


def parsed_query(text: str) -> dict[str, list[str]]:
    """The query of a URL; blank values count."""
    return parse_qs(text, keep_blank_values=True)
