"""How is a number worked out once, when several questions begin with it?

The answer is kept in the sheet it is of, and leaves memory together with it: nobody who was deleted is remembered here.
Only for answers that are small, and that nobody changes.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from genkdash.sheet.model import Sheet

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def once_per_sheet(
    question: Callable[Concatenate[Sheet, Asked], Answer],
) -> Callable[Concatenate[Sheet, Asked], Answer]:
    """Have `question` answered once for each sheet and for each of its other arguments, which are hashable.

    Two threads that ask at the same time may both work it out; the answers are the same.
    """

    def ask(sheet: Sheet, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        key = (question, args, frozenset(kwargs.items()))
        if key not in sheet.worked_out:
            sheet.worked_out[key] = question(sheet, *args, **kwargs)
        answer: Answer = sheet.worked_out[key]
        return answer

    # `wraps` would give it a type of its own.
    return cast("Callable[Concatenate[Sheet, Asked], Answer]", wraps(question)(ask))
