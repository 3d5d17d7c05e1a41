from datetime import date

import pytest

from genkdash.commands.command import UsageError
from genkdash.commands.numbers import Options, options_of
from genkdash.commands.usage import COMMANDS, language_of, parse_arguments
from genkdash.i18n import translator
from genkdash.i18n.formats import alternatives

KNOWN = alternatives(COMMANDS, translator("nl"))


def parse_options(arguments: list[str]) -> Options:
    _command, typed = parse_arguments(arguments)
    return options_of(typed, translator(language_of(arguments)))


def test_a_report_is_json_of_the_configured_source_on_its_own_day_in_dutch() -> None:
    assert parse_options(["report"]) == Options("report", "json", None, None)


def test_every_option_is_read() -> None:
    typed = ["check", "--format", "json", "--source", "log.xlsx", "--as-of", "2018-07-01", "--language", "en"]
    assert parse_options(typed) == Options("check", "json", "log.xlsx", date(2018, 7, 1))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ([], f"Zeg wat je wilt zien: {KNOWN}. Met --help zie je hoe."),
        (["raport"], f"“raport” ken ik niet: kies {KNOWN}."),
        (["report", "--format", "xml"], "report kan niet als “xml”: kies json, csv of html."),
        (["report", "--format", "text"], "report kan niet als “text”: kies json, csv of html."),
        (["check", "--format", "csv"], "check kan niet als “csv”: kies text of json."),
        (["report", "--colour"], "“report --colour” begrijp ik niet. Met --help zie je wat je kunt typen."),
        (["report", "--source"], "“report --source” begrijp ik niet. Met --help zie je wat je kunt typen."),
        (["report", "--form", "csv"], "“report --form csv” begrijp ik niet. Met --help zie je wat je kunt typen."),
        (["report", "--language", "fr"], "“fr” is geen taal die ik ken: kies nl of en."),
        (["report", "--format", "xml", "--language=en"], "report can't be made as “xml”: choose json, csv or html."),
    ],
)
def test_a_mistake_is_answered_with_one_sentence(typed: list[str], sentence: str) -> None:
    with pytest.raises(UsageError) as refusal:
        parse_options(typed)
    assert refusal.value.sentence == sentence


@pytest.mark.parametrize("day", ["31/02", "20180701", "2018-W26-7", "2018-02-30", ""])
def test_a_day_is_written_in_one_way_only(day: str) -> None:
    with pytest.raises(UsageError) as refusal:
        parse_options(["report", "--as-of", day])
    assert refusal.value.sentence == (
        f"“{day}” is geen dag: schrijf --as-of als jaar-maand-dag, bijvoorbeeld 2018-07-01."
    )


def test_an_empty_source_is_not_taken_for_the_configured_one() -> None:
    with pytest.raises(UsageError) as refusal:
        parse_options(["report", "--source", " "])
    assert refusal.value.sentence == (
        "Na --source staat niets: geef een bestand, een map of een Google-sheet op, of laat --source weg."
    )


@pytest.mark.parametrize("typed", [["--help"], ["report", "--help"], ["check", "--language", "en", "-h"]])
def test_help_is_printed_and_leaves_well(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        parse_options(typed)
    assert leaving.value.code == 0
    assert "genkdash" in capsys.readouterr().out
