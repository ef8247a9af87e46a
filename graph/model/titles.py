"""Seniority and department as a job title states them, in English, German, French and Spanish.

Whole words only, and "" where the title does not say: a wrong department would make strangers colleagues.
"""

from __future__ import annotations

import re
from functools import lru_cache

from graph.model.facts import SENIORITIES
from graph.model.identities import tokens

__all__ = ["department_of", "seniority_of"]

_TOP = (
    r"c[efimot]o|coo|cdo|cpo|cro|cso|chro|ciso|cmo|clo|cco|chief(?! of staff)(?: [a-z]+){1,4} officer"
    r"|chief executive|president|prasident(?:in)?|managing director"
    r"|directeur general|directrice generale|pdg|dg|president directeur general"
    r"|director general|directora general|consejero delegado|consejera delegada|presidente|presidenta"
)
_VP = r"s?e?vp|avp|vice ?president[ea]?|vizeprasident(?:in)?"
# Patterns over the normalised title (ASCII, lower case, one space between words), most senior first; the
# first that matches wins. What would mislead is taken out beforehand (`_MISLEADING`).
_SENIORITY: tuple[tuple[str, str], ...] = (
    (
        "owner",
        r"(?:co )?(?:founders?|owners?|inhaber(?:in)?|eigentumer(?:in)?|grunder(?:in)?|gesellschafter(?:in)?"
        r"|fondateur|fondatrice|cofondateur|cofondatrice|cofounder|fundador|fundadora|cofundador|cofundadora"
        r"|propietario|propietaria|proprietor|proprietaire|managing partner)",
    ),
    (
        "c_level",
        rf"{_TOP}|gescha?e?ftsfue?hrer(?:in)?|geschaftsfuhrung|vorstand|vorstandsvorsitzende[r]?"
        r"|vorstandsmitglied|gerant|gerante|dsi|daf|drh|dircom",
    ),
    (
        "director",
        r"director|directors|general manager|directeur|directrice|direktor(?:in)?|directora"
        r"|bereichsleiter(?:in)?|bereichsleitung",
    ),
    (
        "head",
        r"head of|head|leiter(?:in)?|leitung|abteilungsleiter(?:in)?|hauptabteilungsleiter(?:in)?|responsable"
        r"|chef de service|jefe de|jefa de|jefe|jefa|(?![a-z]*begleiter|halbleiter)[a-z]+leiter(?:in)?"
        r"|chief of staff",
    ),
    (
        "manager",
        r"manager|managerin|teamleiter(?:in)?|teamleitung|teamlead|team lead|team leader|supervisor|gerente"
        r"|gestionnaire|chef d equipe|gruppenleiter(?:in)?|encargado|encargada|coordinador|coordinadora",
    ),
    ("senior", r"senior|sr|principal|lead|confirme|experimente"),
    (
        "junior",
        r"junior|jr|intern|trainee|apprentice|working student|werkstudent(?:in)?|praktikant(?:in)?"
        r"|auszubildende[r]?|azubi|stagiaire|alternant|alternante|apprenti|apprentie|becario|becaria"
        r"|practicante"
        r"|graduate",
    ),
)
# "Account manager" manages accounts, not people; an assistant to the director is not one.
_MISLEADING = re.compile(
    r"\b(?:product owner|process owner|system owner|service owner|data owner"
    r"|(?:account|product|project|programme?|community|customer success|case|property|office|produkt|projekt"
    r"|key account|category) manager(?:in)?"
    r"|chef de projet|jefe de proyectos?|jefa de proyectos?|lead generation|founder s associate"
    r"|projektleiter(?:in)?|projektleitung)\b"
)
_ASSISTING = re.compile(
    r"\b(?:(?:executive|personal|direction|management) )?(?:assistant|assistante|assistent|assistentin"
    r"|asistente"
    r"|secretary|sekretar|sekretarin|secretaire)\b (?:to|of|der|des|de|du|a)\b.*"
)
# "Chief of staff to the COO", "office of the CFO": whom somebody works for is not what they are.
_SERVED = re.compile(
    rf"\b(?:(?:to|of|for|du|de|des|der|dem|del|al|au)(?: (?:the|our|la|le))? (?:group )?(?:{_TOP}|{_VP})"
    rf"|(?:{_TOP})(?: s)? office(?! of)|(?:referent(?:in)?|assistenz|buro) (?:der|des) geschaftsfuhrung)\b"
)
# In lower case it is a pronoun.
_IT = re.compile(r"\bIT\b")
# Asked first: "president" alone is of another rank.
_VICE = re.compile(rf"\b(?:{_VP})\b")

