"""The public contract: `schema.graphql` is what is served, and nobody breaks it without saying so."""

import subprocess
from pathlib import Path

import pytest
from graphql import build_schema as parse_schema
from graphql.utilities import find_breaking_changes

from service.api import schema_text

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "schema.graphql"
CHANGELOG = ROOT / "CHANGELOG.md"

CONTRACT = {
    "Query": "viewer person peopleByRef searchPeople company searchCompanies project tie warmPaths importRun "
    "importRuns",
    "Mutation": "upsertPerson upsertCompany upsertProject recordEmployment recordProjectRole recordInteraction "
    "declareAlliance setTeamMember removePerson removeEmployment removeProjectRole removeInteraction removeAlliance",
    "Subscription": "importProgress",
    "WarmPathsInput": "target from maxConnectors first minScore verification avoid maxPerConnector",
    "PathTargetInput": "personId company",
    "CompanyTargetInput": "id minSeniority titles departments",
    "PersonRefInput": "id email linkedinUrl system externalId name company",
    "PersonLookup": "person candidates errors",
    "WarmPathsResult": "paths noPath truncated errors",
    "WarmPath": "score teamMember connectors target people ties weakestTie why draft",
    "Tie": "a b probability verification lastEvidenceOn evidence",
    "Evidence": "kind probability verification observedOn sources text",
    "Person": "id name headline isTeamMember identities employments projects ties",
    "Identity": "system value url",
    "Employment": "company title department seniority started ended current",
    "Company": "id name domain headcount identities people",
    "InputError": "code message field",
}
EVIDENCE = (
    "SharedEmployment SharedProject SharedSchool SharedCommunity ReportingLine Connection Interactions "
    "Recommendation Endorsement DeclaredAlliance"
)


def test_the_committed_schema_is_the_one_served():
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), "run: liaison schema > schema.graphql"


@pytest.mark.parametrize("name", CONTRACT)
def test_the_names_of_the_contract_are_there(name: str):
    fields = parse_schema(COMMITTED.read_text(encoding="utf-8")).type_map[name].fields
    assert set(CONTRACT[name].split()) <= set(fields)


def test_ten_kinds_of_evidence_implement_the_interface():
    schema = parse_schema(COMMITTED.read_text(encoding="utf-8"))
    kinds = {kind.name for kind in schema.get_possible_types(schema.type_map["Evidence"])}
    assert kinds == set(EVIDENCE.split())


def test_every_mutation_answers_with_typed_errors():
    schema = parse_schema(COMMITTED.read_text(encoding="utf-8"))
    for name, field in schema.mutation_type.fields.items():
        assert str(field.type.of_type.fields["errors"].type) == "[InputError!]!", name


def test_a_breaking_change_has_a_line_in_the_changelog():
    """Against what was last committed; each breaking change must be named by its type and field there."""
    before = _committed_before()
    if before is None:
        pytest.skip("schema.graphql was not committed before")
    assert (
        unannounced(
            before, schema_text(), CHANGELOG.read_text(encoding="utf-8") if CHANGELOG.exists() else ""
        )
        == []
    )


def test_an_unannounced_removal_is_caught():
    before = "type Query { a: Int b: Int }"
    after = "type Query { a: Int }"
    assert unannounced(before, after, "") == ["Field Query.b was removed."]
    assert unannounced(before, after, "- Breaking: `Query.b` is gone, ask `Query.a`.") == []
    assert unannounced(after, before, "") == []


def unannounced(before: str, after: str, changelog: str) -> list[str]:
    """Breaking changes that no changelog line marked as breaking names by type and field (`Type.field`)."""
    lines = [line for line in changelog.splitlines() if "breaking" in line.lower()]
    found = find_breaking_changes(parse_schema(before), parse_schema(after))
    told = [change.description for change in found]
    return [each for each in told if not any(_subject(each) in line for line in lines)]


def _subject(description: str) -> str:
    """`Query.b` in `Field Query.b was removed.`; else the first type that is named."""
    words = [word.strip(".,'\"") for word in description.split()]
    return next(
        (word for word in words if "." in word), next(word for word in words[1:] if word[:1].isupper())
    )


def _committed_before() -> str | None:
    shown = subprocess.run(
        ["git", "show", "HEAD:schema.graphql"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return shown.stdout if shown.returncode == 0 else None
