"""Real data: who knows whom in the Congress through shared committees, against a count in plain Python.

`Oracle` works from the rows of `examples/congress/assignments.csv` alone, with months as bits of an integer,
and shares no code with `graph/ties`. The twenty facts below are its findings as literals; who sat there in
which months, and how many others did, was then read off the rows one by one. All probabilities are as of April
2026, the last reading.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import combinations
from pathlib import Path

import pytest

from graph.engine import Engine, EngineSettings, migrate, open_engine
from graph.paths import PathQuestion, PersonTarget, warm_paths
from graph.ties import SharedProject, derive, read_evidence
from importers.runs import ImportRequest, ImportRun, run_import

CONGRESS = Path(__file__).parents[2] / "examples" / "congress"
BASE, AS_OF = 2012 * 12, 2026 * 12 + 3
STEPS = (10, 12.5, 16, 20, 25, 31.5, 40, 50, 63, 80, 100, 125, 160, 200, 250, 315, 400, 500)

# a, b, the subcommittee, [(first shared month, months, members there all that time)], p of that subcommittee,
# p of the tie (fused with their committees), None = no tie.
TIES = [
    # Patrick J. Tiberi and Todd Young: Ways and Means, Tax
    ("T000462", "Y000064", "HSWM05", [("2013-05", 44, 6)], 0.9573, 0.9848),
    # Todd Young and Mitt Romney: Foreign Relations, Near East, South Asia, Central Asia, and Counterterrorism
    ("Y000064", "R000615", "SSFR07", [("2021-05", 19, 12), ("2023-05", 20, 10)], 0.8375, 0.9807),
    # Sean Patrick Maloney and Roger Marshall: Agriculture, Commodity Markets
    ("M001185", "M001198", "HSAG22", [("2017-03", 46, 5)], 0.9764, 0.9920),
    # Brad R. Wenstrup and Tammy Duckworth: Armed Services, Tactical Air and Land Forces
    ("W000815", "D000622", "HSAS25", [("2013-05", 44, 11)], 0.8898, 0.9540),
    # Patrick T. McHenry and Kyrsten Sinema: Financial Services, Oversight and Investigations, in two terms
    ("M001156", "S001191", "HSBA09", [("2013-05", 17, 19), ("2015-02", 23, 23)], 0.6774, 0.9505),
    # Donald M. Payne, Jr. and Martha McSally: Homeland Security, Emergency Management and Technology
    ("P000604", "M001197", "HSHM12", [("2015-02", 23, 9), ("2017-03", 20, 8)], 0.9104, 0.9777),
    # Reid J. Ribble and K. Michael Conaway: Agriculture, Livestock, Dairy, and Poultry
    ("R000587", "C001062", "HSAG29", [("2012-11", 4, 14), ("2013-05", 19, 24)], 0.4898, 0.7362),
    # Ken Calvert and Steven C. LaTourette: one month in a subcommittee of eight, the weakest tie there is
    ("C000059", "L000553", "HSAP24", [("2012-11", 1, 8)], 0.0569, 0.0569),
    # Jim Cooper and Dennis J. Kucinich: one month among ten stays below the floor
    ("C000754", "K000336", "HSGO28", [("2012-11", 1, 10)], 0.0489, None),
    # Tom O'Halleran and Thomas MacArthur: the same subcommittee, never in the same month
    ("O000171", "M001193", "HSAS25", [], 0.0, None),
    # Jesús G. "Chuy" García and Burgess Owens: Aviation, still together at the last reading
    ("G000586", "O000086", "HSPW05", [("2023-02", 23, 36), ("2025-04", 13, 37)], 0.4952, 0.7593),
    # Edward J. Markey and Cynthia M. Lummis: Commerce, Science, Manufacturing, and Competitiveness
    ("M000133", "L000571", "SSCM37", [("2021-05", 19, 16), ("2023-05", 20, 11)], 0.8150, 0.9824),
]
# From, to, the best path with at most one connector and its score; [] = there is none.
PATHS = [
    # Tiberi left the House before Romney came to the Senate: Young sat with both, and nobody else did.
    ("T000462", "R000615", ["T000462", "Y000064", "R000615"], 0.9657),
    # Maloney, over Roger Marshall, to Romney
    ("M001185", "R000615", ["M001185", "M001198", "R000615"], 0.8870),
    # Greg Walden, over Marsha Blackburn, to Joe Manchin
    ("W000791", "M001183", ["W000791", "B001243", "M001183"], 0.9718),
    # Ralph Abraham, over Jacky Rosen, to Romney
    ("A000374", "R000615", ["A000374", "R000608", "R000615"], 0.8902),
    # David Loebsack to Kenny Marchant: 0.6266 directly, more over Yvette Clarke
    ("L000565", "M001158", ["L000565", "C001067", "M001158"], 0.9525),
    # Ileana Ros-Lehtinen to Mike Quigley: nothing beats the direct tie
    ("R000435", "Q000023", ["R000435", "Q000023"], 0.9706),
    # Cathy McMorris Rodgers to Kathleen Rice, over Gus Bilirakis
    ("M001159", "R000602", ["M001159", "B001257", "R000602"], 0.9910),
    # Senator Mike Braun and Representative Diana Harshbarger: nobody ever sat with both
    ("B001310", "H001086", [], 0.0),
]


@dataclass
class Oracle:
    """Who sat where in which months, and what follows; months are bits from January 2012 on."""

    there: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    counted: dict[tuple[str, int, int], int] = field(default_factory=dict)

    @classmethod
    def from_rows(cls) -> Oracle:
        oracle = cls()
        with (CONGRESS / "assignments.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                first = month(row["First Seen"]) - BASE
                last = (month(row["Last Seen"]) if row["Last Seen"] else AS_OF) - BASE
                seat = ((1 << (last - first + 1)) - 1) << first
                oracle.there[row["Committee Code"]][row["Bioguide"]] |= seat
        return oracle

    def overlaps(self, code: str, a: str, b: str) -> list[tuple[int, int, int]]:
        """Runs of months in which both sat there: first month, months, members who sat there throughout."""
        both, found, at = self.there[code][a] & self.there[code][b], [], 0
        while both:
            if both & 1:
                months = (~both & (both + 1)).bit_length() - 1
                found.append((BASE + at, months, self.present(code, at, months)))
                both, at = both >> months, at + months
            else:
                both, at = both >> 1, at + 1
        return found

    def present(self, code: str, at: int, months: int) -> int:
        key = (code, at, months)
        if key not in self.counted:
            run = ((1 << months) - 1) << at
            self.counted[key] = sum(seat & run == run for seat in self.there[code].values())
        return self.counted[key]

    def shared(self, code: str, a: str, b: str) -> float:
        """1 - exp(-sum of 0.01 (N/100)^-0.7 T) over the overlaps."""
        hazard = sum(
            0.01 * (nearest_step(people) / 100) ** -0.7 * months
            for _, months, people in self.overlaps(code, a, b)
        )
        return 1 - math.exp(-hazard)

    def ties(self) -> dict[tuple[str, str], float]:
        """All ties: noisy-OR of the strongest committee and the strongest subcommittee, each above 0.05."""
        best: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for code, members in self.there.items():
            kind = 0 if len(code) == 4 else 1
            for pair in combinations(sorted(members), 2):
                if members[pair[0]] & members[pair[1]]:
                    p = self.shared(code, *pair)
                    if p >= 0.05:
                        best[pair][kind] = max(best[pair][kind], p)
        return {pair: 1 - (1 - p) * (1 - q) for pair, (p, q) in best.items()}


def month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def nearest_step(people: int) -> float:
    """As counted up to ten, else the nearest of Renard's preferred numbers by ratio."""
    return people if people <= 10 else min(STEPS, key=lambda step: abs(math.log(people / step)))


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle.from_rows()


