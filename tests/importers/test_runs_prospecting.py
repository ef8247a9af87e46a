"""Exports of prospecting tools and a full LinkedIn archive through a whole import, on both engines."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from importers.runs import ImportRequest, run_import

FIXTURES = Path(__file__).parent / "fixtures"
OWNER = "https://www.linkedin.com/in/anna-example"


@pytest.fixture
def bring(engine, tmp_path):
    async def run(*paths, source="prospecting", **more):
        request = ImportRequest(paths=tuple(paths), source=source, **more)
        return await run_import(engine, request, spool_dir=tmp_path / "spool")

    return run


async def known(send_cypher, engine, name):
    return await send_cypher(
        engine,
        "MATCH (i:Identity)-[:IDENTIFIES]->(p:Person) WHERE p.name = $name "
        "RETURN p.id AS id, i.key AS key ORDER BY key",
        name=name,
    )


async def test_four_tools_name_one_person_and_one_company(bring, engine, send_cypher):
    files = [
        FIXTURES / "prospecting" / name
        for name in (
            "evaboot_accounts/accounts.csv",
            "evaboot_leads/evaboot-export.csv",
            "apollo_people/apollo-contacts-export.csv",
            "phantombuster_profiles/result.csv",
            "sales_navigator_list/list.csv",
        )
    ]
    run = await bring(*files, owner=OWNER)
    assert run.state == "done", run.error
    rows = await known(send_cypher, engine, "Bruno Tegel")
    assert len({row["id"] for row in rows}) == 1
    assert [row["key"] for row in rows] == [
        "person:email:bruno.tegel@helvion.example",
        "person:email:bruno@tegel.example",
        "person:linkedin:bruno-tegel",
        "person:linkedin_member:ACwAABcDefGhIjKlMnOpQr",
        "person:linkedin_member_o:ACoAABcDefGhIjKlMnOpQr",
        "person:prospecting:6460d1c0a1b2c30001aa0001",
    ]
    companies = await send_cypher(
        engine, "MATCH (c:Company) WHERE c.name = 'Helvion GmbH' RETURN count(c) AS n"
    )
    assert companies[0]["n"] == 1
    again = await bring(*files, owner=OWNER)
    assert all(counter["created"] == counter["updated"] == 0 for counter in again.counts.values())


async def test_a_full_archive_names_what_it_leaves_alone(bring, tmp_path):
    path = tmp_path / "Complete_LinkedInDataExport_11-22-2026.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(FIXTURES / "linkedin" / "connections_german" / "Connections.csv", "Connections.csv")
        archive.write(FIXTURES / "linkedin" / "positions_languages" / "Positions.csv", "Positions.csv")
        archive.write(FIXTURES / "linkedin" / "invitations_old" / "Invitations.csv", "Invitations.csv")
        archive.writestr("Skills.csv", "Name\nRouting\n")
        archive.writestr(
            "Jobs/Job Applications.csv", "Application Date,Company Name,Job Title\n1/2/26,Helvion,x\n"
        )
        archive.writestr("Rich_Media.csv", "Date/Time,Media Description,Media Link\nx,y,z\n")
        archive.writestr("Member_Follows.csv", "Date,FullName,Status\nx,Somebody Private,Active\n")
        archive.writestr(
            "ImportedContacts.csv",
            "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt\nx,a,b,c,d,e,f,g\n",
        )
        archive.writestr("Unheard_Of.csv", "a,b\n1,2\n")
    run = await bring(path, source="linkedin", owner=OWNER)
    assert run.state == "done", run.error
    left = {one.file.rsplit("/", 1)[-1]: one.reason for one in run.ignored if one.column is None}
    assert set(left) == {
        "Skills.csv", "Job Applications.csv", "Rich_Media.csv", "Member_Follows.csv", "ImportedContacts.csv",
        "Unheard_Of.csv",
    }  # fmt: skip
    assert "abilities" in left["Skills.csv"] and "following" in left["Member_Follows.csv"]
    assert "address book" in left["ImportedContacts.csv"]
    assert left["Unheard_Of.csv"] == "not a file of a known format"


async def test_a_file_left_alone_says_so_when_it_comes_by_itself(bring, tmp_path):
    path = tmp_path / "Skills.csv"
    path.write_text("Name\nRouting\n")
    run = await bring(path, source="linkedin", owner=OWNER)
    assert run.state == "failed" and "LinkedIn archive" in run.error and "--mapping" in run.error
