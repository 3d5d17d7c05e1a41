"""How do a hundred scripts become a few, and do the same? Each is a function in a file of many, called in their order.

A script that imports a name sees it change when the one that exports it gives it another value; a function that was
given the value does not. So what gets a value after its script has run, and whoever imports that, stays a script of its
own, and the packs come before and after it (docs/adr/0015).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from genkdash.server.module_text import NAMED, Import, Module, Names, export_of, import_of

_PLAIN: Final = "../js/"
_LATER: Final = "import("


class UnpackableError(Exception):
    """Streamlit's scripts are not written as they were."""


class StartPacks:
    """What lies in the folder of packs, beside the folder `js` of the scripts as they are.

    `modules` are all scripts by their names. Each of `groups` becomes packs that are called as it is; a group may need
    what an earlier one needs, never a later one. `late` tells by script which of the names that it exports may get a
    value after it has run.
    """

    def __init__(
        self, modules: Mapping[str, Module], groups: Mapping[str, Iterable[str]], late: Mapping[str, Collection[str]]
    ) -> None:
        self._modules = modules
        self._late = late
        self._variables = {file: f"m{number}" for number, file in enumerate(sorted(modules))}
        self._pack_of: dict[str, str] = {}
        self._packs: dict[str, list[str]] = {}
        placed: set[str] = set()
        for group, entries in groups.items():
            files = in_order(modules, entries)
            self._place(group, [file for file in files if file not in placed])
            placed.update(files)
        self._moved = self._all_moved()

    def _place(self, group: str, files: Sequence[str]) -> None:
        """Put each script in the first pack that runs after what it needs; `files` in the order in which they run."""
        steps: dict[str, int] = {}
        for file in files:
            imports = [one for one in self._modules[file].imports if one.file in steps]
            steps[file] = max((steps[one.file] + (one.file not in self._pack_of) for one in imports), default=0)
            if not self._is_alone(file):
                pack = f"{group}-{steps[file]}.js"
                self._pack_of[file] = pack
                self._packs.setdefault(pack, []).append(file)

    def _is_alone(self, file: str) -> bool:
        """Tell whether a script exports, or imports, what may get a value after its script has run."""
        imports = self._modules[file].imports
        return file in self._late or any(
            public in self._late.get(one.file, ()) for one in imports for public, _ in one.names
        )

    def _all_moved(self) -> list[str]:
        """Return the scripts that need a pack, or one that does: at their old address they would run a second copy."""
        needed = {
            file: {*(one.file for one in module.imports), *(found["file"] for found in NAMED.finditer(module.body))}
            for file, module in self._modules.items()
        }
        found = set(self._pack_of)
        while more := {file for file, files in needed.items() if file not in found and not files.isdisjoint(found)}:
            found |= more
        return sorted(found - set(self._pack_of))

    def places(self) -> dict[str, str]:
        """Return the name of the file in the folder of packs that a script is in, for each that is in one."""
        return {**self._pack_of, **{file: file for file in self._moved}}

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each file in the folder of packs.

        Raises:
            UnpackableError: a script is not written as they were.
        """
        wanted = self._wanted()
        for pack, files in self._packs.items():
            yield pack, self._pack(pack, files, wanted)
        for file in self._moved:
            module = self._modules[file]
            imports = "".join(self._import(one) for one in module.imports)
            end = "" if module.exports is None else export_of(module.exports)
            yield file, f"{self._listed(module)}{imports}{self._body(module)}{end}"

    def _wanted(self) -> dict[str, dict[str, None]]:
        """Return the names of each packed script that a script outside its pack imports."""
        wanted: dict[str, dict[str, None]] = {}
        for file in (*self._pack_of, *self._moved):
            for one in self._modules[file].imports:
                if one.file in self._pack_of and self._pack_of[one.file] != self._pack_of.get(file):
                    wanted.setdefault(one.file, {}).update(dict.fromkeys(public for public, _ in one.names))
        return wanted

    def _pack(self, pack: str, files: Sequence[str], wanted: Mapping[str, Iterable[str]]) -> str:
        """Return the text of one pack."""
        outside: dict[str, dict[str, None]] = {}
        functions = []
        for file in files:
            for one in self._modules[file].imports:
                if self._pack_of.get(one.file) != pack:
                    outside.setdefault(one.file, {}).update(dict.fromkeys(public for public, _ in one.names))
            functions.append(self._function(self._modules[file], pack, wanted.get(file, ())))
        imports = (
            Import(file, tuple((public, f"{self._variables[file]}_{public}") for public in names))
            for file, names in outside.items()
        )
        whole = export_of(tuple((self._variables[file], self._variables[file]) for file in files))
        return "\n".join([*(self._import(one) for one in imports), *functions, whole])

    def _function(self, module: Module, pack: str, wanted: Iterable[str]) -> str:
        """Return a script as a function that was called: what it exports is what it returned."""
        if module.exports is None:
            raise UnpackableError(f"{module.file} does not end as the others do")
        variable = self._variables[module.file]
        taken = []
        for one in module.imports:
            other = self._variables[one.file]
            if self._pack_of.get(one.file) != pack:
                taken += [f"{inner}={other}_{public}" for public, inner in one.names]
            elif one.names:
                taken.append(f"{{{','.join(f'{public}:{inner}' for public, inner in one.names)}}}={other}")
        first = f"const {','.join(taken)};" if taken else ""
        given = ",".join(f"{public}:{inner}" for public, inner in module.exports)
        text = f"const {variable}=(()=>{{{self._listed(module)}{first}{self._body(module)}\nreturn{{{given}}}}})();"
        names = ",".join(f"{variable}_{public}={variable}.{public}" for public in wanted)
        return f"{text}\nexport const {names};" if names else text

    def _import(self, one: Import) -> str:
        """Return the statement that imports the same from where it is now."""
        is_packed = one.file in self._pack_of
        names: Names = tuple(
            (f"{self._variables[one.file]}_{public}" if is_packed else public, inner) for public, inner in one.names
        )
        return import_of(names, self._place_of(one.file))

    def _place_of(self, file: str) -> str:
        """Return where a script is now, as a file in the folder of packs names it; one that nobody knows stays put."""
        if file in self._pack_of:
            return f"./{self._pack_of[file]}"
        return f"./{file}" if file in self._moved or file not in self._modules else f"{_PLAIN}{file}"

    def _listed(self, module: Module) -> str:
        return NAMED.sub(lambda found: f'"{self._place_of(found["file"])}"', module.listed)

    def _body(self, module: Module) -> str:
        """Return what a script does, with every other script named where it is now."""
        body = module.body
        parts = []
        position = 0
        for found in NAMED.finditer(body):
            file, quote = found["file"], found["quote"]
            parts += [body[position : found.start()], f"{quote}{self._place_of(file)}{quote}"]
            position = found.end()
            if file in self._pack_of:
                if not body.endswith(_LATER, 0, found.start()) or body[position : position + 1] != ")":
                    raise UnpackableError(f"{module.file} names {file} in a way of its own")
                parts.append(f").then(e=>e.{self._variables[file]}")
        return "".join([*parts, body[position:]])


def in_order(modules: Mapping[str, Module], entries: Iterable[str]) -> list[str]:
    """Return `entries` and all that they import, in the order in which a browser runs them.

    Raises:
        UnpackableError: one imports what is not there, or two import each other.
    """
    done: dict[str, None] = {}
    begun: set[str] = set()

    def run(file: str) -> None:
        if file in begun or file not in modules:
            raise UnpackableError(f"{file} can't run before what imports it")
        if file not in done:
            begun.add(file)
            for one in modules[file].imports:
                run(one.file)
            begun.remove(file)
            done[file] = None

    for entry in entries:
        run(entry)
    return list(done)
