"""Cells of CRMs: ids of Salesforce against a second way of computing them, amounts of any country, roles, domains."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.committee import BUYING_ROLES
from importers.formats.base import Row, RowError
from importers.formats.crm import (
    Roles,
    amount_cell,
    company_domain,
    listed,
    own_addresses,
    roles_of,
    whole_number_cell,
    without_domain,
)
from importers.formats.salesforce_ids import long_id, salesforce_id
from importers.identity.shared_mail import is_shared_address

CHARACTERS = string.ascii_letters + string.digits


def by_table(short: str) -> str:
    """The eighteen characters by looking up each group's capitals, written right to left, in a table of 32 words."""
    table = {format(number, "05b"): CAPITALS_AND_FIVE[number] for number in range(32)}
    groups = [short[:5], short[5:10], short[10:]]
    return short + "".join(
        table["".join("1" if c in string.ascii_uppercase else "0" for c in reversed(g))] for g in groups
    )


CAPITALS_AND_FIVE = string.ascii_uppercase + "012345"


class TestSalesforceIds:
    @pytest.mark.parametrize("known", ["001D000000IqhSLIAZ", "001D000000IRFmaIAH", "001D000000IRt53IAD"])
    def test_published_pairs(self, known):
        assert long_id(known[:15]) == long_id(known) == known

    @given(st.text(CHARACTERS, min_size=15, max_size=15))
    def test_as_by_the_table(self, short):
        assert long_id(short) == by_table(short) == long_id(by_table(short))
        assert long_id(by_table(short)[:15] + by_table(short)[15:].lower()) == by_table(short)

    @given(st.text(CHARACTERS, min_size=15, max_size=15), st.text(CHARACTERS, min_size=15, max_size=15))
    def test_two_ids_stay_two(self, a, b):
        assert (long_id(a) == long_id(b)) == (a == b)

    @given(st.text(max_size=30))
    def test_anything_else_is_none(self, text):
        found = long_id(text)
        assert found is None or (text.isascii() and text.isalnum() and len(text) in (15, 18))

    def test_a_form_that_lost_the_case_is_refused(self):
        assert long_id("001d000000iqhsliaz") is None
        with pytest.raises(RowError) as wrong:
            salesforce_id("", "AccountId")
        assert wrong.value.reason == "AccountId: it is empty"


def amount(text: str) -> float | None:
    return amount_cell(Row(2, {"Amount": text}), "Amount")


class TestAmounts:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("", None),
            ("0", 0.0),
            ("15000", 15000.0),
            ("15000.5", 15000.5),
            ("15000,5", 15000.5),
            ("0,125", 0.125),
            ("0.125", 0.125),
            ("1234.567", 1234.567),
            ("1.234.567", 1234567.0),
            ("1,234,567", 1234567.0),
            ("1.234.567,89", 1234567.89),
            ("1,234,567.89", 1234567.89),
            ("1.234,5", 1234.5),
            ("12 500,50 kr", 12500.5),
            ("12\u202f500,50\u00a0€", 12500.5),
            ("CHF 12'500.50", 12500.5),
            ("CHF 12\u2019500.50", 12500.5),
            ("EUR 1.250.000,00", 1250000.0),
            ("$9,000.00", 9000.0),
            ("R$ 9.000,00", 9000.0),
            ("9000 PLN", 9000.0),
        ],
    )
    def test_as_countries_write_them(self, text, value):
        assert amount(text) == value

    @pytest.mark.parametrize("text", ["15.000", "15,000", "999.999", "EUR 1,000"])
    def test_thousands_or_decimals_is_never_guessed(self, text):
        with pytest.raises(RowError, match="in doubt"):
            amount(text)

    @pytest.mark.parametrize(
        "text",
        [
            "15k",
            "15 Mio",
            "15 MIO",
            "2 mln",
            "1.23.456",
            "1,2,3",
            "1.234,567.8",
            "a",
            "1e5",
            "--1",
            "١٢",
            "9" * 80,
        ],
    )
    def test_what_is_no_number_is_refused(self, text):
        with pytest.raises(RowError, match="not a number"):
            amount(text)

    def test_less_than_nothing_is_refused(self):
        with pytest.raises(RowError, match="between 0"):
            amount("-5")

    @given(
        st.integers(0, 10**9),
        st.integers(0, 99),
        st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]),
    )
    def test_a_number_with_two_decimals_comes_back_however_it_is_written(self, whole, cents, style):
        grouping, decimal = style
        text = f"{whole:,}".replace(",", grouping) + f"{decimal}{cents:02d}"
        assert amount(text) == pytest.approx(whole + cents / 100)

    @given(st.text(max_size=20))
    def test_nothing_else_than_a_refusal_comes_of_any_text(self, text):
        try:
            found = amount(text.strip())
        except RowError:
            return
        assert found is None or found >= 0

    def test_people_are_counted_in_whole_numbers(self):
        counts = {
            text: whole_number_cell(Row(2, {"n": text}), "n")
            for text in ("", "0", "1200", "1,200,000", "40.0")
        }
        assert list(counts.values()) == [None, None, 1200, 1200000, 40]
        with pytest.raises(RowError, match="whole number"):
            whole_number_cell(Row(2, {"n": "40.5"}), "n")