_DEPARTMENT: tuple[tuple[str, str], ...] = (
    (
        "network",
        r"networks?|networking|netzwerke?|netzwerktechnik|netzwerktechniker(?:in)?|reseaux?|redes|noc"
        r"|telecoms?"
        r"|telecommunications?|telekommunikation|telecomunicaciones|wan|lan",
    ),
    (
        "security",
        r"ciso|cyber ?security|information(?: technology)? security|information technology sicherheit"
        r"|cybersecurite|ciberseguridad|infosec|soc",
    ),
    (
        "procurement",
        r"procurement|purchasing|purchaser|buyer|sourcing|einkauf|einkaufs?|einkaufer(?:in)?|beschaffung"
        r"|achats?|acheteur|acheteuse|compras|comprador|compradora|einkaufsleiter(?:in)?",
    ),
    (
        "finance",
        r"finance|financial|finances|finanzen|finanz|finanzleiter(?:in)?|finanzas|financier|financiero"
        r"|financiera"
        r"|accounting|accountant|controller|controlling|treasury|treasurer|buchhaltung|buchhalter(?:in)?"
        r"|comptable|comptabilite|contabilidad|contable|cfo|daf|audit|auditor|tax",
    ),
    (
        "legal",
        r"legal|lawyer|attorney|counsel|recht|rechtsabteilung|justiziar(?:in)?|jurist(?:in)?|juriste"
        r"|juridique"
        r"|juridico|abogado|abogada|avocat|avocate|rechtsanwalt|rechtsanwaltin|compliance|syndikus",
    ),
    (
        "hr",
        r"hr|human resources|people operations|recruiter|recruiting|recruitment|talent acquisition"
        r"|personalleiter(?:in)?|personalabteilung|personalwesen|personalreferent(?:in)?|rh|drh"
        r"|ressources humaines|recursos humanos|rrhh|chro|payroll",
    ),
    (
        "marketing",
        r"marketing|brand|communications?|kommunikation|comunicacion|cmo|dircom|public relations|pr|seo"
        r"|marketingleiter(?:in)?",
    ),
    (
        "sales",
        r"sales|account executive|account manager(?:in)?|key account manager(?:in)?|business development"
        r"|vertrieb"
        r"|vertriebs?|vertriebsleiter(?:in)?|verkauf|verkaufer(?:in)?|ventes|vente|commercial|commerciale"
        r"|ventas|vendedor|vendedora|comercial|presales|pre sales|cro|bdr|sdr",
    ),
    ("product", r"product|produkt|produit|producto|product owner|produktmanager(?:in)?"),
    (
        "it",
        r"cio|cto|dsi|information technology|information systems|informatik|informatique|informatica|edv"
        r"|sysadmin"
        r"|system administrator|systemadministrator(?:in)?|infrastructure|infrastruktur|cloud|devops|helpdesk"
        r"|systems? engineer|database administrator",
    ),
    (
        "research",
        r"research|researcher|r d|forschung|recherche|investigacion|scientist|wissenschaftler(?:in)?",
    ),
    (
        "engineering",
        r"engineering|engineer|developer|software|entwicklung|entwickler(?:in)?|softwareentwickler(?:in)?"
        r"|ingenieur(?:in)?"
        r"|ingenieure|ingeniero|ingeniera|ingenieria|ingenierie|developpeur|developpeuse|desarrollador"
        r"|desarrolladora"
        r"|desarrollo|architect|konstruktion|konstrukteur(?:in)?",
    ),
    (
        "operations",
        r"operations|operational|coo|logistics?|logistik|logistique|logistica|supply chain|production"
        r"|produktion"
        r"|produccion|manufacturing|fertigung|betrieb|betriebsleiter(?:in)?|exploitation|operaciones"
        r"|warehouse|lager",
    ),
    (
        "customer service",
        r"customer success|customer service|customer support|kundenservice|kundendienst|service client"
        r"|support",
    ),
)


def _compiled(table: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((value, re.compile(rf"\b(?:{pattern})\b")) for value, pattern in table)


_SENIORITY_PATTERNS = _compiled(_SENIORITY)
_DEPARTMENT_PATTERNS = _compiled(_DEPARTMENT)
assert {value for value, _ in _SENIORITY} <= set(SENIORITIES)


@lru_cache(maxsize=65536)
def seniority_of(title: str) -> str:
    """One of `SENIORITIES`, or "" where the title does not say."""
    plain = _MISLEADING.sub(" ", _plain(title))
    if _ASSISTING.search(plain):
        return "staff"
    plain = _SERVED.sub(" ", plain)
    if _VICE.search(plain):
        return "vp"
    for value, pattern in _SENIORITY_PATTERNS:
        if pattern.search(plain):
            return value
    return ""


@lru_cache(maxsize=65536)
def department_of(title: str) -> str:
    """The department a title names (`network`, `finance` …), or "" where it names none."""
    plain = _plain(_IT.sub(" information technology ", title[:300]))
    for value, pattern in _DEPARTMENT_PATTERNS:
        if pattern.search(plain):
            return value
    return ""


def _plain(title: str) -> str:
    return " ".join(tokens(title[:300]))
