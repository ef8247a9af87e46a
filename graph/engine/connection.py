"""The one module that imports the driver: statements go out by name, rows come back as dicts."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, LiteralString, TypeVar, cast

from neo4j import READ_ACCESS, WRITE_ACCESS, AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction, Query
from neo4j.exceptions import ClientError, ConstraintError, DriverError, Neo4jError, ServiceUnavailable

from graph.engine.errors import EngineError, EngineUnavailable
from graph.engine.statements import Statement, load_statement

__all__ = ["Engine", "Row", "Transaction", "connect"]

Row = dict[str, Any]
T = TypeVar("T")

_WRITE_ATTEMPTS = 8



class Transaction:
    """Statements of one unit of work, sent in order; everything is kept or nothing is."""

    def __init__(self, inner: AsyncManagedTransaction, dialect: str) -> None:
        self._inner = inner
        self._dialect = dialect

    async def run(self, name: str, /, **params: Any) -> list[Row]:
        """Send the statement `name` and return its rows."""
        statement = _prepared(name, self._dialect, params)
        result = await self._inner.run(statement.text, params)
        return [dict(record) for record in await result.fetch(_ALL)]


_ALL = 2**31 - 1


class Engine:
    """An open engine. Safe to share between coroutines: each call takes its own session."""

    def __init__(
        self, driver: AsyncDriver, *, database: str | None, dialect: str, version: str, address: str
    ) -> None:
        self._driver = driver
        self._database = database
        self.dialect = dialect
        self.version = version
        self.address = address
        self.statements_sent = 0
        self._closers: list[Callable[[], Awaitable[None]]] = []

    def on_close(self, closer: Callable[[], Awaitable[None]]) -> None:
        """Run `closer` after the driver has been closed."""
        self._closers.append(closer)

    async def read(self, name: str, /, **params: Any) -> list[Row]:
        """Send a read statement; on a cluster it goes to a reader that has seen our own writes."""

        async def work(tx: Transaction) -> list[Row]:
            return await tx.run(name, **params)

        return await self._in_session(READ_ACCESS, work)

    async def write(self, name: str, /, **params: Any) -> list[Row]:
        """Send one write statement in a transaction of its own; it may run twice, so it must be idempotent."""

        async def work(tx: Transaction) -> list[Row]:
            return await tx.run(name, **params)

        return await self._in_session(WRITE_ACCESS, work)

    async def transact(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run `work` in one write transaction, again from its start when a rival's write got in between."""
        return await self._in_session(WRITE_ACCESS, work)

    async def snapshot(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run several read statements in one read transaction."""
        return await self._in_session(READ_ACCESS, work)

    async def auto_commit(self, name: str, /, **params: Any) -> list[Row]:
        """Send a statement outside a managed transaction (schema commands, `IN TRANSACTIONS`)."""
        statement = _prepared(name, self.dialect, params)
        self.statements_sent += 1
        try:
            async with self._driver.session(**self._session_config(WRITE_ACCESS)) as session:
                result = await session.run(Query(statement.text), params)
                return [dict(record) for record in await result.fetch(_ALL)]
        except (Neo4jError, DriverError) as error:
            raise _translated(error, self.address) from error

    async def stream(self, name: str, /, **params: Any) -> AsyncIterator[Row]:
        """Yield the rows of a read statement as they arrive, without holding them all."""
        statement = _prepared(name, self.dialect, params)
        self.statements_sent += 1
        try:
            async with self._driver.session(**self._session_config(READ_ACCESS), fetch_size=1000) as session:
                result = await session.run(Query(statement.text), params)
                async for record in result:
                    yield dict(record)
        except (Neo4jError, DriverError) as error:
            raise _translated(error, self.address) from error

    async def close(self) -> None:
        """Close the driver, then whatever was tied to this connection (an embedded child process)."""
        await self._driver.close()
        for closer in reversed(self._closers):
            await closer()
        self._closers.clear()

    async def __aenter__(self) -> Engine:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _session_config(self, access: str) -> dict[str, Any]:
        return {
            "database": self._database,
            "default_access_mode": access,
            "bookmark_manager": self._driver.execute_query_bookmark_manager,
        }

    async def _in_session(self, access: str, work: Callable[[Transaction], Awaitable[T]]) -> T:
        async def unit(inner: AsyncManagedTransaction) -> T:
            return await work(_Counting(inner, self))

        attempt = 0
        while True:
            attempt += 1
            try:
                async with self._driver.session(**self._session_config(access)) as session:
                    run = session.execute_read if access == READ_ACCESS else session.execute_write
                    return await run(unit)
            except ConstraintError as error:
                # Two concurrent MERGEs of one new key: Neo4j locks, the embedded engine lets one of them
                # fail on the constraint. A second try then finds what the rival wrote.
                if attempt >= _WRITE_ATTEMPTS:
                    raise _translated(error, self.address) from error
                await asyncio.sleep(random.uniform(0.01, 0.05) * attempt)
            except (Neo4jError, DriverError) as error:
                raise _translated(error, self.address) from error


class _Counting(Transaction):
    def __init__(self, inner: AsyncManagedTransaction, engine: Engine) -> None:
        super().__init__(inner, engine.dialect)
        self._engine = engine

    async def run(self, name: str, /, **params: Any) -> list[Row]:
        self._engine.statements_sent += 1
        return await super().run(name, **params)


def _prepared(name: str, dialect: str, params: dict[str, Any]) -> Statement:
    statement = load_statement(name, dialect)
    statement.check(frozenset(params))
    return statement


def _translated(error: Exception, address: str) -> EngineError:
    if isinstance(error, ServiceUnavailable) or not isinstance(error, ClientError | Neo4jError):
        return EngineUnavailable(f"the graph engine at {address} does not answer ({type(error).__name__})")
    # The server's message can quote parameters, which are personal data: only its code is repeated.
    return EngineError(f"the graph engine refused a statement ({getattr(error, 'code', 'no code')})")


async def connect(
    uri: str,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    acquisition_timeout: float = 5.0,
) -> Engine:
    """Open a driver on `uri`, check that it answers, and say which dialect and version is there."""
    auth = (user, password or "") if user else None
    driver = AsyncGraphDatabase.driver(
        uri,
        auth=auth,
        connection_acquisition_timeout=acquisition_timeout,
        connection_timeout=acquisition_timeout,
        notifications_min_severity="OFF",
        user_agent="liaison",
    )
    try:
        await driver.verify_connectivity(database=database)
        info = await driver.get_server_info(database=database)
    except (Neo4jError, DriverError, OSError) as error:
        await driver.close()
        raise EngineUnavailable(
            f"no graph engine answers at {uri} ({type(error).__name__}): check the address, user, password and database"
        ) from error
    agent = info.agent
    dialect = "neo4j" if agent.startswith("Neo4j/") else agent.split("/", 1)[0].lower()
    return Engine(driver, database=database, dialect=dialect, version=agent, address=uri)
