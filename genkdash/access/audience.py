"""As whom does somebody look at the example? The address says: `?als=influencer&wie=Amina`, `?als=scherm`, `/me`."""

from collections.abc import Mapping, Sequence

from genkdash.access.viewer import Role, Viewer

AUDIENCE = "als"
PERSON = "wie"
AUDIENCES: Mapping[str, Role] = {"staff": "staff", "influencer": "influencer", "scherm": "screen"}
"""The codes that stand in the address."""

_AUDIENCE_BY_PAGE = {"me": "influencer", "screen": "scherm"}


def chosen_viewer(code: str | None, person: str | None, *, page: str, names: Sequence[str]) -> Viewer:
    """Return the viewer that an address asks for: staff unless it names another audience.

    `code` and `person` stand behind `als` and `wie`, `page` is the last word of the path, `names` are the influencers.
    A name that is not in the sheet becomes the first one that is; before the sheet was read there is none.
    """
    role = AUDIENCES.get((_AUDIENCE_BY_PAGE.get(page) if code is None else code) or "", "staff")
    if role != "influencer":
        return Viewer(role)
    return Viewer(role, person if person in names else next(iter(names), None))
