"""What does the report look like on paper? One HTML file for A4, without a script, a link or the network.

Every figure comes from the report that the JSON prints; only the strips and the texts of tips come from the sheet.
"""

from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from genkdash.commands.reading import Reading
from genkdash.commands.report import report
from genkdash.commands.report_elements import UNKNOWN, Html, card, join, number, paragraph, section, text
from genkdash.commands.report_people import people
from genkdash.commands.report_strips import strips
from genkdash.commands.report_topics import reactions, shares, variety
from genkdash.i18n import Translator
from genkdash.i18n.formats import chance, day, day_and_year, one_decimal, period, share, time_of_day, whole
from genkdash.insights.lessons import is_answered
from genkdash.sheet.model import Sheet, Tip

Json: TypeAlias = dict[str, Any]

_STYLE = Path(__file__).with_name("report.css")
# no font, image or script, not even of our own: the file is the whole report
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def report_as_page(reading: Reading, words: Translator) -> str:
    """Return the report as one HTML file, with the names as staff see them."""
    told, sheet = report(reading), reading.sheet
    title = text(f"{sheet.campaign.name} – {day_and_year(sheet.today, words)}")
    body = [_header(sheet, words), _headline(told, sheet, words)]
    if sheet.influencers:
        body.append(section(words("strip.title"), strips(sheet, words)))
        body.append(section(words("people.title"), people(told["progress"]["influencers"], words)))
    body += [
        section(words("topics.title"), shares(told["topics"], sheet, words), variety(told["topics"], words)),
        section(words("reactions.title"), reactions(told["reactions"], words)),
        section(words("lessons.title"), _tips(told["tips"], sheet, words)),
        section(words("check.title"), _rows(told, words)),
        _footer(reading, words),
    ]
    return (
        f'<!doctype html>\n<html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{title}</title>\n<style>\n{_STYLE.read_text(encoding='utf-8')}</style></head>\n"
        f"<body>{join(body, chr(10))}</body></html>\n"
    )


def _header(sheet: Sheet, words: Translator) -> Html:
    """Return the name of the campaign, its period, the day of the numbers, and for whom this is."""
    campaign = sheet.campaign
    facts = [text(words("report.as_of", day=day_and_year(sheet.today, words)))]
    if campaign.start and campaign.end:
        facts.append(text(period(campaign.start, campaign.end, words)))
    facts.append(Html(f'<span class="for-staff">{text(words("report.for_staff"))}</span>'))
    return Html(f"<header><h1>{text(campaign.name)}</h1>{paragraph(join(facts, ' · '))}</header>")


def _headline(told: Json, sheet: Sheet, words: Translator) -> Html:
    """Return the numbers that stand first, and how it will end as far as can be told."""
    progress, people_count = told["progress"], len(sheet.influencers)
    part, expected = progress["share"], progress["expected"]
    cards = [
        card(
            words("overview.together"),
            number(part, share(part or 0, words)),
            words("report.of_target", target=whole(progress["target"], words)),
        ),
        card(
            words("report.posts"),
            number(progress["posts"], whole(progress["posts"], words)),
            words("report.posts_context"),
        ),
        card(
            words("overview.expected"),
            number(expected, whole(expected or 0, words)),
            words("overview.expected_context"),
        ),
        card(
            words("overview.reached"),
            number(progress["reached"], whole(progress["reached"], words)),
            words.plural("report.of_people", people_count),
        ),
    ]
    everybody = progress["probability_all"]
    is_over = sheet.campaign.end is None or sheet.today > sheet.campaign.end
    outlook = Html("")
    if everybody is not None and not is_over:
        sentence = number(everybody, words("report.everybody", chance=chance(everybody, words)))
        outlook = paragraph(sentence, "told")
    return Html(f'<dl class="cards">{join(cards)}</dl>{outlook}')


def _tips(tips: Json, sheet: Sheet, words: Translator) -> Html:
    """Return how many tips were answered and adopted, and each tip with what became of it."""
    if not tips["given"]:
        return paragraph(text(words("report.no_tips")), "quiet")
    days = tips["median_days_to_answer"]
    counts = [
        card(words(f"lessons.{name}"), number(tips[name], whole(tips[name], words)), words(f"report.tips.{name}"))
        for name in ("given", "answered", "adopted")
    ]
    counts.append(
        card(words("lessons.days"), number(days, one_decimal(days or 0, words)), words("lessons.days_context"))
    )
    ledger = join(_tip(tip, words) for tip in sheet.tips)
    return Html(f'<dl class="cards">{join(counts)}</dl><ul class="tips">{ledger}</ul>')


def _tip(tip: Tip, words: Translator) -> Html:
    """Return one tip: what was taught, by whom, what the city did and answered."""
    status = tip.status or ("heard" if is_answered(tip) else "waiting")
    about = [tip.influencer or "", day(tip.day, words) if tip.day else "", words(f"tip.{status}")]
    lines = [Html(f"<b>{text(tip.text)}</b>"), text(" · ".join(part for part in about if part))]
    if tip.reply:
        lines.append(text(words("lessons.reply", reply=tip.reply)))
    return Html(f"<li>{join(lines, '<br>')}</li>")


def _rows(told: Json, words: Translator) -> Html:
    """Return what became of the rows, and how many issues there are by weight."""
    rows = told["rows"]
    counts = [(words("check.read"), rows["read"]), (words("check.counted"), rows["counted"])]
    counts.append((words("check.not_counted"), rows["not_counted"]))
    weights = [issue["severity"] for issue in told["issues"]]
    found = [(words(f"report.issues.{name}"), weights.count(name)) for name in ("error", "warning", "info")]
    lines = [
        join((Html(f"{text(label)}: {number(count, whole(count, words))}") for label, count in facts), " · ")
        for facts in (counts, found)
    ]
    return join([*map(paragraph, lines), paragraph(text(words("report.issues.where")), "quiet")])


def _footer(reading: Reading, words: Translator) -> Html:
    """Return from which source this was read, and when, on the clocks of the campaign."""
    timezone = reading.sheet.campaign.timezone
    moment = reading.read_at.astimezone(ZoneInfo(timezone))
    name = words("report.example") if reading.kind == "example" else reading.name or UNKNOWN
    when = {"day": day_and_year(moment.date(), words), "time": time_of_day(moment, words, timezone)}
    return Html(f"<footer>{text(words('report.read', name=name, **when))}</footer>")
