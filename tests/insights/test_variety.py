import math
from itertools import permutations
from random import Random

import numpy as np
import pytest
from builders import post, sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from genkdash.insights.diversity import beta_by_chance, morisita
from genkdash.insights.topics import topic_matrix
from genkdash.insights.variety import overlap_of_pairs, variety_over_time, voices


def test_two_influencers_with_nothing_in_common_are_two_voices_and_chance_gives_fewer() -> None:
    rows = [post("2018-05-01", "Amina", topic) for topic in ("Eten", "Eten", "Sport", "Sport")]
    rows += [post("2018-05-01", "Bram", topic) for topic in ("Muziek", "Muziek", "Natuur", "Natuur")]
    log = sheet(*rows, influencers=["Chloë", "Amina", "Bram"])
    found = voices(log)
    assert (found.alpha, found.gamma, found.beta) == pytest.approx((2, 4, 2))
    assert found.beta_by_chance == pytest.approx(beta_by_chance(topic_matrix(log)), abs=0.02)
    assert found.beta_by_chance < 1.6


def test_a_post_keeps_its_topics_together_when_it_is_dealt_to_another() -> None:
    rows = [post("2018-05-01", name, "Eten", "Sport") for name in ("Amina", "Amina", "Bram")]
    found = voices(sheet(*rows))
    assert (found.alpha, found.beta, found.beta_by_chance) == pytest.approx((2, 1, 1))


@settings(deadline=None, max_examples=15)
@given(
    st.lists(
        st.tuples(st.sampled_from(["Amina", "Bram", "Chloë"]), st.sets(st.sampled_from("abcd"), max_size=3)),
        max_size=12,
    ),
    st.randoms(),
)
def test_the_order_of_rows_and_influencers_changes_no_voice(rows: list[tuple[str, set[str]]], random: Random) -> None:
    shuffled, names = list(rows), ["Amina", "Bram", "Chloë"]
    random.shuffle(shuffled)
    one, other = (
        voices(sheet(*(post("2018-05-01", name, *sorted(topics)) for name, topics in told), influencers=people))
        for told, people in ((rows, names), (shuffled, names[::-1]))
    )
    assert one == other
    if one is not None:
        assert 1 - 1e-9 <= one.beta <= len({name for name, topics in rows if topics}) + 1e-9


def test_without_topics_there_are_no_voices() -> None:
    assert voices(sheet(post("2018-05-01", "Amina"))) is None
    assert voices(sheet(influencers=["Amina"])) is None


def test_pairs_agree_with_the_overlap_of_two_on_any_counts() -> None:
    random = np.random.default_rng(0)
    names = ["Amina", "Bram", "Chloë", "Dries", "Elif"]
    rows = [post("2018-05-01", random.choice(names[:4]), random.choice(["Eten", "Sport", "Natuur"])) for _ in range(9)]
    log = sheet(*rows, influencers=names)
    overlap, matrix = overlap_of_pairs(log), topic_matrix(log)
    for one, other in permutations(names, 2):
        value = morisita(matrix.loc[one], matrix.loc[other])
        assert overlap.loc[one, other] == pytest.approx(math.nan if value is None else value, nan_ok=True)


def test_every_pair_has_its_overlap_both_ways_or_none() -> None:
    rows = [post("2018-05-01", "Amina", topic) for topic in ("Eten", "Eten", "Sport")]
    rows += [post("2018-05-01", "Bram", topic) for topic in ("Eten", "Sport", "Sport")]
    rows += [post("2018-05-01", "Chloë", "Eten")]
    overlap = overlap_of_pairs(sheet(*rows))
    assert overlap.loc["Amina", "Bram"] == overlap.loc["Bram", "Amina"] == pytest.approx(morisita([2, 1], [1, 2]))
    assert math.isnan(overlap.loc["Amina", "Chloë"])
    assert math.isnan(overlap.loc["Amina", "Amina"])


def test_variety_grows_with_each_day_that_has_a_post() -> None:
    rows = [
        post("2018-05-03", "Amina", "Sport", "Eten"),
        post("2018-05-01", "Amina", "Sport"),
        post("2018-05-02", "Bram"),
        post("2018-05-01", "Bram", "Sport"),
    ]
    growth = variety_over_time(sheet(*rows))
    assert growth["date"].dt.strftime("%d/%m").tolist() == ["01/05", "03/05"]
    assert growth["posts"].tolist() == [2, 3]
    shares = (2.5 / 3, 0.5 / 3)
    assert growth["q1"].tolist() == pytest.approx([1.0, math.exp(-sum(p * math.log(p) for p in shares))])


def test_without_posts_variety_has_no_days() -> None:
    assert variety_over_time(sheet()).columns.tolist() == ["date", "posts", "q1", "rarefied"]
    assert len(variety_over_time(sheet(post("2018-05-01")))) == 0
