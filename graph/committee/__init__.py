"""The buying committee as one entangled system: pure mathematics on small arrays, a module a question.

`docs/committee.md` has the formulas and an example worked by hand.
"""

from __future__ import annotations

from graph.committee.attribution import Attribution, Share, share_change, share_decision, share_settled
from graph.committee.committee import (
    BUYING_ROLES,
    ECONOMIC_BUYER,
    SOURCES,
    TECHNICAL_BUYER,
    USER_BUYER,
    Committee,
    Floats,
    Observed,
    Tie,
    contradictions,
    floats,
    listening_ties,
    signed_ties,
)
from graph.committee.counterbalance import (
    Counterbalance,
    DeciderMove,
    Plan,
    counterbalance,
    forbidden,
    speaking_up,
)
from graph.committee.decision import Situation, assess, decision_weights, held, placed
from graph.committee.entry import Entry, EntryPath, rank_entries
from graph.committee.field import Field, infer, observation_variance, posterior_precision
from graph.committee.influence import (
    Influence,
    from_matrix,
    influence_model,
    listening,
    movable,
    on_others,
    settle,
    weigh,
)
from graph.committee.outlook import Gates, Outlook, outlook
from graph.committee.parameters import PARAMETERS, CommitteeParameters
from graph.committee.questions import Informant, Question, next_questions
from graph.committee.simulation import (
    AddAlliance,
    AddMember,
    Change,
    MemberChange,
    RemoveAlliance,
    RemoveMember,
    SetInfluence,
    SetStance,
    Simulation,
    apply_changes,
    simulate,
)

__all__ = [
    "BUYING_ROLES",
    "ECONOMIC_BUYER",
    "PARAMETERS",
    "SOURCES",
    "TECHNICAL_BUYER",
    "USER_BUYER",
    "AddAlliance",
    "AddMember",
    "Attribution",
    "Change",
    "Committee",
    "CommitteeParameters",
    "Counterbalance",
    "DeciderMove",
    "Entry",
    "EntryPath",
    "Field",
    "Floats",
    "Gates",
    "Influence",
    "Informant",
    "MemberChange",
    "Observed",
    "Outlook",
    "Plan",
    "Question",
    "RemoveAlliance",
    "RemoveMember",
    "SetInfluence",
    "SetStance",
    "Share",
    "Simulation",
    "Situation",
    "Tie",
    "apply_changes",
    "assess",
    "contradictions",
    "counterbalance",
    "decision_weights",
    "floats",
    "forbidden",
    "from_matrix",
    "held",
    "infer",
    "influence_model",
    "listening",
    "listening_ties",
    "movable",
    "next_questions",
    "observation_variance",
    "on_others",
    "outlook",
    "placed",
    "posterior_precision",
    "rank_entries",
    "settle",
    "share_change",
    "share_decision",
    "share_settled",
    "signed_ties",
    "simulate",
    "speaking_up",
    "weigh",
]
