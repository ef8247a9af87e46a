"""How frequent frequent names are: shares of a population, so that an agreement in Smith counts for little.

Rounded from national statistics as widely published: the United States (Census Bureau 2010 surnames, SSA given
names), United Kingdom, Germany, France, Italy, Spain, the Netherlands, Poland, the Nordic countries, Russia,
Portugal and Brazil, India, China, Korea, Viet Nam, Turkey. A business contact comes from one of these populations,
not from all of them, so each share is that within its own country.
"""

from __future__ import annotations

from graph.model.identities import tokens

__all__ = ["FAMILY_SHARES", "GIVEN_SHARES"]

# Bearers in 100 000.
_FAMILIES = """
3000 nguyen
7000 wang li zhang liu chen kim lee
3000 park yang huang zhao wu zhou tran le
1500 xu sun ma zhu hu guo he lin gao luo choi jung pham hoang
800 smith jensen nielsen hansen garcia singh kumar silva santos kaur
500 johnson williams brown jones davis miller rodriguez martinez gonzalez lopez fernandez perez sanchez andersen
500 pedersen johansson andersson karlsson nilsson eriksson sharma khan ahmed patel oliveira souza
400 martin jong vries jansen larsen olsen sorensen rasmussen christensen yilmaz kaya demir sahin celik pereira
300 taylor wilson moore anderson thomas jackson white harris hernandez gomez ruiz diaz alvarez moreno muller
300 bakker visser smit meijer berg dijk larsson olsson persson svensson gustafsson ivanov smirnov ferreira costa
200 thompson clark lewis robinson walker young king wright hill scott green adams baker nelson carter mitchell
200 schmidt schneider fischer weber meyer wagner becker schulz hoffmann nowak rossi russo ferrari esposito bianchi
200 bernard dubois durand petit leroy kuznetsov popov vasilyev rodrigues alves lima gupta ali hussain torres
120 evans edwards collins stewart morris rogers reed cook morgan bell murphy bailey cooper richardson cox howard
120 ward peterson gray james watson brooks kelly sanders price bennett wood barnes ross henderson coleman ramirez
120 kowalski wisniewski wojcik kowalczyk kaminski lewandowski moreau simon laurent lefebvre michel romano colombo
120 schafer koch bauer richter klein wolf schroder neumann schwarz zimmermann braun kruger hofmann hartmann lange
120 romero navarro dominguez gil vazquez serrano ramos blanco molina morales suarez ortega delgado castro ortiz
60 roberts turner phillips campbell parker edwards stevens hughes foster fraser graham hall allen lloyd wallace
60 werner krause meier lehmann schmid schulze maier kohler herrmann konig walter mayer huber kaiser fuchs peters
60 ricci marino greco bruno gallo conti deluca mancini giordano rizzo lombardi moretti garnier faure rousseau
60 blanc guerin muller henry roussel nicolas perrin morin mathieu clement gauthier dumont lopez fontaine
"""
_GIVENS = """
3500 maria
2500 john michael james robert david mohammed jose antonio
2000 william thomas peter anna jean andreas manuel francisco carlos mary
1500 richard daniel christian stefan juan joao paulo luis ana elena olga sergei alexander alexei andrei dmitri
1500 christopher matthew mark paul anthony joseph charles jennifer patricia linda susan jessica sarah
1200 marie pierre philippe michel nicolas laurent marco giuseppe giovanni andrea francesco alessandro luca
1200 jan piotr krzysztof andrzej tomasz pawel marcin katarzyna agnieszka malgorzata lars anders johan erik karl
900 markus martin michael klaus jurgen wolfgang frank matthias sabine petra monika susanne claudia nicole stefanie
900 kevin brian steven andrew jason eric jeffrey scott ryan laura karen lisa nancy michelle kimberly elizabeth
900 olivier sophie isabelle nathalie catherine javier miguel pedro angel carmen laura cristina marta
600 sandra katrin melanie julia simon tobias florian sebastian patrick oliver jorg uwe ralf bernd dirk
600 amanda melissa stephanie rebecca emily rachel nicholas jonathan benjamin samuel gregory alexandra
600 emma hannah sofia lucas hugo felix max ivan vladimir natalia tatiana irina svetlana ekaterina
600 ahmed ali fatima omar wei li amit rahul priya sanjay rajesh mehmet mustafa ayse
"""


def _shares(table: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in table.strip().splitlines():
        bearers, *names = line.split()
        for name in names:
            found.setdefault(tokens(name)[0], int(bearers) / 100_000)
    return found


FAMILY_SHARES = _shares(_FAMILIES)
"""Normalised family name to its share of the people of a country where it is frequent, 0 to 1."""
GIVEN_SHARES = _shares(_GIVENS)
"""Normalised given name to its share, 0 to 1."""
