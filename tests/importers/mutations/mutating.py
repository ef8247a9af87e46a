"""Seeded mutations: what programs, people and accidents do to an export.

`changed_grid` moves whole cells and columns; values stay under the name of the column that they are marked with
afterwards. `changed_text` and `changed_bytes` damage the file as it is written; what leaves a file that could be
right (two damages in one row that make up for each other) is not among it, as nobody could tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.importers.mutations.grids import Grid, Writing

__all__ = ["GRID_CHANGES", "TEXT_CHANGES", "changed_bytes", "changed_grid", "changed_text", "some_writing"]

HOSTILE = (
    '=HYPERLINK("https://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "+49 30 1234",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "javascript:alert(1)",
    "javascript://linkedin.com/in/evil",
    "data:text/html,<script>x</script>",
    "https://www.linkedin.com/in/",
    "https://www.linkedin.com/in/%00%ff",
    "http://[::1",
    "مرحبا بالعالم",
    "\u202e\u05e0\u05d7\u05d5\u05dd\u202c",
    "\u05e9\u05dc\u05d5\u05dd, \u05e2\u05d5\u05dc\u05dd",
    "Zoë \u200bÅström\u00a0",
    "Jos\u00c3\u00a9 M\u00c3\u00bcller",
    "e\u0301" * 40,
    "🙂" * 30,
    "\x01\x02\x1f",
    "\x0b\x0c\x85\u2028\u2029",
    'a "quoted" word',
    '"',
    '""',
    "line\r\nline",
    "line\nline,with,commas\n",
    ";;;",
    "|",
    "2026-02-31",
    "31.12.9999",
    "0000-00-00",
    "29/02/2023",
    "99999999999999999999",
    "-1",
    "1e309",
    "NaN",
    "NULL",
    "#REF!",
    "<b>x</b>",
    "x" * 5000,
    "a@b",
    "a@" + "b." * 200 + "c",
    "' OR 1=1 --",
    "${jndi:ldap://x}",
    "../../etc/passwd",
    "https://" + "a" * 3000,
    "ACwAA",
    "ACwAAAAAAAAAAAAAAAAAAAAAAAAA",
    "\ufeff",
    "\ud7ff",
)
PREAMBLES = (
    'Notes:\n"When exporting your data, you may notice that some are missing."\n\n',
    "Notes:\nWhen exporting your data, you may notice, some are missing.\n\n",
    'Notes:\n"When exporting your data, it may break off\n\n',
    "\n\n\n",
    "Export of 1 March 2026;;;\n",
    "sep=,\n",
    "# a comment, with commas, and more\n",
)


def _permuted(grid: Grid, random: Random) -> Grid:
    order = list(range(len(grid.header)))
    random.shuffle(order)
    return Grid(
        tuple(grid.header[at] for at in order), tuple(tuple(row[at] for at in order) for row in grid.rows)
    )


def _dropped(grid: Grid, random: Random) -> Grid:
    gone = random.randrange(len(grid.header))
    return Grid(
        grid.header[:gone] + grid.header[gone + 1 :],
        tuple(row[:gone] + row[gone + 1 :] for row in grid.rows),
    )


def _widened(grid: Grid, random: Random) -> Grid:
    count = random.choice((1, 2, 7, max(0, 499 - len(grid.header)), max(0, 500 - len(grid.header)), 500))
    at = random.randrange(len(grid.header) + 1)
    names = tuple(f"Unknown {random.randrange(10**6)} {place}" for place in range(count))
    return Grid(
        grid.header[:at] + names + grid.header[at:],
        tuple(row[:at] + ("stray value",) * count + row[at:] for row in grid.rows),
    )


def _doubled_rows(grid: Grid, random: Random) -> Grid:
    rows = [row for row in grid.rows for _ in range(random.choice((1, 1, 2, 3)))]
    random.shuffle(rows)
    return replace(grid, rows=tuple(rows))


def _emptied(grid: Grid, random: Random) -> Grid:
    share = random.random()
    return replace(
        grid, rows=tuple(tuple("" if random.random() < share else cell for cell in row) for row in grid.rows)
    )


def _swapped(grid: Grid, random: Random) -> Grid:
    """Two cells of a row under each other's name."""
    rows = [list(row) for row in grid.rows]
    row = random.choice(rows)
    a, b = random.randrange(len(row)), random.randrange(len(row))
    row[a], row[b] = row[b], row[a]
    return replace(grid, rows=tuple(tuple(row) for row in rows))


def _hostile(grid: Grid, random: Random) -> Grid:
    rows = [list(row) for row in grid.rows]
    for _ in range(random.choice((1, 1, 2, 5))):
        row = random.choice(rows)
        at = random.randrange(len(row))
        evil = random.choice(HOSTILE)
        row[at] = random.choice((evil, row[at] + evil, evil + row[at], f"{row[at]} {evil}"))
    return replace(grid, rows=tuple(tuple(row) for row in rows))


