from datetime import date

from builders import campaign, influencer, post, sheet

from genkdash.i18n import translator
from genkdash.insights.digest import weekly_digest
from genkdash.sheet.model import Sheet, Tip
from genkdash.ui.digest import digest_text


def text(log: Sheet, language: str = "nl") -> str:
    return digest_text(weekly_digest(log, today=date(2018, 8, 20)), translator(language))


WEEK = sheet(
    post("2018-05-01", "Amina", "Muziek"),
    post("2018-08-18", "Amina", "Sport"),
    post("2018-08-19", "Bram", "Muziek"),
    influencers=[influencer("Amina", target=2), influencer("Bram")],
    tips=[Tip(2, "Zeg\n'je'", reply="Doen we", replied_on=date(2018, 8, 15))],
)


def test_the_week_reads_as_a_message() -> None:
    assert text(WEEK).splitlines() == [
        "Genk vertelt, 14 augustus tot en met 20 augustus",
        "",
        "Er kwamen 2 nieuwe berichten bij, van Amina en Bram.",
        "Voor het eerst verteld: Sport.",
        "Amina haalde het doel. Proficiat!",
        "De stad antwoordde op de tip “Zeg 'je'”: “Doen we”",
        "",
        "Samen staan we op 3 van de 14 berichten (21\u00a0%). Doel gehaald: 1.",
    ]


def test_the_week_reads_in_english_too() -> None:
    assert text(WEEK, "en").splitlines()[2] == "2 new posts came in, by Amina and Bram."


def test_a_quiet_week_says_so_and_nothing_it_does_not_know() -> None:
    log = sheet(post("2018-05-01", "Amina"), influencers=[influencer("Amina", target=0)])
    assert text(log).splitlines() == [
        "Genk vertelt, 14 augustus tot en met 20 augustus",
        "",
        "Het was een stille week: er kwam geen nieuw bericht bij.",
        "",
        "Samen staan we op 1 bericht.",
    ]


def test_a_name_with_braces_or_line_breaks_is_told_as_it_is_on_one_line() -> None:
    log = sheet(post("2018-08-19", "{0.__class__}\nX"), frame=campaign(name="{names}"))
    lines = text(log).splitlines()
    assert lines[0].startswith("{names}, 14")
    assert "van {0.__class__} X." in lines[2]
