"""Where somebody says they are: a place and a country out of free text, under one spelling."""

from __future__ import annotations

from functools import lru_cache

from graph.model.identities import normal_name, tokens

__all__ = ["place_and_country"]

_NOISE = frozenset(
    "greater area metropolitan metro metropole region regio city bay und umgebung grossraum raum grand agglomeration "
    "et peripherie environs e dintorni area metropolitana gran y alrededores kommune county stor".split()
)
# One place, the names it goes by in business languages; the first is the one compared.
_PLACES = """
munich munchen muenchen monaco; cologne koln koeln; vienna wien; prague praha prag; warsaw warszawa warschau; krakow
cracow krakau; wroclaw breslau; gdansk danzig; zurich zuerich zuerich; geneva geneve genf ginevra; basel bale basle;
bern berne berna; lucerne luzern; milan milano mailand; rome roma rom; turin torino; naples napoli neapel; florence
firenze florenz; venice venezia venedig; genoa genova genua; lisbon lisboa lissabon; porto oporto; moscow moskva moskau;
kyiv kiev kyyiv; lviv lvov lemberg; brussels bruxelles brussel brussel; antwerp antwerpen anvers; ghent gent gand;
copenhagen kobenhavn kopenhagen; gothenburg goteborg; hague haag; athens athina athen; thessaloniki saloniki; bucharest
bucuresti bukarest; belgrade beograd belgrad; seville sevilla; zaragoza saragossa; nuremberg nurnberg nuernberg; hanover
hannover; dusseldorf duesseldorf; frankfurt francfort; strasbourg strassburg; nice nizza; lyon lyons; marseille
marseilles; luxembourg luxemburg letzebuerg; beijing peking; mumbai bombay; kolkata calcutta; bengaluru bangalore;
chennai madras; istanbul constantinople; cairo alqahirah; tokyo tokio; seoul soul; singapore singapur; london londres
londra; new+york nyc nueva+york
"""
_COUNTRIES = """
germany deutschland allemagne alemania germania de; austria osterreich oesterreich autriche at; switzerland schweiz
suisse svizzera suiza ch; france frankreich francia fr; italy italia italien italie it; spain espana spanien espagne
es; portugal pt; netherlands niederlande nederland holland nl; belgium belgien belgique belgie be; united+kingdom uk
great+britain england gb scotland wales; ireland irland eire ie; denmark danmark danemark dk; sweden sverige schweden
se;
norway norge norwegen no; finland suomi finnland fi; poland polska polen pologne pl; czechia czech+republic cesko
ceska+republika tschechien cz; slovakia slovensko sk; hungary magyarorszag ungarn hu; romania rumanien ro; greece ellada
griechenland gr; russia rossiya russian+federation russland ru; ukraine ukraina ua; turkey turkiye turkei tr;
united+states usa us united+states+of+america vereinigte+staaten etats+unis; canada kanada ca; brazil brasil
brasilien br; mexico mejico mexiko mx; china zhongguo cn; japan nihon nippon jp; india bharat in;
luxembourg luxemburg lu
"""


def _names(table: str) -> dict[str, str]:
    found = {}
    for line in table.replace("\n", " ").split(";"):
        first, *others = [word.replace("+", " ") for word in line.split()]
        found.update(dict.fromkeys((first, *others), first))
    return found


_PLACE, _COUNTRY = _names(_PLACES), _names(_COUNTRIES)


@lru_cache(maxsize=8_192)
def place_and_country(location: str) -> tuple[str, str]:
    """The place and the country of a location as people write it, normalised; either may be empty.

    “Greater Munich Area”, “München, Bayern, Deutschland” and “Munich, Germany” are one place.
    """
    parts = [part for part in location.split(",") if part.strip()]
    if not parts:
        return "", ""
    country = _COUNTRY.get(normal_name(parts[-1]), "")
    if country and len(parts) == 1:
        return "", country
    place = " ".join(word for word in tokens(parts[0]) if word not in _NOISE)
    if len(parts) > 1 and not country:
        country = normal_name(parts[-1])
    return _PLACE.get(place, place), country
