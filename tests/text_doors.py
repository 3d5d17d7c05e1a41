"""Which text of the sheet reaches a screen past its door? A walk along the syntax trees, from fields to sinks.

A *source* is a field or a column that holds text of the sheet, by its name. A *sink* reads its text as markdown, HTML,
Plotly's own HTML or a link. On the way a text must pass the door of that kind, once. Texts are followed through
names, containers, comprehensions and our own functions: of each is known what of its arguments it gives back, and
what of them it puts into a sink. Order and branches are not looked at, so rather one finding too many. An element of
Streamlit that is handed on as a function (`_field(st.pills, ...)`) is not followed, so that none may be handed on.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

Taint = frozenset[tuple[str, str]]
"""Where a text comes from ("sheet", or the name of a parameter), and the door that it passed ("" for none)."""

CLEAN: Taint = frozenset()
RAW: Taint = frozenset({("sheet", "")})
ROOMS = (
    "genkdash/outbox/waiting.py",
    "pages/*.py",
    *(f"genkdash/{room}/**/*.py" for room in ("ui", "charts", "commands", "headlines", "i18n", "insights")),
)
DOORS = {"for_markdown": "markdown", "for_html": "html", "for_plotly": "plotly", "for_link": "link"}
# These escape what is not Html yet, so that what passed a door of HTML may come once more.
HTML_DOORS = {"element": "html", "link": "html", "picture": "html"}
DOOR_MODULES = {"genkdash.safe_text", "genkdash.headlines.html"}
# Values of our own making, or refused at the sheet's door when they are not one of a few: never free text.
CHECKED = {"code", "colour", "colours", "field", "kind", "moment", "reason", "severity", "status", "timezone", "url"}
COLUMNS = {"influencer", "platform", "topics", "topic", "title", "link", "format", "post_id", "name", "group"}
TEXT_OF_FRAMES = {"index", "columns"}
WITHOUT_TEXT = {"Ink", "Language", "State", "ThemeName", "Translator", "View"}
WITHOUT_TEXT |= {"bool", "date", "datetime", "float", "int"}
OUR_OWN = {"ink", "INK", "words", "st", "go"}
NUMBERS = {"abs", "all", "any", "bool", "float", "hash", "int", "isinstance", "len", "range", "round", "sum", "type"}
NUMBERS_OF = {"count", "endswith", "index", "isin", "isna", "median", "notna", "startswith", "strftime", "sum"}
NUMBERS_OF |= {"to_numpy"}
OF_A_FRAME = {"assign", "drop", "dropna", "groupby", "head", "set_index", "sort_values"}
FILLED_BY = {"append", "extend", "insert", "add", "update", "setdefault", "appendleft"}
# What Streamlit shows as it is, or does not show at all; everything else of it reads markdown.
LITERAL = {"code", "dataframe", "text", "Page", "set_page_config", "navigation", "plotly_chart", "file_uploader"}
LITERAL |= {"container", "columns", "grid", "empty", "rerun", "stop", "fragment", "json", "switch_page"}
LITERAL_ARGUMENTS = {"key", "alt", "args", "kwargs", "on_click", "on_change", "placeholder", "format", "file_name"}
LITERAL_ARGUMENTS |= {"mime", "data", "column_config", "query_params", "default", "value"}
LITERAL_OPTIONS = {"selectbox", "multiselect"}
NO_ELEMENTS = {"st.session_state", "st.query_params", "st.context", "st.context.headers"}
SLOT_METHODS = {"badge", "button", "caption", "error", "header", "info", "markdown", "metric", "subheader", "success"}
SLOT_METHODS |= {"table", "title", "toast", "warning"}
FIGURE_METHODS = {"add_annotation", "add_trace", "add_hline", "add_vline", "update_layout", "update_traces"}
FIGURE_METHODS |= {"update_xaxes", "update_yaxes", "update_annotations"}
# What a card holds is checked where it is made, so that it may be read in the module that shows it.
CARDS = {"Number": "genkdash.ui.numbers"}


@dataclass
class Summary:
    """What is known of one function: what it gives back, and which of its parameters go into which sink."""

    parameters: tuple[str, ...] = ()
    returned: Taint = CLEAN
    is_frame: bool = False
    sinks: frozenset[tuple[str, str, str]] = frozenset()


@dataclass
class Program:
    """Syntax trees by module, with what is known of their functions and fields so far."""

    trees: dict[str, ast.Module]
    text_fields: set[str] = field(default_factory=set)
    plain_fields: set[str] = field(default_factory=set)
    summaries: dict[tuple[str, str], Summary] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, root: Path) -> Program:
        """Read our own rooms under `root`, and follow the texts until nothing new is found."""
        paths = [*(path for room in ROOMS for path in sorted(root.glob(room))), root / "genkdash/sheet/model.py"]
        program = cls({module_name(root, path): ast.parse(path.read_text(encoding="utf-8")) for path in paths})
        for module, tree in program.trees.items():
            program.classes |= {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
            if module.startswith(("genkdash.sheet.model", "genkdash.insights")):
                program.learn_fields(tree)
        while program.learn_functions():
            pass
        return program

    def learn_fields(self, tree: ast.Module) -> None:
        """Note which fields of the classes hold text; a name that holds text in one of them counts as text."""
        for node in ast.walk(tree):
            for part in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                    holds_text = "str" in {name.id for name in ast.walk(part.annotation) if isinstance(name, ast.Name)}
                    (self.text_fields if holds_text else self.plain_fields).add(part.target.id)
        self.text_fields |= COLUMNS  # a row of a frame has them as fields
        self.text_fields -= CHECKED
        self.plain_fields -= self.text_fields

    def learn_functions(self) -> bool:
        """Look at every function once more; tell whether there was anything new."""
        before = dict(self.summaries)
        for module in self.trees:
            for name, summary, _ in self.walk(module):
                self.summaries[module, name] = summary
        return before != self.summaries

    def walk(self, module: str) -> Iterator[tuple[str, Summary, list[str]]]:
        """Yield each function of a module, and its own lines, with what is known of it and the findings in it."""
        tree = self.trees[module]
        names = imported(tree)
        for function in functions(tree):
            look = Look(self, module, names)
            yield getattr(function, "name", ""), look.at(function), look.findings

    def findings(self, module: str) -> list[str]:
        """Return every place of a module at which a text of the sheet goes past its door."""
        if module in DOOR_MODULES:
            return []
        return sorted({finding for _, _, findings in self.walk(module) for finding in findings})

    def with_planted(self, module: str, code: str) -> Program:
        """Return what would be known if `code` stood in our tree as `module`, with no other module looked at again."""
        program = Program(
            {module: ast.parse(code)}, self.text_fields, self.plain_fields, dict(self.summaries), self.classes
        )
        while program.learn_functions():
            pass
        return program


@dataclass
class Look:
    """One look at one function."""

    program: Program
    module: str
    names: Mapping[str, tuple[str, str]]
    known: dict[str, Taint] = field(default_factory=dict)
    counts: set[str] = field(default_factory=set)
    sinks: set[tuple[str, str, str]] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)

    def at(self, function: ast.Module | ast.FunctionDef) -> Summary:
        """Return what is known of a function; its body is walked until no name holds more than before."""
        parameters: tuple[str, ...] = ()
        if isinstance(function, ast.FunctionDef):
            arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            arguments += [one for one in (function.args.vararg, function.args.kwarg) if one is not None]
            parameters = tuple(one.arg for one in arguments)
            for one in arguments:
                is_text = one.arg not in CHECKED | {"self", "cls"} and not is_without_text(one.annotation)
                self.known[one.arg] = frozenset({(one.arg, "")}) if is_text else CLEAN
                if one.arg == "colours":  # of each topic, by its name
                    self.known["keys of colours"] = RAW
                match one.annotation:
                    case ast.Subscript(slice=ast.Tuple(elts=[_, ast.Name(id="float" | "int")])):
                        self.counts.add(one.arg)
        before, returned = None, CLEAN
        while before != (before := dict(self.known)):
            returned = CLEAN
            for node in own_nodes(function):
                returned |= self.follow(node)
        gives = ast.unparse(returns) if (returns := getattr(function, "returns", None)) else ""
        return Summary(parameters, returned, "DataFrame" in gives, frozenset(self.sinks))

    def follow(self, node: ast.AST) -> Taint:  # noqa: C901, PLR0912 -- one case for each kind of statement
        """Let the names of one statement hold what it gives them; return what the function gives back by it."""
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(value, ast.Tuple):
                        self.bind_each(target, ast.Tuple(elts=[value]))
                    else:
                        self.bind(target, self.text(value))
                    if isinstance(target, ast.Name) and isinstance(value, ast.DictComp):
                        self.known[target.id] = self.each(value.generators, value.value)
                        self.hold(f"keys of {target.id}", self.each(value.generators, value.key))
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.AugAssign(target=target, value=value):
                self.bind(target, self.text(value))
            case ast.For(target=target, iter=value):
                self.bind_each(target, value)
            case ast.NamedExpr(target=target, value=value):
                self.bind(target, self.text(value))
            case ast.withitem(context_expr=value, optional_vars=target):
                self.bind(target or value, self.text(value))
            case ast.Match(subject=value, cases=cases):
                for capture in (part for case in cases for part in ast.walk(case.pattern)):
                    if isinstance(capture, ast.MatchAs | ast.MatchStar) and capture.name:
                        self.hold(capture.name, self.text(value))
            case ast.Expr(value=value) | ast.If(test=value) | ast.While(test=value):
                self.text(value)
            case ast.Return(value=ast.expr() as value) | ast.Yield(value=ast.expr() as value):
                return self.text(value)
        return CLEAN

    def bind(self, target: ast.expr, taint: Taint) -> None:
        """Let every name of a target hold a text."""
        match target:
            case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
                self.hold(name, taint)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part in parts:
                    self.bind(part, taint)
            case ast.Starred(value=part):
                self.bind(part, taint)

    def bind_each(self, target: ast.expr, values: ast.expr) -> None:
        """Let the names of a loop hold what one turn of it gives them."""
        match target, values:
            case ast.Tuple(elts=parts), ast.Call(func=ast.Name(id="zip"), args=args) if len(parts) == len(args):
                for part, value in zip(parts, args, strict=True):
                    self.bind_each(part, value)
            case ast.Tuple(elts=[ast.Name(), part]), ast.Call(func=ast.Name(id="enumerate"), args=[value]):
                self.bind_each(part, value)
            case ast.Tuple(elts=parts), ast.List(elts=rows) | ast.Tuple(elts=rows):
                for row in rows:
                    for place, part in enumerate(parts):
                        is_tuple = isinstance(row, ast.Tuple) and len(row.elts) == len(parts)
                        self.bind(part, self.text(row.elts[place] if is_tuple else row))
            case _:
                self.bind(target, self.text(values))

    def each(self, generators: Sequence[ast.comprehension], *parts: ast.expr) -> Taint:
        """Return which texts the parts of a comprehension hold; its names are its own."""
        outside = dict(self.known)
        for one in generators:
            for name in ast.walk(one.target):
                if isinstance(name, ast.Name):
                    self.known[name.id] = CLEAN
            self.bind_each(one.target, one.iter)
        taint = self.union(parts)
        self.known = outside
        return taint

    def hold(self, name: str, taint: Taint) -> None:
        if name not in CHECKED:
            self.known[name] = self.known.get(name, CLEAN) | taint

    def text(self, node: ast.expr | None) -> Taint:  # noqa: C901, PLR0911, PLR0912 -- one case for each kind of expression
        """Return which texts an expression holds."""
        match node:
            case ast.Name(id=name):
                return self.known.get(name, CLEAN) | self.known.get(f"keys of {name}", CLEAN)
            case ast.Attribute(value=value, attr=attr):
                return self.attribute(value, attr)
            case ast.Subscript(value=ast.Attribute(attr=attr)) if attr in self.program.text_fields:
                return RAW
            case ast.Subscript(value=value, slice=ast.Constant(value=str(column))):
                return RAW if column in COLUMNS else CLEAN
            case ast.Subscript(value=ast.Name(id=name)) if name in self.counts:
                return CLEAN
            case ast.Subscript(value=ast.Name(id=name)):
                return self.known.get(name, CLEAN)
            case ast.Subscript(value=value):
                return self.text(value)
            case ast.IfExp(body=body, orelse=orelse):
                return self.text(body) | self.text(orelse)
            case ast.Lambda(body=body):
                return self.text(body)
            case ast.Compare() | ast.Constant() | ast.UnaryOp(op=ast.Not()) | None:
                return CLEAN
            case ast.ListComp(elt=part, generators=loops) | ast.SetComp(elt=part, generators=loops):
                return self.each(loops, part)
            case ast.GeneratorExp(elt=part, generators=loops):
                return self.each(loops, part)
            case ast.DictComp(key=key, value=value, generators=loops):
                return self.each(loops, key, value)
            case ast.Dict(keys=keys, values=values):  # a function in it is called elsewhere
                return self.union(one for one in [*keys, *values] if one and not isinstance(one, ast.Lambda))
            case ast.Call():
                return self.call(node)
        return self.union(part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr))

    def union(self, nodes: Iterable[ast.expr]) -> Taint:
        return CLEAN.union(*(self.text(node) for node in nodes))

    def attribute(self, value: ast.expr, attr: str) -> Taint:
        if root_of(value) in OUR_OWN or self.module in CARDS.values() or attr in CHECKED | self.program.plain_fields:
            return CLEAN
        return RAW if attr in self.program.text_fields | TEXT_OF_FRAMES else self.text(value)

    def call(self, call: ast.Call) -> Taint:  # noqa: C901, PLR0911 -- one case for each kind of callee
        """Return which texts a call gives back; note what it puts into a sink."""
        every = self.arguments(call)
        match call.func:
            case ast.Name(id=name) if name in DOORS:
                for origin, door in self.text(call.args[0]):
                    if door:
                        self.note(call, {(origin, f"{door}, then {DOORS[name]}")}, "")
                return frozenset((origin, DOORS[name]) for origin, _ in self.text(call.args[0]))
            case ast.Name(id=name) if name in HTML_DOORS:
                return frozenset((origin, "html") for origin, door in CLEAN.union(*every) if door in {"", "html"})
            case ast.Name(id="Html"):
                self.note(call, CLEAN.union(*every), "html")
                return frozenset((origin, "html") for origin, _ in CLEAN.union(*every))
            case ast.Name(id=name) if name in CARDS:
                self.note(call, CLEAN.union(*every), "markdown")
                return CLEAN
            case ast.Name(id=name) if name in NUMBERS:
                return CLEAN
            case ast.Name(id=name) if (own := self.own(name)) is not None:
                return self.through(call, own)
            case ast.Name(id=name) if name in self.program.classes:
                return CLEAN
            case ast.Name(id=name):
                return self.known.get(name, CLEAN).union(*every)
            case ast.Attribute(value=value, attr=attr):
                return self.method(call, value, attr)
        return CLEAN.union(*every)

    def arguments(self, call: ast.Call) -> list[Taint]:
        """Return which texts each argument holds; of unpacked ones the keys are names of parameters, not texts."""
        given = [self.text(value) for value in call.args]
        for one in call.keywords:
            match one:
                case ast.keyword(arg=None, value=ast.Name(id=name)):
                    given.append(self.known.get(name, CLEAN))
                case ast.keyword(arg=None, value=ast.DictComp(value=value, generators=loops)):
                    given.append(self.each(loops, value))
                case ast.keyword(value=value):
                    given.append(self.text(value))
        return given

    def method(self, call: ast.Call, value: ast.expr, attr: str) -> Taint:  # noqa: C901, PLR0911 -- one for each kind
        """Return which texts a call of a method, or of a function of another package, gives back."""
        every = self.arguments(call)
        root = root_of(value)
        if root == "st" and ast.unparse(value) in NO_ELEMENTS:
            return RAW if "query_params" in ast.unparse(value) else CLEAN
        if root == "st" or attr in SLOT_METHODS:
            self.streamlit(call, attr, is_column="column_config" in ast.unparse(value))
            return self.union(call.args[1:2]) if attr in LITERAL_OPTIONS else CLEAN
        if root == "go" or attr in FIGURE_METHODS:
            self.note(call, CLEAN.union(*every), "plotly")
            return CLEAN
        if attr == "ask" and isinstance(call.args[0], ast.Name):
            own = self.own(call.args[0].id)
            if own is None or own.is_frame:  # of a frame the columns are sources by their names
                return CLEAN
            return frozenset(one for one in own.returned if one[0] == "sheet")
        if attr in NUMBERS_OF or (attr == "values" and root in self.counts):
            return CLEAN
        if attr == "values" and isinstance(value, ast.Name):
            return self.known.get(value.id, CLEAN)
        if attr in OF_A_FRAME:
            return self.text(value)
        if attr == "get":  # a mapping gives its values, never the key it is asked for
            name = value.id if isinstance(value, ast.Name) else ""
            return self.known.get(name, self.text(value)) | self.union(call.args[1:])
        if attr in FILLED_BY and isinstance(value, ast.Name):
            self.hold(value.id, CLEAN.union(*every))
        return self.text(value) | CLEAN.union(*every)

    def streamlit(self, call: ast.Call, attr: str, *, is_column: bool) -> None:
        """Note what one of Streamlit's elements gets to show."""
        named = {one.arg: one.value for one in call.keywords if one.arg not in LITERAL_ARGUMENTS}
        shown = [*call.args, *named.values()]
        if is_column:
            shown = [value for name, value in named.items() if name == "help"]
        elif attr in LITERAL:
            shown = []
        elif attr in LITERAL_OPTIONS or "format_func=for_markdown" in ast.unparse(call):
            shown = [*call.args[:1], *(value for name, value in named.items() if name in {"label", "help"})]
        elif attr == "link_button":
            self.note(call, self.union([*call.args[1:2], *(v for k, v in named.items() if k == "url")]), "link")
            shown = [*call.args[:1], *(value for name, value in named.items() if name != "url")]
        self.note(call, self.union(shown), "html" if attr == "html" else "markdown")

    def own(self, name: str) -> Summary | None:
        """Return what is known of a function of ours, by its name in this module."""
        return self.program.summaries.get(self.names.get(name, (self.module, name)))

    def through(self, call: ast.Call, own: Summary) -> Taint:
        """Return what a function of ours gives back for these arguments, and note what it puts into a sink."""
        given: dict[str, Taint] = {}
        for place, value in enumerate(call.args):
            is_rest = isinstance(value, ast.Starred) or place >= len(own.parameters)
            for name in own.parameters[place:] if is_rest else own.parameters[place : place + 1]:
                given[name] = given.get(name, CLEAN) | self.text(value)
        for one in call.keywords:
            for name in own.parameters if one.arg is None else (one.arg,):
                given[name] = given.get(name, CLEAN) | self.text(one.value)
        for name, door, kind in own.sinks:
            self.note(call, {(origin, passed or door) for origin, passed in given.get(name, ())}, kind)
        back = {one for one in own.returned if one[0] == "sheet"}
        for name, door in own.returned:
            back |= {(origin, passed or door) for origin, passed in given.get(name, ())}
        return frozenset(back)

    def note(self, call: ast.Call, texts: Iterable[tuple[str, str]], kind: str) -> None:
        """Note each text that goes into a sink of `kind` without having passed its door."""
        for origin, door in texts:
            if door == kind:
                continue
            if origin == "sheet":
                self.findings.append(f"{self.module}:{call.lineno} {door or 'raw'} into {kind or 'a second door'}")
            elif origin in self.known:
                self.sinks.add((origin, door, kind))


def module_name(root: Path, path: Path) -> str:
    """Return the dotted name of a module; a package is named without `__init__`."""
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.Module) -> dict[str, tuple[str, str]]:
    """Return where each imported name comes from."""
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def functions(tree: ast.Module) -> Iterator[ast.Module | ast.FunctionDef]:
    """Yield the lines of a module outside functions, and every function, wherever it stands."""
    yield tree
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Yield every node of a function that is not in a function within it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef):
            yield child
            yield from own_nodes(child)


def is_without_text(annotation: ast.expr | None) -> bool:
    """Tell whether a parameter is annotated as something that holds no text of its own."""
    if annotation is None:
        return False
    names = {name.id for name in ast.walk(annotation) if isinstance(name, ast.Name)} - {"None", "Sequence", "Mapping"}
    return bool(names) and names <= WITHOUT_TEXT


def root_of(expression: ast.expr) -> str:
    """Return the name with which an expression begins: `st` of `st.column_config.TextColumn`."""
    while not isinstance(expression, ast.Name):
        match expression:
            case ast.Attribute(value=value) | ast.Subscript(value=value) | ast.Call(func=value):
                expression = value
            case _:
                return ""
    return expression.id
