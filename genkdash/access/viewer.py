"""As whom does somebody look?"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["staff", "influencer", "screen"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who may look. Staff see everything, an influencer the own part, the meeting screen totals.

    `influencer` is the name in the sheet for that role, None where the sheet knows nobody, and None for the others; no
    repr shows it.
    """

    role: Role
    influencer: str | None = field(default=None, repr=False)
