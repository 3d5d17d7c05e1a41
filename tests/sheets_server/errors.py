"""What exactly does Google say when it refuses?

The bodies are those of Google's own answers (checked against the recordings and `google_errors.json` in the
fixtures), so that a client that reads codes, reasons and sentences meets the real ones.
"""

from __future__ import annotations

from typing import Any

SERVICE = "sheets.googleapis.com"
ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"
HELP = "type.googleapis.com/google.rpc.Help"
DISABLED_PROJECT = "1234567890"
QUOTA_PROJECT = "603366585132"
EXPECTED_CREDENTIAL = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class Refusal(Exception):  # noqa: N818 - named for what it is: an answer, not a failure of the stand-in
    """An answer other than 200: the HTTP status and the JSON body that goes with it."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body


def refusal(status: int, message: str, details: list[dict[str, Any]] | None = None) -> Refusal:
    """A refusal in the shape of the Sheets API: code, message, status name and sometimes details."""
    error: dict[str, Any] = {"code": status, "message": message, "status": STATUS_NAMES[status]}
    if details is not None:
        error["details"] = details
    return Refusal(status, {"error": error})


def bad_request(message: str) -> Refusal:
    """400 with the sentence that Google shows."""
    return refusal(400, message)


def unparsable_range(text: str) -> Refusal:
    """400 for a range that names no tab, or that is no range; the text is echoed as it was sent."""
    return bad_request(f"Unable to parse range: {text}")


def protected() -> Refusal:
    """400 for a write in cells that are protected; no recording of our own, but widely reported in these words."""
    return bad_request(
        "You are trying to edit a protected cell or object. "
        "Please contact the spreadsheet owner to remove protection if you need to edit."
    )


def unknown_entity() -> Refusal:
    """404 for an unknown spreadsheet."""
    return refusal(404, "Requested entity was not found.")


def unknown_file(file_id: str) -> Refusal:
    """404 in the shape of the Drive API."""
    message = f"File not found: {file_id}."
    reason = {
        "message": message,
        "domain": "global",
        "reason": "notFound",
        "location": "fileId",
        "locationType": "parameter",
    }
    return Refusal(404, {"error": {"code": 404, "message": message, "errors": [reason]}})


def not_shared() -> Refusal:
    """403 for a spreadsheet that exists but is not shared with the caller."""
    return refusal(403, "The caller does not have permission")


def no_storage() -> Refusal:
    """403 of the Drive API for a service account that would own a file."""
    message = "The user's Drive storage quota has been exceeded."
    reason = {"message": message, "domain": "usageLimits", "reason": "storageQuotaExceeded"}
    return Refusal(403, {"error": {"code": 403, "message": message, "errors": [reason]}})


def missing_token() -> Refusal:
    """401 without any credential."""
    info = {
        "@type": ERROR_INFO,
        "reason": "CREDENTIALS_MISSING",
        "domain": "googleapis.com",
        "metadata": {"service": SERVICE},
    }
    return refusal(401, f"Request is missing required authentication credential. {EXPECTED_CREDENTIAL}", [info])


def invalid_token() -> Refusal:
    """401 for a token that is unknown, expired or withdrawn."""
    return refusal(401, f"Request had invalid authentication credentials. {EXPECTED_CREDENTIAL}")


def insufficient_scope(*, drive: bool) -> Refusal:
    """403 for a token whose scope does not cover the request, in the shape of the Sheets or the Drive API."""
    message = "Request had insufficient authentication scopes."
    if drive:
        reason = {"message": "Insufficient Permission", "domain": "global", "reason": "insufficientPermissions"}
        body = {"code": 403, "message": message, "errors": [reason], "status": STATUS_NAMES[403]}
        return Refusal(403, {"error": body})
    info = {
        "@type": ERROR_INFO,
        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com",
        "metadata": {"service": SERVICE},
    }
    return refusal(403, message, [info])


def service_disabled() -> Refusal:
    """403 while the Sheets API is not switched on in the Google Cloud project."""
    return _disabled(SERVICE, "Google Sheets API")


def drive_disabled() -> Refusal:
    """403 while the Drive API is not switched on in the Google Cloud project."""
    return _disabled("drive.googleapis.com", "Google Drive API")


def _disabled(service: str, title: str, project: str = DISABLED_PROJECT) -> Refusal:
    address = f"https://console.developers.google.com/apis/api/{service}/overview?project={project}"
    message = (
        f"{title} has not been used in project {project} before or it is disabled. "
        f"Enable it by visiting {address} then retry. If you enabled this API recently, wait a few minutes "
        "for the action to propagate to our systems and retry."
    )
    metadata = {
        "serviceTitle": title,
        "consumer": f"projects/{project}",
        "activationUrl": address,
        "containerInfo": project,
        "service": service,
    }
    details: list[dict[str, Any]] = [
        {"@type": ERROR_INFO, "reason": "SERVICE_DISABLED", "domain": "googleapis.com", "metadata": metadata},
        {"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en-US", "message": message},
        {"@type": HELP, "links": [{"description": "Google developers console API activation", "url": address}]},
    ]
    return refusal(403, message, details)


def quota_exceeded(kind: str = "read", limit: int = 60, project: str = QUOTA_PROJECT) -> Refusal:
    """429 when a user's minute is used up; `kind` is "read" or "write"."""
    name = kind.capitalize()
    message = (
        f"Quota exceeded for quota metric '{name} requests' and limit '{name} requests per minute per user' "
        f"of service '{SERVICE}' for consumer 'project_number:{project}'."
    )
    metadata = {
        "quota_limit_value": str(limit),
        "service": SERVICE,
        "consumer": f"projects/{project}",
        "quota_unit": "1/min/{project}/{user}",
        "quota_location": "global",
        "quota_metric": f"{SERVICE}/{kind}_requests",
        "quota_limit": f"{name}RequestsPerMinutePerUser",
    }
    link = {
        "description": "Request a higher quota limit.",
        "url": "https://cloud.google.com/docs/quotas/help/request_increase",
    }
    details: list[dict[str, Any]] = [
        {"@type": ERROR_INFO, "reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis.com", "metadata": metadata},
        {"@type": HELP, "links": [link]},
    ]
    return refusal(429, message, details)


def bad_field_mask(path: str) -> Refusal:
    """400 for a `fields` parameter that names a field the answer does not have."""
    violation = {
        "field": path,
        "description": f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'.",
    }
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}]
    return refusal(400, "Request contains an invalid argument.", details)


def internal() -> Refusal:
    """500 as Google's front end words it."""
    return refusal(500, "Internal error encountered.")


def unavailable() -> Refusal:
    """503 as Google's front end words it."""
    return refusal(503, "The service is currently unavailable.")


def grant_refused(error: str, description: str, status: int = 400) -> Refusal:
    """A refusal of the token endpoint, which has its own shape (RFC 6749, section 5.2)."""
    return Refusal(status, {"error": error, "error_description": description})
