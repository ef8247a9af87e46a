"""A folder with opportunities and all about them is one import, whatever the order of its files."""

from __future__ import annotations

from datetime import date

import pytest

from graph.records.opportunities import list_opportunities, read_opportunity
from importers.runs import ImportRequest, run_import

FILES = {
    "alliances": "from_id,to_id,kind,sign,strength,opportunity_id\n1,2,rivalry,-,0.6,D1\n",
    "committee": "opportunity_id,person_id,influence,roles\nD1,1,high,economic_buyer\nD1,2,low,\nD1,9,low,\n",
    "companies": "id,name\nC1,Helvion\n",
    "observations": "opportunity_id,about_id,value,source,informant_id,reliability,on,evidence\n"
    "D1,1,0.4,coach_report,2,0.8,2026-10-01,Said on the phone\nD1,2,7,direct,,,2026-10-01,\n",
    "opportunities": "id,name,company_id,stage,closes_on,amount\nD1,Renewal,C1,offer,2027-01,9000\n",
    "people": "id,name\n1,Vera Alm\n2,Nils Ek\n",
    "personas": "person_id,background,goals,process,media,objective,style,information,brands,experience\n"
    "1,,Fewer outages,,,,,,,expert\n",
    "signals": "company_id,person_id,kind,on\nC1,,visit,2026-10-02\n",
}


@pytest.fixture
def bring(engine, tmp_path):
    folder = tmp_path / "crm"
    folder.mkdir()

    async def run(**changed):
        for name, text in {**FILES, **changed}.items():
            (folder / f"{name}.csv").write_text(text)
        request = ImportRequest(paths=(folder,), source="crm")
        return await run_import(engine, request, spool_dir=tmp_path / "spool")

    return run


async def read(engine):
    ((view, _),) = await list_opportunities(engine, company_id=None, after=None, limit=2)
    return await read_opportunity(engine, view.id, None, today=date(2026, 11, 22))


async def test_everything_goes_in_and_ill_rows_are_refused_with_reason_and_fix(engine, bring):
    run = await bring()
    assert (run.state, run.error) == ("done", None)
    made = {kind: counts["created"] for kind, counts in run.counts.items() if counts["created"]}
    assert made == {
        "people": 2,
        "companies": 1,
        "opportunities": 1,
        "opportunity_companies": 1,
        "committee_members": 2,
        "observations": 1,
        "signals": 1,
        "personas": 1,
        "alliances": 1,
    }
    refused = [(one.file, one.line, one.column, one.reason) for one in run.refused]
    assert sorted(refused) == [
        ("committee.csv", 4, "", "it refers to a person that is not known by this crm id"),
        ("observations.csv", 3, "value", "value: it is not a number between -1 and 1"),
    ]
    assert all(one.fix for one in run.refused)
    facts = await read(engine)
    assert [member.influence for member in facts.members] == ["high", "low"]
    assert [(note.value, note.informant_name) for note in facts.notes] == [(0.4, "Nils Ek")]
    assert [(bond.kind, bond.everywhere) for bond in facts.bonds] == [("rivalry", False)]


async def test_again_changes_nothing_and_what_a_file_states_no_more_goes(engine, bring):
    clean = {
        "committee": FILES["committee"].replace("D1,9,low,\n", ""),
        "observations": FILES["observations"].replace("D1,2,7,direct,,,2026-10-01,\n", ""),
    }
    await bring(**clean)
    before = await read(engine)
    again = await bring(**clean)
    assert not any(n for c in again.counts.values() for name, n in c.items() if name != "unchanged")
    assert await read(engine) == before
    header = "opportunity_id,about_id,value,source,informant_id,reliability,on,evidence\n"
    fewer = await bring(
        **clean | {"observations": header + "D1,1,-0.2,direct,1,,2026-11-01,\n", "signals": FILES["signals"]}
    )
    assert fewer.counts["observations"]["withdrawn"] == 1
    assert [(note.value, note.source) for note in (await read(engine)).notes] == [(-0.2, "direct")]
