"""The cells and conditions of a mapping; their grammar stands in `importers/formats/mapping.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from importers.formats.base import Row, RowError

__all__ = ["Cell", "Condition", "MappingError"]

# Regular expressions are an admin's, cells are anybody's: none is given more than this to chew on.
_LONGEST = 2000
_TEXTS = ("column", "value", "join", "match", "split", "prefix", "suffix", "default", "date_format")
_TESTS = ("length", "equals", "in", "matches", "empty")


class MappingError(ValueError):
    """Something in a mapping that cannot be meant; says where."""


def _pattern(text: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as wrong:
        raise MappingError(f"{where}: the regular expression is wrong: {wrong}") from None


def _unknown(given: Mapping[str, Any], where: str, known: tuple[str, ...]) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise MappingError(f"{where} has an unknown entry “{unknown[0][:60]}”; known are {', '.join(known)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How one of our cells is made of theirs."""

    columns: tuple[str, ...] = ()
    value: str = ""
    join: str = " "
    match: re.Pattern[str] | None = None
    split: str = ""
    part: int = 0
    values: Mapping[str, str] | None = None
    date_format: str = ""
    prefix: str = ""
    suffix: str = ""
    default: str | None = None
    optional: bool = False
    plain: bool = field(init=False)

    def __post_init__(self) -> None:
        changed = self.cut or self.date_format or self.prefix or self.suffix or self.default
        object.__setattr__(self, "plain", len(self.columns) == 1 and not changed)

    @property
    def cut(self) -> bool:
        """Whether it is only a part of their cell, or another value in its place."""
        return bool(self.match or self.split or self.values is not None or len(self.columns) > 1)

    @classmethod
    def of(cls, given: Any, where: str) -> Cell:
        """Read a cell of a mapping; raises MappingError."""
        if isinstance(given, str):
            given = {"column": given}
        if not isinstance(given, dict):
            raise MappingError(f"{where} is neither a column's name nor a table")
        _unknown(given, where, (*_TEXTS, "columns", "part", "values", "optional"))
        if sum(name in given for name in ("column", "columns", "value")) != 1:
            raise MappingError(f"{where} has exactly one of column, columns and value")
        texts = {name: given[name] for name in _TEXTS if name in given}
        columns = given.get("columns", [given["column"]] if "column" in given else [])
        values, part = given.get("values"), given.get("part", 0)
        if (
            not all(isinstance(text, str) for text in texts.values())
            or not isinstance(columns, list)
            or not all(isinstance(name, str) and name.strip() for name in columns)
            or not (
                values is None
                or (isinstance(values, dict) and all(isinstance(v, str) for v in values.values()))
            )
            or not isinstance(part, int)
            or not isinstance(given.get("optional", False), bool)
        ):
            raise MappingError(f"{where}: all but part (a number) and optional (true or false) are texts")
        texts.pop("column", None)
        match = texts.pop("match", None)
        return cls(
            **texts,
            columns=tuple(columns),
            match=_pattern(match, where) if match is not None else None,
            part=part,
            values=values,
            optional=given.get("optional", False),
        )

    def text(self, row: Row) -> str:
        """Our cell's text; raises RowError naming their column."""
        if not self.columns:
            return self.value
        if self.plain:
            return row.cells.get(self.columns[0], "")
        text = self.join.join(cell for name in self.columns if (cell := row.get(name)))
        if self.match and text:
            found = self.match.search(text[:_LONGEST])
            text = (found[1] if found.re.groups else found[0]) or "" if found else ""
        if self.split and text:
            parts = text.split(self.split)
            text = parts[self.part].strip() if -len(parts) <= self.part < len(parts) else ""
        if self.values is not None:
            text = self._replaced(text)
        if self.date_format and text:
            text = self._date(text)
        if text:
            return f"{self.prefix}{text}{self.suffix}"
        return self.default or ""

    def _replaced(self, text: str) -> str:
        assert self.values is not None
        if text in self.values:
            return self.values[text]
        if self.default is None:
            raise RowError(
                ", ".join(self.columns),
                "the mapping has no value for what stands there",
                "Add it to values in the mapping, or give a default",
            )
        return ""

    def _date(self, text: str) -> str:
        try:
            day = datetime.strptime(text, self.date_format)
        except ValueError:
            raise RowError(
                ", ".join(self.columns),
                f"it is not a date written as {self.date_format}",
                "Correct the date, or date_format in the mapping",
            ) from None
        if "%d" in self.date_format or "%j" in self.date_format:
            return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"
        if any(directive in self.date_format for directive in ("%m", "%b", "%B")):
            return f"{day.year:04d}-{day.month:02d}"
        return f"{day.year:04d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a row must be like for a rule to take it."""

    column: str
    test: str
    wanted: Any
    turned: bool = False
    pattern: re.Pattern[str] | None = field(default=None)

    @classmethod
    def of(cls, given: Any, where: str) -> Condition:
        """Read a condition of a mapping; raises MappingError."""
        if not isinstance(given, dict) or not isinstance(given.get("column"), str):
            raise MappingError(f"{where} is not a table with a column")
        _unknown(given, where, ("column", "not", *_TESTS))
        tests = [name for name in _TESTS if name in given]
        kinds: dict[str, type] = {"length": int, "equals": str, "in": list, "matches": str, "empty": bool}
        if len(tests) != 1 or not isinstance(given[tests[0]], kinds[tests[0]]):
            raise MappingError(f"{where} has exactly one of {', '.join(_TESTS)}, of the right type")
        if not isinstance(given.get("not", False), bool):
            raise MappingError(f"{where}: not is true or false")
        pattern = _pattern(given["matches"], where) if tests[0] == "matches" else None
        return cls(
            column=given["column"],
            test=tests[0],
            wanted=given[tests[0]],
            turned=given.get("not", False),
            pattern=pattern,
        )

    def holds(self, row: Row) -> bool:
        """Whether their row is like that."""
        return self._met(row.get(self.column)) != self.turned

    def _met(self, text: str) -> bool:
        match self.test:
            case "length":
                return bool(len(text) == self.wanted)
            case "equals":
                return bool(text == self.wanted)
            case "in":
                return text in self.wanted
            case "empty":
                return bool((not text) == self.wanted)
            case _:
                return self.pattern is not None and self.pattern.search(text[:_LONGEST]) is not None
