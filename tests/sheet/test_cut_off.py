from datetime import date

import pandas as pd
from books import book, post, sheet

from genkdash.sheet.model import Tip
from genkdash.sheet.parse import parse

CUT = date(2018, 6, 30)
AFTER = date(2018, 7, 1)
TIPS = ["Datum", "Tip", "Status", "Antwoord", "Beantwoord op"]


def test_a_post_after_the_day_is_neither_read_nor_blank_and_the_others_keep_their_row() -> None:
    rows = [post(Datum=AFTER, Likes="veel"), post(Datum=CUT), [None], post(Datum="1 juli 2018"), post(Datum="ooit")]
    result = sheet(rows, cut_off=CUT)

    assert result.posts["row"].tolist() == [3, 6]
    assert [(issue.code, issue.row) for issue in result.issues] == [("bad-date", 6)]
    assert (result.rows.read, result.rows.counted, result.rows.blank) == (2, 1, 1)


def test_a_day_in_the_distant_future_is_simply_not_there_yet() -> None:
    assert sheet([post(Datum=date(2099, 1, 1))], cut_off=CUT).issues == ()


def test_reactions_measured_after_the_day_are_unknown() -> None:
    later = post(Likes=10, Bereik="heel veel", **{"Gemeten op": "1/7/2018"})
    result = sheet([later, post(Likes=20, **{"Gemeten op": CUT})], cut_off=CUT)

    assert result.issues == ()
    assert result.posts["likes"].isna().tolist() == [True, False]
    assert result.posts["measured_on"].isna().tolist() == [True, False]


def test_tips_replies_and_meetings_after_the_day_are_not_there() -> None:
    rows = [
        TIPS,
        [CUT, "Kort", "doorgevoerd", "Doen we", AFTER],
        [CUT, "Leuk", "gehoord", "Fijn", CUT],
        [AFTER, "Later", "?"],
    ]
    result = sheet(Tips=rows, Vergaderingen=[["Datum"], [CUT], [AFTER]], cut_off=CUT)

    assert result.tips == (Tip(2, "Kort", CUT), Tip(3, "Leuk", CUT, status="heard", reply="Fijn", replied_on=CUT))
    assert result.meetings == (CUT,)
    assert result.issues == ()


def test_a_replay_equals_a_sheet_that_was_cut_off_there() -> None:
    days = [date(2018, 5, 3), date(2018, 5, 9), date(2018, 6, 30), date(2018, 7, 1), date(2018, 8, 1)]
    rows = [post(Datum=day, Influencer=name) for day, name in zip(days, ["Bo", "bo", "Bo", "Amina", "BO"], strict=True)]
    replayed = parse(book(rows, Influencers=None, Campagne=None), today=CUT, cut_off=CUT)
    cut = parse(book(rows[:3], Influencers=None, Campagne=None), today=CUT)

    pd.testing.assert_frame_equal(replayed.posts, cut.posts)
    assert (replayed.influencers, replayed.campaign, replayed.issues) == (cut.influencers, cut.campaign, cut.issues)
