import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.sheet.names import distance, fold, nearest, parts_of, tidy, usual_spellings


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thema's", "THEMA’S"),
        ("Thema's", "Themas"),
        ("Thema\u00b4s", "thema`s"),
        (" Gemeten\u00a0 op ", "gemeten op"),
        ("Özge", "ozge"),
        ("Yıldız", "YILDIZ"),
        ("İpek", "ipek"),
        ("Łukasz", "lukasz"),
        ("e\u0301", "É"),
        ("ﬁlm", "Film"),
        ("Straße", "STRASSE"),
        ("\ufeffDatum", "datum"),
    ],
)
def test_two_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_text_of_nothing_but_signs_stays_different_from_blank() -> None:
    assert fold("'") == "'"
    assert fold("  ") == ""


def test_what_nobody_sees_is_taken_out_of_a_text() -> None:
    assert tidy(" Ami\u200bna\ud800\x00 ") == "Amina"


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_what_turns_the_rest_of_the_line_around_is_taken_out_of_a_text(sign: str) -> None:
    assert tidy(f"Ami{sign}na") == "Amina"


def test_a_family_of_joined_faces_and_marks_of_direction_stay() -> None:
    assert tidy("\U0001f468\u200d\U0001f469 \u200fשלום") == "\U0001f468\u200d\U0001f469 \u200fשלום"


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [("muziek", "muziek", 0), ("muizek", "muziek", 1), ("muzik", "muziek", 1), ("sprot", "sport", 1), ("", "abc", 3)],
)
def test_a_swap_is_one_slip(one: str, other: str, letters: int) -> None:
    assert distance(one, other) == letters


def test_the_nearest_name_is_the_first_of_equals() -> None:
    assert nearest("Amnia", ["Bo", "Amina"]) == "Amina"
    assert nearest("zzz", ["abc", "abd"]) == "abc"


def test_the_usual_spelling_is_the_most_frequent_then_the_first() -> None:
    assert usual_spellings({"tiktok": 1, "TikTok": 2, "Facebook": 1, "facebook": 1}) == {
        "tiktok": "TikTok",
        "facebook": "Facebook",
    }


def test_empty_parts_of_a_cell_are_left_out() -> None:
    assert parts_of(" Ami ;; Mina; ", ";") == ["Ami", "Mina"]
