"""The public contract: `schema.graphql` is what is served, and nobody breaks it without saying so."""

import subprocess
from pathlib import Path

import pytest
from graphql import build_schema as parse_schema
from graphql.utilities import find_breaking_changes

from graph.records.outcome import COUNT_NAMES
from service.api import schema_text

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "schema.graphql"
CHANGELOG = ROOT / "CHANGELOG.md"

CONTRACT = {
    "Query": "viewer person peopleByRef searchPeople company searchCompanies project tie warmPaths importRun "
    "importRuns opportunity opportunities simulate counterbalance attribution calibration",
    "Mutation": "upsertPerson upsertCompany upsertProject recordEmployment recordProjectRole recordInteraction "
    "declareAlliance setTeamMember removePerson removeCompany removeProject removeEmployment removeProjectRole "
    "removeInteraction removeAlliance "
    "upsertOpportunity addCommitteeMember removeCommitteeMember setInfluence recordRole confirmRole "
    "recordObservation recordSignal setPersona requestIntroduction updateIntroduction decideSuggestedAlliance",
    "Subscription": "importProgress",
    "WarmPathsInput": "target from maxConnectors first minScore verification avoid maxPerConnector",
    "PathTargetInput": "personId company opportunityId",
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
    "Opportunity": "id name company committee alliances suggestedAlliances camps outlook intent redFlags moments "
    "nextQuestions coverage nextIntroductions entryPaths references teamAssignment segments",
    "CommitteeMember": "person roles influence onOthers stance settlesAt persona",
    "StanceBelief": "mean low high sd contributions",
    "Camps": "groups violated exact alternatives",
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


def test_every_kind_that_an_import_counts_is_shown():
    fields = parse_schema(COMMITTED.read_text(encoding="utf-8")).type_map["RunCounts"].fields
    assert {name.replace("_", "") for name in COUNT_NAMES.values()} == {name.casefold() for name in fields}


def test_ten_kinds_of_evidence_implement_the_interface():
    schema = parse_schema(COMMITTED.read_text(encoding="utf-8"))
    kinds = {kind.name for kind in schema.get_possible_types(schema.type_map["Evidence"])}
    assert kinds == set(EVIDENCE.split())


def test_every_mutation_answers_with_typed_errors():
    schema = parse_schema(COMMITTED.read_text(encoding="utf-8"))
    for name, field in schema.mutation_type.fields.items():
        assert str(field.type.of_type.fields["errors"].type) == "[InputError!]!", name


def test_a_breaking_change_has_a_line_in_the_changelog():
    """Against the last versions committed, so that committing a break does not hide it."""
    before = _committed_versions(3)
    if not before:
        pytest.skip("there is no history of schema.graphql here")
    changelog = CHANGELOG.read_text(encoding="utf-8")
    assert [break_ for text in before for break_ in unannounced(text, schema_text(), changelog)] == []


def test_an_unannounced_removal_is_caught():
    before = "type Query { a: Int b: Int }"
    after = "type Query { a: Int }"
    assert unannounced(before, after, "") == ["Field Query.b was removed."]
    assert unannounced(before, after, "- Breaking: `Query.b` is gone, ask `Query.a`.") == []
    assert unannounced(after, before, "") == []
    assert unannounced("type Query { a: Int } type Gone { a: Int }", after, "- Breaking: `Other`") == [
        "Gone was removed."
    ]


def unannounced(before: str, after: str, changelog: str) -> list[str]:
    """Breaking changes that no changelog line marked as breaking names by type and field (`Type.field`)."""
    lines = [line for line in changelog.splitlines() if "breaking" in line.lower()]
    found = find_breaking_changes(parse_schema(before), parse_schema(after))
    told = [change.description for change in found]
    return [each for each in told if not any(_subject(each) in line for line in lines)]


def _subject(description: str) -> str:
    """`Query.b` in `Field Query.b was removed.`; else the type that is named."""
    words = [word.strip(".,'\"") for word in description.split()]
    named = [word for word in words if word[:1].isupper() and word not in ("A", "Field", "Argument", "Enum")]
    return next((word for word in words if "." in word), named[0])


def _committed_versions(most: int) -> list[str]:
    listed = _git("log", f"-n{most}", "--format=%H", "--", "schema.graphql").split()
    return [text for text in (_git("show", f"{commit}:schema.graphql") for commit in listed) if text]


def _git(*arguments: str) -> str:
    told = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return told.stdout if told.returncode == 0 else ""
