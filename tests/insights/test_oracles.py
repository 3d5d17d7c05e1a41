"""Do the figures agree with packages that are not ours? scikit-bio and copia, over any counts."""

import math
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skbio.diversity import alpha as skbio

from genkdash.insights.diversity import (
    asymptotic_diversity,
    chao1,
    hill_number,
    hurlbert_pie,
    pielou_evenness,
    rarefy,
)

COUNTS = st.lists(st.integers(1, 40), min_size=1, max_size=15)
# topics seen once or twice decide the estimates, so here they are many
RARE = st.lists(st.sampled_from([1, 1, 1, 2, 2, 3, 7, 30]), min_size=1, max_size=15)


@pytest.fixture(scope="module")
def copia() -> ModuleType:
    # its later versions need Python 3.13 and have other names
    pytest.importorskip("copia", reason="copia 0.1.4 needs a Python before 3.13")
    import copia.hill  # noqa: PLC0415  only where it is installed
    import copia.stats  # noqa: PLC0415  the same

    return copia


@settings(deadline=None)
@given(COUNTS)
def test_observed_diversity_is_that_of_scikit_bio(counts: list[int]) -> None:
    found = [hill_number(counts, q) for q in (0, 0.5, 1, 2, 3)]
    assert found == pytest.approx([skbio.hill(counts, order=q) for q in (0, 0.5, 1, 2, 3)], rel=1e-9)
    assert hill_number(counts, 2) == pytest.approx(skbio.inv_simpson(counts))


@settings(deadline=None)
@given(COUNTS)
def test_the_chance_that_two_posts_differ_is_the_finite_simpson_of_scikit_bio(counts: list[int]) -> None:
    if sum(counts) >= 2:
        assert hurlbert_pie(counts) == pytest.approx(skbio.simpson(counts, finite=True), abs=1e-12)


@settings(deadline=None)
@given(COUNTS)
def test_evenness_is_that_of_scikit_bio_but_for_one_topic(counts: list[int]) -> None:
    # one topic: 1 there; H / ln S is 0 / 0, and "perfectly even" would say something about somebody with one topic
    expected = None if len(counts) == 1 else pytest.approx(skbio.pielou_e(counts))
    assert pielou_evenness(counts) == expected
    assert skbio.pielou_e([5]) == 1.0


@settings(deadline=None)
@given(RARE)
def test_the_number_of_topics_without_end_is_that_of_scikit_bio_times_its_missing_factor(counts: list[int]) -> None:
    # scikit-bio leaves (n - 1) / n out; with no topic seen twice its uncorrected form divides by zero
    n, seen = sum(counts), len(counts)
    if 1 not in counts:
        return
    theirs = skbio.chao1(counts, bias_corrected=2 not in counts)
    assert chao1(counts) == pytest.approx(seen + (n - 1) / n * (theirs - seen))


@settings(deadline=None)
@given(counts=RARE)
def test_observed_and_without_end_are_those_of_copia(copia: ModuleType, counts: list[int]) -> None:
    x = np.array(counts)
    observed = [hill_number(counts, q) for q in (0, 1, 2)]
    assert observed == pytest.approx(copia.hill.empirical_hill(x, (0, 1, 2)).tolist())
    theirs = [None if math.isnan(value) else value for value in copia.hill.estimated_hill(x, (0, 1)).tolist()]
    assert [asymptotic_diversity(counts, q) for q in (0, 1)] == pytest.approx(theirs, rel=1e-6)
    if max(counts) > 1:
        # without a repeated topic theirs is NaN
        assert asymptotic_diversity(counts, 2) == pytest.approx(copia.hill.estimated_hill(x, [2])[0])


@settings(deadline=None)
@given(counts=COUNTS)
def test_rarefied_richness_is_that_of_copia(copia: ModuleType, counts: list[int]) -> None:
    n = sum(counts)
    theirs = copia.stats.rarefaction_extrapolation(np.array(counts), n + 1)
    assert [rarefy(counts, m) for m in range(1, n + 1)] == pytest.approx(theirs.tolist())
