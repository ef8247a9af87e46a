"""The files of a CRM together: people, companies, employments, opportunities with committee and roles."""

from __future__ import annotations

from datetime import date

import pytest

from graph.records.opportunities import list_opportunities, read_opportunity
from importers.formats.salesforce_ids import long_id
from importers.runs import ImportRequest, refused_file, run_import

HUBSPOT = {
    "all-companies": "Record ID,Company name,Company Domain Name,Create Date\n"
    "9001,Helvion AG,helvion.example,2026-02-27 10:22\n9002,Brightkeel Ltd,brightkeel.example,2026-02-27 10:22\n",
    "all-contacts": "Record ID,First Name,Last Name,Email,Job Title,Associated Company IDs,Buying Role,"
    "Last Modified Date,Phone Number\n"
    "8001,Priya,Olumide,priya@helvion.example,Head of Networks,9001,Decision Maker,2026-02-28 09:00,555\n"
    "8002,Ben,Straake,ben@brightkeel.example,Engineer,9002;9999,Influencer,2026-02-28 09:00,\n"
    "8003,Noor,Ashgrove,noor@helvion.example,CFO,,CHAMPION;LEGAL_AND_COMPLIANCE,2026-02-28 09:00,\n",
    "all-deals": "Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Company IDs (Primary),"
    "Associated Contact IDs\n"
    "7001,Core network,Proposal,15000.5,2026-09-30 00:00,9001,8001;8002;8003\n"
    "7002,Renewal,closedwon,9000,2025-12-31,9002,8002;8999\n"
    "7003,Nobody knows it,Lead,1,,9777,\n",
}


def sf(prefix: str, number: int) -> str:
    return f"{prefix}Dn00000Qz{number:03d}"


A, C, O = (lambda n: sf("001", n)), (lambda n: sf("003", n)), (lambda n: sf("006", n))  # noqa: E741
SALESFORCE = {
    "Account": f"Id,IsDeleted,MasterRecordId,Name,ParentId\n{A(1)},0,,Helvion AG,\n{A(2)},0,,Brightkeel Ltd,{A(1)}\n",
    "Contact": "Id,IsDeleted,MasterRecordId,AccountId,LastName,FirstName,Title,ReportsToId,LastModifiedDate\n"
    f"{C(1)},0,,{A(1)},Olumide,Priya,Head of Networks,{C(2)},2026-02-28T09:00:00.000Z\n"
    f"{C(2)},0,,{long_id(A(1))},Ashgrove,Noor,CFO,,2026-02-28T09:00:00.000Z\n"
    f"{C(3)},1,{C(1)},{A(1)},Olumide,P.,,,2026-02-28T09:00:00.000Z\n",
    "Opportunity": "Id,IsDeleted,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon\n"
    f"{O(1)},0,{A(1)},Core network,Proposal,15000.5,2026-09-30,0,0\n",
    "OpportunityContactRole": "Id,OpportunityId,ContactId,Role,IsPrimary\n"
    f"00K000000000001,{long_id(O(1))},{C(3)},Evaluator,0\n00K000000000002,{O(1)},{C(2)},Economic Buyer,1\n"
    f"00K000000000003,{O(1)},{C(2)},Gatekeeper,0\n00K000000000004,{O(1)},{C(9)},Coach,0\n",
    "CampaignMember": "Id,CampaignId,ContactId,HasResponded,FirstRespondedDate\n"
    f"00v000000000001,{sf('701', 1)},{C(2)},1,2026-02-03\n",
}


@pytest.fixture
def bring(engine, tmp_path):
    async def run(source: str, files: dict[str, str], **asked):
        folder = tmp_path / source
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.csv").write_text(text)
        paths = tuple(folder / f"{name}.csv" for name in files)
        request = ImportRequest(paths=paths, source=source, **asked)
        return await run_import(engine, request, spool_dir=tmp_path / "spool")

    return run


def created(run):
    return {kind: counts["created"] for kind, counts in run.counts.items() if counts["created"]}


async def deals(engine):
    found = await list_opportunities(engine, company_id=None, after=None, limit=10)
    facts = [await read_opportunity(engine, view.id, None, today=date(2026, 3, 22)) for view, _ in found]
    return {
        one.opportunity.name: (
            one.opportunity.company.name,
            one.opportunity.stage,
            one.opportunity.amount,
            one.opportunity.closes_on,
            {member.person.name: sorted(member.roles) for member in one.members},
        )
        for one in facts
    }


