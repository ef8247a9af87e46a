"""The one module that imports the driver: statements go out by name, rows come back as dicts."""

from __future__ import annotations

import asyncio
import logging
import random
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncResult,
    AsyncSession,
    AsyncTransaction,
    Query,
)
from neo4j.exceptions import (
    AuthError,
    ConstraintError,
    DriverError,
    Neo4jError,
    TransientError,
)

from graph.engine.deadline import seconds_left
from graph.engine.errors import EngineError, EngineUnavailable, QueryTimeout
from graph.engine.statements import Statement, load_statement

__all__ = ["Engine", "Row", "Transaction", "connect"]

Row = dict[str, Any]
T = TypeVar("T")

# The driver logs the parameters of statements at DEBUG: personal data, whatever level the service logs at.
# Without a handler of its own, Python would print its warnings in the middle of a command's output.
logging.getLogger("neo4j").setLevel(logging.WARNING)
logging.getLogger("neo4j").addHandler(logging.NullHandler())

# A rival's write is over in milliseconds; an election in a cluster or a restart takes seconds, and a caller
# must hear soon that nobody answers.
_CONFLICT_SECONDS = 30.0
_ABSENCE_SECONDS = 5.0
# The engine ends a statement at its limit; the client gives up a little later, in case the engine does not.
_GRACE_SECONDS = 1.0
_ALL = 2**31 - 1
_SCHEMES = frozenset(f"{scheme}{security}" for scheme in ("bolt", "neo4j") for security in ("", "+s", "+ssc"))
# "Neo4j/5.26.20", but "Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)".
_COMPATIBLE = re.compile(r"compatible \((\w+)[ /]([\w.]+)\)")


class Transaction:
    """Statements of one unit of work, sent in order; everything is kept or nothing is."""

    def __init__(self, inner: AsyncTransaction, engine: Engine) -> None:
        self._inner = inner
        self._engine = engine

    async def run(self, name: str, /, **params: Any) -> list[Row]:
        """Send the statement `name` and return its rows."""
        statement = self._engine.prepare(name, params)
        return await _rows(await self._inner.run(statement.text, params))


async def _rows(result: AsyncResult) -> list[Row]:
    # A record made a dict by itself looks up every column by name: thousands of rows feel that.
    names = result.keys()
    return [dict(zip(names, record.values(), strict=True)) for record in await result.fetch(_ALL)]


