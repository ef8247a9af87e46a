"""One opportunity at the target: its committee, what was heard, signs of intent, and buyers as they were noted.

Operations want us, IT does not. Yuki can stop the purchase and means to; Folasade signs, and nobody has met her.
"""

from __future__ import annotations

__all__ = [
    "ALLIANCES",
    "COMMITTEE",
    "COMPANY_SIGNALS",
    "OBSERVATIONS",
    "OPPORTUNITY",
    "PERSONAS",
    "SIGNALS",
    "opportunity_row",
]

OPPORTUNITY = "O-1"
_NAME, _STAGE, _CLOSES, _AMOUNT = "Network monitoring 2027", "evaluation", "2027-03-31", "480000"

COMMITTEE = """
folasade-adebankolé|high|economic_buyer
annelise-vanterpoel|high|
eamon-fairgrievane|high|
beatriz-arrojadelo|medium|
yuki-tanabeshiro|high|technical_buyer
kwabena-asantekvist|high|user_buyer
jonas-weidenfeldt|medium|coach;user_buyer
théo-vauxcellier|medium|technical_buyer
dragan-milovčević-ras|medium|procurement;gatekeeper
gonçalo-valdeirinho|low|user_buyer
lavinia-crăciunholt|low|legal
"""
# As the account's alliances, with `here` where it holds in this opportunity alone.
ALLIANCES = """
jonas-weidenfeldt|kwabena-asantekvist|solidarity|+|0.6|2021-02|true|
théo-vauxcellier|yuki-tanabeshiro|career|+|0.6|2021-03|false|
beatriz-arrojadelo|yuki-tanabeshiro|solidarity|+|0.4|2026-09|false|here
dragan-milovčević-ras|théo-vauxcellier|affinity|+|0.3|2022-05|false|
annelise-vanterpoel|beatriz-arrojadelo|friendship|+|0.3|2022-11|false|
yuki-tanabeshiro|kwabena-asantekvist|rivalry|-|0.7|2025-05|false|here
eamon-fairgrievane|beatriz-arrojadelo|rivalry|-|0.4|2026-06|false|here
théo-vauxcellier|jonas-weidenfeldt|rivalry|-|0.4|2026-09|false|here
"""
# About whom, value, source, who said it, how reliable they are, when, on what evidence.
OBSERVATIONS = """
jonas-weidenfeldt|0.8|direct|||2026-11-12|Drew up the pilot with Mira and wants it in production by spring
kwabena-asantekvist|0.6|direct|||2026-11-06|Two weekends lost to outages this year; asked what it costs
yuki-tanabeshiro|-0.8|direct|||2026-11-04|Wrote that no agent of a vendor of thirty people gets onto the core network
théo-vauxcellier|-0.4|coach_report|jonas-weidenfeldt|0.8|2026-11-05|Built the tool that we would replace
eamon-fairgrievane|0.4|coach_report|kwabena-asantekvist|0.7|2026-11-06|Wants fewer calls at night, whoever sells it
gonçalo-valdeirinho|0.3|coach_report|jonas-weidenfeldt|0.8|2026-11-12|Tried the pilot and uses its maps
annelise-vanterpoel|0.1|direct|||2026-10-21|Asked at the demonstration when it pays for itself
annelise-vanterpoel|0.3|hearsay|henrike-osterlohe|0.7|2026-10-30|Signs what pays back within eighteen months
beatriz-arrojadelo|-0.2|hearsay|siiri-kallastemets|0.6|2026-10-19|Leaves it to Yuki
dragan-milovčević-ras|-0.1|hearsay|bartosz-wieliczkosz|0.5|2026-09-24|Wants three offers, whoever wins
"""
SIGNALS = """
kwabena-asantekvist|price_request|2026-11-09
jonas-weidenfeldt|demo_request|2026-10-07
jonas-weidenfeldt|download|2026-10-20
jonas-weidenfeldt|visit|2026-11-11
gonçalo-valdeirinho|webinar|2026-10-08
kwabena-asantekvist|event|2026-09-17
"""
# Somebody at the target, nobody knows who.
COMPANY_SIGNALS = """
visit|2026-11-10
visit|2026-11-16
"""
# Background, goals, process, media, objective, style, information, brands, experience.
PERSONAS: tuple[tuple[str, ...], ...] = (
    (
        "kwabena-asantekvist",
        "Runs the network day and night",
        "No more lost weekends",
        "Pilot first, then a frame contract",
        "Operators' round table",
        "Fewer outages",
        "collaborative",
        "Time to repair at comparable networks",
        "Netquill",
        "practised",
    ),
    (
        "jonas-weidenfeldt",
        "Architect; knows us from Brightkeel",
        "Be right about the pilot",
        "Hands on",
        "Release notes",
        "One view of the network",
        "analytical",
        "Interfaces and roadmap",
        "Netquill",
        "expert",
    ),
    (
        "yuki-tanabeshiro",
        "Security research",
        "Nothing foreign on the core network",
        "Audit before anything else",
        "Advisories",
        "Less to attack",
        "analytical",
        "Audit report, source of the agent",
        "Hexpalisade",
        "expert",
    ),
    (
        "annelise-vanterpoel",
        "Controlling",
        "Payback within eighteen months",
        "Business case, two signatures",
        "Treasury Round Elbe",
        "Lower cost of operation",
        "driver",
        "Cost over three years",
        "",
        "novice",
    ),
    (
        "gonçalo-valdeirinho",
        "Plans shifts",
        "Fewer surprises at night",
        "Follows Kwabena",
        "",
        "Plannable maintenance",
        "collaborative",
        "Training for shift leads",
        "",
        "practised",
    ),
)


def opportunity_row(company_id: str) -> tuple[str, ...]:
    """The row of opportunities.csv."""
    return (OPPORTUNITY, _NAME, company_id, _STAGE, _CLOSES, _AMOUNT)
