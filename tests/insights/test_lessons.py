from datetime import date

from builders import sheet

from genkdash.insights.lessons import TipSummary, tip_summary
from genkdash.sheet.model import Tip


def test_tips_are_given_answered_and_adopted() -> None:
    tips = [
        Tip(2, "Gebruik TikTok", date(2018, 5, 1), status="adopted", reply="Doen we", replied_on=date(2018, 5, 11)),
        Tip(3, "Minder tekst", date(2018, 5, 1), status="heard", replied_on=date(2018, 5, 15)),
        Tip(4, "Vraag ons eerst", status="tried", reply="Goed idee"),
        Tip(5, "Muziek erbij", date(2018, 6, 1)),
    ]
    assert tip_summary(sheet(tips=tips)) == TipSummary(4, 3, 1, 12.0)


def test_without_tips_the_days_to_an_answer_are_unknown() -> None:
    assert tip_summary(sheet()) == TipSummary(0, 0, 0, None)
