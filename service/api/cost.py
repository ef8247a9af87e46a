"""What an operation costs, priced from its text before it runs: lists cost their page size.

One is roughly one object read. A search for paths has a price of its own by the number of connectors. Prices
are for quotas, so they need be fair, not exact; no price is ever lower because of how a document is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
)

from service.api.pages import DEFAULT_PAGE, LARGEST_PAGE

__all__ = ["price"]

# How many items a list without a page size is taken to have.
SHORT_LIST = 3
SHORT_LISTS = {"evidence": 2, "sources": 2, "committee": 16, "roles": 7, "members": 16}
BASE = {
    "searchPeople": 5,
    "searchCompanies": 5,
    "totalCount": 10,
    # What is computed from a whole committee, by how long it takes.
    "committee": 20,
    "outlook": 20,
    "camps": 20,
    "suggestedAlliances": 20,
    "redFlags": 10,
    "nextQuestions": 10,
    "coverage": 10,
    "nextIntroductions": 10,
    "entryPaths": 10,
    "references": 10,
    "teamAssignment": 10,
    "simulate": 40,
    "counterbalance": 100,
    "attribution": 20,
}
MUTATION = 20
PATHS_BY_CONNECTORS = (10, 15, 30, 100)
LARGEST_PATHS = 25
Composite = GraphQLObjectType | GraphQLInterfaceType


def price(
    schema: GraphQLSchema, document: DocumentNode, operation_name: str | None, variables: Mapping[str, Any]
) -> int:
    """The cost of the operation that would run; 1 at least. Check the document's limits first."""
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    chosen = [o for o in operations if operation_name is None or (o.name and o.name.value == operation_name)]
    pricing = _Pricing(schema, document, variables)
    return max([1, *(pricing.operation(operation) for operation in chosen)])


class _Pricing:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self._schema = schema
        self._given = variables
        self._fragments = {
            n.name.value: n for n in document.definitions if isinstance(n, FragmentDefinitionNode)
        }
        self._known: dict[tuple[str, str, int], int] = {}
        self._variables: dict[str, Any] = dict(variables)

    def operation(self, operation: OperationDefinitionNode) -> int:
        for definition in operation.variable_definitions or ():
            name = definition.variable.name.value
            if name not in self._given and definition.default_value is not None:
                self._variables[name] = self._value(definition.default_value)
        root = self._schema.get_root_type(operation.operation)
        return self._selection(operation.selection_set, root, 1)

    def _selection(self, selection: SelectionSetNode | None, parent: Composite | None, page: int) -> int:
        total = 0
        for node in selection.selections if selection else ():
            if isinstance(node, FieldNode):
                total += self._field(node, parent, page)
            elif isinstance(node, InlineFragmentNode):
                kind = self._type(node.type_condition.name.value) if node.type_condition else parent
                total += self._selection(node.selection_set, kind, page)
            elif isinstance(node, FragmentSpreadNode):
                total += self._spread(node.name.value, page)
        return total

    def _spread(self, name: str, page: int) -> int:
        fragment = self._fragments.get(name)
        if fragment is None:
            return 0
        kind = fragment.type_condition.name.value
        key = (name, kind, page)
        if key not in self._known:
            self._known[key] = self._selection(fragment.selection_set, self._type(kind), page)
        return self._known[key]

    def _type(self, name: str) -> Composite | None:
        found = self._schema.get_type(name)
        return found if isinstance(found, GraphQLObjectType | GraphQLInterfaceType) else None

    def _field(self, node: FieldNode, parent: Composite | None, page: int) -> int:
        definition = parent.fields.get(node.name.value) if parent is not None else None
        if definition is None or parent is None:
            # Not a field of ours (introspection, or an error that validation will name): by its size.
            return 1 + self._selection(node.selection_set, None, 1) if node.selection_set else 0
        name = node.name.value
        own = BASE.get(name, 0)
        if parent is self._schema.mutation_type:
            own += MUTATION
        kind = get_named_type(definition.type)
        if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            return own
        size = self._page(node, definition)
        if name == "warmPaths":
            own += self._paths_price(node)
            size = self._paths_size(node)
        each = 1 + self._selection(node.selection_set, kind, size)
        return own + each * self._items(node, definition, page)

    def _items(self, node: FieldNode, definition: GraphQLField, page: int) -> int:
        if not isinstance(get_nullable_type(definition.type), GraphQLList):
            return 1
        name = node.name.value
        if name in ("edges", "nodes", "paths"):
            return max(1, page)
        refs = self._argument(node, "refs")
        if refs is not None:
            return max(1, min(len(refs), LARGEST_PAGE)) if isinstance(refs, list) else 1
        return SHORT_LISTS.get(name, SHORT_LIST)

    def _page(self, node: FieldNode, definition: GraphQLField) -> int:
        if "first" not in definition.args:
            return 1
        return _clamped(self._argument(node, "first"), DEFAULT_PAGE, LARGEST_PAGE)

    def _paths_size(self, node: FieldNode) -> int:
        given = self._argument(node, "input")
        return _clamped(given.get("first") if isinstance(given, dict) else None, 5, LARGEST_PATHS)

    def _paths_price(self, node: FieldNode) -> int:
        given = self._argument(node, "input")
        connectors = given.get("maxConnectors") if isinstance(given, dict) else None
        return PATHS_BY_CONNECTORS[_clamped(connectors, 2, len(PATHS_BY_CONNECTORS) - 1)]

    def _argument(self, node: FieldNode, name: str) -> Any:
        for argument in node.arguments or ():
            if argument.name.value == name:
                return self._value(argument.value)
        return None

    def _value(self, value: ValueNode) -> Any:
        """A literal or variable, as far as prices depend on it."""
        if isinstance(value, VariableNode):
            return self._variables.get(value.name.value)
        if isinstance(value, IntValueNode):
            return int(value.value) if len(value.value) < 10 else LARGEST_PAGE
        if isinstance(value, ListValueNode):
            return [None] * len(value.values)
        if isinstance(value, ObjectValueNode):
            return {f.name.value: self._value(f.value) for f in value.fields}
        return None


def _clamped(value: Any, default: int, most: int) -> int:
    if type(value) is not int:
        return default
    return min(max(value, 0), most)
