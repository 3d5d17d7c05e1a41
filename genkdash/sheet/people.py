"""Who are the influencers, and who is meant by a name in the sheet?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from genkdash.sheet.campaign import parse_target
from genkdash.sheet.cells import is_error
from genkdash.sheet.model import Campaign, Influencer
from genkdash.sheet.names import fold, nearest, parts_of, usual_spellings
from genkdash.sheet.reading import Entry, Table

_YES = frozenset({"ja", "x", "waar", "true", "1", "yes"})


@dataclass(frozen=True, slots=True)
class Roster:
    """The influencers, and every folded name and alias under which they are known."""

    influencers: tuple[Influencer, ...]
    name_by_spelling: Mapping[str, str]
    is_listed: bool

    def find(self, text: str) -> str | None:
        """Return the influencer's name for a name or an alias in any spelling, None when nobody has it."""
        return self.name_by_spelling.get(fold(text))

    def suggestion(self, text: str) -> str:
        """Return the name nearest to a text that nobody has. Only for a list, which is never empty."""
        return nearest(text, [influencer.name for influencer in self.influencers])


def find_people(names: Mapping[str, int], campaign: Campaign) -> Roster:
    """Return the people who are named in the posts, for a sheet without a list; in the order of the given counts."""
    spellings = usual_spellings(names)
    influencers = tuple(
        Influencer(name, target=campaign.target, start=campaign.start, end=campaign.end) for name in spellings.values()
    )
    return Roster(influencers, spellings, is_listed=False)


def parse_people(table: Table, campaign: Campaign) -> Roster | None:
    """Read the Influencers tab; None when it holds no name, so that it counts as missing.

    The first of two rows with one name counts. A name goes before an alias, an alias before a later one.
    """
    rows: dict[str, tuple[Entry, str]] = {}
    for entry in table.entries():
        name = table.text(entry, "name")
        if name is None:
            if not is_error(entry.cells["name"]):
                table.note("bad-setting", entry.row, "name", entry.cells["name"])
        elif fold(name) in rows:
            first_row = str(rows[fold(name)][0].row)
            table.note("repeated-influencer", entry.row, "name", entry.cells["name"], detail={"first_row": first_row})
        else:
            rows[fold(name)] = (entry, name)
    if not rows:
        return None
    name_by_spelling = {spelling: name for spelling, (_, name) in rows.items()}
    influencers = []
    for entry, name in rows.values():
        aliases = _aliases(table, entry, name, name_by_spelling)
        name_by_spelling.update({fold(alias): name for alias in aliases})
        influencers.append(_influencer(table, entry, name, aliases, campaign))
    return Roster(tuple(influencers), name_by_spelling, is_listed=True)


def _influencer(table: Table, entry: Entry, name: str, aliases: tuple[str, ...], campaign: Campaign) -> Influencer:
    start, end = _window(table, entry, campaign)
    target = parse_target(table, entry, "target")
    return Influencer(
        name=name,
        target=campaign.target if target is None else target,
        start=start,
        end=end,
        account=table.text(entry, "account"),
        aliases=aliases,
        interests=table.text(entry, "interests"),
        is_shown=_is_ticked(table, entry),
    )


def _aliases(table: Table, entry: Entry, name: str, taken: Mapping[str, str]) -> tuple[str, ...]:
    """Return the aliases that belong to nobody else."""
    aliases = parts_of(table.text(entry, "alias") or "", ";\n")
    free = tuple(alias for alias in aliases if taken.get(fold(alias), name) == name)
    if len(free) < len(aliases):
        table.note("bad-setting", entry.row, "alias", entry.cells["alias"])
    return free


def _window(table: Table, entry: Entry, campaign: Campaign) -> tuple[date | None, date | None]:
    """Return the first and the last day that count for this person: an own day where there is one that fits."""
    own_start, own_end = table.planned_day(entry, "start"), table.planned_day(entry, "end")
    start, end = own_start or campaign.start, own_end or campaign.end
    if start is None or end is None or start <= end:
        return start, end
    if own_end is not None:
        table.note("bad-setting", entry.row, "end", entry.cells["end"])
        end = campaign.end
    if own_start is not None and end is not None and start > end:
        table.note("bad-setting", entry.row, "start", entry.cells["start"])
        start = campaign.start
    return start, end


def _is_ticked(table: Table, entry: Entry) -> bool:
    """Tell whether the person chose to be shown by name; whatever is not a clear yes is no."""
    cell = entry.cells["is_shown"]
    if isinstance(cell, bool):
        return cell
    text = table.text(entry, "is_shown")
    return text is not None and fold(text) in _YES
