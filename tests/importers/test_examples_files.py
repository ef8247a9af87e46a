"""The invented example files: made by their script, spelled as the real ones, and of one piece."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = ("team", "careers", "account")

ARCHIVE_HEADERS = {
    "Connections.csv": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On",
    "Profile.csv": (
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
        "Twitter Handles,Websites,Instant Messengers"
    ),
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities",
    "Recommendations_Received.csv": "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
    "Endorsement_Received_Info.csv": (
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,"
        "Endorsement Status"
    ),
    "Invitations.csv": "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
    "messages.csv": (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,"
        "CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
    ),
}
CAREER_HEADER = (
    "profileUrl,fullName,firstName,lastName,companyName,title,companyId,companyUrl,regularCompanyUrl,summary,"
    "titleDescription,industry,companyLocation,location,durationInRole,durationInCompany,"
    "pastExperienceCompanyName,pastExperienceCompanyUrl,pastExperienceCompanyTitle,pastExperienceDate,"
    "pastExperienceDuration,connectionDegree,profileImageUrl,sharedConnectionsCount,name,vmid,"
    "linkedInProfileUrl,isPremium,isOpenLink,query,timestamp,defaultProfileUrl"
)
NEUTRAL_HEADERS = {
    "people.csv": "id,name,email,linkedin_url,headline,location,team_member",
    "companies.csv": "id,name,domain,headcount,industry,former_names",
    "schools.csv": "id,name",
    "communities.csv": "id,name",
    "employments.csv": "person_id,company_id,title,department,seniority,started,ended,current",
    "projects.csv": "id,name,company_id,size,started,ended",
    "project_members.csv": "person_id,project_id,role,started,ended",
    "studies.csv": "person_id,school_id,started,ended",
    "memberships.csv": "person_id,community_id,started,ended",
    "connections.csv": "from_id,to_id,since",
    "interactions.csv": "from_id,to_id,channel,sent,received,last_on",
    "alliances.csv": "from_id,to_id,kind,sign,strength,since,directed,opportunity_id",
    "reporting_lines.csv": "person_id,manager_id,since",
    "opportunities.csv": "id,name,company_id,stage,closes_on,amount",
    "committee.csv": "opportunity_id,person_id,influence,roles",
    "observations.csv": "opportunity_id,about_id,value,source,informant_id,reliability,on,evidence",
    "signals.csv": "company_id,person_id,kind,on",
    "personas.csv": (
        "person_id,background,goals,process,media,objective,style,information,brands,experience"
    ),
}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def archives() -> dict[str, dict[str, str]]:
    """Texts by file, by archive, LinkedIn's preamble cut off."""
    found = {}
    for path in sorted((EXAMPLES / "team").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            found[path.name] = {name: archive.read(name).decode() for name in archive.namelist()}
    for texts in found.values():
        preamble, _, rest = texts["Connections.csv"].partition("\n\n")
        assert preamble.startswith('Notes:\n"When exporting')
        texts["Connections.csv"] = rest
    return found


def neutral(name: str) -> list[dict[str, str]]:
    return rows_of((EXAMPLES / "account" / name).read_text(encoding="utf-8"))


def careers() -> dict[str, list[dict[str, str]]]:
    return {p.name: rows_of(p.read_text(encoding="utf-8")) for p in (EXAMPLES / "careers").glob("*.csv")}


def slug(url: str) -> str:
    return unquote(url.rsplit("/in/", 1)[1])


def test_the_script_writes_the_committed_bytes(tmp_path):
    subprocess.run([sys.executable, EXAMPLES / "make_examples.py", tmp_path], check=True)
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    committed = {
        p.relative_to(EXAMPLES): p.read_bytes()
        for folder in FOLDERS
        for p in (EXAMPLES / folder).rglob("*")
        if p.is_file()
    }
    assert made.keys() == committed.keys()
    assert [str(path) for path in made if made[path] != committed[path]] == []


def test_the_archives_have_linkedins_headers():
    assert len(archives()) == 4
    for texts in archives().values():
        assert {name: text.split("\n", 1)[0] for name, text in texts.items()} == ARCHIVE_HEADERS


@pytest.mark.parametrize("name", NEUTRAL_HEADERS)
def test_the_account_has_the_neutral_headers(name):
    text = (EXAMPLES / "account" / name).read_text(encoding="utf-8")
    assert text.split("\n", 1)[0] == NEUTRAL_HEADERS[name]
    assert neutral(name)


def test_the_career_exports_have_phantombusters_header():
    for path in (EXAMPLES / "careers").glob("*.csv"):
        assert path.read_text(encoding="utf-8").split("\n", 1)[0] == CAREER_HEADER


def test_a_slug_is_one_person_with_one_name_and_one_present_job():
    said: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for texts in archives().values():
        for row in rows_of(texts["Connections.csv"]):
            if row["URL"]:
                name = f"{row['First Name']} {row['Last Name']}"
                said[slug(row["URL"])].add((name, row["Company"], row["Position"]))
    for rows in careers().values():
        slugs = [slug(row["defaultProfileUrl"]) for row in rows]
        assert len(slugs) == len(set(slugs))
        for row in rows:
            assert row["pastExperienceCompanyName"] != row["companyName"]
            said[slug(row["defaultProfileUrl"])].add((row["fullName"], row["companyName"], row["title"]))
    people = neutral("people.csv")
    assert len({slug(row["linkedin_url"]) for row in people}) == len(people)
    for row in people:
        title, company = row["headline"].rsplit(" at ", 1)
        said[slug(row["linkedin_url"])].add((row["name"], company, title))
    assert {key: told for key, told in said.items() if len(told) > 1} == {}
    assert 360 <= len(said) <= 440
    assert all(key.endswith("-invented") for key in said)


def test_the_neutral_files_refer_to_each_other_only():
    ids = {name: {row["id"] for row in neutral(name)} for name in NEUTRAL_HEADERS if "id" in neutral(name)[0]}
    people = ids["people.csv"]
    companies = ids["companies.csv"]
    for row in neutral("employments.csv"):
        assert row["person_id"] in people and row["company_id"] in companies
    for row in neutral("project_members.csv"):
        assert row["person_id"] in people and row["project_id"] in ids["projects.csv"]
    for name in ("connections.csv", "interactions.csv", "alliances.csv"):
        assert all({row["from_id"], row["to_id"]} <= people for row in neutral(name))
    for row in neutral("reporting_lines.csv"):
        assert {row["person_id"], row["manager_id"]} <= people and row["person_id"] != row["manager_id"]
    assert {row["company_id"] for row in neutral("projects.csv")} <= companies
    assert {row["company_id"] for row in neutral("opportunities.csv")} <= companies
    seated = {row["person_id"] for row in neutral("committee.csv")}
    assert seated <= people and 9 <= len(seated) <= 12
    for row in neutral("observations.csv"):
        assert row["about_id"] in seated and row["informant_id"] in people | {""}
    deals = ids["opportunities.csv"]
    assert {row["opportunity_id"] for row in neutral("alliances.csv")} == {"", *deals}
    for row in neutral("signals.csv"):
        assert row["person_id"] in people or row["company_id"] in companies
    assert {row["person_id"] for row in neutral("personas.csv")} <= seated


def test_every_employer_has_a_headcount_and_addresses_cannot_exist():
    known = {row["name"]: int(row["headcount"]) for row in neutral("companies.csv")}
    named = {row["companyName"] for rows in careers().values() for row in rows}
    named |= {row["pastExperienceCompanyName"] for rows in careers().values() for row in rows} - {""}
    for texts in archives().values():
        named |= {row["Company Name"] for row in rows_of(texts["Positions.csv"])}
        emails = {row["Email Address"] for row in rows_of(texts["Connections.csv"])} - {""}
        assert emails and all(email.endswith(".example") for email in emails)
    assert named <= known.keys()
    assert all(row["domain"].endswith(".example") for row in neutral("companies.csv"))


def test_the_namesakes_are_other_people_in_every_file():
    slugs = defaultdict(set)
    for texts in archives().values():
        for row in rows_of(texts["Connections.csv"]):
            if row["URL"]:
                slugs[f"{row['First Name']} {row['Last Name']}"].add(slug(row["URL"]))
    for rows in careers().values():
        for row in rows:
            slugs[row["fullName"]].add(slug(row["defaultProfileUrl"]))
    twice = {name for name, keys in slugs.items() if len(keys) > 1}
    assert twice == {"Jonas Weidenfeldt", "Annelise Vanterpoel", "Siiri Kallastemets"}
