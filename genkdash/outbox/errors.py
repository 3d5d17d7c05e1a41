"""What can keep a post or a tip from being kept? One small tree; every leaf has a sentence in `outbox.po`.

A code `disk-full` is said by the message `outbox.disk-full`, filled with `detail`. None holds what somebody wrote.

OutboxError
├─ DraftError       the person must change something
├─ LimitError       the person must wait
└─ KeepingError     who installs the dashboard must act
"""


class OutboxError(Exception):
    """Nothing was kept. `code` names the sentence, `detail` fills it."""

    code = "unwritable"

    def __init__(self, **detail: str) -> None:
        super().__init__(self.code)
        self.detail = detail


class DraftError(OutboxError):
    """The value for the column with header `field` is missing, too long, or not what the column holds."""

    code = "bad-value"


class LimitError(OutboxError):
    """This person kept `limit` things within a day already."""

    code = "limit"


class KeepingError(OutboxError):
    """The outbox itself can't be used now."""


class DiskFullError(KeepingError):
    """There is no room on the disk."""

    code = "disk-full"


class UnwritableError(KeepingError):
    """The system refuses to let us write in the data folder, or the file is held by somebody else."""

    code = "unwritable"


class DamagedError(KeepingError):
    """`file` is not a database of ours, or no longer a whole one."""

    code = "damaged"
