"""Which names that Streamlit's scripts export get a value only after their script has run? Prints them, by script.

    uv pip install tree-sitter tree-sitter-javascript      # of no use to anything else
    python tools/late_names.py

A script that imports such a name sees it change; inside a pack it would not. What this prints belongs in
`genkdash/server/pack_folder.py`, and `tests/server/test_pack_folder.py` says when Streamlit's scripts have to be read
again. A function that puts a better one in its own place when it is first called does not count: whoever keeps the
first has one that does the same.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from genkdash.server.module_text import read_module
from genkdash.server.pack_folder import scripts_digest
from genkdash.server.page_needs import entry_scripts, small_scripts
from genkdash.server.start_packs import in_order
from genkdash.server.streamlit_files import streamlit_files

FUNCTIONS = {
    "arrow_function",
    "class_static_block",
    "function_declaration",
    "function_expression",
    "generator_function",
    "generator_function_declaration",
    "method_definition",
}
DECLARATIONS = {"class_declaration", "function_declaration", "generator_function_declaration"}
NAMES = {"identifier", "shorthand_property_identifier_pattern"}


def late_names(text: str, exports: dict[str, str]) -> Iterator[str]:
    """Yield which of `exports`, inner names by public ones, a script gives a value inside a function."""
    root = Parser(Language(tree_sitter_javascript.language())).parse(text.encode()).root_node
    if root.has_error:
        sys.exit("a script can't be read")
    inner = set(exports.values())
    declared: dict[int, set[str]] = {}
    late = {
        name
        for node in nodes_below(root)
        for target in targets_of(node)
        if (name := word(target)) in inner and is_late(target, name, declared)
    }
    yield from (public for public, name in exports.items() if name in late)


def targets_of(node: Node) -> Iterator[Node]:
    """Yield the names that a statement or an expression gives a value without declaring them."""
    is_given = node.type in {"assignment_expression", "augmented_assignment_expression"} or (
        node.type == "for_in_statement" and node.child_by_field_name("kind") is None
    )
    target = node.child_by_field_name("argument" if node.type == "update_expression" else "left")
    if target is not None and (is_given or node.type == "update_expression"):
        yield from names_in(target)


def is_late(node: Node, name: str, declared: dict[int, set[str]]) -> bool:
    """Tell whether it is the script's own name that gets a value here, in a function other than of that name."""
    is_inside = False
    above = node.parent
    while above is not None and above.parent is not None:
        if above.id not in declared:
            declared[above.id] = names_of_scope(above)
        if name in declared[above.id]:
            return False
        is_itself = above.type == "function_declaration" and word(above.child_by_field_name("name")) == name
        is_inside = is_inside or (above.type in FUNCTIONS and not is_itself)
        above = above.parent
    return is_inside


def names_of_scope(scope: Node) -> set[str]:
    """Return the names that a node declares for what stands in it; nothing for one that is no scope."""
    found: set[str] = set()
    if scope.type in FUNCTIONS:
        for field in ("parameters", "parameter"):
            given = scope.child_by_field_name(field)
            found |= set() if given is None else {word(one) for one in names_in(given)}
        if scope.type in {"function_expression", "generator_function"}:
            found.add(word(scope.child_by_field_name("name")))
        below = nodes_below(scope, stop=FUNCTIONS)
        found |= declared_by(node for node in below if node.type == "variable_declaration")
    elif scope.type == "catch_clause":
        given = scope.child_by_field_name("parameter")
        found |= set() if given is None else {word(one) for one in names_in(given)}
    elif scope.type == "for_in_statement" and scope.child_by_field_name("kind") is not None:
        found |= {word(one) for one in names_in(scope.child_by_field_name("left"))}
    elif scope.type == "class":
        found.add(word(scope.child_by_field_name("name")))
    found |= {word(node.child_by_field_name("name")) for node in scope.children if node.type in DECLARATIONS}
    return found | declared_by(node for node in scope.children if node.type == "lexical_declaration")


def declared_by(declarations: Iterator[Node]) -> set[str]:
    """Return the names that declarations declare."""
    parts = (part for node in declarations for part in node.named_children if part.type == "variable_declarator")
    return {word(name) for part in parts for name in names_in(part.child_by_field_name("name"))}


def names_in(pattern: Node) -> Iterator[Node]:
    """Yield the names that a pattern gives a value: not what it is taken from, nor what it is otherwise."""
    if pattern.type in NAMES:
        yield pattern
    elif pattern.type in {"assignment_pattern", "object_assignment_pattern"}:
        yield from names_in(pattern.child_by_field_name("left"))
    elif pattern.type == "pair_pattern":
        yield from names_in(pattern.child_by_field_name("value"))
    elif pattern.type in {"array_pattern", "object_pattern", "rest_pattern", "formal_parameters"}:
        for child in pattern.named_children:
            yield from names_in(child)


def nodes_below(root: Node, stop: set[str] | frozenset[str] = frozenset()) -> Iterator[Node]:
    """Yield every node below `root`, but for what is inside nodes of a kind of `stop`."""
    waiting = list(root.children)
    while waiting:
        node = waiting.pop()
        yield node
        if node.type not in stop:
            waiting += node.children


def word(node: Node | None) -> str:
    """Return the name that a node is; the empty text for none."""
    return "" if node is None or node.text is None else node.text.decode()


def main() -> None:
    """Read the scripts of the packs, and print what `pack_folder.py` has to know of them."""
    files = (streamlit_files() / "static" / "js").glob("*.js")
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    modules = {file: read_module(file, text) for file, text in texts.items()}
    entries = [Path(address).name for address in (*entry_scripts(), *small_scripts())]
    late = {
        file: found
        for file in in_order(modules, entries)
        if (found := "".join(sorted(late_names(texts[file], dict(modules[file].exports or ())))))
    }
    print("READ_SCRIPTS", scripts_digest())
    print("LATE_NAMES", late)


if __name__ == "__main__":
    main()
