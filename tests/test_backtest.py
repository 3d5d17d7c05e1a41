from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tools import backtest
from tools.backtest import Case, Forecast, asked_beforehand, own_weeks, straight_line, straight_line_with_chance

NOTHING = Forecast(0, 0, 0)


def case(*posts_by_week: int, weeks_left: int, target: int, final: int = 0) -> Case:
    return Case(posts_by_week, weeks_left, target, final, NOTHING)


def test_without_the_log_it_says_so_and_is_content(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(backtest, "LOG", tmp_path / "nowhere.csv")
    backtest.main()
    assert capsys.readouterr().out.startswith("There is no log to test the forecast on: ")


def test_the_other_ways_by_hand() -> None:
    one_a_week = case(2, 0, 1, 1, weeks_left=2, target=6)
    assert straight_line(one_a_week) == Forecast(1.0, 6, 6)
    # at least two more posts, where two are expected: 1 - e^-2 (1 + 2)
    assert straight_line_with_chance(one_a_week).chance == pytest.approx(1 - 3 * np.exp(-2))
    # two weeks drawn from 2, 0, 1, 1: eleven of the sixteen pairs make at least two
    assert own_weeks(one_a_week, np.random.default_rng(0)).chance == pytest.approx(11 / 16, abs=0.04)
    assert own_weeks(case(0, 0, weeks_left=5, target=1), np.random.default_rng(0)) == Forecast(0.0, 0.0, 0.0)


def test_a_team_asked_beforehand_knows_nothing_of_the_campaign() -> None:
    days = {
        "Amina": [date(2018, 2, 1), date(2018, 3, 1), date(2018, 3, 31), date(2018, 4, 1)],
        "Bram": [date(2018, 3, 1)] + [date(2018, 5, 1)] * 9,
    }
    assert asked_beforehand(days, date(2018, 4, 1)) == {"Amina": 2}


@pytest.mark.skipif(not backtest.LOG.exists(), reason="the real log lies outside the project, and is not here")
def test_on_a_real_log_ours_has_the_lowest_brier_score() -> None:
    found = list(backtest.cases(backtest.read_log(backtest.LOG), asked_beforehand))
    random = np.random.default_rng(0)
    reached = np.array([one.final >= one.target for one in found])

    def brier(chances: list[float]) -> float:
        return float(((np.array(chances) - reached) ** 2).mean())

    ours = brier([one.ours.chance for one in found])
    others = [
        brier([straight_line(one).chance for one in found]),
        brier([straight_line_with_chance(one).chance for one in found]),
        brier([own_weeks(one, random).chance for one in found]),
    ]
    assert ours < min(others)
    assert np.mean([one.ours.low <= one.final <= one.ours.high for one in found]) >= 0.8
