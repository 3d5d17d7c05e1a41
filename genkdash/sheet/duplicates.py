"""Which rows of Berichten are the same post again?"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date

from genkdash.sheet.links import same_post_key
from genkdash.sheet.names import fold
from genkdash.sheet.verdicts import Verdicts


def note_duplicates(  # noqa: PLR0913 -- these five columns decide together
    verdicts: Verdicts,
    *,
    names: Sequence[str | None],
    days: Sequence[date | None],
    titles: Sequence[str | None],
    links: Sequence[str | None],
    ids: Sequence[str | None],
) -> None:
    """Note rows that repeat an earlier row that counts. A row that does not count itself takes nobody's place."""
    # One after the other, so that the keys of all rows are in memory for one of the three only.
    same_id = _in_common(ids)
    same_link = _in_common(
        (name, same_post_key(link)) if name and link else None for name, link in zip(names, links, strict=True)
    )
    same_title = _in_common(
        (name, day, fold(title)) if name and day and title else None
        for name, day, title in zip(names, days, titles, strict=True)
    )
    first_by_key: dict[Hashable, int] = {}
    for at in sorted(same_id.keys() | same_link.keys() | same_title.keys()):
        id_place = ("id", same_id[at]) if at in same_id else None
        link_place = ("link", same_link[at]) if at in same_link else None
        title_place = ("title", same_title[at]) if at in same_title else None
        unlinked_place = ("unlinked", same_title[at]) if at in same_title and not links[at] else None
        # Two rows that both have a link were compared by link; a title may well return, such as "Foto van de week".
        similar_place = ("unlinked", same_title[at]) if at in same_title and links[at] else title_place
        for code, field, place in (
            ("duplicate-id", "post_id", id_place),
            ("duplicate-link", "link", link_place),
            ("possible-duplicate", "title", similar_place),
        ):
            first = first_by_key.get(place)
            if first is not None:
                verdicts.say(at, code, field, first_row=str(verdicts.rows.numbers[first]))
        if verdicts.reasons[at] is None:
            for place in (id_place, link_place, title_place, unlinked_place):
                if place is not None:
                    first_by_key.setdefault(place, at)


def _in_common(keys: Iterable[Hashable]) -> dict[int, Hashable]:
    """Return the key of each row that has it in common with another, by the row's index; None is no key."""
    first: dict[Hashable, int] = {}
    common: dict[int, Hashable] = {}
    for at, key in enumerate(keys):
        if key is None:
            continue
        earlier = first.setdefault(key, at)
        if earlier != at:
            common[earlier] = common[at] = key
    return common
