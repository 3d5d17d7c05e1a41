"""How does somebody get a sheet to begin with? `template` writes a workbook, or makes or completes a Google sheet."""

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from babel.lists import format_list

from genkdash.commands.check import printable
from genkdash.commands.command import Answer, Command, UsageError
from genkdash.i18n import Translator
from genkdash.settings import load_settings
from genkdash.sheet.google_template import Made, TemplateSheet, plan_new
from genkdash.sheet.google_template_plan import Step
from genkdash.sheet.template import TabForm, note_keys, template
from genkdash.sheet.template_workbook import workbook_bytes

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


def _add_options(parser: ArgumentParser, words: Translator) -> None:
    parser.add_argument("--output", metavar="….xlsx", help=words("template.help.output"))
    parser.add_argument("--google", action="store_true", help=words("template.help.google"))
    parser.add_argument("--sheet", metavar="…", help=words("template.help.sheet"))
    parser.add_argument("--title", metavar="…", help=words("template.help.title"))
    parser.add_argument("--share", metavar="…@…", action="append", default=[], help=words("template.help.share"))
    parser.add_argument("--dry-run", action="store_true", help=words("template.help.dry-run"))


def _answer(typed: Namespace, words: Translator, now: datetime) -> Answer:
    """Do what was typed, and say what was done; the exit code is 1 when a new sheet could not be filled."""
    if typed.google == (typed.output is not None):
        raise UsageError(words("template.which"))
    if not typed.google and (typed.sheet is not None or typed.title is not None or typed.share):
        raise UsageError(words("template.only-google"))
    forms = template({key: words(f"template.note.{key}") for key in note_keys()})
    if typed.google:
        return _google(typed, forms, words)
    return _workbook(typed, forms, words, now)


def _workbook(typed: Namespace, forms: Sequence[TabForm], words: Translator, now: datetime) -> Answer:
    path = Path(typed.output).expanduser()
    if path.suffix.casefold() != ".xlsx":
        raise UsageError(words("template.not-xlsx", typed=typed.output))
    if typed.dry_run:
        if path.exists():
            raise UsageError(words("template.exists", path=path))
        return Answer(_text([words("template.would-write", path=path)]))
    content = workbook_bytes(forms, made_at=now, refusal=words("template.refusal"))
    failure: UsageError | None = None
    try:
        # "x": what stands there stays, also when it came there this very moment.
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        failure = UsageError(words("template.exists", path=path))
    except OSError:
        failure = UsageError(words("template.unwritable", path=path))
    if failure is not None:
        raise failure
    return Answer(_text([words("template.written", path=path), words("template.next.workbook", path=path)]))


def _google(typed: Namespace, forms: Sequence[TabForm], words: Translator) -> Answer:
    _check_google_options(typed, words)
    google = load_settings().google
    protection = words("template.protected")
    title = typed.title or words("template.title")
    if typed.sheet is None and typed.dry_run:
        new = plan_new(title, forms, protection)
        shared = (Step("shared", {"email": email}) for email in typed.share)
        lines = [words("template.would-create", title=title), *_steps((*new.steps, *shared), words, is_dry=True)]
        return Answer(_text(lines))
    door = TemplateSheet(credentials=google.credentials() or {}, api_url=google.api_url, may_share=bool(typed.share))
    try:
        if typed.sheet is None:
            made = door.create(title, forms, protection, share_with=typed.share)
        else:
            made = door.complete(typed.sheet, forms, protection, share_with=typed.share, is_dry=typed.dry_run)
    finally:
        door.close()
    return _made(made, words, is_dry=typed.dry_run)


def _check_google_options(typed: Namespace, words: Translator) -> None:
    for email in typed.share:
        if not _ADDRESS.fullmatch(email):
            raise UsageError(words("template.bad-address", typed=email))
    if typed.sheet is None and not typed.share:
        raise UsageError(words("template.share-with-whom"))
    if typed.sheet is not None and typed.title is not None:
        raise UsageError(words("template.only-new"))


def _made(made: Made, words: Translator, *, is_dry: bool) -> Answer:
    lines = [words("template.sheet", title=made.title, url=made.url), *_steps(made.steps, words, is_dry=is_dry)]
    if made.failure is not None:
        return Answer(_text([*lines, words(f"error.{made.failure.code}", **made.failure.detail)]), exit_code=1)
    return Answer(_text(lines if is_dry else [*lines, words("template.next")]))


def _steps(steps: Sequence[Step], words: Translator, *, is_dry: bool) -> Iterator[str]:
    """Yield what was or would be added, then what is left to a person."""
    added, left = [step for step in steps if not step.is_left], [step for step in steps if step.is_left]
    if added:
        yield words("template.would") if is_dry else words("template.done")
        yield from (f"  + {_sentence(step, words)}" for step in added)
    elif not any(step.code == "not-filled" for step in left):
        yield words("template.nothing")
    if left:
        yield words("template.left")
        yield from (f"  ! {_sentence(step, words)}" for step in left)


def _sentence(step: Step, words: Translator) -> str:
    if step.code == "tab-added":
        columns = words.plural("template.columns", len(step.columns))
    else:
        columns = format_list(list(step.columns), locale=words.locale)
    return words(f"template.step.{step.code}", **{"columns": columns, **step.detail})


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{printable(line)}\n" for line in lines)


TEMPLATE = Command("template", _add_options, _answer)
