"""Every number of the committee model, each with where it comes from. No other module of the committee holds one.

They are starting values until they are fitted to outcomes; `docs/committee.md` works an example by hand.
Stances have no unit: -1 is an opponent, +1 a mentor. Precisions are 1/stance², variances stance², ages days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = [
    "CAMPS",
    "FLAGS",
    "INTENT",
    "LEARNING",
    "MOMENTS",
    "PARAMETERS",
    "REACH",
    "ROLES",
    "SUGGESTIONS",
    "CampParameters",
    "CommitteeParameters",
    "FlagParameters",
    "IntentParameters",
    "LearningParameters",
    "MomentParameters",
    "ReachParameters",
    "RoleParameters",
    "SuggestionParameters",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeParameters:
    """The committee model's numbers: first the entangled system, then (below) roles, intent, flags and the rest."""

    # --- Inference: the Gaussian field ---------------------------------------------------------------------
    # Ours. Before anything is heard a person is taken for neutral, give or take 1: nothing is known.
    prior_mean: float = 0.0
    prior_precision: float = 1.0
    # Ours. Standard deviation of a report by a wholly reliable source, heard today. What somebody says of
    # themselves is still said to a seller, hence not 0.
    direct_sd: float = 0.25
    coach_report_sd: float = 0.30
    hearsay_sd: float = 0.50
    # Ours. How far a source is relied on when the note does not say (1: wholly; 0: not at all).
    direct_reliability: float = 1.0
    coach_report_reliability: float = 0.7
    hearsay_reliability: float = 0.5
    # Ours. Stances drift: after a year a report is wider by a standard deviation of 0.5 (random walk).
    drift_variance_per_day: float = 0.25 / 365.0
    # Ours, as for ties: what an alliance binds when its author gives no strength.
    unsaid_strength: float = 0.7
    # The two-sided 95 % quantile of the normal distribution.
    interval_quantile: float = 1.959963984540054

    # --- Intervention: who listens to whom ------------------------------------------------------------------
    # Ours. How much the others listen (domain.md 1), as a weight on everything that is said.
    influence_high: float = 1.0
    influence_medium: float = 0.6
    influence_low: float = 0.3
    # Ours. All the others of the committee together, when nothing binds them and all are of high influence,
    # are listened to as much as one ally of this strength.
    room: float = 0.3
    # Ours. Listening to the person one reports to, as an alliance of this strength; and to one's report.
    listens_to_superior: float = 0.6
    listens_to_report: float = 0.2
    # Ours. Nobody gives up more than this share of their own stance to the others (λ of Friedkin-Johnsen).
    most_susceptible: float = 0.5

    # --- Outlook: the gates ----------------------------------------------------------------------------------
    # Ours. An economic buyer approves from here on …
    approve_threshold: float = 0.25
    # … a technical buyer stops below this …
    stop_threshold: float = -0.5
    # … and the users are against when their mean lies below this.
    against_threshold: float = -0.25
    # Draws of a simulation: a standard error of at most 0.005. The seed keeps an answer the same when asked again.
    outlook_draws: int = 10_000
    outlook_seed: int = 20_261_122

    # --- Counterbalance and entry ------------------------------------------------------------------------------
    # Ours. Whose mean stance reaches this counts as a supporter; at minus this, as an opponent.
    supporter_from: float = 0.1
    opponent_from: float = -0.1
    # Ours. An opponent whose stance lies below 0 with at least this probability is hostile: no path goes through
    # them. One word of hearsay is not enough for it, one statement heard directly is.
    hostile_certainty: float = 0.8
    # Ours. Who speaks up for us takes a stance of at least this, and is listened to at least this much.
    advocate_stance: float = 0.8
    advocate_influence: float = 1.0
    # Ours. Who holds a deciding role with this probability is whom a plan aims at, not one of its supporters.
    decider_from: float = 0.5
    # Sets of supporters are enumerated up to this many, and this many sets times members^2 (about a second), else
    # grown greedily.
    enumerated_sets: int = 3_000
    enumerated_work: float = 3e7
    # More supporters than this at once is no plan; after the first, a greedy step looks at this many, those who
    # do most alone.
    most_supporters: int = 5
    greedy_choice: int = 12
    # Ours. A first conversation by a warm introduction lifts the stance of the one met by this much; the
    # introducer's side (-1: a friend of opponents, +1: of supporters) counts this many times on top: from
    # side -0.5 on the introduction does harm.
    entry_lift: float = 0.2
    entry_side: float = 2.0


PARAMETERS = CommitteeParameters()

