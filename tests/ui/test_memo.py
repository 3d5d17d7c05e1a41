import threading

import pytest

from genkdash.ui.memo import Memo


def test_an_answer_is_computed_once_per_edition_however_many_ask_at_a_time() -> None:
    memo, asked, answers = Memo(), [], []
    together = threading.Barrier(8)

    def compute() -> str:
        asked.append(1)
        return "figure"

    def ask() -> None:
        together.wait()
        answers.append(memo.once((1, "2018-08-20"), "strip", compute))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["figure"] * 8
    assert len(asked) == 1


def test_another_revision_or_day_or_question_has_its_own_answer() -> None:
    memo = Memo()
    assert memo.once((1, "monday"), "a", lambda: 1) == 1
    assert memo.once((2, "monday"), "a", lambda: 2) == 2
    assert memo.once((2, "tuesday"), "a", lambda: 3) == 3
    assert memo.once((2, "tuesday"), "b", lambda: 4) == 4


def test_older_editions_are_forgotten() -> None:
    memo = Memo(editions=2)
    for revision in range(50):
        memo.once(revision, "a", lambda: "answer")
    assert len(memo._answers) == 2  # noqa: SLF001  what is kept in memory can't be seen from outside


def test_a_question_that_fails_is_asked_again() -> None:
    memo = Memo()
    answers = iter([ValueError("no"), "yes"])

    def compute() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ValueError, match="no"):
        memo.once(1, "a", compute)
    assert memo.once(1, "a", compute) == "yes"
