"""What the demo tells people to type must be right."""

from __future__ import annotations

from graphql import parse, validate

from service.api import build_schema
from service.cli.demo import demo_query


def test_the_query_that_the_demo_prints_fits_the_schema():
    assert validate(build_schema()._schema, parse(demo_query("an-id"))) == []
