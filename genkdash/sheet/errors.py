"""What can go wrong between us and a sheet? One small tree; every leaf has a sentence in the catalogues.

A code `google-not-shared` is said by the message `error.google-not-shared` in `i18n/locale/*/errors.po`,
filled with `detail`. No error holds a credential.

SourceError
├─ SetupError     who installs the dashboard must act: a setting, a key, a project
├─ SharingError   who owns the sheet must act: share it, move it, name a tab
│  └─ WriteError  the same, before a row can be added; the sentences stand in `outbox.po`
├─ PassingError   nobody must act: it passes, and we try again by ourselves
└─ InternalError  a mistake of ours
"""

from collections.abc import Iterator
from typing import Final


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


class SetupError(SourceError):
    """The one who installs the dashboard must act."""


class SharingError(SourceError):
    """The owner of the sheet must act."""


class PassingError(SourceError):
    """Nobody needs to act: it is tried again."""


class InternalError(SourceError):
    """A mistake in the dashboard itself; `kind` names the exception's type."""

    code = "internal"


class GoogleAddressError(SetupError):
    """`address` (of the API or of the token endpoint) is neither https nor loopback."""

    code = "google-bad-address"


class GoogleSheetAddressError(SetupError):
    """The setting holds neither the link nor the key of a Google sheet."""

    code = "google-bad-sheet"


class GoogleKeyMissingError(SetupError):
    """A Google sheet is configured, but no service account."""

    code = "google-no-key"


class GoogleKeyFileError(SetupError):
    """The service account's key can't be used; `field` is the part that is missing or wrong."""

    code = "google-bad-key"


class GoogleKeyRevokedError(SetupError):
    """Google no longer accepts the key of `email`."""

    code = "google-key-revoked"


class GoogleAccountGoneError(SetupError):
    """The service account `email` was deleted or switched off."""

    code = "google-account-gone"


class GoogleClockError(SetupError):
    """The clock of this machine differs too much from Google's."""

    code = "google-clock"


class LogNeedsGoogleError(SetupError):
    """Logging from the phone is switched on, but the source is no Google sheet."""

    code = "log-needs-google"


class GoogleScopeError(SetupError):
    """`email` has no right to the Sheets API's read-only scope."""

    code = "google-wrong-scope"


class GoogleApiDisabledError(SetupError):
    """The Sheets API is off in `project`; `link` opens the page that switches it on."""

    code = "google-api-disabled"


class GoogleDriveDisabledError(SetupError):
    """The Drive API, which sharing needs, is off in `project`; `link` opens the page. Its sentence: `template.po`."""

    code = "google-drive-disabled"


class GoogleMayNotCreateError(SetupError):
    """Google lets the service account `email` own no files. Its sentence: `template.po`."""

    code = "google-may-not-create"


class GoogleNotSharedError(SharingError):
    """The sheet is not shared with `email`."""

    code = "google-not-shared"


class GoogleNotFoundError(SharingError):
    """There is no such sheet: a wrong link, or it was deleted."""

    code = "google-not-found"


class GoogleNotASheetError(SharingError):
    """The file is an Excel workbook on Drive, not a Google sheet."""

    code = "google-not-a-sheet"


class GoogleTabGoneError(SharingError):
    """A tab was renamed or removed while it was being read."""

    code = "google-no-such-tab"


class WriteError(SharingError):
    """A row can't be added as the sheet stands now; its sentences stand in `outbox.po`."""


class GoogleReadOnlyError(WriteError):
    """The account `email` may read the sheet, but not write in it."""

    code = "google-read-only"


class GoogleProtectedError(WriteError):
    """The row would come in cells that are protected, and `email` is not among those who may change them."""

    code = "google-protected"


class GoogleMisplacedError(WriteError):
    """The row was written in `cells`, which is not under its headers."""

    code = "google-misplaced"


class TabToWriteMissingError(WriteError):
    """The sheet has no tab `tab`."""

    code = "no-tab-to-write"


class ColumnToWriteMissingError(WriteError):
    """The tab `tab` lacks `columns`, without which a row can't be recognised again."""

    code = "no-column-to-write"


class GoogleBusyError(PassingError):
    """More reads than Google allows in a minute; `retry_after` is always set."""

    code = "google-busy"


class GoogleDownError(PassingError):
    """Google answered with an error of its own; `status` is the HTTP number."""

    code = "google-down"


class GoogleUnreachableError(PassingError):
    """No connection to `host`: no network, no such name, refused, broken off."""

    code = "google-unreachable"


class GoogleTlsError(PassingError):
    """The connection to `host` is not trusted: a certificate that nobody vouches for, or a wrong clock."""

    code = "google-tls"


class GoogleTimeoutError(PassingError):
    """No answer from `host` in time."""

    code = "google-timeout"


class GoogleSlowError(PassingError):
    """The answer kept dripping in and was not whole after `seconds`."""

    code = "google-slow"


class GoogleTooLargeError(PassingError):
    """The answer is larger than `megabytes`."""

    code = "google-too-large"


class GoogleInterceptedError(PassingError):
    """Not Google answered, with HTTP `status`: a sign-in page of a network, a proxy, a redirect."""

    code = "google-intercepted"


class GoogleTruncatedError(PassingError):
    """The answer broke off or is no JSON."""

    code = "google-truncated"


class GoogleAnswerError(PassingError):
    """The answer is JSON, but not what the Sheets API promises; `status` is the HTTP number."""

    code = "google-unexpected"


class SharedMemoryGoneError(PassingError):
    """The server with which the processes of the dashboard share one reader does not answer."""

    code = "shared-gone"


class SharedMemoryRefusedError(SetupError):
    """That server answers, but not to us: a password, a right that is missing, no memory left."""

    code = "shared-refused"


class FileError(SourceError):
    """A workbook or a folder of CSV files could not be read; its sentences stand in `files.po`."""


class FileMissingError(FileError):
    """Nothing stands at `path`."""

    code = "file-missing"


class FileNoRightsError(FileError):
    """The system refuses to let us read `file`."""

    code = "file-no-rights"


class FileBeingSavedError(FileError):
    """`file` changed while it was read, twice in a row."""

    code = "file-being-saved"


class FileTooLargeError(FileError):
    """`file` is larger than `limit` megabytes, on disk or unpacked."""

    code = "file-too-large"


class TabTooLargeError(FileError):
    """Something stands so far out in `tab` that it spans too many `rows` times `columns`."""

    code = "tab-too-large"


class NotAWorkbookError(FileError):
    """`file` is no .xlsx and no .ods."""

    code = "not-a-workbook"


class WorkbookDamagedError(FileError):
    """`file` is a workbook, but not a whole one."""

    code = "workbook-damaged"


class WorkbookProtectedError(FileError):
    """`file` asks for a password."""

    code = "workbook-protected"


class FolderWithoutTabsError(FileError):
    """No CSV file in `folder` is named for a tab."""

    code = "folder-without-tabs"


class CsvUnclosedQuoteError(FileError):
    """A quote opened near `line` of `file` is never closed, so the rows after it can't be told apart."""

    code = "csv-unclosed-quote"


def _kinds(kind: type[SourceError]) -> Iterator[type[SourceError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _kinds(narrower)


KIND_OF_CODE: Final = {kind.code: kind for kind in reversed(tuple(_kinds(SourceError)))}
"""Every kind of error by its code; the widest where several share one."""
