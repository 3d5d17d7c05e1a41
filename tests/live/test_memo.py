import threading

import pytest

from genkdash.live.memo import Memo


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


class Picture:
    """Something that answers were made from."""


def test_answers_go_with_the_last_who_holds_the_picture_they_came_from() -> None:
    memo, first, second = Memo(), Picture(), Picture()
    for revision, picture in ((1, first), (2, second)):
        memo.forget_with(picture, revision)
        memo.forget_with(picture, revision)
        memo.once((revision, "monday"), "names", lambda: ["Amina"])
        memo.once((revision, "tuesday"), "names", lambda: ["Amina"])
    del first, picture
    assert [edition[0] for edition in memo._answers] == [2, 2]  # type: ignore[index]  # noqa: SLF001  the same
    del second
    assert memo._answers == {}  # noqa: SLF001  the same


def test_a_picture_that_goes_while_an_answer_is_computed_takes_its_answers_along() -> None:
    memo, pictures = Memo(), [Picture()]
    memo.forget_with(pictures[0], 1)

    def compute() -> str:
        away = threading.Thread(target=pictures.clear)
        away.start()
        away.join()
        return "figure"

    assert memo.once((1, "monday"), "strip", compute) == "figure"
    assert memo._answers == {}  # noqa: SLF001  the same


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
