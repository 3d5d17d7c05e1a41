"""Where is a smooth surface over two numbers lowest? Newton's method, damped where it would overshoot.

SciPy's own costs 24 MiB and a fifth of a second to import, and its threads more than the search itself. Source:
Levenberg 1944, Q. Appl. Math. 2:164; Marquardt 1963, J. SIAM 11:431.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

_MOST_STEPS = 200
_FLAT = 1e-10
_TOO_STIFF = 1e12
# A step further than this many e-folds is a guess, not a step.
_LONGEST_STEP = 2.0


class Surface(NamedTuple):
    """A surface at one place: its height, its slope (2) and its curvature (2 x 2)."""

    height: float
    slope: Floats
    curvature: Floats


def lowest(surface: Callable[[Floats], Surface], start: Floats, within: tuple[Floats, Floats]) -> tuple[float, Floats]:
    """Return the height and the place of the lowest point that is found downhill from `start`, between two corners."""
    place, damping = np.clip(start, *within), 1e-3
    here = surface(place)
    for _ in range(_MOST_STEPS):
        if np.abs(here.slope).max() < _FLAT or damping > _TOO_STIFF:
            break
        step = _step(here, damping)
        next_place = place if step is None else np.clip(place + step, *within)
        there = surface(next_place)
        if there.height <= here.height and (next_place != place).any():
            place, here, damping = next_place, there, damping / 10
        else:
            damping *= 10
    return here.height, place


def _step(here: Surface, damping: float) -> Floats | None:
    """Return the way to where slope and curvature say the bottom is; None where they say no such thing."""
    (a, b), (_, d) = here.curvature + damping * np.eye(2)
    determinant = a * d - b * b
    if a <= 0 or determinant <= 0:
        return None
    x, y = here.slope
    step: Floats = np.array([b * y - d * x, b * x - a * y]) / determinant
    longest = float(np.abs(step).max())
    return step * min(1.0, _LONGEST_STEP / longest) if longest > 0 else step