@pytest.fixture(scope="module")
def counted_ties(oracle: Oracle) -> dict[tuple[str, str], float]:
    return oracle.ties()


@pytest.mark.parametrize(("a", "b", "code", "overlaps", "p", "fused"), TIES)
def test_the_rows_say_so(oracle, counted_ties, a, b, code, overlaps, p, fused):
    assert oracle.overlaps(code, a, b) == [(month(first), *rest) for first, *rest in overlaps]
    assert oracle.shared(code, a, b) == pytest.approx(p, abs=5e-5)
    tie = counted_ties.get((min(a, b), max(a, b)))
    assert tie == (None if fused is None else pytest.approx(fused, abs=5e-5))


@pytest.mark.parametrize(("start", "target", "people", "score"), PATHS)
def test_the_rows_have_that_path(counted_ties, start, target, people, score):
    around: dict[str, dict[str, float]] = defaultdict(dict)
    for (a, b), p in counted_ties.items():
        around[a][b] = around[b][a] = p
    found = [
        (around[start][c] * around[c][target], [start, c, target])
        for c in around[start]
        if target in around[c]
    ]
    if target in around[start]:
        found.append((around[start][target], [start, target]))
    best = max(found, default=(0.0, []))
    assert best == (pytest.approx(score, abs=5e-5), people)


