"""What can go wrong between us and a sheet? One small tree; every leaf has a sentence in the catalogues.

A code `google-not-shared` is said by the message `error.google-not-shared` in `i18n/locale/*/errors.po`,
filled with `detail`. No error holds a credential.
"""


class SourceError(Exception):
    """The sheet could not be read. `code` names the sentence, `detail` fills it, `retry_after` is in seconds."""

    code = "source-unreadable"

    def __init__(self, *, retry_after: float | None = None, **detail: str) -> None:
        super().__init__(self.code)
        self.detail = detail
        self.retry_after = retry_after

    def __str__(self) -> str:
        """Name the code and its details, for a log line."""
        return " ".join([self.code, *(f"{key}={value!r}" for key, value in self.detail.items())])
