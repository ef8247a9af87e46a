"""Our own CSV about what other systems rarely hold: praise in public, groups of companies, further identities."""

from __future__ import annotations

from graph.model.committee import Opportunity
from graph.model.company_facts import PartOf
from graph.model.entities import Community, Company, Entity, Person, Project, School
from graph.model.facts import Endorsement, Recommendation
from graph.model.identities import Identity, email_identity
from graph.model.records import Record
from importers.formats.base import FileContext, Row, RowError
from importers.formats.neutral_rows import id_cell, needed, row_record, two_people
from importers.formats.sheet import RowReader
from importers.formats.values import date_cell, one_line

__all__ = ["FURTHER_FILES", "NAMED_KINDS"]

# What rows of other files refer to by id.
NAMED_KINDS: dict[str, type[Entity]] = {
    kind.SLUG: kind for kind in (Person, Company, School, Community, Project, Opportunity)
}
_LONGEST = 2000


def _recommendation(row: Row, context: FileContext) -> Record:
    a, b = two_people(row, context, "from_id", "to_id")
    fact = Recommendation(a=a, b=b, on=date_cell(row, "on", context))
    return row_record("recommendations", row, ["from_id", "to_id"], [a, b], fact)


def _endorsement(row: Row, context: FileContext) -> Record:
    a, b = two_people(row, context, "from_id", "to_id")
    fact = Endorsement(a=a, b=b, skill=one_line(row.get("skill")), on=date_cell(row, "on", context))
    return row_record("endorsements", row, ["from_id", "to_id"], [a, b], fact)


def _subsidiary(row: Row, context: FileContext) -> Record:
    company = Company(identities=(id_cell("company", row, context, "company_id"),))
    parent = Company(identities=(id_cell("company", row, context, "parent_id"),))
    fact = PartOf(company=company, parent=parent, since=date_cell(row, "since", context))
    return row_record("subsidiaries", row, ["company_id", "parent_id"], [company, parent], fact)


def _identity(row: Row, context: FileContext) -> Record:
    kind = NAMED_KINDS.get(needed(row, "kind").casefold())
    if kind is None:
        raise RowError("kind", "kind: it is none of ours", f"Use one of {', '.join(NAMED_KINDS)}")
    system, value = one_line(needed(row, "system")), needed(row, "value")
    if system in ("liaison", "") or ":" in system or len(system) > 100:
        raise RowError("system", "system: no other system is called so", "Write the name of the system")
    if len(value) > _LONGEST or (system == "email" and email_identity(value) is None):
        raise RowError("value", "value: it is no value of this system", "Correct the cell")
    url = row.get("url") if row.get("url").startswith(("https://", "http://")) else None
    known_by = (id_cell(kind.SLUG, row, context), Identity(kind.SLUG, system, value, url))
    return row_record("identities", row, ["id", "kind", "system", "value"], [kind(identities=known_by)])


# By kind: the header (`*`: must be there), and what a row says.
FURTHER_FILES: tuple[tuple[str, str, RowReader], ...] = (
    ("recommendations", "from_id*,to_id*,on", _recommendation),
    ("endorsements", "from_id*,to_id*,skill,on", _endorsement),
    ("subsidiaries", "company_id*,parent_id*,since", _subsidiary),
    ("identities", "id*,kind*,system*,value*,url", _identity),
)
