"""The people a story hangs on. Why each path exists, and why each decoy does not, stands beside them."""

from __future__ import annotations

from making.world import Human, Job, month

__all__ = ["CAST", "TEAM"]


def _job(text: str) -> Job:
    """`company|title|2019-03|2021-04|department|seniority`: empty end = current, empty start = unknown."""
    company, title, started, ended, *rest = text.split("|")
    department, seniority = (*rest, "", "")[:2]
    return Job(
        company,
        title,
        month(started) if started else None,
        month(ended) if ended else None,
        department,
        seniority,
    )


def _human(given: str, family: str, place: str, *jobs: str, mark: str = "", internal: bool = False) -> Human:
    return Human(given, family, place, [_job(job) for job in jobs], mark, internal)


TEAM = [
    _human(
        "Mira",
        "Okaforde",
        "Leeds, United Kingdom",
        "Meridian Vale Telecom|Graduate Engineer|2011-09|2015-12",
        "Brightkeel Systems|Network Engineer|2016-02|2019-08",
        "Saltmarsh Signal|Account Executive|2019-10|",
    ),
    _human(
        "Tomáš",
        "Havelčin",
        "Brno, Czechia",
        "Ondrava Datalink s.r.o.|Data Centre Engineer|2014-03|2019-12",
        "Saltmarsh Signal|Solutions Engineer|2020-02|",
    ),
    _human(
        "Ingrid",
        "Solbakkvik",
        "Bergen, Norway",
        "Polarfaden GmbH|Product Manager|2011-01|2013-04",
        "Kestrel Wroe Partners|Principal Consultant|2013-06|2018-12",
        "Saltmarsh Signal|Chief Executive Officer|2019-01|",
    ),
    _human(
        "Rafael",
        "Quintãovar",
        "Braga, Portugal",
        "Meridian Vale Telecom|Service Manager|2010-04|2017-03",
        "Vinhal Redes Lda|Customer Success Lead|2017-05|2021-06",
        "Saltmarsh Signal|Customer Success Manager|2021-08|",
    ),
]

_DECIDERS = [
    # Ingrid overlapped with her for 14 months; the way over Henrike (below) is the better one.
    _human(
        "Annelise",
        "Vanterpoel",
        "Rotterdam, Netherlands",
        "Polarfaden GmbH|Controller|2012-03|2015-08",
        "Helvion|Chief Financial Officer|2021-04||Finance|c_level",
        internal=True,
    ),
    # Mira is connected with her, which says little; the project Fjordlink is the way (over Siiri).
    _human(
        "Beatriz",
        "Arrojadelo",
        "Rotterdam, Netherlands",
        "Quillbank Payments|Chief Architect|2015-01|2018-04",
        "Helvion|Chief Information Officer|2020-01||IT|c_level",
        internal=True,
    ),
    # Reached through Jonas, who reports to him and was in Mira's team at Brightkeel.
    _human(
        "Kwabena",
        "Asantekvist",
        "Rotterdam, Netherlands",
        "Castellane Group|Network Manager|2011-05|2018-08",
        "Helvion|VP Network Operations|2018-10||Network|vp",
        internal=True,
    ),
    # Two connectors away: Rafael - Inês - Bartosz - Dragan.
    _human(
        "Dragan",
        "Milovčević-Ras",
        "Rotterdam, Netherlands",
        "Aurelle Conseil SAS|Senior Consultant|2013-02|2017-11",
        "Helvion|Head of Procurement|2018-01||Procurement|head",
        internal=True,
    ),
    # Reached through Priya, who worked with Mira on Harbour Lights and with Yuki at Tamarind Loop Labs.
    _human(
        "Yuki",
        "Tanabeshiro",
        "Rotterdam, Netherlands",
        "Tamarind Loop Labs|Security Researcher|2016-03|2019-10",
        "Helvion|Chief Information Security Officer|2020-03||IT Security|c_level",
        internal=True,
    ),
    # Six years beside Rafael at a company of 12 000: that means nothing. Reached through those who report to him.
    _human(
        "Eamon",
        "Fairgrievane",
        "Rotterdam, Netherlands",
        "Meridian Vale Telecom|Operations Director|2010-09|2016-12",
        "Helvion|Chief Operating Officer|2019-06||Operations|c_level",
        internal=True,
    ),
    # Came from far away a short while ago; only her board knows her.
    _human(
        "Folasade",
        "Adebankolé",
        "Rotterdam, Netherlands",
        "Adinkra Ledger|Managing Director|2014-01|2026-05",
        "Helvion|Chief Executive Officer|2026-06||Executive|c_level",
        internal=True,
    ),
    # Nobody knows since when she is there, or where she was before: no path, and the answer should say why.
    _human("Lavinia", "Crăciunholt", "Rotterdam, Netherlands", "Helvion|General Counsel||"),
    _human(
        "Théo",
        "Vauxcellier",
        "Rotterdam, Netherlands",
        "Kestrel Wroe Partners|Programme Manager|2017-01|2019-03",
        "Helvion|Director IT Operations|2019-05||IT|director",
        internal=True,
    ),
]

