"""Who stands in the sheet to be let in? Names and addresses, apart from all that a page is made of."""

from collections import Counter

from genkdash.sheet.cells import parse_text
from genkdash.sheet.issues import IssueLog
from genkdash.sheet.model import Invited, Sheet
from genkdash.sheet.names import fold
from genkdash.sheet.tables import RawBook
from genkdash.sheet.tabs import find_tables


def parse_invited(book: RawBook, sheet: Sheet) -> tuple[Invited, ...]:
    """Return one Invited for each influencer of `sheet`, which was parsed from `book`, in its order.

    Of two rows with one name the first counts. An address on two rows is nobody's, whoever they are.
    """
    table = find_tables(book, IssueLog()).get("influencers")
    rows = [] if table is None else [(table.text(entry, "name"), entry.cells["email"]) for entry in table.entries()]
    addresses = [(fold(name or ""), parse_text(cell).value) for name, cell in rows]
    times = Counter(address.lower() for _, address in addresses if address)
    email_by_name: dict[str, str | None] = {}
    for name, address in addresses:
        email_by_name.setdefault(name, address if address and times[address.lower()] == 1 else None)
    return tuple(Invited(one.name, email_by_name.get(fold(one.name))) for one in sheet.influencers)
