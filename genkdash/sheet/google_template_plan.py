"""What does a Google sheet lack of the template, and which requests add it? Pure: nothing is sent here.

Nothing that is there is changed: no cell with a value, no note, no rule, no format, no colour, no width.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from genkdash.sheet import google_template_requests as say
from genkdash.sheet.columns import Layout
from genkdash.sheet.google_template_requests import Request
from genkdash.sheet.google_template_state import BookState, TabState
from genkdash.sheet.template import LOCALE, TIMEZONE, ColumnForm, Rule, SettingForm, TabForm, pattern_of

# Room for columns of one's own.
_SPARE_COLUMNS = 2
_FIRST_GID = 101
LEFT_TO_A_PERSON = frozenset(
    {
        "no-header",
        "not-a-grid",
        "other-locale",
        "other-timezone",
        "blank-tab",
        "share-failed",
        "drive-off",
        "not-filled",
    }
)
"""The codes of what the template does not touch: a person is asked to look at it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is added, or left to a person; `template.step.<code>` says it, filled with `detail`."""

    code: str
    detail: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()

    @property
    def is_left(self) -> bool:
        """Whether a person is asked to look at it."""
        return self.code in LEFT_TO_A_PERSON


@dataclass(frozen=True, slots=True)
class Plan:
    """The requests of one batch, all or none of them, and the same in steps. Without requests all is there."""

    requests: tuple[Request, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a tab's columns stand once its missing headers are added to the right of what is there."""

    form: TabForm
    now: TabState
    is_new: bool
    added: tuple[ColumnForm, ...]
    positions: Mapping[str, int]

    def rows_of(self, column: ColumnForm) -> Mapping[str, int]:
        """Return the cells below the header of a column."""
        at = self.positions[column.column.key]
        return say.area(self.now.gid, (self.now.header + 1, self.now.row_count), (at, at + 1))


def plan(state: BookState, forms: Sequence[TabForm], protection: str) -> Plan:
    """Return what is to be added to a sheet so that it has all of the template.

    `protection` tells in the sheet what the protected headers are for.
    """
    requests: list[Request] = []
    steps: list[Step] = []
    places = _places(state, forms, steps)
    for place in places.values():
        if place.is_new:
            # In a sheet that is ours from the start Berichten comes first.
            index = None if state.tabs else list(places.values()).index(place)
            grid = {"row_count": place.now.row_count, "column_count": place.now.column_count}
            requests.append(say.add_tab(place.now.title, place.now.gid, index=index, **grid))
    for request, step in _book_changes(state):
        requests += [request] if request else []
        steps.append(step)
    for place in places.values():
        changes = list(_changes(place, places, protection))
        requests += [request for _, some in changes for request in some]
        if place.is_new:
            steps.append(Step("tab-added", {"tab": place.now.title}, _headers(place.form.columns)))
        else:
            steps += [step for step, _ in changes]
    if state.blank_tab is not None and state.blank_tab not in {place.now.title for place in places.values()}:
        steps.append(Step("blank-tab", {"tab": state.blank_tab}))
    return Plan(tuple(requests), tuple(steps))


def _book_changes(state: BookState) -> Iterator[tuple[Request | None, Step]]:
    """Yield what is to be done about locale and time zone: set in a sheet without a single value, else only told."""
    is_ours = state.blank_tab is not None
    if state.locale != LOCALE:
        yield (say.set_locale(), Step("locale")) if is_ours else (None, Step("other-locale", {"value": state.locale}))
    if state.timezone != TIMEZONE:
        left = Step("other-timezone", {"value": state.timezone})
        yield (say.set_timezone(), Step("timezone")) if is_ours else (None, left)


def _places(state: BookState, forms: Sequence[TabForm], steps: list[Step]) -> dict[str, _Place]:
    """Return where the columns of each tab will stand, noting the tabs that can't be completed."""
    free = (gid for gid in range(_FIRST_GID, 2**31) if gid not in state.gids)
    places = {}
    for form in forms:
        now = state.tabs.get(form.tab.key)
        if now is None and form.tab.key in state.charts:
            steps.append(Step("not-a-grid", {"tab": form.tab.title}))
        elif now is None:
            places[form.tab.key] = _place(form, _blank_tab(form, next(free)), is_new=True)
        elif not now.takes_headers:
            missing = tuple(column.header for column in now.layout.missing)
            steps.append(Step("no-header", {"tab": now.title}, missing))
        else:
            places[form.tab.key] = _place(form, now, is_new=False)
    return places


def _blank_tab(form: TabForm, gid: int) -> TabState:
    layout = Layout(form.tab, None, {}, {}, ())
    columns = len(form.columns) + _SPARE_COLUMNS
    return TabState(form.tab, form.tab.title, gid, form.rows + 1, columns, layout, frozen_rows=1)


def _place(form: TabForm, now: TabState, *, is_new: bool) -> _Place:
    added = tuple(column for column in form.columns if column.column.key not in now.layout.positions)
    new = {column.column.key: now.width + number for number, column in enumerate(added)}
    return _Place(form, now, is_new, added, {**now.layout.positions, **new})


