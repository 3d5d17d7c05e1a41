"""Which rows of Berichten are the same post again?"""

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
    first_by_key: dict[Hashable, int] = {}
    for at, (name, day, title, link, post_id) in enumerate(zip(names, days, titles, links, ids, strict=True)):
        id_key = ("id", post_id) if post_id else None
        link_key = ("link", name, same_post_key(link)) if name and link else None
        title_key = ("title", name, day, fold(title)) if name and day and title else None
        unlinked_key = ("unlinked", *title_key) if title_key and not link else None
        # Two rows that both have a link were compared by link; a title may well return, such as "Foto van de week".
        similar_key = ("unlinked", *title_key) if title_key and link else title_key
        for code, field, key in (
            ("duplicate-id", "post_id", id_key),
            ("duplicate-link", "link", link_key),
            ("possible-duplicate", "title", similar_key),
        ):
            first = first_by_key.get(key)
            if first is not None:
                verdicts.say(at, code, field, first_row=str(verdicts.rows.numbers[first]))
        if verdicts.reasons[at] is None:
            for key in (id_key, link_key, title_key, unlinked_key):
                if key is not None:
                    first_by_key.setdefault(key, at)