# The same through the importer, the mapping, the derivation and the path search ----------------------------


@dataclass(frozen=True)
class Imported:
    """The engine after one import of the two files, and the run's own account of it."""

    engine: Engine
    run: ImportRun
    ids: dict[str, str]


@pytest.fixture(scope="module")
async def congress(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Imported]:
    folder = tmp_path_factory.mktemp("congress")
    settings = EngineSettings(data_dir=folder / "data", engine_memory="512m", engine_mode="development")
    async with await open_engine(settings) as engine:
        await migrate(engine)
        request = ImportRequest(
            paths=(CONGRESS / "members.csv", CONGRESS / "assignments.csv"),
            source="congress",
            mapping=(CONGRESS / "congress.toml").read_text(encoding="utf-8"),
        )
        team = folder / "people.csv"
        starts = "".join(f"{start},{start},true\n" for start, *_ in PATHS)
        team.write_text("id,name,team_member\n" + starts, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            last_reading = date(AS_OF // 12, AS_OF % 12 + 1, 22)
            patch.setattr("importers.runs.derive", partial(derive, today=last_reading))
            run = await run_import(engine, request, spool_dir=folder / "spool")
            # A path starts at one of ours.
            ours = ImportRequest(paths=(team,), source="congress")
            assert (await run_import(engine, ours, spool_dir=folder / "spool")).state == "done"
        with (CONGRESS / "members.csv").open(encoding="utf-8", newline="") as file:
            keys = [f"person:congress:{row['Bioguide']}" for row in csv.DictReader(file)]
        rows = await engine.read("records/resolve", keys=keys)
        yield Imported(engine, run, {row["key"].rsplit(":", 1)[1]: row["properties"]["id"] for row in rows})


def test_every_row_goes_in(congress):
    assert (congress.run.state, congress.run.error, congress.run.refused) == ("done", None, ())
    created = {kind: counts["created"] for kind, counts in congress.run.counts.items()}
    assert created == {
        "people": 1123,
        "companies": 58,
        "employments": 5811,
        "projects": 236,
        "project_companies": 236,
        "project_roles": 18093,
    }


async def test_all_ties_are_those_of_the_rows(congress, counted_ties):
    bioguide = {node: key for key, node in congress.ids.items()}
    stored = {}
    async for row in congress.engine.stream("ties/stored", low="0", high="g"):
        for person, other, p in zip(row["people"], row["others"], row["p"], strict=True):
            pair = sorted((bioguide[person], bioguide[other]))
            stored[pair[0], pair[1]] = p
    assert stored.keys() == counted_ties.keys()
    assert max(abs(stored[pair] - p) for pair, p in counted_ties.items()) < 1e-9


@pytest.mark.parametrize(("a", "b", "code", "overlaps", "p", "fused"), TIES)
async def test_a_tie_and_its_evidence(congress, a, b, code, overlaps, p, fused):
    pair = (min(congress.ids[a], congress.ids[b]), max(congress.ids[a], congress.ids[b]))
    explained = (await read_evidence(congress.engine, [pair], None))[pair]
    assert explained.probability == pytest.approx(fused or 0.0, abs=5e-5)
    project = await congress.engine.read("records/resolve", keys=[f"project:congress:{code}"])
    shared = [
        one
        for one in explained.evidence
        if isinstance(one, SharedProject) and one.place_id == project[0]["properties"]["id"]
    ]
    assert [[(o.first, o.months, o.size) for o in one.overlaps] for one in shared] == (
        [[(month(first), months, nearest_step(people)) for first, months, people in overlaps]]
        if overlaps
        else []
    )
    assert [one.probability for one in shared] == ([pytest.approx(p, abs=5e-5)] if overlaps else [])


@pytest.mark.parametrize(("start", "target", "people", "score"), PATHS)
async def test_the_best_path(congress, start, target, people, score):
    question = PathQuestion(
        target=PersonTarget(congress.ids[target]), from_ids=(congress.ids[start],), max_connectors=1, first=1
    )
    answer = await warm_paths(congress.engine, question)
    found = [[person.id for person in path.people] for path in answer.paths]
    assert found == ([[congress.ids[key] for key in people]] if people else [])
    if people:
        assert answer.paths[0].score == pytest.approx(score, abs=5e-5)
    else:
        assert answer.no_path is not None
