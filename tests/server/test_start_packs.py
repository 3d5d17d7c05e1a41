"""Scripts that are put together import, export and load each other as they did apart."""

import pytest

from genkdash.server.module_text import Import, Module, export_of, import_of, read_module
from genkdash.server.start_packs import StartPacks, UnpackableError, in_order
from genkdash.server.streamlit_files import streamlit_files

SCRIPTS = {
    "base.js": "var e=1;export{e as t};",
    "middle.js": 'import{t as n}from"./base.js";import"./base.js";function r(){return n}export{r as i,n};',
    "entry.js": 'import{i as a}from"./middle.js";a(),b(import(`./shown.js`)),b(import(`./apart.js`));export{a as t};',
    "shown.js": 'import{t}from"./base.js";export{t as default};',
    "apart.js": 'import{n as o,i}from"./middle.js";import{t as p}from"./alone.js";o(i,p);',
    "alone.js": "export{e as t};",
}


def modules_of(scripts: dict[str, str]) -> dict[str, Module]:
    return {file: read_module(file, text) for file, text in scripts.items()}


def packed(scripts: dict[str, str], late: dict[str, str] | None = None) -> dict[str, str]:
    packs = StartPacks(modules_of(scripts), {"start": ["entry.js"], "drawn": ["shown.js"]}, late or {})
    return dict(packs.texts())


def test_what_begins_is_one_file_whose_scripts_run_in_their_order() -> None:
    # In the order of their names: alone m0, apart m1, base m2, entry m3, middle m4, shown m5.
    assert packed(SCRIPTS)["start-0.js"].splitlines() == [
        "const m2=(()=>{var e=1;",
        "return{t:e}})();",
        "export const m2_t=m2.t;",
        "const m4=(()=>{const {t:n}=m2;function r(){return n}",
        "return{i:r,n:n}})();",
        "export const m4_n=m4.n,m4_i=m4.i;",
        "const m3=(()=>{const {i:a}=m4;a(),b(import(`./drawn-0.js`).then(e=>e.m5)),b(import(`./apart.js`));",
        "return{t:a}})();",
        "export{m2,m4,m3};",
    ]


def test_what_is_drawn_first_is_another_and_imports_from_it() -> None:
    assert packed(SCRIPTS)["drawn-0.js"].splitlines() == [
        'import{m2_t}from"./start-0.js";',
        "const m5=(()=>{const t=m2_t;",
        "return{default:t}})();",
        "export{m5};",
    ]


def test_a_script_that_is_loaded_later_imports_from_where_everything_is_now() -> None:
    files = packed(SCRIPTS)
    assert (
        files["apart.js"] == 'import{m4_n as o,m4_i as i}from"./start-0.js";import{t as p}from"../js/alone.js";o(i,p);'
    )
    assert set(files) == {"start-0.js", "drawn-0.js", "apart.js"}


def test_what_gives_a_name_a_value_later_stays_apart_and_packs_come_before_and_after_it() -> None:
    files = packed(SCRIPTS, {"middle.js": "n"})
    assert files["start-0.js"].endswith("export{m2};")
    assert files["middle.js"] == (
        'import{m2_t as n}from"./start-0.js";import"./start-0.js";function r(){return n}export{r as i,n};'
    )
    assert files["start-1.js"].startswith('import{i as m4_i}from"./middle.js";\nconst m3=(()=>{const a=m4_i;')


def test_who_imports_such_a_name_sees_it_change() -> None:
    files = packed(SCRIPTS, {"middle.js": "i"})
    assert files["entry.js"].startswith('import{i as a}from"./middle.js";a(),')
    assert set(files) == {"start-0.js", "drawn-0.js", "middle.js", "entry.js", "apart.js"}


def test_the_list_of_what_a_later_script_needs_names_it_where_it_is() -> None:
    listed = (
        'const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./shown.js","../css/a.css"])))=>i.map(i=>d[i]);\n'
    )
    files = packed({**SCRIPTS, "entry.js": listed + "b(__vite__mapDeps);export{};"})
    assert '(m.f=["./drawn-0.js","../css/a.css"])' in files["start-0.js"]


@pytest.mark.parametrize(
    "text",
    [
        'export{t as u}from"./base.js";export{};',
        "b(`./middle.js`);export{};",
        "import(`./middle.js`,{});export{};",
        "export default 1;",
    ],
)
def test_a_script_that_is_written_in_another_way_is_refused(text: str) -> None:
    with pytest.raises(UnpackableError):
        packed({**SCRIPTS, "entry.js": f'import"./middle.js";{text}'})


def test_two_scripts_that_need_each_other_are_refused() -> None:
    with pytest.raises(UnpackableError):
        in_order(modules_of({"a.js": 'import"./b.js";export{};', "b.js": 'import"./a.js";export{};'}), ["a.js"])


def test_every_script_of_streamlit_is_read_whole() -> None:
    """Put together again each is the text that it was: no statement is taken for another, and none is lost."""
    for path in (streamlit_files() / "static" / "js").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        module = read_module(path.name, text)
        imports = "".join(import_of(one.names, f"./{one.file}") for one in module.imports)
        end = "" if module.exports is None else export_of(module.exports)
        assert f"{module.listed}{imports}{module.body}{end}" in {text, text.rstrip("\n")}, path.name


def test_names_are_read_from_both_sides() -> None:
    module = read_module("x.js", 'import{a as b,c}from"./y.js";go();export{b as default,c as $};\n')
    assert module.imports == (Import("y.js", (("a", "b"), ("c", "c"))),)
    assert (module.body, module.exports) == ("go();", (("default", "b"), ("$", "c")))
