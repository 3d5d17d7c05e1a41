"""How does a correction get into the sheet, and never into another row? Look, compare, look again, write.

Writing a value twice is writing it once, so that after an unclear answer another look tells all there is to know.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from genkdash.outbox.corrections import CorrectionEntry, Corrections
from genkdash.outbox.delivery import Delivered, Door
from genkdash.outbox.keys import TAB_BY_KEY
from genkdash.sheet.corrections import find_row
from genkdash.sheet.errors import ColumnToWriteMissingError, SourceError
from genkdash.sheet.tables import Cell

if TYPE_CHECKING:
    from genkdash.sheet.google_append import OpenTab
    from genkdash.sheet.google_correct import Written


class EditingDoor(Door, Protocol):
    """Where rows go into the sheet, and where their cells are corrected: `GoogleEditor`."""

    def correct(self, opened: "OpenTab", at: int, new: Mapping[str, Cell], held: Sequence[str]) -> "Written":
        """Write cells of one row, if it still is what it was."""
        ...


def deliver_corrections(
    corrections: Corrections, door: EditingDoor, *, is_over: Callable[[], bool] = lambda: False
) -> Delivered:
    """Write what waits. Errors of the sheet are noted with the corrections, and returned.

    Raises:
        KeepingError: the outbox can't be used; whatever was written is found by the next look.
    """
    entries = corrections.entries()
    waiting = [entry for entry in entries if entry.state == "waiting"]
    count = 0
    failure: SourceError | None = None
    for at, entry in enumerate(waiting):
        if is_over():
            break
        try:
            count += _deliver(corrections, door, entry, entries)
        except ColumnToWriteMissingError as error:
            corrections.mark_failed(entry, error)
            failure = error
        except SourceError as error:
            for other in waiting[at:]:
                corrections.mark_failed(other, error)
            return Delivered(count, error=error)
    return Delivered(count, error=failure)


def _deliver(
    corrections: Corrections, door: EditingDoor, entry: CorrectionEntry, others: Sequence[CorrectionEntry]
) -> bool:
    """Write one correction, or note why not. Tell whether the sheet holds it."""
    correction = entry.correction
    # A look for each: the one before may have been a while ago.
    opened = door.look(
        next(tab for key, tab in TAB_BY_KEY.items() if key == correction.tab_key),
        needed=tuple(correction.new),
        marks={},
    )
    standing, at = find_row(correction, opened.layout, opened.rows, _made_by(entry, others))
    if standing == "ready" and at is not None:
        written = door.correct(opened, at, correction.new, tuple(correction.seen))
        if written != "written":
            corrections.mark_refused(correction.key, written)
            return False
    elif standing in {"changed", "gone", "twice"}:
        corrections.mark_refused(correction.key, standing)
        return False
    corrections.mark_written(correction.key)
    return True


def _made_by(entry: CorrectionEntry, others: Sequence[CorrectionEntry]) -> Mapping[str, Collection[Cell]]:
    """Return what other corrections of the same row made of its cells, by column."""
    own, made = entry.correction, dict[str, list[Cell]]()
    for other in (one.correction for one in others if one.state != "refused" and one is not entry):
        if (other.tab_key, other.row) == (own.tab_key, own.row):
            for key, cell in other.new.items():
                made.setdefault(key, []).append(cell)
    return made
