"""How large a document may be, counted before it is validated, and once: no document makes counting costly.

Fragments are counted once each and their sums reused, so nested doubled fragments cost no more than their text;
as soon as a sum is over its limit counting stops. Names count as they would after every fragment is put in
its place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
)

from service.errors import ErrorCode, ServiceError

__all__ = ["MOST_SELECTIONS", "MOST_TOKENS", "DocumentLimits", "check_document"]

# Far above any sensible question; they bound the work of parsing and validating, whatever the other limits.
MOST_TOKENS = 5_000
MOST_SELECTIONS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLimits:
    """The most a document may have; `same_field` counts within one selection, fragments put in."""

    depth: int = 15
    aliases: int = 30
    same_field: int = 30
    directives: int = 5
    selections: int = MOST_SELECTIONS


@dataclass(slots=True)
class _Sums:
    depth: int = 0
    aliases: int = 0
    directives: int = 0
    selections: int = 0
    # How often each field stands in this very selection, not deeper.
    fields: Counter[str] = field(default_factory=Counter)


def check_document(document: DocumentNode, limits: DocumentLimits) -> None:
    """Raise ServiceError LIMIT_EXCEEDED, naming the limit, for a document over one of them or with a cycle."""
    _Counting(document, limits).check()


class _Counting:
    def __init__(self, document: DocumentNode, limits: DocumentLimits) -> None:
        self._limits = limits
        self._definitions = document.definitions
        self._fragments = {
            node.name.value: node for node in self._definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._sums: dict[str, _Sums] = {}
        self._open: set[str] = set()

    def check(self) -> None:
        whole = _Sums()
        for node in self._definitions:
            if isinstance(node, OperationDefinitionNode):
                sums = self._selection(node.selection_set, 1)
                sums.directives += len(node.directives or ())
                # Operations of one document share its limits, but not their fields.
                sums.fields.clear()
                self._add(whole, sums)
            elif isinstance(node, FragmentDefinitionNode):
                # Unused ones too: validation walks them.
                self._fragment(node.name.value, 1)

    def _selection(self, selection: SelectionSetNode | None, level: int) -> _Sums:
        sums = _Sums()
        for node in selection.selections if selection else ():
            self._add(sums, self._one(node, level))
        return sums

    def _one(self, node: Node, level: int) -> _Sums:
        self._refuse_over("depth", level, self._limits.depth)
        if isinstance(node, FieldNode):
            sums = self._selection(node.selection_set, level + 1)
            sums.depth += 1
            sums.selections += 1
            sums.aliases += node.alias is not None
            sums.fields = Counter({node.name.value: 1})
        elif isinstance(node, FragmentSpreadNode):
            inner = self._fragment(node.name.value, level)
            sums = _Sums(inner.depth, inner.aliases, inner.directives, inner.selections + 1, inner.fields)
        elif isinstance(node, InlineFragmentNode):
            # A level of its own: fragments within fragments must end somewhere, too.
            sums = self._selection(node.selection_set, level + 1)
        else:
            return _Sums()
        sums.directives += len(node.directives or ())
        return sums

    def _fragment(self, name: str, level: int) -> _Sums:
        if name in self._open:
            raise ServiceError(
                ErrorCode.LIMIT_EXCEEDED, f"Fragment {name[:50]} contains itself.", limit="cycle"
            )
        if name not in self._sums:
            node = self._fragments.get(name)
            if node is None:
                return _Sums()
            self._open.add(name)
            # Counted from the top: the sums hold wherever the fragment is put. Its depth is added where it is.
            self._sums[name] = self._fragment_sums(node)
            self._open.discard(name)
        found = self._sums[name]
        self._refuse_over("depth", level - 1 + found.depth, self._limits.depth)
        return found

    def _fragment_sums(self, node: FragmentDefinitionNode) -> _Sums:
        self._refuse_over("depth", len(self._open), _DEEPEST_NESTING)
        sums = self._selection(node.selection_set, 1)
        sums.directives += len(node.directives or ())
        return sums

    def _add(self, whole: _Sums, part: _Sums) -> None:
        whole.depth = max(whole.depth, part.depth)
        whole.aliases += part.aliases
        whole.directives += part.directives
        whole.selections += part.selections
        self._refuse_over("depth", whole.depth, self._limits.depth)
        self._refuse_over("aliases", whole.aliases, self._limits.aliases)
        self._refuse_over("directives", whole.directives, self._limits.directives)
        self._refuse_over("selections", whole.selections, self._limits.selections)
        whole.fields.update(part.fields)
        for name in part.fields:
            self._refuse_over("same field", whole.fields[name], self._limits.same_field)

    @staticmethod
    def _refuse_over(name: str, value: int, most: int) -> None:
        if value > most:
            raise ServiceError(
                ErrorCode.LIMIT_EXCEEDED,
                f"The operation is over the limit of {most} {_SAID.get(name, name)}.",
                limit=name,
            )


_SAID = {
    "depth": "levels (depth)",
    "same field": "times one field in one selection",
    "selections": "selections, fragments put in their places",
}
# Spreads within spreads: bounds our own recursion, and validation's.
_DEEPEST_NESTING = 100
