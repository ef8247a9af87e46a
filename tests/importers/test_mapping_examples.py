"""The mapping files shown in the documentation, on files as Clay and Wiza write them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.model.records import Record
from importers.formats.base import FileContext
from importers.formats.files import open_file

DOCS = Path(__file__).parents[2] / "docs" / "importing.md"
EXAMPLES = {
    found[1]: found[0]
    for found in re.findall(r"```toml\n(# (\w+)\.toml: .*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
}
FILES = {
    "clay": "First Name,Last Name,LinkedIn Profile,Work Email,Email verified,Company Name,Company Domain,Job Title\n"
    "Bruno,Tegel,https://www.linkedin.com/in/bruno-tegel,b@helvion.example,valid,Helvion,helvion.example,Buyer\n"
    "Carla,Ruhm,https://www.linkedin.com/in/carla-ruhm,c@helvion.example,catch-all,Helvion,helvion.example,CFO\n",
    "wiza": "full_name,profile,job,company,company_size,email,started_on\n"
    "Bruno Tegel,https://www.linkedin.com/in/bruno-tegel,Buyer,Helvion,412,b@helvion.example,2021-03\n"
    "Carla Ruhm,https://www.linkedin.com/in/carla-ruhm,CFO,Aurelle,51-200,,\n",
}


@pytest.mark.parametrize("tool", sorted(FILES))
def test_a_mapping_of_the_documentation_works(tool: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(FILES[tool])
    opened = open_file(path, path.name, mapping=EXAMPLES[tool])
    items = list(opened.records(FileContext(source=tool, file_name=path.name)))
    assert all(isinstance(item, Record) for item in items), items
    said = [item for item in items if isinstance(item, Record)]
    people = {item.entities[0].name: item.entities[0].keys for item in said if item.key.startswith("people")}
    assert set(people) == {"Bruno Tegel", "Carla Ruhm"}
    assert ("person:email:b@helvion.example" in people["Bruno Tegel"]) == (tool == "clay")
    assert not any("c@helvion" in key for key in people["Carla Ruhm"])
    titles = {fact.properties()["title"] for item in said for fact in item.facts}
    assert titles == {"Buyer", "CFO"}
