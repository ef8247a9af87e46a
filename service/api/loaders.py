"""Loaders: what many places of one operation ask for is read in one statement. Made anew for each operation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from strawberry.dataloader import DataLoader

from graph.engine.connection import Engine
from graph.freshness.confirming import Confirmation, read_confirmations
from graph.freshness.contradictions import Contradiction, contradictions_of
from graph.privacy.duties import PersonPrivacy, privacy_of
from graph.privacy.parameters import PRIVACY
from graph.records import organisations, people
from graph.records.subsidiaries import groups_of
from graph.records.views import (
    CompanyView,
    FactView,
    IdentityView,
    NamedView,
    PersonView,
    ProjectView,
    SourceView,
    TieView,
)
from graph.ties import TieExplanation, read_evidence, without_alliances
from service.committee import Room, read_room

__all__ = ["Loaders", "PageKey"]

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
A = TypeVar("A", bound=Hashable)
PageKey = tuple[str, A, int]
Pair = tuple[str, str]


def _optional(read: Callable[[list[K]], Awaitable[Mapping[K, T]]]) -> DataLoader[K, T | None]:
    async def load(keys: list[K]) -> list[T | None]:
        found = await read(keys)
        return [found.get(key) for key in keys]

    return DataLoader(load_fn=load)


def _or_else(
    read: Callable[[list[str]], Awaitable[Mapping[str, T]]], default: Callable[[], T]
) -> DataLoader[str, T]:
    async def load(keys: list[str]) -> list[T]:
        found = await read(keys)
        return [found.get(key, default()) for key in keys]

    return DataLoader(load_fn=load)


def _paged(
    read: Callable[[Sequence[str], A, int], Awaitable[Mapping[str, list[T]]]],
) -> DataLoader[PageKey[A], list[T]]:
    """Pages of lists: one statement for all who ask for the same position and size."""

    async def load(keys: list[PageKey[A]]) -> list[list[T]]:
        groups: dict[tuple[A, int], list[str]] = {}
        for key, after, limit in keys:
            groups.setdefault((after, limit), []).append(key)
        pages: dict[PageKey[A], list[T]] = {}
        for (after, limit), ids in groups.items():
            found = await read(ids, after, limit)
            pages.update({(key, after, limit): found.get(key, []) for key in ids})
        return [pages[key] for key in keys]

    return DataLoader(load_fn=load)


class Loaders:
    """The loaders of one operation, for one viewer, who may know of alliances or not."""

    def __init__(
        self,
        engine: Engine,
        viewer: str | None,
        *,
        sees: str | None,
        alliances: bool = True,
        retention_months: int = PRIVACY.retention_months,
    ) -> None:
        self.engine = engine
        self.viewer = viewer
        # Whose people from private imports are shown (`graph.records.views.EVERYBODY`: all of them).
        self.sees = sees
        self.alliances_shown = alliances
        self.retention_months = retention_months

    @cached_property
    def people(self) -> DataLoader[str, PersonView | None]:
        """People by id."""

        async def read(ids: list[str]) -> dict[str, PersonView]:
            found = await people.people_by_ids(self.engine, ids)
            return {key: view for key, view in found.items() if view.known_by(self.sees)}

        return _optional(read)

    @cached_property
    def companies(self) -> DataLoader[str, CompanyView | None]:
        """Companies by id."""
        return _optional(lambda ids: organisations.companies_by_ids(self.engine, ids))

    @cached_property
    def projects(self) -> DataLoader[str, ProjectView | None]:
        """Projects by id."""
        return _optional(lambda ids: organisations.projects_by_ids(self.engine, ids))

    @cached_property
    def person_identities(self) -> DataLoader[str, list[IdentityView]]:
        """Identities by person."""
        return _or_else(lambda ids: people.person_identities(self.engine, ids), list)

    @cached_property
    def company_identities(self) -> DataLoader[str, list[IdentityView]]:
        """Identities by company."""
        return _or_else(lambda ids: organisations.company_identities(self.engine, ids), list)

    @cached_property
    def project_identities(self) -> DataLoader[str, list[IdentityView]]:
        """Identities by project."""
        return _or_else(lambda ids: organisations.project_identities(self.engine, ids), list)

    @cached_property
    def employments(self) -> DataLoader[str, list[FactView[CompanyView]]]:
        """Employments by person."""
        return _or_else(lambda ids: people.employments_of(self.engine, ids, self.viewer), list)

    @cached_property
    def project_roles(self) -> DataLoader[str, list[FactView[ProjectView]]]:
        """Project roles by person."""
        return _or_else(lambda ids: people.project_roles_of(self.engine, ids, self.viewer), list)

    @cached_property
    def studies(self) -> DataLoader[str, list[FactView[NamedView]]]:
        """Studies by person."""
        return _or_else(lambda ids: people.studies_of(self.engine, ids, self.viewer), list)

    @cached_property
    def memberships(self) -> DataLoader[str, list[FactView[NamedView]]]:
        """Memberships by person."""
        return _or_else(lambda ids: people.memberships_of(self.engine, ids, self.viewer), list)

    @cached_property
    def alliances(self) -> DataLoader[str, list[FactView[PersonView]]]:
        """Declared alliances by person."""

        async def read(ids: list[str]) -> dict[str, list[FactView[PersonView]]]:
            found = await people.alliances_of(self.engine, ids, self.viewer)
            return {
                key: [one for one in facts if one.other.known_by(self.sees)] for key, facts in found.items()
            }

        return _or_else(read, list)

    @cached_property
    def privacy(self) -> DataLoader[str, PersonPrivacy | None]:
        """How people came to be stored, and what they were told, by person."""
        return _optional(lambda ids: privacy_of(self.engine, ids, self.viewer, months=self.retention_months))

    @cached_property
    def person_sources(self) -> DataLoader[str, list[str]]:
        """Source record keys by person."""
        return _or_else(lambda ids: people.person_sources(self.engine, ids, self.viewer), list)

    @cached_property
    def sources(self) -> DataLoader[str, SourceView | None]:
        """Source records by key."""
        return _optional(lambda keys: people.read_sources(self.engine, keys, self.viewer))

    @cached_property
    def confirmations(self) -> DataLoader[str, Confirmation | None]:
        """When source records were read last, by key."""
        return _optional(lambda keys: read_confirmations(self.engine, keys))

    @cached_property
    def contradictions(self) -> DataLoader[str, list[Contradiction]]:
        """Where sources disagree, by person."""
        return _or_else(lambda ids: contradictions_of(self.engine, ids, self.viewer), list)

    @cached_property
    def connection_counts(self) -> DataLoader[str, int]:
        """How many people each person is connected to."""
        return _or_else(lambda ids: people.connection_counts(self.engine, ids, self.viewer), int)

    @cached_property
    def ties(self) -> DataLoader[PageKey[tuple[float, str] | None], list[tuple[PersonView, TieView]]]:
        """Pages of ties by person."""
        return _paged(
            lambda ids, after, limit: people.ties_of(
                self.engine, ids, self.viewer, after=after, limit=limit, sees=self.sees
            )
        )

    @cached_property
    def pair_ties(self) -> DataLoader[Pair, TieView | None]:
        """Ties by pair of people."""
        return _optional(lambda pairs: people.ties_between(self.engine, pairs, self.viewer))

    @cached_property
    def explanations(self) -> DataLoader[Pair, TieExplanation | None]:
        """Explanations by pair of people."""

        async def load(pairs: list[Pair]) -> list[TieExplanation | None]:
            ordered = [(min(pair), max(pair)) for pair in pairs]
            found = await read_evidence(self.engine, sorted(set(ordered)), self.viewer)
            if not self.alliances_shown:
                found = {pair: without_alliances(one) for pair, one in found.items()}
            return [found.get(pair) for pair in ordered]

        return DataLoader(load_fn=load)

    @cached_property
    def tie_counts(self) -> DataLoader[str, int]:
        """How many ties each person has."""
        return _or_else(lambda ids: people.tie_counts(self.engine, ids, self.viewer, self.sees), int)

    @cached_property
    def company_people(self) -> DataLoader[PageKey[tuple[str, str] | None], list[tuple[PersonView, str]]]:
        """Pages of people by company."""
        return _paged(
            lambda ids, after, limit: organisations.company_people(
                self.engine, ids, self.viewer, after=after, limit=limit, sees=self.sees
            )
        )

    @cached_property
    def company_people_counts(self) -> DataLoader[str, int]:
        """How many people of each company are known."""
        return _or_else(
            lambda ids: organisations.company_people_counts(self.engine, ids, self.viewer, self.sees), int
        )

    @cached_property
    def company_groups(self) -> DataLoader[str, tuple[list[CompanyView], list[CompanyView]]]:
        """Subsidiaries and parents by company."""
        return _or_else(lambda ids: groups_of(self.engine, ids, self.viewer), lambda: ([], []))

    @cached_property
    def company_projects(self) -> DataLoader[str, list[ProjectView]]:
        """Projects by company."""
        return _or_else(lambda ids: organisations.projects_of_companies(self.engine, ids, self.viewer), list)

    @cached_property
    def project_people(self) -> DataLoader[PageKey[tuple[str, str] | None], list[tuple[PersonView, str]]]:
        """Pages of people by project."""
        return _paged(
            lambda ids, after, limit: organisations.project_people(
                self.engine, ids, self.viewer, after=after, limit=limit, sees=self.sees
            )
        )

    @cached_property
    def project_people_counts(self) -> DataLoader[str, int]:
        """How many people of each project are known."""
        return _or_else(
            lambda ids: organisations.project_people_counts(self.engine, ids, self.viewer, self.sees), int
        )

    @cached_property
    def rooms(self) -> DataLoader[str, Room | None]:
        """Rooms by opportunity: each is read once, whatever is asked of it."""

        async def load(ids: list[str]) -> list[Room | None]:
            return [await read_room(self.engine, each, self.viewer) for each in ids]

        return DataLoader(load_fn=load)

    @cached_property
    def project_companies(self) -> DataLoader[str, list[CompanyView]]:
        """Companies by project."""
        return _or_else(lambda ids: organisations.companies_of_projects(self.engine, ids, self.viewer), list)