class Engine:
    """An open engine. Safe to share between coroutines: each call takes its own session."""

    def __init__(
        self,
        driver: AsyncDriver,
        *,
        database: str | None,
        address: str,
        agent: str,
        query_timeout: float | None = None,
    ) -> None:
        self._driver = driver
        self._database = database
        self._query_timeout = query_timeout
        self._closers: list[Callable[[], Awaitable[None]]] = []
        self.dialect, self.version = _product(agent)
        self.address = address
        self.statements_sent = 0
        # Keys the fingerprints of people who must not be stored; whoever opens the engine says it.
        self.privacy_key: bytes | None = None
        # An embedded engine that ran on after its last user was killed, until we found it.
        self.was_leftover = False

    def on_close(self, closer: Callable[[], Awaitable[None]]) -> None:
        """Run `closer` after the driver has been closed."""
        self._closers.append(closer)

    async def read(self, name: str, /, **params: Any) -> list[Row]:
        """Send a read statement; on a cluster it goes to a reader that has seen our own writes.

        One statement needs no explicit transaction: it is consistent by itself, and saves two round trips.
        """

        async def work(session: AsyncSession, limit: float | None) -> list[Row]:
            statement = self.prepare(name, params)
            return await _rows(await session.run(Query(statement.text, timeout=limit), params))

        return await self._retried(READ_ACCESS, work)

    async def write(self, name: str, /, **params: Any) -> list[Row]:
        """Send one write statement in a transaction of its own; it may run twice, so it must be idempotent."""

        async def work(tx: Transaction) -> list[Row]:
            return await tx.run(name, **params)

        return await self._in_transaction(WRITE_ACCESS, work)

    async def transact(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run `work` in one write transaction, again from its start when a rival's write got in between."""
        return await self._in_transaction(WRITE_ACCESS, work)

    async def snapshot(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run several read statements in one read transaction."""
        return await self._in_transaction(READ_ACCESS, work)

    async def auto_commit(self, name: str, /, **params: Any) -> list[Row]:
        """Send a statement outside a managed transaction (schema commands, `IN TRANSACTIONS`), once.

        Only a `time_limit` around it limits it: such commands may take long.
        """
        statement = self.prepare(name, params)
        try:
            async with self._driver.session(**self._session_config(WRITE_ACCESS)) as session:
                result = await session.run(Query(statement.text, timeout=seconds_left()), params)
                return [dict(record) for record in await result.fetch(_ALL)]
        except (Neo4jError, DriverError) as error:
            raise _translated(error, self.address) from None

    async def stream(self, name: str, /, **params: Any) -> AsyncIterator[Row]:
        """Yield the rows of a read statement as they arrive, without holding them all.

        Only a `time_limit` around it limits it: the reader decides how long it takes.
        """
        statement = self.prepare(name, params)
        try:
            async with self._driver.session(**self._session_config(READ_ACCESS), fetch_size=1000) as session:
                result = await session.run(Query(statement.text, timeout=seconds_left()), params)
                async for record in result:
                    yield dict(record)
        except (Neo4jError, DriverError) as error:
            raise _translated(error, self.address) from None

    async def close(self) -> None:
        """Close the driver, then whatever was tied to this connection (an embedded child process)."""
        try:
            await self._driver.close()
        finally:
            while self._closers:
                await self._closers.pop()()

    async def __aenter__(self) -> Engine:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def prepare(self, name: str, params: dict[str, Any]) -> Statement:
        """Load the statement for this engine, check its parameters and count it as sent."""
        statement = load_statement(name, self.dialect)
        statement.check(frozenset(params))
        self.statements_sent += 1
        return statement

    def _session_config(self, access: str) -> dict[str, Any]:
        return {
            "database": self._database,
            "default_access_mode": access,
            "bookmark_manager": self._driver.execute_query_bookmark_manager,
        }

    def _limit(self) -> float | None:
        limits = [limit for limit in (self._query_timeout, seconds_left()) if limit is not None]
        return min(limits) if limits else None

    async def _in_transaction(self, access: str, work: Callable[[Transaction], Awaitable[T]]) -> T:
        async def begun(session: AsyncSession, limit: float | None) -> T:
            inner = await session.begin_transaction(timeout=limit)
            async with inner:
                kept = await work(Transaction(inner, self))
                await inner.commit()
                return kept

        return await self._retried(access, begun)

    async def _retried(self, access: str, work: Callable[[AsyncSession, float | None], Awaitable[T]]) -> T:
        began = time.monotonic()
        attempt = 0
        while True:
            attempt += 1
            try:
                return await self._attempt(access, work)
            except (Neo4jError, DriverError) as error:
                pause = _pause(error, attempt)
                patience = _CONFLICT_SECONDS if _is_conflict(error) else _ABSENCE_SECONDS
                left = seconds_left()
                over = time.monotonic() + pause - began > patience or (left is not None and left < pause)
                if over or not (_is_conflict(error) or error.is_retryable()):
                    raise _translated(error, self.address) from None
            await asyncio.sleep(pause)

    async def _attempt(self, access: str, work: Callable[[AsyncSession, float | None], Awaitable[T]]) -> T:
        limit = self._limit()
        if limit is not None and limit <= 0:
            raise QueryTimeout(f"no time was left for a statement to {self.address}")
        guard = asyncio.timeout(None if limit is None else limit + _GRACE_SECONDS)
        try:
            async with guard, self._driver.session(**self._session_config(access)) as session:
                return await work(session, limit)
        except TimeoutError:
            if guard.expired():
                raise QueryTimeout(f"{self.address} did not answer within {limit:.1f} s") from None
            raise


def _product(agent: str) -> tuple[str, str]:
    if compatible := _COMPATIBLE.search(agent):
        return compatible[1].lower(), compatible[2]
    name, _, version = agent.partition("/")
    return name.lower(), version


def _is_conflict(error: Exception) -> bool:
    # Two concurrent MERGEs of one new key: Neo4j locks, the embedded engine lets one of them fail on the
    # constraint. A second try then finds what the rival wrote.
    return isinstance(error, TransientError | ConstraintError)


def _pause(error: Exception, attempt: int) -> float:
    slowest = 0.5 if _is_conflict(error) else 1.0
    longest: float = min(slowest, 0.02 * 2 ** min(attempt, 10))
    return random.uniform(0.5, 1.0) * longest


def _translated(error: Neo4jError | DriverError, address: str) -> EngineError:
    code = (error.code if isinstance(error, Neo4jError) else None) or type(error).__name__
    translated: EngineError
    if isinstance(error, AuthError):
        translated = EngineUnavailable(f"{address} refuses the user or password: check both")
    elif "DatabaseNotFound" in code:
        translated = EngineUnavailable(f"{address} has no such database: check its name, or create it")
    elif "TransactionTimedOut" in code:
        translated = QueryTimeout(f"a statement took too long at {address} and was ended")
    elif isinstance(error, DriverError) or "Unavailable" in code:
        translated = EngineUnavailable(
            f"the graph engine at {address} does not answer ({code}): is it running?"
        )
    elif code.endswith("SyntaxError"):
        # It quotes the statement, and statements carry no values.
        translated = EngineError(f"the graph engine refused a statement ({code}): {error}")
    else:
        translated = EngineError(f"the graph engine refused a statement ({code})")
    # The engine's own text can quote parameters, which are personal data: no message repeats it.
    translated.detail = str(error)
    return translated


def _no_address(uri: str) -> EngineUnavailable:
    # Somebody may write user:password@host, and errors never carry credentials.
    shown = re.sub(r"//[^/@]*@", "//", uri)
    return EngineUnavailable(
        f"{shown!r} is not an address of a graph engine: write neo4j://host:7687 or bolt://host:7687"
    )


async def connect(
    uri: str,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    query_timeout: float | None = None,
    acquisition_timeout: float = 5.0,
) -> Engine:
    """Open a driver on `uri`, check that its database answers, and learn which product and version is there.

    `query_timeout` (seconds) ends a read or write that runs longer; `acquisition_timeout` (seconds) is how
    long to wait for a connection. Raises EngineUnavailable.
    """
    if uri.partition("://")[0] not in _SCHEMES:
        # The driver would also take http, which has neither routing nor bookmarks.
        raise _no_address(uri)
    try:
        driver = AsyncGraphDatabase.driver(
            uri,
            auth=(user, password or "") if user else None,
            connection_acquisition_timeout=acquisition_timeout,
            connection_timeout=acquisition_timeout,
            notifications_min_severity="OFF",
            user_agent="liaison",
        )
    except (DriverError, ValueError):
        raise _no_address(uri) from None
    try:
        async with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
            result = await session.run(Query(load_statement("schema/ping").text))
            agent = (await result.consume()).server.agent
    except (Neo4jError, DriverError) as error:
        await driver.close()
        raise _translated(error, uri) from None
    except OSError as error:
        await driver.close()
        raise EngineUnavailable(f"no graph engine answers at {uri} ({type(error).__name__})") from None
    except BaseException:
        await driver.close()
        raise
    return Engine(driver, database=database, address=uri, agent=agent, query_timeout=query_timeout)
