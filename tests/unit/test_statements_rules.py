"""The rules of the statement files. Each rule is also shown a planted violation, so that a dead rule fails."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engine import StatementError
from graph.engine.statements import Statement, load_statement, parse_statement, statement_names

ROOT = Path(__file__).parents[2]
CYPHER = ROOT / "cypher"
PRODUCT = ("graph", "importers", "service")
FILES = sorted(CYPHER.glob("*/*.cypher"))
GOOD = "// Finds one.\n// mode: read\n// params: id\n// returns: n\nMATCH (n:Person {id: $id}) RETURN n\n"

_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP)\b")
_CYPHER = re.compile(
    r"\b(MATCH|MERGE|CREATE)\s*\(|\bUNWIND\s+[$\w]|\bRETURN\s+\w|\bDETACH\s+DELETE\b|\bCREATE\s+(RANGE\s+)?(INDEX|CONSTRAINT)\b"
)


def body(text: str) -> str:
    """The statement without comments and string literals."""
    without_strings = re.sub(r"'(?:[^'\\]|\\.)*'", "''", text)
    return re.sub(r"//[^\n]*", "", without_strings)


def complaints(name: str, text: str) -> list[str]:
    """What is wrong with one statement file."""
    try:
        statement = parse_statement(name, text)
    except StatementError as error:
        return [str(error)]
    return [*_header_complaints(text), *_body_complaints(statement)]


def _header_complaints(text: str) -> Iterator[str]:
    first = text.split("\n// mode:", 1)[0]
    if not re.fullmatch(r"// [A-Z].*\.", re.sub(r"\n// ", " ", first), re.DOTALL):
        yield "it does not open with a sentence"
    keys = re.findall(r"^// (mode|params|returns):", text, re.MULTILINE)
    if keys != ["mode", "params", "returns"]:
        yield "declare mode, params, returns, each once, in this order"


def _body_complaints(statement: Statement) -> Iterator[str]:
    said = body(statement.text)
    used = set(re.findall(r"\$(\w+)", said))
    if used != statement.params:
        yield f"declared {sorted(statement.params)}, used {sorted(used)}"
    if bool(_WRITES.search(said)) != (statement.mode == "write"):
        yield f"it says {statement.mode}, and does the other"
    if statement.mode == "read" and not statement.returns:
        yield "it reads and returns nothing"
    if ";" in said:
        yield "one statement a file, without a semicolon"


def test_every_file_keeps_the_rules():
    wrong = {
        str(path.relative_to(CYPHER)): found
        for path in FILES
        if (found := complaints(path.stem, path.read_text(encoding="utf-8")))
    }
    assert wrong == {}
    assert FILES


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("// Finds one.\n", "", "sentence"),
        ("Finds one.", "finds one", "sentence"),
        ("// mode: read\n", "", "each once"),
        ("// mode: read\n", "// mode: readwrite\n", "not read or write"),
        ("// mode: read\n// params: id\n", "// params: id\n// mode: read\n", "order"),
        ("// params: id", "// params: id, other", "declared"),
        ("// params: id", "// params:", "declared"),
        ("MATCH", "MERGE", "does the other"),
        ("mode: read", "mode: write", "does the other"),
        ("// returns: n", "// returns:", "returns nothing"),
        ("RETURN n", "RETURN n; MATCH (m) RETURN m", "semicolon"),
    ],
)
def test_a_planted_violation_is_found(before: str, after: str, complaint: str):
    assert complaints("x", GOOD) == []
    assert before in GOOD
    assert any(complaint in found for found in complaints("x", GOOD.replace(before, after, 1)))


def test_what_only_looks_like_a_parameter_is_none():
    text = GOOD.replace("RETURN n", "WHERE n.name <> 'it''s $5 // no' // $comment\nRETURN n")
    assert complaints("x", text) == []


# --- overrides ---


def override_complaints(paths: dict[str, str]) -> list[str]:
    """`paths`: file name → text; an override declares what the file it overrides declares."""
    wrong = []
    for name, text in paths.items():
        base = f"{name.split('.')[0]}.cypher"
        if base == name:
            continue
        if base not in paths:
            wrong.append(f"{name} overrides nothing")
            continue
        mine, theirs = parse_statement(name, text), parse_statement(base, paths[base])
        if (mine.mode, mine.params, mine.returns) != (theirs.mode, theirs.params, theirs.returns):
            wrong.append(f"{name} declares something else than {base}")
    return wrong


def test_overrides_declare_the_same_and_are_few(record_property, capsys):
    texts = {str(path.relative_to(CYPHER)): path.read_text(encoding="utf-8") for path in FILES}
    assert override_complaints(texts) == []
    overrides = [name for name in texts if name.count(".") > 1]
    share = len(overrides) / len(statement_names())
    record_property("share_of_overrides", share)
    with capsys.disabled():
        sys.stdout.write(
            f"\nstatement overrides: {len(overrides)} of {len(statement_names())} ({share:.1%})\n"
        )
    assert share < 0.05


def test_planted_overrides_are_found():
    assert override_complaints({"a/x.cypher": GOOD, "a/x.arcadedb.cypher": GOOD}) == []
    assert override_complaints({"a/x.arcadedb.cypher": GOOD}) == ["a/x.arcadedb.cypher overrides nothing"]
    other = GOOD.replace("returns: n", "returns: m")
    assert len(override_complaints({"a/x.cypher": GOOD, "a/x.arcadedb.cypher": other})) == 1


# --- Python's side ---


def strings(tree: ast.AST) -> Iterator[tuple[int, str, bool]]:
    """Line, text and whether it is an f-string (its values as `*`), of every string but docstrings."""
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values)
            parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
            yield node.lineno, "".join(str(part) for part in parts), True
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value, False


def cypher_in(source: str) -> list[int]:
    """Lines with a string that looks like Cypher."""
    return sorted({line for line, text, _ in strings(ast.parse(source)) if _CYPHER.search(text)})


def names_in(source: str, subjects: set[str]) -> set[str]:
    """Statement names in a source, f-strings as patterns (`records/create_*`)."""
    name = re.compile(rf"(?:{'|'.join(sorted(subjects))})/[\w*]+")
    return {text for _, text, _ in strings(ast.parse(source)) if name.fullmatch(text)}


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_no_cypher_in_python():
    wrong = {
        str(path.relative_to(ROOT)): lines
        for path in modules(*PRODUCT, "benchmarks", "examples")
        if (lines := cypher_in(path.read_text(encoding="utf-8")))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "planted",
    [
        'x = "MATCH (n) RETURN n"',
        'x = f"MERGE (n:{label})"',
        'run("UNWIND $rows AS row")',
        'x = "CREATE INDEX a FOR (n:A) ON (n.b)"',
        'x = """\n  RETURN count(*)"""',
    ],
)
def test_planted_cypher_is_found(planted: str):
    assert cypher_in(planted)
    assert not cypher_in(f'"""{planted[:3]} Cypher such as MATCH (n) may be spoken of in a docstring."""')


def test_every_statement_is_used_and_every_used_one_exists():
    subjects = {path.parent.name for path in FILES}
    known = set(statement_names())
    unknown: dict[str, set[str]] = {}
    used: set[str] = set()
    for path in modules(*PRODUCT):
        for name in names_in(path.read_text(encoding="utf-8"), subjects):
            found = {one for one in known if re.fullmatch(name.replace("*", r"\w+"), one)}
            used |= found
            if not found:
                unknown.setdefault(str(path.relative_to(ROOT)), set()).add(name)
    assert unknown == {}
    assert known - used == set(), "no Python code uses them"


def test_a_planted_name_is_found():
    source = 'a = "people/nobody"; b = f"records/create_{kind}"; c = "text/plain"'
    assert names_in(source, {"people", "records"}) == {"people/nobody", "records/create_*"}


# --- loading ---


def test_an_override_is_taken_for_its_dialect_only(monkeypatch, tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "one.cypher").write_text(GOOD)
    (folder / "one.arcadedb.cypher").write_text(GOOD.replace("RETURN n", "RETURN n LIMIT 1"))
    monkeypatch.setattr("graph.engine.statements.files", lambda _: tmp_path)
    load_statement.cache_clear()
    try:
        assert "LIMIT" in load_statement("people/one", "arcadedb").text
        assert "LIMIT" not in load_statement("people/one", "neo4j").text
        assert statement_names() == ["people/one"]
        with pytest.raises(StatementError, match="no statement 'people/two'"):
            load_statement("people/two")
    finally:
        load_statement.cache_clear()


def test_a_name_cannot_leave_the_folder():
    for name in ("../pyproject", "schema/../../pyproject", "/etc/passwd", "schema"):
        with pytest.raises(StatementError):
            load_statement(name)
