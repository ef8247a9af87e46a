# ruff: noqa: RUF001  (names of all scripts stand here)
"""Companies by name: legal forms in many languages are no part of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.identities import name_identity, normal_company_name


@pytest.mark.parametrize(
    "written",
    [
        "Helvion",
        "HELVION AG",
        "Helvion GmbH & Co. KG",
        "Helvion Gesellschaft m.b.H.",
        "Helvion UG (haftungsbeschränkt)",
        "Helvion, Inc.",
        "Helvion L.L.C.",
        "Helvion Pty. Ltd.",
        "Helvion Private Limited",
        "Helvion Sdn. Bhd.",
        "Helvion S.A.",
        "Helvion S. A.",
        "Helvion S.A. de C.V.",
        "Helvion S.à r.l.",
        "Helvion S.p.A.",
        "Helvion Sp. z o.o.",
        "Helvion spol. s r.o.",
        "Helvion d.o.o.",
        "Helvion Kft.",
        "Helvion A/S",
        "Helvion Oy Ab",
        "Helvion AB (publ)",
        "Helvion B.V.",
        "Helvion A.Ş.",
        "Helvion Ltd. Şti.",
        "Helvion OÜ",
        "ООО Helvion",
        "ООО «Хельвион»",
        "株式会社Helvion",
        "Helvion株式会社",
        "Helvion (株)",
        "Helvion 有限公司",
        "주식회사 Helvion",
        "PT Helvion Tbk",
        'Helvion בע"מ',
    ],
)
def test_legal_forms_are_no_part_of_the_name(written):
    assert normal_company_name(written) in ("helvion", "khelvion")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("AG", "ag"),
        ("Co", "co"),
        ("SE Ranking", "se ranking"),
        ("ООО", "ooo"),
        ("Дао", "dao"),
        ("ДАО", "dao"),
        ("株式会社", "zhushihuishe"),
        ("Limited Brands", "limited brands"),
        ("Pt England", "pt england"),
        ("AO Foundation", "ao foundation"),
        ("Saint-Gobain S.A.", "saint gobain"),
        ("3M Company", "3m"),
    ],
)
def test_what_is_the_name_stays(written, name):
    assert normal_company_name(written) == name


@given(st.text(max_size=40))
def test_a_name_never_becomes_none(name):
    identity = name_identity("company", name)
    assert (identity is None) == (name_identity("school", name) is None)


@given(st.text(max_size=30))
def test_normalising_again_changes_nothing(name):
    once = normal_company_name(name)
    assert normal_company_name(once) == once
