"""Names taken apart, and the tables beside them."""

from __future__ import annotations

import pytest

from importers.identity.free_mail import FREE_MAIL_DOMAINS, is_free_mail
from importers.identity.names import name_parts, sound
from importers.identity.nicknames import name_families
from importers.identity.places import place_and_country


@pytest.mark.parametrize(
    ("name", "given", "families", "generation"),
    [
        ("Anna Müller", "anna", ("muller",), ""),
        ("Müller, Anna", "anna", ("muller",), ""),
        ("Dr. Anna Müller, PhD", "anna", ("muller",), ""),
        ("Anna Müller-Schmidt", "anna", ("schmidt", "muller"), ""),
        ("Anna Schmidt (Müller)", "anna", ("schmidt", "muller"), ""),
        ("José García López", "jose", ("lopez", "garcia"), ""),
        ("Jan van den Berg", "jan", ("berg", "vandenberg"), ""),
        ("Robert O'Brien Jr.", "robert", ("obrien",), "junior"),
        ("Юрий Иванов", "yuriy", ("ivanov",), ""),
        ("Jean-Luc Moreau", "jeanluc", ("moreau",), ""),
        ("J. Smith", "j", ("smith",), ""),
        ("Cher", "cher", (), ""),
        ("Dr.", "", (), ""),
        ("", "", (), ""),
    ],
)
def test_names_are_taken_apart(name, given, families, generation):
    parts = name_parts(name)
    assert (parts.given, parts.families, parts.generation) == (given, families, generation)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("meier", "mayr"),
        ("schmidt", "smit"),
        ("yuri", "iouri"),
        ("katharina", "catherine"),
        ("stefan", "stephan"),
    ],
)
def test_spellings_of_one_name_sound_alike(one, other):
    assert sound(one) == sound(other)


def test_different_names_sound_differently():
    assert len({sound(name) for name in ("muller", "schmidt", "weber", "fischer", "bauer", "koch")}) == 6


def test_forms_of_a_name_have_a_family_in_common():
    def related(one, other):
        return bool(set(name_families(one)) & set(name_families(other)))

    assert related("bill", "william") and related("sasha", "alexander") and related("sasha", "alexandra")
    assert not related("bill", "robert") and not related("helvion", "helvion")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Greater Munich Area", "München, Bayern, Deutschland"),
        ("Wien", "Vienna, Austria"),
        ("London, UK", "Greater London Area"),
    ],
)
def test_a_place_is_one_place_however_it_is_written(one, other):
    assert place_and_country(one)[0] == place_and_country(other)[0]


def test_a_country_by_itself_is_no_place():
    assert place_and_country("Deutschland") == ("", "germany") == place_and_country("Germany")
    assert place_and_country(" , ") == ("", "")


def test_free_mail_domains():
    assert is_free_mail("someone@GMAIL.com") and is_free_mail("yahoo.co.uk") and is_free_mail("www.gmx.de")
    assert not is_free_mail("helvion.example") and not is_free_mail("") and not is_free_mail("mygmail.com")
    assert all(domain == domain.lower().strip() and "." in domain for domain in FREE_MAIL_DOMAINS)