async def jobs(engine, send_cypher):
    rows = await send_cypher(
        engine,
        "MATCH (p:Person)-[w:WORKED_AT]->(c:Company) RETURN p.name AS p, c.name AS c, w.title AS t, w.ended AS e",
    )
    return sorted((row["p"], row["c"], row["t"], row["e"]) for row in rows)


class TestHubSpot:
    async def test_three_files_in_any_order_make_one_picture(self, engine, bring, send_cypher):
        run = await bring("hubspot", dict(reversed(HUBSPOT.items())))
        assert (run.state, run.error) == ("done", None)
        assert created(run) == {
            "people": 3,
            "companies": 2,
            "opportunities": 2,
            "opportunity_companies": 2,
            "committee_members": 4,
            "employments": 3,
        }
        assert await deals(engine) == {
            "Core network": (
                "Helvion AG",
                "Proposal",
                15000.5,
                "2026-09-30",
                {
                    "Priya Olumide": ["economic_buyer"],
                    "Ben Straake": [],
                    "Noor Ashgrove": ["coach", "legal"],
                },
            ),
            "Renewal": ("Brightkeel Ltd", "won", 9000.0, "2025-12-31", {"Ben Straake": []}),
        }
        assert await jobs(engine, send_cypher) == [
            ("Ben Straake", "Brightkeel Ltd", "Engineer", "2026-02-28"),
            ("Noor Ashgrove", "Helvion AG", "CFO", "2026-02-28"),
            ("Priya Olumide", "Helvion AG", "Head of Networks", "2026-02-28"),
        ]
        refused = sorted((one.file, one.line, one.reason) for one in run.refused)
        assert refused == [
            ("all-contacts.csv", 3, "it refers to a company that is not known by this hubspot id"),
            ("all-deals.csv", 3, "it refers to a person that is not known by this hubspot id"),
            ("all-deals.csv", 4, "it refers to a company that is not known by this hubspot id"),
        ]
        assert all(one.fix for one in run.refused)
        assert any("Influencer" in note for note in run.notes)
        assert run.rows.read == 8

    async def test_again_changes_nothing(self, engine, bring):
        await bring("hubspot", HUBSPOT)
        before = await deals(engine)
        again = await bring("hubspot", HUBSPOT)
        assert not any(n for c in again.counts.values() for name, n in c.items() if name != "unchanged")
        assert await deals(engine) == before

    async def test_files_may_come_one_after_another(self, engine, bring):
        for name in ("all-companies", "all-contacts", "all-deals"):
            await bring("hubspot", {name: HUBSPOT[name]})
        assert (await deals(engine))["Core network"][4].keys() == {
            "Priya Olumide",
            "Ben Straake",
            "Noor Ashgrove",
        }

    async def test_refused_rows_come_back_corrected(self, engine, bring, tmp_path, send_cypher):
        wrong = HUBSPOT["all-contacts"].replace("priya@helvion.example", "priya at helvion")
        run = await bring("hubspot", {"all-companies": HUBSPOT["all-companies"], "all-contacts": wrong})
        listed = refused_file(tmp_path / "spool", run.id, "all-contacts.refused.csv")
        fixed = listed.read_text().replace("priya at helvion", "priya@helvion.example").replace(";9999", "")
        again = await bring("hubspot", {"all-contacts.refused": fixed}, partial=True)
        assert (again.rows.refused, created(again)) == (0, {"people": 1, "employments": 1})
        assert ("Priya Olumide", "Helvion AG", "Head of Networks", "2026-02-28") in await jobs(
            engine, send_cypher
        )

    async def test_two_portals_are_two_sources(self, engine, bring):
        await bring("hubspot", {"all-companies": HUBSPOT["all-companies"]})
        other = "Record ID,First Name,Last Name\n8001,Somebody,Else\n"
        run = await bring("hubspot-asia", {"all-contacts": other})
        assert created(run) == {"people": 1}
        other = "Record ID,Company name\n9001,Ondrava\n"
        assert created(await bring("hubspot-asia", {"all-companies": other})) == {"companies": 1}

    async def test_a_new_employer_leaves_the_former_one_behind(self, engine, bring, send_cypher):
        await bring("hubspot", HUBSPOT)
        moved = HUBSPOT["all-contacts"].replace("Head of Networks,9001", "CTO,9002").replace("02-28", "03-30")
        await bring("hubspot", {"all-contacts": moved})
        now = [job for job in await jobs(engine, send_cypher) if job[0] == "Priya Olumide"]
        assert now == [
            ("Priya Olumide", "Brightkeel Ltd", "CTO", "2026-03-30"),
            ("Priya Olumide", "Helvion AG", "Head of Networks", "2026-02-28"),
        ]

    async def test_a_contact_of_a_work_address_alone_joins_the_company_of_that_domain(self, engine, bring):
        await bring("hubspot", {"all-contacts": HUBSPOT["all-contacts"].replace("9001,", ",")})
        run = await bring("hubspot", {"all-companies": HUBSPOT["all-companies"]})
        assert created(run) == {"companies": 1}


