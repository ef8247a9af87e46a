"""The table of permissions: every operation with every role and with none; nothing stands outside it."""

import pytest

from service.errors import ErrorCode, ServiceError
from service.security.caller import Caller, Role
from service.security.permissions import OPERATIONS, Access, allowed, require


def caller(role: Role, *mutations: str) -> Caller:
    return Caller(key_id="k", name="n", role=role, member_id="m", mutations=frozenset(mutations))


CALLERS = {
    "none": None,
    "admin": caller(Role.ADMIN),
    "member": caller(Role.MEMBER),
    "plugin": caller(Role.PLUGIN),
    "granted": caller(Role.PLUGIN, "upsertPerson", "setTeamMember", "importRun", "imports"),
    # The right to read or write stances is one of its own: a plugin is granted it, a member may be denied it.
    "reader": caller(Role.PLUGIN, "stances:read"),
    "noter": caller(Role.PLUGIN, "stances:write", "recordObservation", "recordRole"),
    "unnamed": caller(Role.PLUGIN, "recordObservation"),
    "reading": caller(Role.MEMBER, "stances:read"),
    "blind": caller(Role.MEMBER, "stances:none"),
    "allied": caller(Role.PLUGIN, "alliances:read"),
    "unallied": caller(Role.MEMBER, "alliances:none"),
}
READ = CALLERS.keys() - {"none"}
MEMBERS = {"member", "reading", "blind", "unallied"}
WRITE = {"admin", *MEMBERS}
STANCES = {"admin", "member", "reader", "reading", "unallied"}
EXPECTED = {
    "Query.viewer": READ,
    "Query.person": READ,
    "Query.peopleByRef": READ,
    "Query.searchPeople": READ,
    "Query.company": READ,
    "Query.searchCompanies": READ,
    "Query.project": READ,
    "Query.tie": READ,
    "Query.warmPaths": READ,
    "Query.importRun": {"admin"},
    "Query.importRuns": {"admin"},
    "Mutation.upsertPerson": WRITE | {"granted"},
    "Mutation.upsertCompany": WRITE,
    "Mutation.upsertProject": WRITE,
    "Mutation.recordEmployment": WRITE,
    "Mutation.recordProjectRole": WRITE,
    "Mutation.recordInteraction": WRITE,
    "Mutation.declareAlliance": WRITE,
    "Query.opportunity": READ,
    "Query.opportunities": READ,
    "Query.simulate": STANCES,
    "Query.counterbalance": STANCES,
    "Query.attribution": STANCES,
    "Query.calibration": READ,
    "stances:read": STANCES,
    "alliances:read": {"admin", "member", "reading", "blind", "allied"},
    "Mutation.upsertOpportunity": WRITE,
    "Mutation.addCommitteeMember": WRITE,
    "Mutation.removeCommitteeMember": WRITE,
    "Mutation.setInfluence": WRITE,
    "Mutation.recordRole": WRITE | {"noter"},
    "Mutation.confirmRole": WRITE,
    "Mutation.recordObservation": {"admin", "member", "noter", "unallied"},
    "Mutation.recordSignal": WRITE,
    "Mutation.setPersona": WRITE,
    "Mutation.requestIntroduction": WRITE,
    "Mutation.updateIntroduction": WRITE,
    "Mutation.decideSuggestedAlliance": WRITE,
    # Granting it to a plugin changes nothing: it is not of the kind that can be granted.
    "Mutation.setTeamMember": {"admin"},
    "Subscription.importProgress": {"admin"},
    "POST /imports": {"admin"},
    "GET /imports/{id}": {"admin"},
    "GET /imports/{id}/refused.csv": {"admin"},
    "GET /exports/contacts.csv": READ,
    "GET /exports/paths.csv": READ,
    "GET /exports/committee.csv": STANCES,
    "GET /exports/neutral.zip": {"admin"},
    "GET /metrics": {"admin"},
    "GET /healthz": {"none", *READ},
    "GET /readyz": {"none", *READ},
    "POST /graphql": READ,
    "GET /graphql": {"none", *READ},
}


@pytest.mark.parametrize("who", CALLERS)
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_every_operation_with_every_role_and_none(operation: str, who: str):
    assert allowed(CALLERS[who], operation) is (who in expected(operation))


def expected(operation: str) -> set[str]:
    if operation in EXPECTED:
        return EXPECTED[operation]
    # Further mutations and queries follow the same classes.
    return {Access.READER: READ, Access.WRITER: WRITE, Access.ADMIN: {"admin"}}[OPERATIONS[operation]]


def test_the_expectations_name_only_what_exists():
    assert EXPECTED.keys() <= OPERATIONS.keys()
    assert not [
        name for name in OPERATIONS if name.startswith("Mutation.") and OPERATIONS[name] is Access.READER
    ]


def test_a_refusal_says_what_is_missing():
    with pytest.raises(ServiceError) as nobody:
        require(None, "Query.person")
    assert nobody.value.code is ErrorCode.UNAUTHENTICATED and "Bearer" in nobody.value.message
    with pytest.raises(ServiceError) as plugin:
        require(CALLERS["plugin"], "Mutation.declareAlliance")
    assert plugin.value.code is ErrorCode.FORBIDDEN
    assert "declareAlliance" in plugin.value.message and "plugin" in plugin.value.message
    with pytest.raises(ServiceError) as scope:
        require(caller(Role.PLUGIN), "stances:read")
    assert "lacks stances:read" in scope.value.message


def test_an_operation_that_is_not_in_the_table_is_a_bug():
    with pytest.raises(KeyError):
        allowed(CALLERS["admin"], "Mutation.deleteEverything")


def test_every_root_field_and_route_stands_in_the_table():
    """And nothing in the table is gone."""
    from service.api import build_schema
    from service.app import create_app
    from service.settings import Settings

    schema = build_schema()._schema
    fields = {
        f"{root.name}.{name}"
        for root in (schema.query_type, schema.mutation_type, schema.subscription_type)
        if root is not None
        for name in root.fields
    }
    assert fields == {name for name in OPERATIONS if "." in name.split(" ")[0] and " " not in name}
    app = create_app(Settings())
    routes = {
        f"{method} {found.path}"
        for included in app.routes
        for found in included.effective_route_contexts()
        for method in found.methods
        if method not in ("HEAD", "OPTIONS")
    }
    assert routes == {name for name in OPERATIONS if " " in name}
