"""Whose name may be read aloud from a wall? A first name of somebody who opted in; no other name, and no address.

Texts of the sheet are free, so a name can stand anywhere in them. Rather one tip too few than one name too many: a
text that holds a first name of somebody who did not opt in stays away, also where the word means something else.
"""

import re
from collections.abc import Iterable, Iterator

from genkdash.sheet.model import Influencer, Sheet
from genkdash.sheet.names import fold

# An address or an account: it leads to somebody, whoever that is.
_ADDRESS = re.compile(r"@|://|\bwww\.", re.IGNORECASE)
# "De", "van", "ben": surnames hold words so short that half of all texts would stay away.
_SHORTEST_SURNAME = 4


def first_name(name: str) -> str:
    """Return the first word of a name."""
    return name.split(maxsplit=1)[0]


class PrivateWords:
    """Everything of one sheet by which somebody could be known who may not be, or only by first name."""

    def __init__(self, sheet: Sheet) -> None:
        self._shown = {one.name: first_name(one.name) for one in sheet.influencers if one.is_shown}
        known = {one.name for one in sheet.influencers}
        strangers = (tip.influencer for tip in sheet.tips if tip.influencer and tip.influencer not in known)
        spellings = {fold(word) for one in sheet.influencers for word in _spellings(one)}
        spellings |= {fold(word) for name in strangers for word in (name, first_name(name))}
        shown = {fold(name) for name in self._shown.values()}
        hidden = {fold(first_name(one.name)) for one in sheet.influencers if not one.is_shown}
        private = sorted(filter(None, spellings - (shown - hidden)), key=len, reverse=True)
        # Dutch says "Brams idee" and "Bram's idee"; folding leaves the apostrophe out.
        # The same few topics and platforms return with each post.
        self._answers: dict[str, bool] = {}
        self._private = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, private))})s?(?!\w)") if private else None

    def shown_name(self, name: str | None) -> str | None:
        """Return the first name of somebody who opted in, None for anybody else."""
        return None if name is None else self._shown.get(name)

    def kept(self, text: str | None) -> str | None:
        """Return `text` if it names nobody who may not be named and holds no address, otherwise None."""
        if text is None:
            return None
        if text not in self._answers:
            self._answers[text] = self._may_be_shown(text)
        return text if self._answers[text] else None

    def _may_be_shown(self, text: str) -> bool:
        """Tell whether a text holds no address and names nobody who may not be named."""
        if _ADDRESS.search(text):
            return False
        return self._private is None or not self._private.search(fold(text))

    def only_kept(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return those of `texts` that may be shown."""
        return tuple(text for text in texts if self.kept(text) is not None)


def _spellings(influencer: Influencer) -> Iterator[str]:
    """Yield the words for one influencer that are not for the wall; the first name only of who did not opt in."""
    if not influencer.is_shown:
        yield first_name(influencer.name)
    first, *others = influencer.name.split()
    if others:
        yield influencer.name
    yield from (word for word in others if len(word) >= _SHORTEST_SURNAME)
    yield from (alias for alias in influencer.aliases if fold(alias) != fold(first))
    if influencer.account:
        yield influencer.account
        yield influencer.account.lstrip("@")
