"""Limits that cannot be attacked: counted once, before validation, in milliseconds; prices before execution."""

import time

import pytest
from graphql import get_introspection_query, parse

from service.api import build_schema
from service.api.cost import price
from service.api.limits import DocumentLimits, check_document
from service.errors import ServiceError

PERSON = "query($id: ID!) { person(id: $id) { name } }"


class Silent:
    """An engine nobody may ask: what is refused must be refused before it."""

    statements_sent = 0

    def __getattr__(self, name):
        raise AssertionError(f"the engine was asked: {name}")


@pytest.fixture
async def offline(serve_graphql):
    async with serve_graphql(Silent()) as serving:
        yield serving


def doubled(levels: int) -> str:
    fragments = "".join(f"fragment f{i} on Person {{ ...f{i + 1} ...f{i + 1} }}\n" for i in range(levels))
    return f'{{ person(id: "x") {{ ...f0 }} }}\n{fragments}fragment f{levels} on Person {{ id }}'


def nested(depth: int) -> str:
    inner = "id"
    for _ in range((depth - 2) // 2):
        inner = f"alliances {{ a {{ {inner} }} }}"
    return f'{{ person(id: "x") {{ {inner} }} }}'


@pytest.mark.parametrize(
    ("query", "limit"),
    [
        (doubled(40), "same field"),
        (nested(40), "depth"),
        ("{ " + " ".join(f"a{i}: viewer {{ keyName }}" for i in range(31)) + " }", "aliases"),
        ("{ viewer { " + "keyName " * 31 + "} }", "same field"),
        ("{ viewer { keyName @skip(if: false) " + "@include(if: true) " * 5 + "} }", "directives"),
        ("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", "cycle"),
        ("{ viewer { keyName } } fragment a on Query { ...a }", "cycle"),
        ("{ " + "viewer { keyName } " * 2500 + "}", "tokens"),
        ("{ viewer " * 2400, "depth"),
        ("{ viewer " + "{ ... on Viewer " * 60 + "{ keyName }" + "}" * 61, "depth"),
    ],
)
async def test_an_oversized_operation_is_refused_at_once(offline, query: str, limit: str):
    await offline.error(PERSON, {"id": 1}, who=None)
    started = time.perf_counter()
    refused = await offline.error(query)
    seconds = time.perf_counter() - started
    assert refused["code"] == "LIMIT_EXCEEDED" and refused["limit"] == limit
    assert refused["requestId"]
    # Milliseconds on a quiet machine; without the limits some of these take seconds to minutes.
    assert seconds < 1.0
    assert offline.costs == []


def test_forty_nested_doubled_fragments_are_counted_in_milliseconds():
    document = parse(doubled(40))
    started = time.perf_counter()
    with pytest.raises(ServiceError):
        check_document(document, DocumentLimits())
    assert time.perf_counter() - started < 0.05


def test_a_fragment_is_walked_once_however_often_it_is_used(monkeypatch):
    from service.api import limits

    walked = []
    one = limits._Counting._one
    monkeypatch.setattr(
        limits._Counting, "_one", lambda self, node, level: walked.append(1) or one(self, node, level)
    )
    fields = " ".join(f"a{i}" for i in range(100))
    spreads = "".join(f"fragment f{i} on Query {{ ...big }} " for i in range(300))
    check_document(parse(f"{{ ...f0 }} {spreads} fragment big on Query {{ {fields} }}"), DocumentLimits())
    assert len(walked) == 1 + 300 + 100


def test_every_limit_is_exact():
    limits = DocumentLimits(depth=3, aliases=2, same_field=2, directives=1)
    fits = "{ a { b { c } } x: d y: d @skip(if: true) ...f } fragment f on Query { e e }"
    check_document(parse(fits), limits)
    for over in ("{ a { b { c { d } } } }", "{ x: a y: b z: c }", "{ a a ...f } fragment f on Q { a }"):
        with pytest.raises(ServiceError):
            check_document(parse(over), limits)


def test_depth_is_that_of_the_whole_not_of_the_fragment():
    text = "{ a { b { ...f } } } fragment f on X { c { d } }"
    check_document(parse(text), DocumentLimits(depth=4))
    with pytest.raises(ServiceError):
        check_document(parse(text), DocumentLimits(depth=3))


def test_aliases_count_as_often_as_their_fragment_is_used():
    text = "{ a { ...f } b { ...f } } fragment f on X { x: c y: d }"
    check_document(parse(text), DocumentLimits(aliases=4))
    with pytest.raises(ServiceError):
        check_document(parse(text), DocumentLimits(aliases=3))


def test_the_usual_introspection_query_is_within_the_limits():
    check_document(parse(get_introspection_query()), DocumentLimits())


# --- prices ---


def cost(text: str, variables: dict | None = None) -> int:
    return price(build_schema()._schema, parse(text), None, variables or {})


def test_a_page_costs_its_size():
    page = 'query($n: Int) { searchPeople(text: "a", first: $n) { nodes { employments { title } } } }'
    small, large = cost(page, {"n": 10}), cost(page, {"n": 100})
    assert small == 5 + 1 + 10 * (1 + 3)
    assert large == 5 + 1 + 100 * (1 + 3)
    assert cost(page.replace("$n)", "20)").replace("query($n: Int) ", "")) == cost(page)


def test_pages_within_pages_multiply():
    text = (
        '{ company(id: "x") { people(first: 50) { nodes { ties(first: 50) { nodes { probability } } } } } }'
    )
    assert cost(text) > 50 * 50


def test_spelling_does_not_lower_a_price():
    plain = '{ company(id: "x") { people(first: 50) { nodes { employments { title } } } } }'
    variants = [
        '{ company(id: "x") { ...f } } fragment f on Company { people(first: 50) { nodes { employments { title } } } }',
        '{ company(id: "x") { people(first: 50) { ... on PersonConnection { nodes { ...g } } } } } '
        "fragment g on Person { employments { title } }",
        'query($n: Int = 50) { company(id: "x") { people(first: $n) { nodes { employments { title } } } } }',
        '{ company(id: "x") { people(first: 50) { edges { node { employments { title } } } } } }',
    ]
    assert all(cost(text) >= cost(plain) for text in variants)


def test_paths_cost_by_connectors():
    text = "query($i: WarmPathsInput!) { warmPaths(input: $i) { paths { score } } }"
    prices = [cost(text, {"i": {"target": {}, "maxConnectors": n}}) for n in range(4)]
    assert prices == sorted(prices) and prices[3] > 2 * prices[2]
    literal = '{ warmPaths(input: {target: {personId: "x"}, maxConnectors: 3}) { paths { score } } }'
    assert cost(literal) == prices[3]


def test_a_huge_or_negative_page_has_a_bounded_price():
    page = 'query($n: Int) { searchPeople(text: "a", first: $n) { nodes { name } } }'
    assert cost(page, {"n": 2**31 - 1}) == cost(page, {"n": 100})
    assert cost(page, {"n": -5}) > 0


async def test_an_operation_over_the_highest_cost_is_refused_before_it_runs(offline):
    ties = "ties(first: 100) { nodes { a { employments { title } } } }"
    query = f'{{ company(id: "x") {{ people(first: 100) {{ nodes {{ {ties} }} }} }} }}'
    refused = await offline.error(query)
    assert refused["code"] == "LIMIT_EXCEEDED" and refused["limit"] == "cost"


async def test_a_used_up_quota_is_429_with_retry_after(serve_graphql):
    from service.errors import ErrorCode

    async with serve_graphql(Silent()) as graphql:

        async def used_up(caller, cost):
            raise ServiceError(ErrorCode.RATE_LIMITED, "Used up.", limit="cost per minute", retry_after=7)

        graphql.charge = used_up
        answer = await graphql.post("{ viewer { keyName } }")
        assert answer.status_code == 429 and answer.headers["retry-after"] == "7"
        assert answer.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"


# --- documents seen before ---


async def test_a_document_seen_before_is_priced_anew_and_an_invalid_one_is_refused_each_time(offline):
    page = 'query($n: Int) { person(id: "x") { ties(first: $n) { nodes { probability } } } }'
    for size in (1, 50, 1):
        await offline.post(page, {"n": size})
    assert offline.costs[0] == offline.costs[2] < offline.costs[1]
    for _ in range(3):
        assert (await offline.error("{ viewer { nothing } }"))["code"] == "BAD_REQUEST"
        assert (await offline.error("{ viewer { " + "keyName " * 31 + "} }"))["limit"] == "same field"
        assert (await offline.data("{ viewer { keyName } }"))["viewer"]["keyName"] == "Admin"


def test_only_a_few_short_documents_are_remembered():
    from service.api.extensions import KnownDocuments

    known, document = KnownDocuments(), parse("{ a }")
    for number in range(known.MOST + 10):
        known.keep(f"{{ a{number} }}", document)
    known.keep("x" * (known.LONGEST + 1), document)
    assert known.get("{ a0 }") is None and known.get(f"{{ a{known.MOST} }}") is document
    assert known.get("x" * (known.LONGEST + 1)) is None
