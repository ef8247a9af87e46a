"""Given names and family names by region, for people who do not exist."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["REGIONS", "Region"]


@dataclass(frozen=True, slots=True)
class Region:
    """Where an invented person is from: a pool of names and the places they live in."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    places: tuple[str, ...]


def _region(given: str, family: str, places: str) -> Region:
    return Region(tuple(given.split()), tuple(family.split()), tuple(places.split("; ")))


REGIONS: tuple[Region, ...] = (
    _region(
        "Anneke Bram Femke Joost Lieke Maarten Roos Sjoerd Wouter Jorien",
        "Terhoeve Wijnberghe Zandvoorde Oosterlee Haverkort Dijkgraafs Molenwerf Rietbergen",
        "Utrecht, Netherlands; Eindhoven, Netherlands",
    ),
    _region(
        "Jürgen Käthe Matthias Sabine Lennart Grete Björn Heike Torsten Ute",
        "Weidenbrück Schönhauer Öhlmann Grubenreiter Tannwald Kießling Lüderitzer Brackwald",
        "Hamburg, Germany; Leipzig, Germany; Graz, Austria",
    ),
    _region(
        "Søren Astrid Håkon Liv Øystein Maren Gunnhild Åse Torbjørn Sigrid",
        "Bjerkvoll Strømhaug Ravnåsen Lindeskær Øvrevoll Kvistgård Hagelund Tormodsen",
        "Bergen, Norway; Aarhus, Denmark",
    ),
    _region(
        "Petra Zdeněk Jiří Vojtěch Alžběta Radek Květa Miloš Šárka Bohumil",
        "Hrubešek Vlčkovský Skřivánková Dolejš Řezníčka Bystroň Kohoutský Zábrdovič",
        "Brno, Czechia; Žilina, Slovakia",
    ),
    _region(
        "Bartosz Grażyna Łukasz Małgorzata Zbigniew Halina Paweł Żaneta Witold Jagoda",
        "Wieliczkowski Śliwczyńska Brzozowicz Gąsiorek Łękawa Przybyszek Dębicz Wroński-Zal",
        "Wrocław, Poland; Gdańsk, Poland",
    ),
    _region(
        "Léonie Théo Aurélie Benoît Clémence Hugues Maëlle Rémi Solène Gaëtan",
        "Garrabé Montfleury Vauxcelles Delabruyère Charmontel Fontanesse Rocheblave Aubresson",
        "Lyon, France; Nantes, France; Namur, Belgium",
    ),
    _region(
        "Inês Gonçalo Beatriz João Leonor Tomé Conceição Nuno Filipa Simão",
        "Carvalhosa Quintelas Arrojães Valdeiro Penhascoso Ribeirinha Falcoeira Montezelo",
        "Porto, Portugal; Braga, Portugal; Curitiba, Brazil",
    ),
    _region(
        "Íñigo Marisol Begoña Álvaro Nuria Joaquín Ximena Rocío Andrés Lucía",
        "Peñalverde Arrizabal Quijandría Montalbañez Echegorri Villasierra Zurbarrain Cañadillas",
        "Bilbao, Spain; Montevideo, Uruguay; Oaxaca, Mexico",
    ),
    _region(
        "Chidinma Kwabena Folasade Obinna Abena Tunde Ngozi Kofi Yetunde Emeka",
        "Okonjwe Asantewo Adebanke Nwachuku Ofosuhene Eziagu Balogunde Mensafo",
        "Lagos, Nigeria; Accra, Ghana; Leeds, United Kingdom",
    ),
    _region(
        "Priya Arvind Kavitha Rohan Meenakshi Sanjit Lakshmi Devika Harish Anjali",
        "Raghunandan Iyermath Chattopal Vellasamy Deshmukhe Kulkarnath Bhattarya Nambiyar",
        "Pune, India; Bengaluru, India",
    ),
    _region(
        "Yuki Haruto Aiko Ren Sayuri Daichi Minh-Anh Linh Thảo Jun-ho",
        "Tanabeshi Kurosawano Moriyanagi Hoshikura Nguyễnh Trầnvy Parkhae Shimotani",
        "Osaka, Japan; Đà Nẵng, Vietnam; Busan, South Korea",
    ),
    _region(
        "Noor Yusuf Leyla Karim Şebnem Emre Dalia Tarek Gülşen Rania",
        "Elamrouni Çelikbaş Haddouri Yüzdanhan Barakoui Öztürkmen Saberkhan Toumeyri",
        "İzmir, Türkiye; Amman, Jordan; Marseille, France",
    ),
    _region(
        "Eamon Siobhán Rhys Morwenna Callum Aoife Gareth Fionnuala Euan Bronwyn",
        "Fairgrieves Trevanyon Ó-Dálaighre Pengellis Strathmoor Llewelling Ballantrae Corriganty",
        "Cork, Ireland; Cardiff, United Kingdom; Dundee, United Kingdom",
    ),
    _region(
        "Siiri Aapo Kaisa Toomas Eerik Jānis Ilze Rūta Mindaugas Hilja",
        "Kallastemaa Virtasalo Ozoliņkalns Petrauskis Saarnimägi Lehtovuori Bērzkalns Kuusiranta",
        "Tartu, Estonia; Tampere, Finland; Rīga, Latvia",
    ),
)
