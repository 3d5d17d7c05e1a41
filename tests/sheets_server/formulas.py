"""What is the value of a small formula?

Only what a shared log needs: arithmetic, references to cells of the same tab, and the errors that Google shows
for what goes wrong. Every function is unknown (`#NAME?`) except SUM over a list of values.
"""

from __future__ import annotations

import ast
import operator
import re
from typing import TYPE_CHECKING

from sheets_server.cells import Cell, Plain, json_number, plain_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheets_server.locales import Locale

OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
REFERENCE = re.compile(r"[A-Z]{1,3}[1-9][0-9]*")


class _ErrorValue(Exception):  # noqa: N818 - it is a value of a cell, such as #DIV/0!
    pass


def evaluated(text: str, locale: Locale, look_up: Callable[[str], Cell] | None = None) -> Plain:
    """The value of a formula without its `=`; an error is its text, such as `#DIV/0!`."""
    if locale.decimal == ",":
        text = text.replace(",", ".").replace(";", ",")
    try:
        tree = ast.parse(text.replace("^", "**").replace("$", "").strip(), mode="eval")
        value = _value(tree.body, look_up)
    except _ErrorValue as error:
        return str(error)
    except (SyntaxError, ValueError):
        return "#ERROR!"
    except ZeroDivisionError:
        return "#DIV/0!"
    except OverflowError:
        return "#NUM!"
    return json_number(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _value(node: ast.expr, look_up: Callable[[str], Cell] | None) -> Plain:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float | str):
        return node.value
    if isinstance(node, ast.Name):
        return _referred(node.id, look_up)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        number = _number(_value(node.operand, look_up))
        return -number if isinstance(node.op, ast.USub) else number
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        left, right = _number(_value(node.left, look_up)), _number(_value(node.right, look_up))
        return OPERATORS[type(node.op)](left, right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id.upper() == "SUM":
            return sum(_number(_value(part, look_up)) for part in node.args)
        raise _ErrorValue("#NAME?")
    raise _ErrorValue("#ERROR!")


def _referred(name: str, look_up: Callable[[str], Cell] | None) -> Plain:
    if name.upper() in {"TRUE", "FALSE"}:
        return name.upper() == "TRUE"
    if look_up is None or not REFERENCE.fullmatch(name.upper()):
        raise _ErrorValue("#NAME?")
    value = plain_value(look_up(name.upper()))
    if isinstance(value, str) and value.startswith("#"):
        raise _ErrorValue(value)
    return value


def _number(value: Plain) -> float:
    if value == "":
        return 0
    if isinstance(value, str):
        raise _ErrorValue("#VALUE!")
    # As a float, like a cell: 9^9^9 is too large at once instead of a number of many digits after hours.
    return float(value)
