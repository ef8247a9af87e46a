"""What every operation passes: limits and price before it is validated, and errors made fit to be shown."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from typing import Any, cast

from graphql import DocumentNode, GraphQLError, GraphQLSyntaxError, OperationDefinitionNode
from graphql import ExecutionResult as CoreResult
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionResult, StreamExecutionResult
from strawberry.types.graphql import OperationType

from service.api.context import Context
from service.api.cost import price
from service.api.limits import MOST_TOKENS, DocumentLimits, check_document
from service.errors import ErrorCode, ServiceError, from_exception
from service.settings import Settings
from service.web.failures import log_bug

__all__ = ["Admission", "ShownErrors", "admission_for"]


class KnownDocuments:
    """Documents that were within the limits and valid: clients send the same few again and again.

    Bounded in number and in the length of each, so that nobody can fill the memory with it.
    """

    MOST = 256
    LONGEST = 8_192

    def __init__(self) -> None:
        self._documents: OrderedDict[str, DocumentNode] = OrderedDict()

    def get(self, text: str | None) -> DocumentNode | None:
        """The document of this very text, if it is known."""
        if text is None or text not in self._documents:
            return None
        self._documents.move_to_end(text)
        return self._documents[text]

    def keep(self, text: str | None, document: DocumentNode | None) -> None:
        """Remember a document that was found valid."""
        if text is None or document is None or len(text) > self.LONGEST:
            return
        self._documents[text] = document
        if len(self._documents) > self.MOST:
            self._documents.popitem(last=False)


class Admission(SchemaExtension):
    """Lets an operation in: within the limits, paid for, and with a context of its own.

    Refusals are noted rather than raised, so that they reach the caller the same way on every transport.
    """

    def __init__(self, settings: Settings, known: KnownDocuments) -> None:
        self._known = known
        self._limits = DocumentLimits(
            depth=settings.max_depth,
            aliases=settings.max_aliases,
            same_field=settings.max_same_field,
            directives=settings.max_directives,
        )
        self._highest_cost = settings.max_operation_cost

    def on_operation(self) -> Iterator[None]:
        """Give the operation loaders of its own."""
        self.execution_context.context = cast(Context, self.execution_context.context).for_operation()
        self.execution_context.parse_options = {"max_tokens": MOST_TOKENS}
        yield

    async def on_parse(self) -> AsyncIterator[None]:
        """Check and charge the operation once it is parsed, before it is validated."""
        document = self._known.get(self.execution_context.query)
        if document is not None:
            self.execution_context.graphql_document = document
            self.execution_context.validation_rules = ()
        yield
        if self.execution_context.graphql_document is None:
            return
        try:
            await self._admit()
        except Exception as error:
            self.execution_context.pre_execution_errors = [GraphQLError(str(error), original_error=error)]

    def on_validate(self) -> Iterator[None]:
        """Remember a document that was found valid."""
        yield
        if not self.execution_context.pre_execution_errors:
            self._known.keep(self.execution_context.query, self.execution_context.graphql_document)

    async def _admit(self) -> None:
        running = self.execution_context
        context = cast(Context, running.context)
        document = running.graphql_document
        assert document is not None
        caller = context.known_caller
        if running.validation_rules:
            check_document(document, self._limits)
        if running._provided_operation_name is None and _operations(document) > 1:
            raise ServiceError(
                ErrorCode.BAD_REQUEST, "There are several operations: say which one by operationName."
            )
        try:
            kind = running.operation_type
        except RuntimeError:
            # No operation of that name: said by whoever runs it.
            return
        if context.streaming is not (kind is OperationType.SUBSCRIPTION):
            raise ServiceError(
                ErrorCode.BAD_REQUEST, "Send queries and mutations by POST, subscriptions over a WebSocket."
            )
        schema = running.schema._schema
        cost = price(schema, document, running.operation_name, running.variables or {})
        if cost > self._highest_cost:
            raise ServiceError(
                ErrorCode.LIMIT_EXCEEDED,
                f"The operation costs {cost}, the limit is {self._highest_cost}: ask for smaller pages.",
                limit="cost",
            )
        await context.backend.charge(caller, cost)


def _operations(document: DocumentNode) -> int:
    return sum(isinstance(node, OperationDefinitionNode) for node in document.definitions)


def admission_for(settings: Settings) -> type[SchemaExtension]:
    """The extension with these settings' limits, and a memory of its own."""
    known = KnownDocuments()

    class Configured(Admission):
        def __init__(self) -> None:
            super().__init__(settings, known)

    return Configured


class ShownErrors(SchemaExtension):
    """Expected errors get their code, everything else is logged without its text and masked."""

    def on_operation(self) -> Iterator[None]:
        """Treat the result of a query or mutation."""
        yield
        self._treat(self.execution_context.result)

    def on_stream_result(self, result: StreamExecutionResult) -> Iterator[None]:
        """Treat each result of a subscription."""
        self._treat(result)
        yield

    def _treat(self, result: object) -> None:
        if isinstance(result, CoreResult | ExecutionResult) and result.errors:
            request_id = cast(Context, self.execution_context.context).request_id
            result.errors = [shown(error, request_id) for error in result.errors]


def shown(error: GraphQLError, request_id: str) -> GraphQLError:
    """The error as a caller may see it: with `extensions.code` and `requestId`, without internals."""
    if error.extensions and "requestId" in error.extensions:
        return error
    known = _known(error)
    extensions: dict[str, Any] = known.extensions(request_id)
    return GraphQLError(
        known.message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )


def _known(error: GraphQLError) -> ServiceError:
    cause = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    syntax = error.message if isinstance(error, GraphQLSyntaxError) else ""
    if isinstance(cause, RecursionError) or "nested too deeply" in syntax:
        return ServiceError(ErrorCode.LIMIT_EXCEEDED, "The operation is nested too deeply.", limit="depth")
    if f"{MOST_TOKENS} tokens" in syntax:
        return ServiceError(
            ErrorCode.LIMIT_EXCEEDED, f"The operation has more than {MOST_TOKENS} tokens.", limit="tokens"
        )
    if cause is None or isinstance(cause, GraphQLError):
        # The library's own words about the operation: it does not parse, or does not fit the schema.
        return ServiceError(ErrorCode.BAD_REQUEST, error.message)
    known = from_exception(cause)
    if known is not None:
        return known
    log_bug(cause)
    return ServiceError(ErrorCode.INTERNAL, "Something went wrong here. The request id finds it in the log.")
