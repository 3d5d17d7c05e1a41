"""Who has a link, and how does somebody get or lose one? `link new`, `link list` and `link revoke`."""

import argparse
from argparse import ArgumentParser, Namespace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from genkdash.access.links import Link, LinkRegister, LinkRegisterError
from genkdash.commands.check import printable
from genkdash.commands.command import Answer, Command, UsageError
from genkdash.commands.link_new import TIMEZONE, hand_out, known_sheet
from genkdash.i18n import LANGUAGES, Translator
from genkdash.i18n.formats import day_and_year
from genkdash.settings import Settings, load_settings
from genkdash.sheet.model import Sheet

_GAP = "  "


def _add_options(parser: ArgumentParser, words: Translator) -> None:
    """Tell the parser about the three things one can do with links."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="new|list|revoke")
    new, listing, revoke = (
        actions.add_parser(name, help=words(f"link.help.{name}"), description=words(f"link.help.{name}"))
        for name in ("new", "list", "revoke")
    )
    whom = new.add_mutually_exclusive_group(required=True)
    whom.add_argument("--screen", action="store_true", help=words("link.help.screen"))
    whom.add_argument("--influencer", metavar="…", help=words("link.help.influencer"))
    new.add_argument("--days", metavar="N", help=words("link.help.days"))
    new.add_argument("--qr", metavar="….svg", help=words("link.help.qr"))
    revoke.add_argument("id", help=words("link.help.id"))
    for one in (new, listing, revoke):
        # Without a default of its own, or `--language en` before the action would be undone here.
        one.add_argument(
            "--language",
            default=argparse.SUPPRESS,
            metavar="|".join(LANGUAGES),
            help=words("command.help.language"),
        )


def _answer(typed: Namespace, words: Translator, now: datetime) -> Answer:
    """Do what was asked with the register of the configured data folder."""
    settings = load_settings()
    register = LinkRegister(settings.data_folder)
    try:
        match typed.action:
            case "new":
                lines = hand_out(typed, register, settings, words, now)
            case "revoke":
                lines = _revoked(typed.id, register, words)
            case _:
                lines = _listed(register, settings, words, now)
    except LinkRegisterError as trouble:
        raise UsageError(words(f"link.error.{trouble.code}", file=register.paths[0])) from None
    return Answer("\n".join(map(printable, lines)) + "\n")


def _revoked(link_id: str, register: LinkRegister, words: Translator) -> list[str]:
    """Revoke a link and say so."""
    if not register.revoke(link_id):
        raise UsageError(words("link.unknown", id=link_id))
    return [words("link.revoked", id=link_id)]


def _listed(register: LinkRegister, settings: Settings, words: Translator, now: datetime) -> list[str]:
    """Return a table of the links: id, whom, last day, state; never a token. Whose each is, the sheet knows."""
    links = register.all()
    if not links:
        return [words("link.none")]
    sheet = known_sheet(settings, now) if any(link.kind == "influencer" for link in links) else None
    links = register.all(names=[one.name for one in sheet.influencers] if sheet else ())
    rows = [tuple(words(f"link.column.{name}") for name in ("id", "whom", "until", "state"))]
    rows += [
        (link.id, _whom(link, words), _last_day(link, words), words(f"link.state.{_state(link, sheet, now)}"))
        for link in links
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    table = [_GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    is_known = sheet is not None or all(link.kind == "screen" for link in links)
    return table if is_known else [*table, "", words("link.no-names")]


def _whom(link: Link, words: Translator) -> str:
    if link.kind == "screen":
        return words("link.whom.screen")
    return "–" if link.influencer is None else printable(link.influencer)


def _last_day(link: Link, words: Translator) -> str:
    return day_and_year((link.until - timedelta(seconds=1)).astimezone(ZoneInfo(TIMEZONE)).date(), words)


def _state(link: Link, sheet: Sheet | None, now: datetime) -> str:
    """Return what became of a link, as the end of a message id."""
    if link.revoked:
        return "revoked"
    if not link.lets_in(now):
        return "ended"
    is_gone = link.kind == "influencer" and link.influencer is None and sheet is not None
    return "gone" if is_gone else "valid"


LINK = Command("link", _add_options, _answer)