def _respelt_header(grid: Grid, random: Random) -> Grid:
    spell = random.choice(
        (str.upper, str.lower, str.title, lambda name: f"  {name} ", lambda name: f"\ufeff{name}")
    )
    return replace(grid, header=tuple(spell(name) for name in grid.header))


def _doubled_column(grid: Grid, random: Random) -> Grid:
    at = random.randrange(len(grid.header))
    return Grid((*grid.header, grid.header[at]), tuple((*row, row[at]) for row in grid.rows))


def _prefaced(grid: Grid, random: Random) -> Grid:
    return replace(grid, before=random.choice(PREAMBLES))


def _no_rows(grid: Grid, random: Random) -> Grid:
    return replace(grid, rows=grid.rows[: random.randrange(2)])


GRID_CHANGES: tuple[Callable[[Grid, Random], Grid], ...] = (
    _permuted,
    _dropped,
    _widened,
    _doubled_rows,
    _emptied,
    _swapped,
    _hostile,
    _hostile,
    _respelt_header,
    _doubled_column,
    _prefaced,
    _no_rows,
)


def changed_grid(grid: Grid, random: Random) -> Grid:
    """One, two or three changes of the table."""
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        if not grid.header or not grid.rows:
            break
        grid = random.choice(GRID_CHANGES)(grid, random)
    return grid


def some_writing(random: Random) -> Writing:
    """One of the ways in which a table is written."""
    how = Writing(delimiter=random.choice(",,,;\t|"))
    for change in random.sample(
        (
            {"newline": "\r\n"},
            {"newline": "\r"},
            {"quote_all": True},
            {"last_newline": False},
            {"encoding": "cp1252"},
            {"encoding": "utf-16"},
            {"bom": True},
            {"mojibake": True},
        ),
        random.choice((0, 1, 1, 2)),
    ):
        how = replace(how, **change)  # type: ignore[arg-type]
    return how


def _cut(text: str, random: Random) -> str:
    return text[: random.randrange(len(text) + 1)]


def _quotes(text: str, random: Random) -> str:
    for _ in range(random.choice((1, 1, 2, 3))):
        at = random.randrange(len(text) + 1)
        text = text[:at] + '"' + text[at:]
    return text


def _swallowed(text: str, random: Random) -> str:
    """A quotation mark before one cell and one after a later cell: a reader takes what lies between for one."""
    borders = [found.start() for found in re.finditer(r"[,;\t|\n]", text)]
    if len(borders) < 2:
        return text
    a, b = sorted(random.sample(borders, 2))
    return f'{text[: a + 1]}"{text[a + 1 : b]}"{text[b:]}'


def _other_delimiters(text: str, random: Random) -> str:
    lines = text.split("\n")
    for _ in range(random.choice((1, 2))):
        at = random.randrange(len(lines))
        lines[at] = lines[at].replace(random.choice(",;\t|"), random.choice(",;\t|"))
    return "\n".join(lines)


def _below_header(text: str, random: Random) -> int:
    """A place in the rows: what is damaged in the header alone, nobody can see."""
    return random.randrange(min(len(text), text.find("\n") + 1), len(text) + 1)


def _stray(text: str, random: Random) -> str:
    at = _below_header(text, random)
    return text[:at] + random.choice(",;\n\r\t\x0c\u2028'\\") + text[at:]


def _lost(text: str, random: Random) -> str:
    """Some characters of a line: the end of one and the beginning of the next may make up a whole row."""
    at = _below_header(text, random)
    gone = text[at : at + random.choice((1, 1, 2, 5, 20))].split("\n", 1)[0]
    return text[:at] + text[at + len(gone) :]


def _header_again(text: str, random: Random) -> str:
    lines = text.split("\n")
    at = random.randrange(1, len(lines) + 1)
    return "\n".join([*lines[:at], lines[0], *lines[at:]])


TEXT_CHANGES: tuple[Callable[[str, Random], str], ...] = (
    _cut,
    _quotes,
    _swallowed,
    _other_delimiters,
    _stray,
    _lost,
    _header_again,
)


def changed_text(text: str, random: Random) -> str:
    """No change of the written file, or one or two."""
    for _ in range(random.choice((0, 0, 1, 1, 1))):
        if text:
            text = random.choice(TEXT_CHANGES)(text, random)
    return text


def changed_bytes(content: bytes, random: Random) -> bytes:
    """Rarely: bytes that no program wrote."""
    if random.random() > 0.1 or not content:
        return content
    at = random.randrange(len(content))
    kind = random.randrange(4)
    if kind == 0:
        return content[:at] + b"\0" + content[at:]
    if kind == 1:
        return content[:at]
    if kind == 2:
        return content[:at] + bytes([random.randrange(128, 256)]) + content[at:]
    return content[:at] + random.randbytes(random.choice((1, 8, 64))) + content[at:]
