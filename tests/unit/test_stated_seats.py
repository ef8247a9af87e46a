"""A bare mention of a member takes nothing off their seat that another source states."""

from __future__ import annotations

from graph.model.committee import Opportunity
from graph.model.committee_facts import Seat
from graph.model.entities import Person
from graph.model.identities import external_identity
from graph.records.stored_facts import FactTable

PERSON = Person(identities=(external_identity("person", "crm", "1"),))
DEAL = Opportunity(identities=(external_identity("opportunity", "crm", "7"),))


def seat(*roles: str, influence: str | None = None) -> Seat:
    return Seat(person=PERSON, opportunity=DEAL, roles=roles, influence=influence)


def stated(*said: tuple[str, Seat]) -> tuple[dict[str, object], FactTable]:
    table = FactTable()
    for source, fact in said:
        stored, _ = table.state(fact, "p", "o", source, None)
    return stored.properties, table


def test_a_list_of_members_leaves_roles_and_influence_to_others():
    properties, _ = stated(("human", seat("coach", influence="high")), ("deals", seat()))
    assert (properties["roles"], properties["influence"]) == (["coach"], "high")
    assert properties["sources"] == ["deals", "human"]


def test_the_newest_that_says_something_counts():
    properties, _ = stated(("a", seat("coach", influence="high")), ("b", seat("legal")))
    assert properties["roles"] == ["legal"] and "influence" not in properties


def test_who_stands_alone_may_take_their_own_word_back():
    properties, _ = stated(("a", seat("coach")), ("a", seat()))
    assert "roles" not in properties


def test_who_takes_a_word_back_beside_others_has_the_seat_folded_anew():
    _, table = stated(("a", seat()), ("b", seat("coach")), ("b", seat()))
    assert len(table.unsettled()) == 1
