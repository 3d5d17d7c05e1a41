"""Is everything in order, and if not, who does what? `doctor` says it, a line for each thing that must work."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import datetime

from genkdash.commands.check import printable
from genkdash.commands.command import Answer, Command, UsageError
from genkdash.commands.report import as_json
from genkdash.doctor.examine import examine
from genkdash.doctor.findings import Finding
from genkdash.i18n import Translator
from genkdash.live.clock import now

_MARKS = {"ok": "✓", "look": "!", "wrong": "✗", "skipped": "–"}


def _add_options(parser: ArgumentParser, words: Translator) -> None:
    parser.add_argument("--source", metavar="…", help=words("command.help.source"))
    parser.add_argument("--json", action="store_true", help=words("doctor.help.json"))


def _answer(typed: Namespace, words: Translator, _started_at: datetime) -> Answer:
    """Return all findings; the exit code is 1 when something must be mended."""
    if typed.source is not None and not typed.source.strip():
        raise UsageError(words("command.empty-source"))
    # Google's clock is held against ours at the moment of its answer, not at the start of the command.
    findings = examine(typed.source, clock=now)
    text = _as_json(findings, words) if typed.json else _as_text(findings, words)
    return Answer(text, exit_code=1 if any(finding.status == "wrong" for finding in findings) else 0)


def _as_json(findings: Sequence[Finding], words: Translator) -> str:
    lines = [
        {
            "step": finding.step,
            "status": finding.status,
            "message": finding.message,
            "sentence": _sentence(finding, words),
            "url": finding.url,
        }
        for finding in findings
    ]
    return as_json({"schema": 1, "in_order": not any(line["status"] == "wrong" for line in lines), "findings": lines})


def _as_text(findings: Sequence[Finding], words: Translator) -> str:
    width = max(len(_step(finding, words)) for finding in findings)
    lines = []
    for finding in findings:
        lines.append(f"{_MARKS[finding.status]} {_step(finding, words):{width}}  {_sentence(finding, words)}")
        lines += [f"  {'':{width}}  {finding.url}"] if finding.url else []
    return "\n".join(map(printable, [*lines, "", _total(findings, words)])) + "\n"


def _total(findings: Sequence[Finding], words: Translator) -> str:
    count = {status: sum(finding.status == status for finding in findings) for status in _MARKS}
    if count["wrong"]:
        return words.plural("doctor.total.wrong", count["wrong"])
    return words.plural("doctor.total.look", count["look"]) if count["look"] else words("doctor.total.ok")


def _sentence(finding: Finding, words: Translator) -> str:
    return words(finding.message, **finding.detail)


def _step(finding: Finding, words: Translator) -> str:
    return words(f"doctor.step.{finding.step}")


DOCTOR = Command("doctor", _add_options, _answer)
