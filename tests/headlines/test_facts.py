"""Facts stand in rows under their headers, and a card can say what each of them is."""

from genkdash.headlines.facts import facts_table


def test_a_row_has_its_name_and_each_cell_says_which_header_is_its_own() -> None:
    drawn = facts_table({"Naam": ["Amina", "Bo"], "Doel": ["12", "–"]}, alt="per influencer")
    assert drawn == (
        '<table class="facts" aria-label="per influencer">'
        '<thead><tr><th scope="col">Naam</th><th scope="col">Doel</th></tr></thead><tbody>'
        '<tr><th scope="row">Amina</th><td data-tip="Doel">12</td></tr>'
        '<tr><th scope="row">Bo</th><td data-tip="Doel">–</td></tr></tbody></table>'
    )


def test_a_sentence_has_a_line_of_a_card_for_itself() -> None:
    drawn = facts_table({"Waar": ["B2"], "Wat te doen": ["Vul een datum in."]}, alt="x", long={"Wat te doen"})
    assert '<td class="long" data-tip="Wat te doen">Vul een datum in.</td>' in drawn


def test_a_text_of_the_sheet_stays_a_text() -> None:
    drawn = facts_table({"Naam": ["<b>Bo</b>"], "Stand": ['"><script>']}, alt="x")
    assert '<th scope="row">&lt;b&gt;Bo&lt;/b&gt;</th><td data-tip="Stand">&quot;&gt;&lt;script&gt;</td>' in drawn
