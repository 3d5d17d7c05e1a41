from builders import influencer, post, sheet

from genkdash.exports.csv_file import csv_bytes
from genkdash.exports.people import people_table
from genkdash.i18n import Language, translator
from genkdash.sheet.model import Sheet


def table(log: Sheet, language: Language = "nl") -> str:
    words = translator(language)
    return csv_bytes(people_table(log, words), words).decode()


def test_the_table_opens_in_a_belgian_excel() -> None:
    log = sheet(post("2018-05-01", "Zoë", "Muziek"), post("2018-08-11", "Zoë", "Sport"))
    assert table(log) == (
        "\ufeffInfluencer;Berichten;Doel;Boven het doel;Verwacht tot vandaag;Verschil met verwacht;Laatste bericht;"
        "Dagen sinds laatste bericht;Langste stilte in dagen;Dagen tussen berichten (mediaan);Stand;"
        "Kans op het doel;Eindigt op minstens;Eindigt op hoogstens;Doel ten vroegste;Doel ten laatste;Thema's;"
        "Zo gevarieerd als zoveel gelijke thema's;Kans dat twee berichten van thema verschillen;"
        "Vergeleken bij zoveel berichten;Thema's bij zoveel berichten\r\n"
        "Zoë;2;12;0;8,3279;-6,3279;11/08/2018;9;102;102;achter;0,0004;2;5;;;2;2;1;;\r\n"
    )


def test_what_is_unknown_is_an_empty_cell() -> None:
    assert table(sheet(influencers=[influencer("Amina", start=None, end=None)])).splitlines()[1] == (
        "Amina;0;12;0;;;;;;;nog niet te zeggen;;;;;;0;;;;"
    )


def test_a_forecast_that_means_nothing_yet_is_not_in_a_table_that_people_read() -> None:
    log = sheet(influencers=[influencer("Amina", start="2018-08-10")])
    assert ";te vroeg om te zeggen;;;;;;0;" in table(log)


def test_a_name_never_becomes_a_formula_or_a_second_cell() -> None:
    log = sheet(influencers=[influencer('=HYPERLINK("x";"y")'), influencer("@SUM(A1)"), influencer("Jan; Piet")])
    lines = table(log).splitlines()
    assert lines[1].startswith('"\'=HYPERLINK(""x"";""y"")";0;12;')
    assert lines[2].startswith("'@SUM(A1);0;12;")
    assert lines[3].startswith('"Jan; Piet";0;12;')


def test_headers_speak_english_too() -> None:
    assert table(sheet(), "en").startswith("\ufeffInfluencer;Posts;Target;Above the target;")