class TestRoles:
    @pytest.mark.parametrize(
        ("name", "role"),
        [
            ("Economic Buyer", "economic_buyer"),
            ("Economic Decision Maker", "economic_buyer"),
            ("DECISION_MAKER", "economic_buyer"),
            ("Budget Holder", "economic_buyer"),
            ("Entscheidungsträger", "economic_buyer"),
            ("technical buyer", "technical_buyer"),
            ("Evaluator", "technical_buyer"),
            ("Business User", "user_buyer"),
            ("END_USER", "user_buyer"),
            ("Champion", "coach"),
            ("Coach", "coach"),
            ("Gatekeeper", "gatekeeper"),
            ("Legal and compliance", "legal"),
            ("Legal & Compliance", "legal"),
            ("LEGAL_AND_COMPLIANCE", "legal"),
            ("Procurement", "procurement"),
        ],
    )
    def test_known_names(self, name, role):
        assert roles_of([name]) == ((role,), ())
        assert role in BUYING_ROLES

    @pytest.mark.parametrize(
        "name", ["Influencer", "Executive Sponsor", "Blocker", "Other", "Buyer's friend", "決定者"]
    )
    def test_no_role_is_guessed(self, name):
        assert roles_of([name]) == ((), (name,))

    def test_what_is_not_known_is_told_once(self):
        roles = Roles()
        assert roles.of(["Influencer", "Champion", "Decision Maker", "Economic Buyer"]) == (
            "coach",
            "economic_buyer",
        )
        assert roles.of(["Influencer", "Other"]) == ()
        assert [note.text.split(" stands")[0] for note in roles.notes()] == ["“Influencer”", "“Other”"]


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        ["info@helvion.example", "Info2@helvion.example", "office+x@x.example", "KONTAKT@x.example"],
    )
    def test_a_desk_is_nobody(self, address):
        assert is_shared_address(address)
        assert own_addresses(Row(2, {"Email": address}), "Email") == []

    @pytest.mark.parametrize(
        "address", ["priya@helvion.example", "i.nfo@x.example", "sales.olumide@x.example", "hrvoje@x.example"]
    )
    def test_a_person_is_one(self, address):
        assert [one.value for one in own_addresses(Row(2, {"Email": address}), "Email")] == [address]

    def test_each_address_counts_once(self):
        row = Row(2, {"Email": "A@x.example", "More": "a@x.example;b@x.example"})
        assert [one.value for one in own_addresses(row, "Email", "More")] == ["a@x.example", "b@x.example"]


class TestCompanies:
    @pytest.mark.parametrize(
        ("text", "domain"),
        [
            ("https://www.helvion.example/en?x=1", "helvion.example"),
            ("helvion.example", "helvion.example"),
            ("gmail.com", None),
            ("https://www.facebook.com/helvion", None),
            ("de.linkedin.com/company/helvion", None),
            ("helvion", None),
            ("javascript:alert(1)", None),
            ("", None),
            ("x" * 3000, None),
        ],
    )
    def test_only_a_domain_of_its_own_makes_a_company(self, text, domain):
        found = company_domain(text)
        assert (found.value if found else None) == domain

    def test_the_domain_behind_a_name_is_taken_off(self):
        assert without_domain("Helvion AG (helvion.example)") == "Helvion AG"
        assert without_domain("Helvion (Schweiz) AG") == "Helvion (Schweiz) AG"

    def test_lists_are_parted_and_hold_each_value_once(self):
        assert listed(Row(2, {"ids": " 9002; 9999;9002;; "}), "ids") == ["9002", "9999"]
