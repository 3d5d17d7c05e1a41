"""Every text of the sheet passes the door of the place where it is shown, once; and every file one of two doors."""

import ast
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from textwrap import dedent

import pytest
from text_doors import COLUMNS, DOOR_MODULES, DOORS, Program

ROOT = Path(__file__).parents[1]
SHOWN = ("pages", "genkdash.ui", "genkdash.charts", "genkdash.commands", "genkdash.headlines")
# What makes a spreadsheet or HTML of a table without asking us, or lets markdown hold HTML.
SHORT_CUTS = {"to_csv", "to_excel", "to_html", "to_markdown", "to_latex", "unsafe_allow_html", "write_html", "iframe"}
SHORT_CUTS |= {"components", "chat_message", "write", "write_stream", "latex", "to_clipboard"}
FILE_DOORS = {"genkdash/exports/csv_file.py", "genkdash/exports/xlsx_file.py"}


@pytest.fixture(scope="module")
def program() -> Program:
    return Program.read(ROOT)


def test_no_text_of_the_sheet_goes_past_its_door(program: Program) -> None:
    modules = [module for module in program.trees if module.startswith(SHOWN)]
    assert len(modules) > 60
    found = {re.sub(r":\d+", "", finding) for module in modules for finding in program.findings(module)}
    assert found == set()


def test_the_walk_knows_the_fields_that_hold_text(program: Program) -> None:
    assert {"name", "text", "reply", "value", "tab", "description", "platform", "influencer"} <= program.text_fields
    assert {"posts", "target", "day", "share"}.isdisjoint(program.text_fields)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("st.markdown(tip.text)", "raw into markdown"),
        ("st.caption(f'door {person.name}')", "raw into markdown"),
        ("st.metric(words('me.done'), issue.value)", "raw into markdown"),
        ("st.metric('x', 1, help=topic.description)", "raw into markdown"),
        ("st.badge(tip.reply or '')", "raw into markdown"),
        ("st.button(campaign.name, key=campaign.name)", "raw into markdown"),
        ("st.info('x', title=view.sheet.campaign.name)", "raw into markdown"),
        ("st.title(words('me.title', name=person.name))", "raw into markdown"),
        ("st.markdown(words.plural('x', 2, name=person.name.strip().upper()))", "raw into markdown"),
        ("st.markdown(' · '.join([for_markdown(tip.text), tip.influencer]))", "raw into markdown"),
        ("st.radio('x', [one.name for one in people])", "raw into markdown"),
        ("st.pills('x', codes, format_func=lambda code: topics[code].name)", "raw into markdown"),
        ("st.markdown(posts['title'].iloc[0])", "raw into markdown"),
        ("[st.markdown(post.title) for post in posts.itertuples()]", "raw into markdown"),
        ("for post in posts.itertuples():\n    st.markdown(post.platform)", "raw into markdown"),
        ("for number, post in enumerate(posts.itertuples()):\n    st.markdown(post.platform)", "raw into markdown"),
        ("first, second = tip.text, tip.reply\nst.markdown(second)", "raw into markdown"),
        ("lines = []\nlines.append(tip.text)\nst.markdown(' '.join(lines))", "raw into markdown"),
        ("with st.popover(person.name):\n    pass", "raw into markdown"),
        ("if (name := person.name):\n    st.markdown(name)", "raw into markdown"),
        ("slot.warning(issue.value)", "raw into markdown"),
        ("st.table(pd.DataFrame({'x': posts['title']}))", "raw into markdown"),
        ("st.markdown(matrix.columns[0])", "raw into markdown"),
        ("st.markdown(st.query_params['influencer'])", "raw into markdown"),
        ("st.markdown(issue.detail['suggestion'])", "raw into markdown"),
        ("st.link_button('x', tip.link)", "raw into link"),
        ("st.link_button('x', for_markdown(tip.link))", "markdown into link"),
        ("st.link_button(tip.text, for_link(tip.link))", "raw into markdown"),
        ("st.html(f'<b>{topic.name}</b>')", "raw into html"),
        ("st.html('<b>{x}</b>'.format(x=topic.name))", "raw into html"),
        ("st.html(for_markdown(topic.name))", "markdown into html"),
        ("st.markdown(for_html(topic.name))", "html into markdown"),
        ("Html('<td>' + person.name)", "raw into html"),
        ("go.Bar(name=topic.name)", "raw into plotly"),
        ("go.Scatter(hovertext=[post.title for post in posts.itertuples()])", "raw into plotly"),
        ("go.Bar(y=for_markdown(person.name))", "markdown into plotly"),
        ("figure.add_annotation(text=f'<b>{person.name}</b>')", "raw into plotly"),
        ("figure.update_layout(title={'text': campaign.name})", "raw into plotly"),
        ("figure.update_xaxes(ticktext=list(topics.shares))", "raw into plotly"),
        ("st.markdown(for_markdown(for_markdown(tip.text)))", "markdown, then markdown into a second door"),
        ("Number('x', person.name, 'y')", "raw into markdown"),
        # through functions of ours
        ("st.markdown(shortened(person.name))", "raw into markdown"),
        ("show_figure(view, figure, title=topic.name, alt='x', key='y')", "raw into markdown"),
        ("st.subheader(_called(person))", "raw into markdown"),
        ("_shown(tip.text)", "raw into markdown"),
        ("_shown(for_markdown(tip.text))", None),
        # what is right, or shown as it is
        ("st.markdown(for_markdown(tip.text))", None),
        ("st.markdown(words('x', name=for_markdown(person.name), posts=person.posts))", None),
        ("st.code(tip.text)", None),
        ("st.pills('x', [one.name for one in people], format_func=for_markdown)", None),
        ("st.pills(person.name, [one.name for one in people], format_func=for_markdown)", "raw into markdown"),
        ("st.selectbox(words('x'), [one.name for one in people])", None),
        ("st.dataframe(posts['title'])", None),
        ("st.plotly_chart(figure, alt=topic.name, key=topic.name)", None),
        ("st.caption(str(len(person.name)))", None),
        ("st.html(element('p', tip.text))", None),
        ("st.html(element('p', link(tip.link, tip.text)))", None),
        ("st.markdown(link(tip.link, tip.text))", "html into markdown"),
        ("st.html(f'<b>{for_html(topic.name)}</b>')", None),
        ("go.Bar(name=for_plotly(topic.name), marker={'color': colours.get(topic.name)})", None),
    ],
)
def test_a_planted_bypass_is_found_and_nothing_else(program: Program, code: str, found: str | None) -> None:
    planted = dedent(
        """
        from genkdash.charts.labels import shortened
        from genkdash.ui.figures import show_figure

        def _called(person):
            name = person.name
            return f"Dag {name}"

        def _shown(text: str):
            st.markdown(text)

        def show(view: View, words: Translator, posts: pd.DataFrame):
        """
    ) + "".join(f"    {line}\n" for line in code.splitlines())
    place = "genkdash.charts.planted" if "go." in code or "figure." in code else "genkdash.ui.planted"
    line = planted[: planted.index("def show(")].count("\n") + 2
    findings = program.with_planted(place, planted).findings(place)
    assert [one.partition(" ")[2] for one in findings] == ([] if found is None else [found])
    assert all(int(one.split(":")[1].split()[0]) >= line for one in findings)


