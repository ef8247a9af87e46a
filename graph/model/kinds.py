"""Every kind of node and of fact there is, by its label or relationship type."""

from __future__ import annotations

from graph.model import committee_facts, company_facts, facts
from graph.model.committee import Observation, Opportunity, Persona, Signal
from graph.model.entities import Community, Company, Entity, Person, Project, School
from graph.model.facts import Fact

__all__ = ["FACT_TYPES", "NODE_KINDS"]

NODE_KINDS: dict[str, type[Entity]] = {
    kind.LABEL: kind
    for kind in (Person, Company, Project, School, Community, Opportunity, Observation, Signal, Persona)
}

FACT_TYPES: dict[str, type[Fact]] = {
    kind.TYPE: kind
    for kind in (
        facts.Employment,
        facts.ProjectRole,
        facts.RunBy,
        facts.Study,
        facts.Membership,
        facts.Connection,
        facts.Interaction,
        facts.Recommendation,
        facts.Endorsement,
        facts.ReportingLine,
        facts.Alliance,
        facts.TakenBack,
        committee_facts.SoughtAt,
        committee_facts.Seat,
        committee_facts.About,
        committee_facts.HeardIn,
        committee_facts.HeardFrom,
        committee_facts.ShownBy,
        committee_facts.HasPersona,
        committee_facts.NotAllied,
        company_facts.PartOf,
    )
}
