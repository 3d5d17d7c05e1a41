"""How does somebody get a link? It is made for a person of the sheet or a screen, and its address is shown once."""

import os
from argparse import Namespace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import segno

from genkdash.access.links import LinkKind, LinkRegister
from genkdash.commands.command import UsageError
from genkdash.commands.reading import read_sheet
from genkdash.i18n import Translator
from genkdash.i18n.formats import day_and_year, whole
from genkdash.live.store import KeptSheetError, Store
from genkdash.settings import Settings
from genkdash.sheet.errors import SourceError
from genkdash.sheet.model import Influencer, Sheet
from genkdash.sheet.names import fold, nearest, tidy
from genkdash.sheet.parse import campaign_day, parse

TIMEZONE = "Europe/Brussels"
"""A link ends with a day here."""

_AFTER_THE_END_DAYS = 14
_USUAL_DAYS: dict[LinkKind, int] = {"screen": 365, "influencer": 200}
_MOST_DAYS = 1000


def hand_out(
    typed: Namespace, register: LinkRegister, settings: Settings, words: Translator, now: datetime
) -> list[str]:
    """Make the link that was asked for, and return what to say about it, its address included.

    Raises:
        UsageError: nobody signs in here, the person is not in the sheet, or an option can't be used.
        LinkRegisterError: the register can't be read or written.
    """
    public_url = None if settings.access is None else settings.access.public_url
    if public_url is None:
        raise UsageError(words("link.no-access"))
    days = _days(typed.days, words)
    sheet = None if typed.screen else known_sheet(settings, now)
    person = None if typed.screen else _person(typed.influencer, sheet, words)
    kind: LinkKind = "screen" if typed.screen else "influencer"
    name = None if typed.screen else person.name if person else tidy(typed.influencer)
    last_day = _last_day(kind, person, days, today=now.astimezone(ZoneInfo(TIMEZONE)).date())
    until = datetime.combine(last_day + timedelta(days=1), time(), ZoneInfo(TIMEZONE)).astimezone(UTC)

    link, token = register.new(kind, influencer=name, until=until, at=now)
    address = f"{public_url.rstrip('/')}/link/{token}"
    lines = [words(f"link.made.{kind}", name=name, day=day_and_year(last_day, words)), "", address, ""]
    if typed.qr is not None:
        try:
            _write_code(address, Path(typed.qr))
        except OSError:
            register.revoke(link.id)
            raise UsageError(words("link.no-code", file=typed.qr)) from None
        lines.append(words("link.code", file=typed.qr))
    lines.append(words(f"link.send.{kind}", name=name, id=link.id))
    return [*lines, words("link.not-checked", name=name)] if name and sheet is None else lines


def _days(text: str | None, words: Translator) -> int | None:
    """Return how many days were asked for, if any were."""
    if text is None:
        return None
    days = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_DAYS)) else 0
    if not 1 <= days <= _MOST_DAYS:
        raise UsageError(words("link.bad-days", typed=text, most=whole(_MOST_DAYS, words)))
    return days


def known_sheet(settings: Settings, now: datetime) -> Sheet | None:
    """Return the sheet as it is now, or as it was kept; None where neither can be read."""
    try:
        return read_sheet(None, settings, as_of=None, now=now).sheet
    except SourceError:
        pass  # the names of the last good read serve as well
    try:
        kept = Store(settings.data_folder, source=settings.source or "example").load()
    except KeptSheetError:
        return None
    return None if kept is None else parse(kept.book, today=campaign_day(kept.book, now))


def _person(typed: str, sheet: Sheet | None, words: Translator) -> Influencer | None:
    """Return who was meant, by name or alias in any spelling; None where there is no sheet to look in."""
    if not tidy(typed):
        raise UsageError(words("link.no-name"))
    if sheet is None:
        return None
    people = [(one.name, one) for one in sheet.influencers]
    people += [(alias, one) for one in sheet.influencers for alias in one.aliases]
    # A name goes before an alias, as in the sheet.
    found = next((one for spelling, one in people if fold(spelling) == fold(typed)), None)
    if found is not None:
        return found
    if not sheet.influencers:
        raise UsageError(words("link.nobody"))
    suggestion = nearest(typed, [one.name for one in sheet.influencers])
    raise UsageError(words("link.not-in-sheet", typed=typed, suggestion=suggestion))


def _last_day(kind: LinkKind, person: Influencer | None, days: int | None, *, today: date) -> date:
    """Return the last day of a link: as asked, two weeks after the person's own end, or the usual time from now."""
    if days is None and person is not None and person.end is not None:
        return max(person.end, today) + timedelta(days=_AFTER_THE_END_DAYS)
    return today + timedelta(days=_USUAL_DAYS[kind] if days is None else days)


def _write_code(address: str, path: Path) -> None:
    """Write the address as a QR code, for our own eyes only: who has it has the link.

    Raises:
        OSError: it can't be written there, or there is a file already.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        segno.make(address, error="m", micro=False).save(file, kind="svg", scale=8, border=4, dark="#000", light="#fff")
