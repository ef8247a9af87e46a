"""Whether a role on a project or a membership still holds, where a file of ours says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model.dates import PartialDate, Spell
from graph.model.records import Record
from importers.formats.base import FileContext, Refusal
from importers.formats.files import open_file

FROM = PartialDate(2024, 3)


@pytest.mark.parametrize("kind", ["project_members", "memberships"])
@pytest.mark.parametrize(
    ("cells", "spell"),
    [
        ("2024-03,,true", Spell(started=FROM, current=True)),
        ("2024-03,,", Spell(started=FROM)),
        ("2024-03,2025,false", Spell(started=FROM, ended=PartialDate(2025))),
        ("2024-03,2025,true", "marked current and has an end"),
        ("2024-03,,perhaps", "neither true nor false"),
    ],
)
def test_a_role_or_membership_may_be_marked_current(
    tmp_path: Path, kind: str, cells: str, spell: Spell | str
) -> None:
    other = {"project_members": "project_id", "memberships": "community_id"}[kind]
    path = tmp_path / f"{kind}.csv"
    path.write_text(f"person_id,{other},started,ended,current\n1,2,2020,2021,\n1,2,{cells}\n")
    *_, item = open_file(path, path.name).records(FileContext(source="crm", file_name=path.name))
    if isinstance(spell, str):
        assert isinstance(item, Refusal) and spell in item.reason
    else:
        assert isinstance(item, Record) and getattr(item.facts[0], "spell") == spell  # noqa: B009
