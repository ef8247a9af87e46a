"""The schema, put together from its subjects."""

from __future__ import annotations

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from service.api.access import AccessQueries
from service.api.audit import AuditQueries
from service.api.auditing import Audited
from service.api.committee_changes import CommitteeMutations
from service.api.committee_what_if import CommitteeQueries
from service.api.entity_changes import EntityMutations
from service.api.evidence import EVIDENCE_TYPES
from service.api.extensions import ShownErrors, admission_for
from service.api.fact_changes import FactMutations
from service.api.freshness import FreshnessQueries
from service.api.freshness_changes import FreshnessMutations
from service.api.history_changes import HistoryMutations
from service.api.imports import ImportQueries, ImportSubscriptions
from service.api.introduction_changes import IntroductionMutations
from service.api.lookup import LookupQueries
from service.api.note_changes import NoteMutations
from service.api.opportunities import OpportunityQueries
from service.api.organisations import OrganisationQueries
from service.api.paths import PathQueries
from service.api.people import PeopleQueries
from service.api.privacy import PrivacyQueries
from service.api.privacy_changes import PrivacyMutations
from service.api.review import ReviewQueries
from service.api.subsidiaries import SubsidiaryMutations
from service.api.ties import TieQueries
from service.api.values import DATE_SCALAR, DateText
from service.api.viewer import ViewerQueries
from service.security.permissions import OPERATIONS
from service.settings import Settings

__all__ = ["build_schema", "schema_text"]


@strawberry.type(description="What can be asked.")
class Query(
    ViewerQueries,
    PeopleQueries,
    LookupQueries,
    OrganisationQueries,
    TieQueries,
    PathQueries,
    OpportunityQueries,
    CommitteeQueries,
    AccessQueries,
    AuditQueries,
    ImportQueries,
    ReviewQueries,
    FreshnessQueries,
    PrivacyQueries,
):
    """All queries."""


@strawberry.type(description="What can be entered and taken back.")
class Mutation(
    EntityMutations,
    FactMutations,
    FreshnessMutations,
    CommitteeMutations,
    NoteMutations,
    IntroductionMutations,
    PrivacyMutations,
    SubsidiaryMutations,
    HistoryMutations,
):
    """All mutations."""


@strawberry.type(description="What can be followed.")
class Subscription(ImportSubscriptions):
    """All subscriptions."""


class LiaisonSchema(strawberry.Schema):
    """Strawberry's schema, which logs nothing of an operation: failures are logged where they are masked."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log nothing here."""


def build_schema(settings: Settings | None = None) -> strawberry.Schema:
    """The schema with the limits of these settings (the defaults without any).

    Refuses a root field that has no line in the table of permissions.
    """
    schema = LiaisonSchema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=EVIDENCE_TYPES,
        extensions=[admission_for(settings or Settings()), Audited, ShownErrors],
        config=StrawberryConfig(scalar_map={DateText: DATE_SCALAR}),
    )
    unnamed = [name for name in root_fields(schema) if name not in OPERATIONS]
    if unnamed:
        raise AssertionError(f"who may call {', '.join(unnamed)}? Say so in service/security/permissions.py")
    return schema


def root_fields(schema: strawberry.Schema) -> list[str]:
    """Every root field as the table of permissions names it (`Query.person`)."""
    core = schema._schema
    roots = [root for root in (core.query_type, core.mutation_type, core.subscription_type) if root]
    return [f"{root.name}.{field}" for root in roots for field in root.fields]


def schema_text(schema: strawberry.Schema | None = None) -> str:
    """The schema as SDL, as `schema.graphql` holds it."""
    return (schema or build_schema()).as_str().rstrip() + "\n"
