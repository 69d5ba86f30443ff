"""The tree is the diagram: imports go down it, never up."""

import ast
from pathlib import Path

ORDER = [
    "errors",
    "originals",
    "plugins",
    "files",
    "record",
    "crashes",
    "harms",
    "ids",
    "forms",
    "settings",
    "keyrings",
    "tables",
    "models",
    "locale",
    "grammar",
    "who",
    "read",
    "moments",
    "extract",
    "ledger",
    "weigh",
    "foresee",
    "tell",
    "shelves",
    "engines",
    "advise",
    "journey",
    "pictures",
    "share",
    "watch",
    "api",
    "client",
    "serve",
    "cli",
    "__main__",
]
PACKAGE = Path(__file__).parents[1] / "src" / "sayso"


def imported_parts(path: Path) -> set[str]:
    parts = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sayso":
            inside = (node.module or "").split(".")[1:]
            parts |= {inside[0]} if inside else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            parts |= {a.name.split(".")[1] for a in node.names if a.name.startswith("sayso.")}
    return parts


def test_imports_go_down_the_tree() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {other}"
        for path in PACKAGE.rglob("*.py")
        for other in imported_parts(path)
        if (part := path.relative_to(PACKAGE).with_suffix("").parts[0]) != "__init__"
        and other in ORDER
        and ORDER.index(other) > ORDER.index(part)
    ]
    assert not wrong


def test_every_part_has_its_place_in_the_order() -> None:
    parts = {p.stem for p in PACKAGE.iterdir() if p.suffix == ".py" or (p.is_dir() and p.name != "__pycache__")}
    assert parts - {"__init__"} <= set(ORDER)


def list_imports(path: Path, modules: set[str]) -> set[str]:
    """The modules of sayso that a module imports, wherever in it it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sayso":
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (names & modules) or {node.module or ""}
    return found & modules


def test_no_module_imports_itself_by_way_of_others() -> None:
    names = {p: ".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts) for p in PACKAGE.rglob("*.py")}
    paths = {name.removesuffix(".__init__"): path for path, name in names.items()}
    left = {name: list_imports(path, set(paths)) - {name} for name, path in paths.items()}
    while ready := {name for name, needs in left.items() if not needs & left.keys()}:
        left = {name: needs for name, needs in left.items() if name not in ready}
    assert not left