_CONNECTORS = [
    # 42 months in a company of 42 with Mira, messages both ways, and a recommendation.
    _human(
        "Jonas",
        "Weidenfeldt",
        "Eindhoven, Netherlands",
        "Brightkeel Systems|Senior Network Engineer|2015-06|2020-02",
        "Helvion|Principal Network Architect|2020-05||Network|senior",
        internal=True,
    ),
    _human(
        "Henrike",
        "Osterlohe",
        "Leipzig, Germany",
        "Polarfaden GmbH|Head of Finance|2010-10|2018-09",
        "Corvalin Pharma|Finance Director|2018-11|",
    ),
    _human(
        "Siiri",
        "Kallastemets",
        "Tartu, Estonia",
        "Ondrava Datalink s.r.o.|Programme Lead|2015-05|2020-06",
        "Okulare Vision|Head of IT|2020-09|",
    ),
    _human(
        "Inês",
        "Carvalhalva",
        "Porto, Portugal",
        "Tamarind Loop Labs|Research Engineer|2013-06|2016-12",
        "Vinhal Redes Lda|Operations Lead|2017-09|2022-03",
        "Solvane Textiles|Head of Infrastructure|2022-05|",
    ),
    _human(
        "Bartosz",
        "Wieliczkosz",
        "Lyon, France",
        "Tamarind Loop Labs|Lab Manager|2013-09|2015-12",
        "Aurelle Conseil SAS|Partner|2016-01|2021-10",
        "Umbrafield Energy|Purchasing Director|2021-12|",
    ),
    _human(
        "Priya",
        "Raghunandiyar",
        "Pune, India",
        "Tamarind Loop Labs|Principal Engineer|2016-01|2021-03",
        "Peregrine Loom Software|Engineering Manager|2021-05|",
    ),
    # Plans operations at Helvion, once at Vinhal Redes: Rafael's way to the COO.
    _human(
        "Gonçalo",
        "Valdeirinho",
        "Rotterdam, Netherlands",
        "Vinhal Redes Lda|Field Engineer|2018-02|2021-12",
        "Helvion|Operations Planning Manager|2022-02||Operations|manager",
        internal=True,
    ),
]

_DECOYS = [
    # Beside Tomáš at Ondrava and beside Beatriz on Fjordlink, but the two fell out: never a way to her.
    _human(
        "Pavel",
        "Hrubešekov",
        "Brno, Czechia",
        "Ondrava Datalink s.r.o.|Rack Engineer|2014-01|2019-12",
        "Varnholm Steel|IT Manager|2020-02|",
    ),
    # Namesakes: other people with the names of Jonas, Annelise and Siiri.
    _human(
        "Jonas",
        "Weidenfeldt",
        "Graz, Austria",
        "Havrelle Retail|Store Manager|2012-01|2017-07",
        "Castellane Group|Regional Manager|2017-09|",
        mark="2",
    ),
    _human(
        "Annelise",
        "Vanterpoel",
        "Dundee, United Kingdom",
        "Ferrywick Insurance|Claims Handler|2015-04|",
        mark="2",
    ),
    _human("Siiri", "Kallastemets", "Tampere, Finland", "Jadewick Games|Illustrator|2019-02|", mark="2"),
    # At Brightkeel, but gone before Mira came: no overlap, however the list of employers looks.
    _human(
        "Morwenna",
        "Pengellish",
        "Rotterdam, Netherlands",
        "Brightkeel Systems|Network Engineer|2011-03|2016-01",
        "Helvion|Director Procurement Systems|2016-04||Procurement|director",
        internal=True,
    ),
]

CAST = [*_DECIDERS, *_CONNECTORS, *_DECOYS]
