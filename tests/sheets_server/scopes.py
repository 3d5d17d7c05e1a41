"""Which scopes let a token do what?"""

from __future__ import annotations

READ_ONLY = "https://www.googleapis.com/auth/spreadsheets.readonly"
READ_WRITE = "https://www.googleapis.com/auth/spreadsheets"
DRIVE = "https://www.googleapis.com/auth/drive"
DRIVE_FILE = "https://www.googleapis.com/auth/drive.file"
DRIVE_READ_ONLY = "https://www.googleapis.com/auth/drive.readonly"
DRIVE_METADATA_READ_ONLY = "https://www.googleapis.com/auth/drive.metadata.readonly"
CLOUD = "https://www.googleapis.com/auth/cloud-platform"

MAY_READ_SHEETS = frozenset({READ_ONLY, READ_WRITE, DRIVE, DRIVE_FILE, DRIVE_READ_ONLY})
MAY_WRITE_SHEETS = frozenset({READ_WRITE, DRIVE, DRIVE_FILE})
MAY_READ_FILES = frozenset({DRIVE, DRIVE_FILE, DRIVE_READ_ONLY, DRIVE_METADATA_READ_ONLY})
MAY_WRITE_FILES = frozenset({DRIVE, DRIVE_FILE})
KNOWN_SCOPES = MAY_READ_SHEETS | MAY_READ_FILES | {CLOUD}
