"""Reading companies and projects back. `viewer` as in `graph.records.people`."""

from __future__ import annotations

from collections.abc import Sequence

from graph.engine.connection import Engine
from graph.records.people import identities
from graph.records.views import EVERYBODY, CompanyView, IdentityView, PersonView, ProjectView

__all__ = [
    "companies_by_ids",
    "companies_by_keys",
    "companies_of_projects",
    "company_identities",
    "company_people",
    "company_people_counts",
    "project_identities",
    "project_people",
    "project_people_counts",
    "projects_by_ids",
    "projects_of_companies",
]

After = tuple[str, str] | None


async def companies_by_ids(engine: Engine, ids: Sequence[str]) -> dict[str, CompanyView]:
    """Companies by id; unknown ids are left out."""
    rows = await engine.read("organisations/companies_by_ids", ids=sorted(set(ids)))
    return {row["id"]: CompanyView.of(row["company"]) for row in rows}


async def companies_by_keys(engine: Engine, keys: Sequence[str]) -> dict[str, CompanyView]:
    """The company behind each identity key; unknown keys are left out."""
    rows = await engine.read("organisations/companies_by_keys", keys=sorted(set(keys)))
    return {row["key"]: CompanyView.of(row["company"]) for row in rows}


async def projects_by_ids(engine: Engine, ids: Sequence[str]) -> dict[str, ProjectView]:
    """Projects by id; unknown ids are left out."""
    rows = await engine.read("organisations/projects_by_ids", ids=sorted(set(ids)))
    return {row["id"]: ProjectView.of(row["project"]) for row in rows}


async def company_identities(engine: Engine, ids: Sequence[str]) -> dict[str, list[IdentityView]]:
    """The identities of each company."""
    return identities(await engine.read("organisations/company_identities", ids=sorted(set(ids))))


async def project_identities(engine: Engine, ids: Sequence[str]) -> dict[str, list[IdentityView]]:
    """The identities of each project."""
    return identities(await engine.read("organisations/project_identities", ids=sorted(set(ids))))


async def projects_of_companies(
    engine: Engine, ids: Sequence[str], viewer: str | None
) -> dict[str, list[ProjectView]]:
    """The projects each company runs, by name."""
    rows = await engine.read("organisations/company_projects", ids=sorted(set(ids)), viewer=viewer)
    return {
        row["id"]: sorted((ProjectView.of(each) for each in row["projects"]), key=lambda p: (p.name, p.id))
        for row in rows
    }


async def companies_of_projects(
    engine: Engine, ids: Sequence[str], viewer: str | None
) -> dict[str, list[CompanyView]]:
    """The companies each project belongs to, by name."""
    rows = await engine.read("organisations/project_companies", ids=sorted(set(ids)), viewer=viewer)
    return {
        row["id"]: sorted((CompanyView.of(each) for each in row["companies"]), key=lambda c: (c.name, c.id))
        for row in rows
    }


async def company_people(
    engine: Engine,
    ids: Sequence[str],
    viewer: str | None,
    *,
    after: After,
    limit: int,
    sees: str | None = EVERYBODY,
) -> dict[str, list[tuple[PersonView, str]]]:
    """A page of the people of each company with their sort names, after (sort name, id)."""
    return await _people(engine, "organisations/company_people", ids, viewer, after, limit, sees)


async def project_people(
    engine: Engine,
    ids: Sequence[str],
    viewer: str | None,
    *,
    after: After,
    limit: int,
    sees: str | None = EVERYBODY,
) -> dict[str, list[tuple[PersonView, str]]]:
    """A page of the people of each project with their sort names, after (sort name, id)."""
    return await _people(engine, "organisations/project_people", ids, viewer, after, limit, sees)


async def _people(
    engine: Engine,
    statement: str,
    ids: Sequence[str],
    viewer: str | None,
    after: After,
    limit: int,
    sees: str | None,
) -> dict[str, list[tuple[PersonView, str]]]:
    after_name, after_id = after or ("", "")
    rows = await engine.read(
        statement,
        ids=sorted(set(ids)),
        viewer=viewer,
        after_name=after_name,
        after_id=after_id,
        limit=limit,
        sees=sees,
    )
    return {row["id"]: [(PersonView.of(person), name) for person, name in row["people"]] for row in rows}


async def company_people_counts(
    engine: Engine, ids: Sequence[str], viewer: str | None, sees: str | None = EVERYBODY
) -> dict[str, int]:
    """How many people of each company are known."""
    rows = await engine.read(
        "organisations/company_people_counts", ids=sorted(set(ids)), viewer=viewer, sees=sees
    )
    return {row["id"]: row["total"] for row in rows}


async def project_people_counts(
    engine: Engine, ids: Sequence[str], viewer: str | None, sees: str | None = EVERYBODY
) -> dict[str, int]:
    """How many people of each project are known."""
    rows = await engine.read(
        "organisations/project_people_counts", ids=sorted(set(ids)), viewer=viewer, sees=sees
    )
    return {row["id"]: row["total"] for row in rows}
