"""Former names of companies with their dates."""

from __future__ import annotations

import pytest

from graph.model.dates import PartialDate
from graph.model.former_names import FormerName


@pytest.mark.parametrize(
    ("text", "name", "until"),
    [
        ("Acme", "Acme", None),
        ("Acme (2019)", "Acme", PartialDate(2019)),
        ("Acme (until 2019-03)", "Acme", PartialDate(2019, 3)),
        ("Acme until 2019-03-31", "Acme", PartialDate(2019, 3, 31)),
        ("Studio 2019", "Studio 2019", None),
        ("Acme (Europe)", "Acme (Europe)", None),
        ("2019", "2019", None),
    ],
)
def test_a_former_name_says_until_when(text, name, until):
    found = FormerName.parse(text)
    assert (found.name, found.until) == (name, until)
    assert FormerName.parse(str(found)) == found


def test_a_date_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="month"):
        FormerName.parse("Acme (2019-13)")
