"""Rows whose notes hint at special categories are counted by category, and nothing of them is quoted."""

from graph.model.committee import Observation, Persona
from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.facts import Alliance
from graph.model.identities import email_identity, external_identity
from graph.model.records import Record
from importers.sensitive import SensitiveRows


def someone(name: str) -> Person:
    return Person(identities=(email_identity(f"{name}@mail.example"),), name=name)


def observation(key: str, evidence: str) -> Record:
    identity = external_identity("observation", "crm", key)
    told = Observation(
        identities=(identity,),
        kind="stance",
        value=0.5,
        on=PartialDate(2026),
        source="direct",
        evidence=evidence,
    )
    return Record(key, (told, someone("anna")))


def test_rows_are_counted_once_a_category_and_never_quoted():
    rows = SensitiveRows()
    rows.look(observation("1", "is on sick leave, with cancer"))
    rows.look(observation("2", "pregnant; a trade unionist"))
    rows.look(observation("3", "likes the European Union"))
    persona = Persona(identities=(external_identity("persona", "crm", "p"),), goals="observes Ramadan")
    rows.look(Record("4", (someone("bela"), persona)))
    allied = Alliance(
        a=someone("anna"), b=someone("bela"), kind="friendship", evidence="both in the trade union"
    )
    rows.look(Record("5", (someone("anna"), someone("bela")), (allied,)))
    rows.look(Record("6", (Person(identities=(email_identity("c@mail.example"),), name="Krebs"),)))
    notes = rows.notes("observations.csv")
    assert [note.split(" may tell about ")[0] for note in notes] == [
        "observations.csv: 2 rows",
        "observations.csv: 1 row",
        "observations.csv: 2 rows",
    ]
    assert [note.split(" may tell about ")[1].split(",")[0] for note in notes] == [
        "health",
        "religion or belief",
        "trade union membership",
    ]
    text = " ".join(notes).casefold()
    assert not any(word in text for word in ("sick", "cancer", "pregnant", "ramadan", "anna", "krebs"))


def test_harmless_files_have_no_note():
    rows = SensitiveRows()
    rows.look(observation("1", "asked for a discount"))
    assert rows.notes("observations.csv") == []