Weights = Mapping[str, float]
# A phrase of whole words, as `graph.model.identities.tokens` gives them, and what it adds in log-odds.
Phrases = tuple[tuple[tuple[str, ...], float], ...]


def _phrases(weight: float, words: str) -> Phrases:
    """Comma-separated phrases of one weight."""
    return tuple((tuple(phrase.split()), weight) for phrase in words.split(","))


# Ours, after Miller-Heiman's description of the roles. Words of titles in English, German, French, Spanish.
_FINANCE = "finance,cfo,financial,controller,finanzen,finanzleiter,finanzleiterin,financier,financiero,daf"
_TECHNICAL = (
    "it,information technology,security,network,engineering,research,architect,engineer,cto,cio,ciso,infrastructure,"
    "informatik,netzwerk,netzwerke,technik,architekt,architektin,informatique,reseaux,redes,informatica,dsi,devops"
)
_USERS = "operations,production,customer service,marketing,sales,hr,user,operator,product,betrieb,produktion,vertrieb"
_LAW = (
    "legal,counsel,lawyer,attorney,compliance,recht,jurist,juristin,juriste,juridique,abogado,abogada,privacy"
)
_BUYING = (
    "procurement,purchasing,purchaser,buyer,sourcing,einkauf,einkaufer,einkauferin,achats,acheteur,compras"
)
_DESKS = "assistant,assistante,secretary,assistenz,assistent,assistentin,sekretarin,asistente,office manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleParameters:
    """Buying roles in superposition. Weights are log-odds (natural logarithm), reliabilities probabilities."""

    # Ours. Of ten members of a committee about one holds the money, two can stop it, three live with it
    # (logarithm of the odds: 0.1 is -2.2, 0.2 -1.4, 0.3 -0.85, 0.05 -2.9).
    base: Weights = field(
        default_factory=lambda: {
            "economic_buyer": -2.2,
            "technical_buyer": -1.4,
            "user_buyer": -0.85,
            "coach": -2.2,
            "gatekeeper": -2.2,
            "legal": -2.9,
            "procurement": -2.9,
        }
    )
    # Ours. Who releases money sits high, who uses the thing or keeps the door sits low; whoever coaches us, and
    # whoever is a lawyer or a purchaser, is not told by rank.
    seniority: Mapping[str, Weights] = field(
        default_factory=lambda: {
            "economic_buyer": {
                "owner": 2.6,
                "c_level": 1.7,
                "vp": 1.2,
                "director": 0.7,
                "head": 0.3,
                "manager": -0.8,
                "senior": -1.8,
                "staff": -2.2,
                "junior": -3.0,
            },
            "technical_buyer": {"owner": -0.5, "c_level": -0.3, "head": 0.4, "manager": 0.3, "junior": -1.2},
            "user_buyer": {
                "owner": -1.2,
                "c_level": -1.0,
                "vp": -0.5,
                "manager": 0.4,
                "senior": 0.5,
                "staff": 0.5,
            },
            "coach": {},
            "gatekeeper": {"owner": -1.5, "c_level": -1.5, "vp": -1.0, "director": -0.5, "staff": 0.4},
            "legal": {},
            "procurement": {},
        }
    )
    # Ours. What the words of a title or department add; of several the strongest counts.
    function: Mapping[str, Phrases] = field(
        default_factory=lambda: {
            "economic_buyer": _phrases(1.0, _FINANCE)
            + _phrases(
                0.8, "ceo,chief executive,managing director,geschaftsfuhrer,geschaftsfuhrerin,general manager"
            )
            + _phrases(-1.5, f"{_LAW},{_DESKS}"),
            "technical_buyer": _phrases(1.6, _TECHNICAL)
            + _phrases(0.8, _LAW)
            + _phrases(-1.0, f"{_FINANCE},{_DESKS}"),
            "user_buyer": _phrases(0.9, _USERS) + _phrases(-1.2, f"{_FINANCE},{_LAW},{_BUYING}"),
            "coach": (),
            "gatekeeper": _phrases(2.6, _DESKS) + _phrases(1.2, _BUYING),
            "legal": _phrases(4.4, _LAW),
            "procurement": _phrases(4.4, _BUYING),
        }
    )
    # Ours. How often such a source is right about a role when it is wholly reliable.
    source_accuracy: Weights = field(
        default_factory=lambda: {"direct": 0.95, "coach_report": 0.85, "hearsay": 0.65}
    )
    # Ours. Roles change slowly: after two years a word about one weighs half.
    half_life_days: float = 730.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentParameters:
    """Intent. Weights are log-odds, half-lives days."""

    # Ours. Without any sign one company in twenty buys within the year (odds 1 : 19).
    base_log_odds: float = -2.944
    # Ours. (weight, half-life): whoever asks for a price means it more, and longer, than whoever looks in.
    kinds: Mapping[str, tuple[float, float]] = field(
        default_factory=lambda: {
            "visit": (0.3, 14.0),
            "search": (0.4, 14.0),
            "email_reply": (0.5, 30.0),
            "download": (0.6, 45.0),
            "webinar": (0.7, 45.0),
            "event": (0.8, 60.0),
            "job_posting": (0.6, 90.0),
            "trial": (1.6, 60.0),
            "demo_request": (1.8, 60.0),
            "price_request": (2.0, 60.0),
            "tender": (2.5, 120.0),
            "unsubscribe": (-0.8, 90.0),
            "other": (0.3, 30.0),
        }
    )
    # Ours. A person's next signal counts half of what it would alone: often is at most twice the strongest.
    repeat_discount: float = 0.5
    # A stated weight beyond this would make one signal a certainty.
    most_weight: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CampParameters:
    """The search for camps: limits of time and memory, not of meaning."""

    # Two strengths that differ by less (relatively) are the same but for rounding.
    tolerance: float = 1e-9
    # Parts up to this size are tried exactly; the frontier below decides whether it succeeds. It admits every
    # case of 20 people in two camps (2^19 rows of 20) and 14 in three ((3^13 + 1)/2 rows of 14).
    exact_up_to: int = 40
    frontier_cells: int = 12_000_000
    chunk_rows: int = 16_384
    # Descents from random splits; the seed keeps an answer the same when asked again.
    restarts: int = 30
    few_restarts: int = 4
    seed: int = 20_261_122
    # Further splits just as good that are shown; all are counted.
    shown_splits: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionParameters:
    """Suggested alliances. Probabilities and strengths between 0 and 1."""

    # Ours. Of those who know one another by such a history, how many lean on one another today.
    kinds: Weights = field(
        default_factory=lambda: {
            "employer": 0.30,
            "project": 0.40,
            "school": 0.10,
            "community": 0.15,
            "reporting_line": 0.35,
        }
    )
    # domain.md 4: low weight. Nothing inferred counts for more than this until a human confirms it.
    most: float = 0.3
    # Ours. Below this it is not worth asking.
    floor: float = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachParameters:
    """Coverage, references and the assignment of owners. Probabilities between 0 and 1."""

    # Ours. Who knows us less than this cannot vouch for us.
    knows_us_from: float = 0.5
    # domain.md 2: the floor of a tie; weaker ones are no relationship to own or to lose.
    floor: float = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningParameters:
    """Learning from introductions. Counts of cases."""

    # Ours. A published rate counts as much as this many introductions that were tried.
    prior_cases: float = 10.0
    # Ours. Chance that somebody who knows and was asked makes the introduction, and that it leads to a meeting.
    willing: float = 0.5
    interest: float = 0.3
    # The two-sided 90 % interval.
    interval: float = 0.9
    # Bins of the reliability table.
    bins: int = 10
    # Ours. Fewer cases than the first say nothing, than the second little; from there on they say something.
    few_cases: int = 10
    some_cases: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagParameters:
    """Red flags (domain.md 4). Stances -1..1, probabilities 0..1, times in days."""

    # domain.md 4.
    silent_days: int = 30
    # domain.md 4: six months.
    stale_days: int = 183
    # Ours. A role is covered when somebody holds it with at least this chance.
    covered_from: float = 0.5
    # Ours. From here on somebody champions us; who supports and who opposes is `PARAMETERS`' to say.
    champion_from: float = 0.5
    # Ours. A reorganisation unsettles a committee for half a year.
    reorganisation_days: int = 183


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentParameters:
    """Moments when someone can be influenced. Times in days, counts of people."""

    # Ours. A newcomer still forms opinions for half a year (new executives act in their first months).
    new_in_role_days: int = 183
    reorganisation_days: int = 183
    colleague_left_days: int = 120
    # Ours. What ends within half a year is thought about now.
    ending_within_days: int = 183
    # Ours. So many people of one company who change department or seniority within so many months are a
    # reorganisation rather than careers.
    reorganisation_people: int = 3
    reorganisation_months: int = 3


ROLES = RoleParameters()
INTENT = IntentParameters()
CAMPS = CampParameters()
SUGGESTIONS = SuggestionParameters()
REACH = ReachParameters()
LEARNING = LearningParameters()
FLAGS = FlagParameters()
MOMENTS = MomentParameters()
