import pytest
from books import post, sheet

from genkdash.sheet.model import Topic
from genkdash.sheet.topics import likely_theme


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        ("Muziek", ("Muziek",)),
        ("muziek; SPORT", ("Muziek", "Sport")),
        ("Sport,Muziek", ("Sport", "Muziek")),
        ("Sport | Muziek", ("Sport", "Muziek")),
        ("Sport\nMuziek\n", ("Sport", "Muziek")),
        ("Kunst, Cultuur", ("Kunst, cultuur",)),
        ("Sport; kunst, cultuur", ("Sport", "Kunst, cultuur")),
        ("dansmuziek", ("Muziek",)),
        ("Muziek; dansmuziek; muziek", ("Muziek",)),
        (" ; , ", ()),
    ],
)
def test_a_cell_gives_each_of_its_themes_once(typed: str, topics: tuple[str, ...]) -> None:
    assert sheet([post(Themas=typed)]).posts["topics"].tolist() == [topics]


def test_the_list_of_themes_is_read() -> None:
    rows = [
        ["Thema", "Synoniemen", "Kleur", "Omschrijving"],
        ["Muziek", "muziekjes; dansmuziek", "#AA00ff", "alles wat klinkt"],
    ]

    assert sheet(Themas=rows).topics == (Topic("Muziek", ("muziekjes", "dansmuziek"), "#AA00ff", "alles wat klinkt"),)


@pytest.mark.parametrize("colour", ["rood", "#fff", "aa00ff", "#aa00fg", 12])
def test_a_colour_in_another_form_is_left_out(colour: object) -> None:
    result = sheet(Themas=[["Thema", "Kleur"], ["Muziek", colour]])

    assert [(issue.code, issue.column) for issue in result.issues] == [("bad-setting", "B")]
    assert result.topics == (Topic("Muziek"),)


def test_a_theme_that_stands_twice_counts_the_first_time() -> None:
    result = sheet(Themas=[["Thema", "Kleur"], ["Muziek", "#112233"], ["muziek", "#445566"]])

    assert result.topics == (Topic("Muziek", colour="#112233"),)
    assert [(issue.code, issue.row) for issue in result.issues] == [("bad-setting", 3)]


def test_a_name_goes_before_another_themes_synonym() -> None:
    result = sheet([post(Themas="sport")], Themas=[["Thema", "Synoniemen"], ["Bewegen", "sport"], ["Sport"]])

    assert result.posts["topics"].tolist() == [("Sport",)]


def test_without_a_list_a_theme_has_its_most_frequent_spelling_then_the_first() -> None:
    typed = ["erfgoed", "Erfgoed", "Érfgoed; Eten", "Erfgoed; eten"]
    result = sheet([post(Themas=cell) for cell in typed], Themas=None)

    assert result.posts["topics"].tolist() == [("Erfgoed",), ("Erfgoed",), ("Erfgoed", "Eten"), ("Erfgoed", "Eten")]
    assert result.topics is None
    assert [issue.code for issue in result.issues] == ["missing-tab"]


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [("Muziekk", "Muziek"), ("Muizek", "Muziek"), ("mzuikek", "Muziek"), ("Sprot", "Sport"), ("dansmuzik", "Muziek")],
)
def test_a_slip_of_the_pen_comes_with_what_may_be_meant(typed: str, suggestion: str) -> None:
    result = sheet([post(Themas=typed)])

    assert [issue.code for issue in result.issues] == ["similar-topic", "new-topic"]
    assert result.issues[0].detail == {"topic": typed, "suggestion": suggestion}


@pytest.mark.parametrize("typed", ["Spits", "Mode", "Mzkie", "Sportkampen"])
def test_another_word_is_no_slip(typed: str) -> None:
    assert [issue.code for issue in sheet([post(Themas=typed)]).issues] == ["new-topic"]


@pytest.mark.parametrize(
    ("common", "rare"), [("Bus", "Bos"), ("Film", "Firma"), ("Week 21", "Week 22"), ("Podium 1", "Podium")]
)
def test_short_words_and_numbered_ones_are_never_taken_for_slips(common: str, rare: str) -> None:
    result = sheet([post(Themas=common), post(Themas=common), post(Themas=rare)], Themas=None)

    assert [issue.code for issue in result.issues] == ["missing-tab"]


def test_two_unlisted_themes_that_are_equally_frequent_are_left_alone() -> None:
    result = sheet([post(Themas="Erfgoed"), post(Themas="Erfgoet")], Themas=None)

    assert [issue.code for issue in result.issues] == ["missing-tab"]


def test_each_new_theme_of_a_post_is_noted() -> None:
    result = sheet([post(Themas="Erfgoed; Muziek; Eten")])

    assert [(issue.code, issue.detail["topic"], issue.value) for issue in result.issues] == [
        ("new-topic", "Erfgoed", "Erfgoed; Muziek; Eten"),
        ("new-topic", "Eten", "Erfgoed; Muziek; Eten"),
    ]


def test_a_platform_has_one_spelling() -> None:
    typed = ["instagram", "Instagram", "INSTAGRAM", "Instagram", None, "TikTok"]
    result = sheet([post(Platform=platform) for platform in typed])

    assert result.posts["platform"].tolist() == ["Instagram", "Instagram", "Instagram", "Instagram", None, "TikTok"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Muzeik", "Muziek"), ("muziek", None), ("Sprt", "Sport"), ("Koken", None), ("Week 22", None), ("", None)],
)
def test_who_types_a_theme_with_a_slip_is_asked_for_the_one_that_was_meant(typed: str, meant: str | None) -> None:
    assert likely_theme(typed, ["Sport", "Muziek", "Week 21"]) == meant
