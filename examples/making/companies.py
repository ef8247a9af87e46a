"""The invented companies: ours, the target, those where paths come from, and the rest of the world."""

from __future__ import annotations

from making.world import Company

__all__ = ["ALUMNI_OF", "COMPANIES", "ELSEWHERE", "GIANTS", "OURS", "TARGET"]

OURS = "Saltmarsh Signal"
TARGET = "Helvion"
# Small and middling companies whose former people an export was made of.
ALUMNI_OF = (
    "Brightkeel Systems",
    "Polarfaden GmbH",
    "Ondrava Datalink s.r.o.",
    "Vinhal Redes Lda",
    "Tamarind Loop Labs",
    "Aurelle Conseil SAS",
)
# So large that having been there together says nothing.
GIANTS = ("Meridian Vale Telecom", "Castellane Group", "Nordhaven Bank", "Orbis Tallow Consulting")

_ROWS = """
Saltmarsh Signal|28|Network Monitoring Software|Bergen, Norway
Helvion|640|Logistics Technology|Rotterdam, Netherlands
Brightkeel Systems|42|Network Engineering|Leeds, United Kingdom
Polarfaden GmbH|25|Industrial Software|Leipzig, Germany
Ondrava Datalink s.r.o.|60|Data Centres|Brno, Czechia
Vinhal Redes Lda|35|Managed Networks|Braga, Portugal
Tamarind Loop Labs|15|Research|Pune, India
Aurelle Conseil SAS|90|Procurement Consulting|Lyon, France
Kestrel Wroe Partners|180|IT Consulting|Cardiff, United Kingdom
Meridian Vale Telecom|12000|Telecommunications|London, United Kingdom
Castellane Group|48000|Conglomerate|Paris, France
Nordhaven Bank|21000|Banking|Oslo, Norway
Orbis Tallow Consulting|95000|Consulting|Dublin, Ireland
Lodestone Freight|900|Freight|Antwerp, Belgium
Ferrywick Insurance|3400|Insurance|Dundee, United Kingdom
Quillbank Payments|410|Payments|Vilnius, Lithuania
Umbrafield Energy|5200|Energy|Gdańsk, Poland
Havrelle Retail|7600|Retail|Namur, Belgium
Sundgate Robotics|130|Robotics|Aarhus, Denmark
Palisander Media|260|Media|Montevideo, Uruguay
Corvalin Pharma|4100|Pharmaceuticals|Graz, Austria
Tidewrack Shipping|1500|Shipping|Bergen, Norway
Zephyrine Airways|8800|Airlines|Marseille, France
Mossgrove Foods|2300|Food|Cork, Ireland
Okulare Vision|75|Medical Devices|Tartu, Estonia
Bramblecote Hosting|110|Hosting|Eindhoven, Netherlands
Jadewick Games|190|Games|Osaka, Japan
Solvane Textiles|640|Textiles|Porto, Portugal
Peregrine Loom Software|320|Software|Tampere, Finland
Adinkra Ledger|85|Financial Software|Accra, Ghana
Kitehollow Schools|540|Education|Oaxaca, Mexico
Varnholm Steel|6100|Metals|Žilina, Slovakia
"""

COMPANIES: dict[str, Company] = {}
for _number, _row in enumerate(_ROWS.strip().splitlines()):
    _name, _headcount, _industry, _place = _row.split("|")
    COMPANIES[_name] = Company(_name, int(_headcount), _industry, _place, 990_000_100 + 7 * _number)

ELSEWHERE = tuple(name for name in COMPANIES if name not in (OURS, TARGET, *ALUMNI_OF, *GIANTS))