def test_each_door_of_ours_is_missed_when_it_is_taken_away(program: Program) -> None:
    """Taken away, a finding stands in its own module, or its callers get something else than before."""
    unnoticed, doors = set(), 0
    for module in program.trees:
        if not module.startswith(SHOWN) or module in DOOR_MODULES:
            continue
        for place, code in without_one_door(program.trees[module], program.text_fields):
            changed = program.with_planted(module, code)
            doors += 1
            if not changed.findings(module) and changed.summaries == program.summaries:
                unnoticed.add(f"{module}: {place}")
    assert doors >= 40
    assert unnoticed == set()


def without_one_door(tree: ast.Module, text_fields: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the code of a module once for each door before a text of the sheet, without that door."""
    calls = [node for node in ast.walk(tree) if is_door(node, text_fields)]
    for number, call in enumerate(calls):
        copy = deepcopy(tree)
        taken = [node for node in ast.walk(copy) if is_door(node, text_fields)][number]
        yield ast.unparse(call), ast.unparse(Without(taken).visit(copy))


def is_door(node: ast.AST, text_fields: set[str]) -> bool:
    """Tell whether this is a door before a field of the sheet, or before a name that says that it holds one."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in DOORS):
        return False
    parts = [part for value in node.args for part in ast.walk(value)]
    fields = {part.attr for part in parts if isinstance(part, ast.Attribute)} & text_fields
    return bool(fields or {part.id for part in parts if isinstance(part, ast.Name)} & COLUMNS)


class Without(ast.NodeTransformer):
    """Puts in place of one call what it is given."""

    def __init__(self, taken: ast.AST) -> None:
        self.taken = taken

    def visit_Call(self, node: ast.Call) -> ast.expr:
        return node.args[0] if node is self.taken else self.generic_visit(node)


def test_nothing_takes_a_short_cut_past_the_doors() -> None:
    taken = []
    for path in [*ROOT.glob("genkdash/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(value=ast.Name(id="st"), attr=name) | ast.keyword(arg=str(name)):
                    is_short_cut = name in SHORT_CUTS
                case ast.Attribute(attr=name):
                    is_short_cut = name in SHORT_CUTS - {"write", "components"}
                case _:
                    is_short_cut = False
            if is_short_cut:
                taken.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert taken == []


def test_no_element_is_handed_on_as_a_function_where_the_walk_can_not_follow_it(program: Program) -> None:
    handed_on = []
    for module, tree in program.trees.items():
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        called |= {id(one) for node in ast.walk(tree) if isinstance(node, ast.Attribute) for one in [node.value]}
        handed_on += [
            f"{module}:{node.lineno} {ast.unparse(node)}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "st"
            and id(node) not in called
            and node.attr
            not in {"session_state", "query_params", "context", "fragment", "column_config", "user", "Page"}
        ]
    assert handed_on == []


def test_tables_become_files_only_through_the_two_doors_for_files() -> None:
    rooms = [*ROOT.glob("genkdash/ui/**/*.py"), *ROOT.glob("genkdash/exports/*.py"), *ROOT.glob("pages/*.py")]
    rooms += ROOT.glob("genkdash/charts/*.py")
    writers = {
        str(path.relative_to(ROOT))
        for path in rooms
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in imported_modules(node)
        if name.partition(".")[0] in {"csv", "openpyxl", "xlsxwriter", "odf"}
    }
    assert writers == FILE_DOORS


def imported_modules(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(module=str(module)):
            return [module]
    return []