def _changes(
    place: _Place, places: Mapping[str, _Place], protection: str
) -> Iterator[tuple[Step, tuple[Request, ...]]]:
    """Yield what a tab gets, as a step and its requests, in an order that Google can follow."""
    yield from _new_headers(place)
    yield from _new_settings(place)
    yield from _columns(place, "notes", _new_notes(place))
    now, gid = place.now, place.now.gid
    if now.frozen_rows == 0:
        yield Step("frozen", {"tab": now.title}), (say.freeze(gid, now.header + 1),)
    if now.row_count > now.header + 1:
        yield from _columns(place, "formats", _new_formats(place))
        yield from _columns(place, "rules", _new_rules(place, places))
    edges = min(place.positions.values()), max(place.positions.values()) + 1
    if not now.is_banded:
        yield Step("banded", {"tab": now.title}), (say.add_bands(say.area(gid, (now.header, now.row_count), edges)),)
    if not now.is_protected:
        header = say.area(gid, (now.header, now.header + 1), edges)
        yield Step("protected", {"tab": now.title}), (say.protect(header, protection),)


def _columns(
    place: _Place, code: str, found: Iterator[tuple[ColumnForm, Request]]
) -> Iterator[tuple[Step, tuple[Request, ...]]]:
    """Yield one step for all columns that get the same thing."""
    pairs = list(found)
    if pairs:
        headers = _headers([column for column, _ in pairs])
        yield Step(code, {"tab": place.now.title}, headers), tuple(request for _, request in pairs)


def _new_headers(place: _Place) -> Iterator[tuple[Step, tuple[Request, ...]]]:
    now, added = place.now, place.added
    if not added:
        return
    lacking = now.width + len(added) - now.column_count
    requests = [say.add_room(now.gid, "COLUMNS", lacking)] if lacking > 0 else []
    requests.append(say.write_headers(now.gid, now.header, now.width, added))
    requests += [say.set_width(now.gid, place.positions[one.column.key], one.width) for one in added]
    yield Step("columns-added", {"tab": now.title}, _headers(added)), tuple(requests)


def _new_settings(place: _Place) -> Iterator[tuple[Step, tuple[Request, ...]]]:
    now = place.now
    missing = [form for form in place.form.settings if form.setting.key not in now.settings]
    if not missing:
        return
    first = max(now.next_row, now.header + 1)
    lacking = first + len(missing) - now.row_count
    requests = [say.add_room(now.gid, "ROWS", lacking)] if lacking > 0 else []
    for row, form in enumerate(missing, start=first):
        requests += _new_setting(place, row, form)
    yield Step("settings-added", {"tab": now.title}, tuple(form.setting.header for form in missing)), tuple(requests)


def _new_setting(place: _Place, row: int, form: SettingForm) -> Iterator[Request]:
    key, value = place.positions["key"], place.positions["value"]
    cell = say.area(place.now.gid, (row, row + 1), (value, value + 1))
    yield from say.write_pair(place.now.gid, row, (key, value), (form.setting.header, form.value))
    yield say.write_note(place.now.gid, row, key, form.note)
    if pattern_of(form.rule) is not None:
        yield say.set_format(cell, form.rule)
    if say.has_check(form.rule):
        yield say.set_rule(cell, form.rule, note=form.note)


def _new_notes(place: _Place) -> Iterator[tuple[ColumnForm, Request]]:
    for form in place.form.columns:
        at = place.positions[form.column.key]
        if form not in place.added and at not in place.now.noted:
            yield form, say.write_note(place.now.gid, place.now.header, at, form.note)


def _new_formats(place: _Place) -> Iterator[tuple[ColumnForm, Request]]:
    """Yield formats for columns without values: a format would change how the values are shown."""
    for form in place.form.columns:
        at = place.positions[form.column.key]
        if pattern_of(form.rule) is not None and at not in place.now.formatted | place.now.filled:
            yield form, say.set_format(place.rows_of(form), form.rule)


def _new_rules(place: _Place, places: Mapping[str, _Place]) -> Iterator[tuple[ColumnForm, Request]]:
    for form in place.form.columns:
        at, rule = place.positions[form.column.key], form.rule
        source = _source(rule, places)
        # A checkbox would hide the "ja" that somebody typed.
        is_hiding = rule.kind == "checkbox" and at in place.now.typed
        is_fed = rule.source is None or source is not None
        if say.has_check(rule) and at not in place.now.ruled and is_fed and not is_hiding:
            yield form, say.set_rule(place.rows_of(form), rule, note=form.note, source=source)


def _source(rule: Rule, places: Mapping[str, _Place]) -> str | None:
    """Return where a dropdown gets its choices; None when that tab can't be read."""
    if rule.source is None:
        return None
    tab, column = rule.source
    place = places.get(tab.key)
    if place is None:
        return None
    return say.reference(place.now.title, place.now.header + 1, place.positions[column.key])


def _headers(columns: Sequence[ColumnForm]) -> tuple[str, ...]:
    return tuple(form.column.header for form in columns)
