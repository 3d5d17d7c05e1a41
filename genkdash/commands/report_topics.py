"""What does the printed report say of topics, variety and reactions?"""

from typing import Any, TypeAlias

from genkdash.charts.colours import topic_colours
from genkdash.commands.report_elements import Html, join, number, paragraph, table, text
from genkdash.commands.report_strips import swatch, topic_letters
from genkdash.i18n import Translator
from genkdash.i18n.formats import one_decimal, share, whole
from genkdash.sheet.model import Sheet

Json: TypeAlias = dict[str, Any]


def shares(topics: Json, sheet: Sheet, words: Translator) -> Html:
    """Return a row per topic with its share as a bar and a percentage, then the topics nobody told about."""
    if not topics["shares"]:
        return paragraph(text(words("topics.empty")), "quiet")
    colours, letters = topic_colours(sheet), topic_letters(topics["shares"])
    largest = max(topics["shares"].values())
    rows = [
        [
            join([swatch(colours[topic], letters[topic]), text(topic)]),
            _bar(part / largest, colours[topic]),
            number(part, share(part, words)),
        ]
        for topic, part in topics["shares"].items()
    ]
    headers = [words("export.topic"), words("topics.shares_title"), words("report.share")]
    told = [table(headers, rows, kind="shares", numbers=frozenset({2}))]
    told.append(paragraph(text(words.plural("topics.posts", topics["posts"])), "quiet"))
    if topics["untouched"]:
        told.append(paragraph(text(words("report.untouched", topics=", ".join(topics["untouched"])))))
    return join(told)


def variety(topics: Json, words: Translator) -> Html:
    """Return how varied it is, each figure with the sentence that says what it is."""
    hill, voices = topics["hill"], topics["voices"]
    beta, by_chance = voices["beta"], voices["beta_by_chance"]
    total = topics["asymptotic"]["q0"]
    figures = [
        ("export.people.q1", number(hill["q1"], one_decimal(hill["q1"] or 0, words)), "method.hill"),
        ("topics.differ", number(topics["pie"], share(topics["pie"] or 0, words)), "method.pie"),
        ("topics.even", number(topics["pielou"], share(topics["pielou"] or 0, words)), "method.pielou"),
        ("variety.voices", number(beta, one_decimal(beta or 0, words)), "method.voices"),
        ("report.by_chance", number(by_chance, one_decimal(by_chance or 0, words)), "method.chance"),
        ("variety.coverage", number(topics["coverage"], share(topics["coverage"] or 0, words)), "method.coverage"),
        ("variety.total", number(total, whole(total or 0, words)), "method.asymptotic"),
    ]
    told = join(
        Html(f"<div><dt><b>{figure}</b> {text(words(label))}</dt><dd>{text(words(method))}</dd></div>")
        for label, figure, method in figures
    )
    return Html(f'<h3>{text(words("report.variety"))}</h3><dl class="varied">{told}</dl>')


def reactions(told: Json, words: Translator) -> Html:
    """Return the median number of likes, of all posts and by platform, each with what it rests on."""
    likes = told["likes"]
    rows = [_median(words("report.all_platforms"), likes["median"], likes, words)]
    rows += [
        _median(one["platform"] or words("platform.unknown"), one["median_likes"], one, words)
        for one in told["by_platform"]
    ]
    headers = [words("export.platform"), words("export.medians.likes"), words("reactions.known")]
    return join(
        [
            table(headers, rows, kind="reactions", numbers=frozenset({1})),
            paragraph(text(words("method.median")), "quiet"),
            paragraph(text(words("method.known")), "quiet"),
        ]
    )


def _median(group: str, median: float | None, rests_on: Json, words: Translator) -> list[Html]:
    """Return the row of one group."""
    shown = text(words("reactions.few")) if median is None else number(median, one_decimal(median, words))
    known, posts = rests_on["known"], rests_on["posts"]
    return [text(group), shown, text(words("reactions.coverage", known=whole(known, words), posts=whole(posts, words)))]


def _bar(part: float, colour: str) -> Html:
    """Return a bar of `part` (0-1) of the width."""
    return Html(
        '<svg viewBox="0 0 100 5" preserveAspectRatio="none" height="10" aria-hidden="true">'
        f'<rect width="{100 * part:.2f}" height="5" fill="{text(colour)}"/></svg>'
    )
