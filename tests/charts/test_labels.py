"""A name beside its row is whole where it fits, and never a number to Plotly."""

from genkdash.charts.labels import row_axis, row_pixels, shortened


def test_a_name_of_twenty_two_letters_is_whole_and_a_longer_one_ends_in_an_ellipsis() -> None:
    assert shortened("Anna-Maria van den Berg"[:22]) == "Anna-Maria van den Ber"
    assert shortened("Anna-Maria van den Berghe") == "Anna-Maria van den Be…"


def test_every_row_has_its_label_and_the_first_one_stands_on_top() -> None:
    axis = row_axis(["2018", "<b>"])
    assert axis["type"] == "category"
    assert axis["tickvals"] == ["2018", "&lt;b&gt;"]
    assert axis["ticktext"] == ["2018", "&lt;b&gt;"]
    assert axis["categoryarray"] == ["&lt;b&gt;", "2018"]


def test_two_long_names_that_begin_alike_keep_rows_of_their_own() -> None:
    names = ["Anna-Maria van den Berghe de eerste", "Anna-Maria van den Berghe de tweede"]
    assert row_axis(names)["tickvals"] == names


def test_the_longest_name_says_how_much_room_names_take_however_short_the_others_are() -> None:
    assert row_pixels(["Bram"]) == 48
    assert row_pixels(["Bram", "Maximilienne", "Li"]) == row_pixels(["Maximilienne"]) == 98
    assert row_pixels(["W" * 30]) == row_pixels(["W" * 40])
    assert row_pixels([]) == 14
