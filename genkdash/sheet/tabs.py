"""Which tabs of the contract are in the sheet, and what is missing or double in them?"""

from genkdash.sheet.cells import shown
from genkdash.sheet.columns import find_layout
from genkdash.sheet.contract import TABS, Tab, find_tab
from genkdash.sheet.issues import IssueLog, shown_title
from genkdash.sheet.names import fold
from genkdash.sheet.reading import Table
from genkdash.sheet.tables import RawBook, RawTab


def find_tables(book: RawBook, log: IssueLog) -> dict[str, Table]:
    """Return the tabs that can be read, by the key of the contract, noting what keeps others from being read.

    Of two tabs that could be the same, such as "Berichten" and "Posts", the one with the Dutch name is read.
    """
    found: dict[str, list[RawTab]] = {tab.key: [] for tab in TABS}
    for raw in book.tabs:
        tab = find_tab(raw.title)
        if tab is not None:
            found[tab.key].append(raw)
    tables = {}
    for tab in TABS:
        titled = sorted(found[tab.key], key=lambda raw: fold(raw.title) != fold(tab.title))
        if not titled:
            note_missing_tab(log, tab)
            continue
        for ignored in titled[1:]:
            log.note("duplicate-header", tab, ignored, value=shown_title(ignored))
        table = _table(tab, titled[0], log)
        if table is not None:
            tables[tab.key] = table
    return tables


def note_missing_tab(log: IssueLog, tab: Tab) -> None:
    """Note that a tab is not there, or holds nothing; only Berichten can't be missed."""
    log.note("missing-tab", tab, severity="error" if tab.required else None)


def _table(tab: Tab, raw: RawTab, log: IssueLog) -> Table | None:
    layout = find_layout(tab, raw.rows)
    for column in layout.missing:
        log.note("missing-column", tab, raw, field=column.key, detail={"header": column.header})
    if layout.header is None or not layout.is_complete:
        return None
    number = layout.header + 1
    if number > 1:
        log.note("title-row", tab, raw, row=1, detail={"header_row": str(number)})
    for position, column in layout.duplicates.items():
        name = shown(raw.rows[layout.header][position])
        log.note("duplicate-header", tab, raw, row=number, position=position, field=column.key, value=name)
    return Table(raw, layout, log)
