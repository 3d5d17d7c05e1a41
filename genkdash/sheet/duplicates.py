"""Which rows of Berichten are the same post again?"""

from collections import Counter
from collections.abc import Hashable, Sequence
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
    link_keys = [
        (name, same_post_key(link)) if name and link else None for name, link in zip(names, links, strict=True)
    ]
    title_keys = [
        (name, day, fold(title)) if name and day and title else None
        for name, day, title in zip(names, days, titles, strict=True)
    ]
    same_ids, same_links, same_titles = _repeated(ids), _repeated(link_keys), _repeated(title_keys)
    first_by_key: dict[Hashable, int] = {}
    for at, (post_id, link_key, title_key) in enumerate(zip(ids, link_keys, title_keys, strict=True)):
        has_id, has_link, has_title = post_id in same_ids, link_key in same_links, title_key in same_titles
        if not (has_id or has_link or has_title):
            continue  # most rows have nothing in common with any other
        id_place = ("id", post_id) if has_id else None
        link_place = ("link", link_key) if has_link else None
        title_place = ("title", title_key) if has_title else None
        unlinked_place = ("unlinked", title_key) if has_title and not links[at] else None
        # Two rows that both have a link were compared by link; a title may well return, such as "Foto van de week".
        similar_place = ("unlinked", title_key) if has_title and links[at] else title_place
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


def _repeated(keys: Sequence[Hashable]) -> frozenset[Hashable]:
    """Return what several rows have in common; None is nothing."""
    return frozenset(key for key, rows in Counter(keys).items() if rows > 1 and key is not None)