class TestSalesforce:
    async def test_the_objects_together_make_one_picture(self, engine, bring, send_cypher):
        run = await bring("salesforce", dict(reversed(SALESFORCE.items())))
        assert (run.state, run.error) == ("done", None)
        assert created(run) == {
            "people": 2,
            "companies": 2,
            "opportunities": 1,
            "opportunity_companies": 1,
            "committee_members": 2,
            "employments": 2,
            "reporting_lines": 1,
            "signals": 1,
        }
        assert await deals(engine) == {
            "Core network": (
                "Helvion AG",
                "Proposal",
                15000.5,
                "2026-09-30",
                {"Priya Olumide": ["technical_buyer"], "Noor Ashgrove": ["economic_buyer", "gatekeeper"]},
            )
        }
        assert [(one.file, one.line, one.reason) for one in run.refused] == [
            ("OpportunityContactRole.csv", 5, "it refers to a person that is not known by this salesforce id")
        ]
        lines = await send_cypher(
            engine, "MATCH (a:Person)-[:REPORTS_TO]->(b:Person) RETURN a.name AS a, b.name AS b"
        )
        assert [(row["a"], row["b"]) for row in lines] == [("Priya Olumide", "Noor Ashgrove")]

    async def test_again_changes_nothing(self, engine, bring):
        await bring("salesforce", SALESFORCE)
        again = await bring("salesforce", SALESFORCE)
        assert not any(n for c in again.counts.values() for name, n in c.items() if name != "unchanged")

    async def test_an_id_of_15_characters_is_the_record_of_18(self, engine, bring):
        await bring("salesforce", SALESFORCE)
        longer = {"Contact": SALESFORCE["Contact"]}
        for number in (1, 2, 3):
            longer["Contact"] = longer["Contact"].replace(C(number), str(long_id(C(number))))
        run = await bring("salesforce", longer)
        assert "people" not in created(run) and "employments" not in created(run)

    async def test_what_was_merged_after_both_came_in_is_for_a_human(self, engine, bring):
        header = "Id,IsDeleted,MasterRecordId,AccountId,LastName\n"
        await bring("salesforce", {"Contact": f"{header}{C(1)},0,,,Olumide\n{C(3)},0,,,Olumida\n"})
        run = await bring(
            "salesforce", {"Contact": f"{header}{C(1)},0,,,Olumide\n{C(3)},1,{C(1)},,Olumida\n"}
        )
        assert [(one.line, one.fix) for one in run.refused] == [
            (3, "keep one of the identities in this row, or merge the two records first")
        ]

    async def test_a_dry_run_counts_and_writes_nothing(self, engine, bring):
        run = await bring("salesforce", SALESFORCE, dry_run=True)
        assert created(run)["people"] == 2
        assert await deals(engine) == {}


async def test_affinity(engine, bring):
    run = await bring(
        "affinity",
        {
            "people": "Person Id,Full Name,Primary Email,Organizations\n"
            "6001,Priya Olumide,priya@helvion.example,Helvion AG\n",
            "organizations": "Organization Id,Name,Website\n5001,Helvion AG,helvion.example\n",
        },
    )
    assert created(run) == {"people": 1, "companies": 1, "employments": 1}
