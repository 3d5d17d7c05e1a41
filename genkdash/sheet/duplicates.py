"""Which rows of Berichten are the same post again?"""

from collections.abc import Callable, Hashable, Sequence
from datetime import date

import numpy as np

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

    def link_key(at: int) -> Hashable:
        name, link = names[at], links[at]
        return (name, same_post_key(link)) if name and link else None

    def title_key(at: int) -> Hashable:
        name, day, title = names[at], days[at], titles[at]
        return (name, day, fold(title)) if name and day and title else None

    count = len(names)
    same_id, same_link, same_title = (in_common(key, count) for key in (ids.__getitem__, link_key, title_key))
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


def in_common(key_of: Callable[[int], Hashable], count: int) -> dict[int, Hashable]:
    """Return the key of each of `count` rows that has it in common with another, by the row's index; None is no key."""
    # By their hashes first, so that of a large sheet no keys are in memory but those of the few rows in question.
    hashes = np.fromiter((hash(key_of(at)) for at in range(count)), dtype=np.int64, count=count)
    ordered = np.sort(hashes)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    again = again[again != hash(None)]
    first: dict[Hashable, int] = {}
    common: dict[int, Hashable] = {}
    for at in np.flatnonzero(np.isin(hashes, again)).tolist():
        key = key_of(at)
        earlier = first.setdefault(key, at)
        if key is not None and earlier != at:
            common[earlier] = common[at] = key
    return common
