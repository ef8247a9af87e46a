"""One channel has one name, however a system or a person spells it."""

import pytest

from graph.model.channels import normal_channel
from graph.model.entities import Person
from graph.model.facts import Interaction
from graph.model.identities import email_identity


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("E-mail", "email"),
        ("EMAILS", "email"),
        (" mail ", "email"),
        ("e_mail", "email"),
        ("Meetings", "meeting"),
        ("Phone  call", "call"),
        ("LinkedIn messages", "linkedin message"),
        ("WhatsApp", "WhatsApp"),
        ("fax  machine", "fax machine"),
        ("", ""),
    ],
)
def test_a_channel_has_one_name(written, name):
    assert normal_channel(written) == name
    assert normal_channel(name) == name


def test_two_spellings_are_one_fact():
    a, b = (Person(identities=(email_identity(f"{who}@example.org"),), name=who) for who in "ab")
    facts = [Interaction(a=a, b=b, channel=channel, sent=1) for channel in ("email", "E-mail")]
    assert facts[0] == facts[1]
    kept = [Interaction(a=a, b=b, channel=channel, sent=1) for channel in ("Signal", "signal")]
    assert kept[0].natural_key() == kept[1].natural_key()
