"""What is not stored of people who must not be, without an engine: fingerprints, screening, redaction, dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.committee import Observation
from graph.model.committee_facts import About, HeardFrom
from graph.model.dates import PartialDate
from graph.model.entities import Company, Person
from graph.model.facts import Connection, Employment, Interaction
from graph.model.identities import Identity, email_identity, linkedin_identity, name_identity, row_identity
from graph.model.records import Record
from graph.privacy.duties import later, notice_due
from graph.privacy.keys import KEY_FILE, WrongPrivacyKey, fingerprint, load_privacy_key
from graph.privacy.screening import Lists, name_mark, screen, without
from graph.privacy.traces import REDACTED, Traces

KEY = b"k" * 40


def someone(address: str, name: str = "") -> Person:
    identity = email_identity(address) or linkedin_identity(address)
    assert identity
    return Person(identities=(identity,), name=name)


ANNA, BERT = someone("anna@x.example", "Anna Zwyx"), someone("bert@y.example", "Bert Quol")
HELVION = Company(identities=(name_identity("company", "Helvion"),), name="Helvion")  # type: ignore[arg-type]


def lists(*people: Person, until: str | None = None, names: tuple[str, ...] = ()) -> Lists:
    suppressed = {fingerprint(KEY, key): ("one", until) for person in people for key in person.keys}
    return Lists(KEY, suppressed, frozenset(fingerprint(KEY, name_mark(name)) for name in names))


def left(record: Record, *gone: Person) -> Record | None:
    keys = {key for person in gone for key in person.keys}
    return without(record, lambda entity: not keys.isdisjoint(entity.keys), lambda key: "0" * 64)


# --- the key ---


def test_a_fingerprint_is_an_hmac_of_the_normalised_identity():
    # RFC 4231, test case 2.
    assert fingerprint(b"Jefe", "what do ya want for nothing?").startswith("5bdcc146bf60754e6a042426089575c7")
    same = {email_identity(text) for text in ("Anna@X.example", " anna@x.example ", "mailto:anna@x.example")}
    assert len({fingerprint(KEY, one.key) for one in same if one}) == 1


def test_the_key_is_made_once_for_its_owner_only(tmp_path):
    made = load_privacy_key(None, tmp_path / "new")
    path = tmp_path / "new" / KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_privacy_key(None, tmp_path / "new") == made
    assert load_privacy_key(None, tmp_path / "other") != made
    assert load_privacy_key("x" * 32, tmp_path / "new") == b"x" * 32
    assert [entry.name for entry in path.parent.iterdir()] == [KEY_FILE]


def test_a_short_key_and_a_damaged_file_are_refused(tmp_path):
    with pytest.raises(WrongPrivacyKey, match="32 characters"):
        load_privacy_key("short", tmp_path)
    (tmp_path / KEY_FILE).write_text("")
    with pytest.raises(WrongPrivacyKey, match="damaged"):
        load_privacy_key(None, tmp_path)


# --- records ---


def test_a_record_about_nobody_suppressed_stays_the_very_same():
    record = Record("c|1", (ANNA, BERT), (Connection(a=ANNA, b=BERT),), {"Name": "Anna"})
    assert left(record) is record


def test_a_record_about_somebody_suppressed_goes():
    assert left(Record("p|1", (ANNA,)), ANNA) is None


def test_a_mention_goes_and_the_rest_stays():
    job = Employment(person=BERT, company=HELVION, title="CTO")
    record = Record(
        "c|bert@y.example", (BERT, ANNA, HELVION), (Connection(a=BERT, b=ANNA), job), {"By": "Anna"}
    )
    assert left(record, ANNA) == Record("c|bert@y.example", (BERT, HELVION), (job,))


def test_a_record_that_says_nothing_else_goes():
    reference = Person(identities=BERT.identities)
    assert (
        left(Record("i|1", (reference, ANNA), (Interaction(a=reference, b=ANNA, channel="x"),)), ANNA) is None
    )


def test_the_key_of_a_record_names_nobody():
    record = Record("c|Anna@X.example|bert", (BERT, ANNA), (Connection(a=BERT, b=ANNA),))
    assert left(record, ANNA).key == f"erased|{'0' * 32}"  # type: ignore[union-attr]
    named = Record("c|anna zwyx|bert", (BERT, ANNA), (Connection(a=BERT, b=ANNA),))
    assert left(named, ANNA).key == f"erased|{'0' * 32}"  # type: ignore[union-attr]


def test_what_was_heard_of_them_or_from_them_goes():
    note = Observation(
        identities=(row_identity("observation", "n"),), value=0.5, on=PartialDate(2026), source="direct"
    )
    record = Record(
        "n|1",
        (note, BERT, ANNA),
        (About(observation=note, person=BERT), HeardFrom(observation=note, informant=ANNA)),
    )
    assert left(record, ANNA) is None
    assert left(record, BERT) is None


def test_screening_counts_what_it_drops_and_hides_nothing_else():
    records = {"1": Record("1", (ANNA,)), "2": Record("2", (BERT,)), "3": Record("3", (HELVION,))}
    found = screen(lists(ANNA), records, lambda record: record.key)
    assert list(found.records) == ["2", "3"]
    assert not found.dropped and len(found.people) == 1
    assert screen(Lists(), records, lambda record: record.key).records is records


@pytest.mark.parametrize(
    ("fact", "opens"),
    [
        (Interaction(a=ANNA, b=BERT, channel="mail", sent=1, last_on=PartialDate(2026, 5, 2)), True),
        (Interaction(a=BERT, b=ANNA, channel="mail", received=1, last_on=PartialDate(2026, 5, 2)), True),
        (Interaction(a=BERT, b=ANNA, channel="mail", sent=1, last_on=PartialDate(2026, 5, 2)), False),
        (Interaction(a=ANNA, b=BERT, channel="mail", sent=1, last_on=PartialDate(2026, 5, 1)), False),
        (
            Interaction(
                a=ANNA,
                b=BERT,
                channel="mail",
                sent=1,
                received=9,
                last_on=PartialDate(2026, 6),
                sent_on=PartialDate(2026, 4, 1),
            ),
            False,
        ),
        (Connection(a=ANNA, b=BERT, on=PartialDate(2026, 5, 2)), True),
        (Connection(a=ANNA, b=BERT), False),
    ],
)
def test_only_a_newer_contact_from_them_lets_them_in_again(fact, opens):
    records = {"1": Record("1", (ANNA, BERT), (fact,)), "2": Record("2", (ANNA,))}
    found = screen(lists(ANNA, until="2026-05-01"), records, lambda record: record.key)
    assert (set(found.reopened) == {"one"}) is opens
    assert (len(found.records) == 2) is opens
    assert not screen(lists(ANNA), records, lambda record: record.key).reopened


def test_refused_rows_do_not_show_them():
    known = lists(ANNA, names=("Anna Zwyx",))
    assert known.hides(["1", "ANNA@x.example"])
    assert known.hides(["Anna", "Zwyx", "no date"])
    assert known.hides(["Zwyx", "Anna"])
    assert known.hides(["anna zwyx"])
    assert not known.hides(["Anna", "Quol", "bert@y.example", ""])


# --- texts ---


TRACES = Traces(
    "id-1",
    frozenset(
        {
            Identity("person", "email", "anna@x.example"),
            Identity("person", "linkedin", "anna"),
            Identity("person", "liaison", "id-0"),
            Identity("person", "crm", "77"),
        }
    ),
    frozenset({"Anna Zwyx", "Anna  M. Zwyx", "Anna"}),
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("I met anna  ZWYX.", f"I met {REDACTED}."),
        ("Write to Anna@x.example", f"Write to {REDACTED}"),
        ("https://www.linkedin.com/in/anna?x", f"https://www.{REDACTED}?x"),
        ("Anna from sales, order 77, Hanna Zwyxen", None),
        ("", None),
    ],
)
def test_free_texts_lose_whole_names_and_addresses_only(text, clean):
    assert TRACES.redacted(text) == (text if clean is None else clean)


def test_names_in_other_fields_are_a_namesakes():
    says = {
        "name": "Anna Zwyx",
        "evidence": "Anna Zwyx said so",
        "said": '{"a": [{"evidence": "by Anna Zwyx"}]}',
    }
    assert TRACES.changed(says) == {
        "evidence": f"{REDACTED} said so",
        "said": '{"a": [{"evidence": "by ' + REDACTED + '"}]}',
    }


def test_file_names_and_rows_are_recognised():
    assert TRACES.in_file_name("anna-zwyx (2).csv")
    assert not TRACES.in_file_name("hanna-zwyx.csv")
    assert TRACES.in_cells(["x", "Zwyx", "Anna"])
    assert not TRACES.in_cells(["Anna", "Quol"])
    assert TRACES.former_ids == ("id-1", "id-0")


# --- dates ---


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-600, 600))
def test_months_later_is_a_day_of_that_month(day, months):
    found = later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


@given(st.dates(), st.none() | st.dates())
def test_a_notice_is_due_within_a_month_or_at_first_contact(collected, contacted):
    if collected > date(9999, 1, 1):
        return
    due = notice_due(collected, contacted)
    assert collected <= due <= collected + timedelta(days=30)
    if contacted is not None and contacted >= collected:
        assert due <= contacted
