"""Matching on labelled people: how often it is right, how much it finds, how long it takes, how much memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.estimating import estimated_shares
from benchmarks.labelled import LabelledWorld, labelled_records
from benchmarks.measuring import Result, say
from importers.identity.deciding import Verdict, match_tables
from importers.identity.parameters import LEVELS, MATCHING, Matching
from importers.identity.people import Job, Someone
from importers.identity.table import Lexicon, People

__all__ = ["Quality", "measure_matching", "quality_of"]

_LABEL = "no engine"


@dataclass(frozen=True)
class Quality:
    """How well labelled people were matched. `asked`: questions; `asked_right`: those to be answered with yes."""

    merged: int
    merged_right: int
    asked: int
    asked_right: int
    to_find: int
    found_by_merge: int
    found: int

    @property
    def precision(self) -> float:
        """Of the merges, the share that is right."""
        return self.merged_right / max(1, self.merged)

    @property
    def recall(self) -> float:
        """Of the new records whose person is known, the share merged with that person."""
        return self.found_by_merge / max(1, self.to_find)

    @property
    def recall_with_questions(self) -> float:
        """The same, if a human answers every question rightly."""
        return self.found / max(1, self.to_find)


def quality_of(world: LabelledWorld, parameters: Matching = MATCHING) -> Quality:
    """Match a labelled world and compare with the truth."""
    lexicon = Lexicon()
    known, new = People.of(world.known, lexicon), People.of(world.new, lexicon)
    return _judged(new, known, np.array(world.truth_new), np.array(world.truth_known), parameters)


def measure_matching(people: int, seed: int = 7) -> list[Result]:
    """Match `people` new records against as many known ones in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="liaison-bench-") as folder:
        say(f"matching: inventing {people:,} known and {people:,} new people")
        _write(Path(folder), people, seed)
        say("matching: comparing them")
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.matching", folder], capture_output=True, text=True, check=True
        )
    told = json.loads(done.stdout)
    quality = Quality(**told["quality"])
    say(f"matching: m and u by EM beside the published ones\n{told['estimates']}")
    return [
        Result.at_least(_LABEL, people, "matching: precision of automatic merges", quality.precision, 0.99),
        Result(_LABEL, people, "matching: recall of automatic merges", round(quality.recall, 3)),
        Result(
            _LABEL, people, "matching: recall with a human's answers", round(quality.recall_with_questions, 3)
        ),
        Result(
            _LABEL, people, "matching: questions for 100 new people", round(100 * quality.asked / people, 1)
        ),
        Result(_LABEL, people, "matching: minutes of one core", round(told["seconds"] / 60, 2)),
        Result(_LABEL, people, "matching: memory at its highest, MB", round(told["megabytes"])),
    ]


def _judged(
    new: People, known: People, truth_new: np.ndarray, truth_known: np.ndarray, parameters: Matching
) -> Quality:
    merged = merged_right = asked = asked_right = 0
    by_merge, by_any = np.zeros(len(new), np.bool_), np.zeros(len(new), np.bool_)
    for decided in match_tables(new, known, parameters=parameters):
        right = truth_new[decided.new] == truth_known[decided.known]
        sure = decided.verdict == Verdict.MERGE
        merged += int(sure.sum())
        merged_right += int((sure & right).sum())
        asked += int((~sure).sum())
        asked_right += int((~sure & right).sum())
        by_merge[decided.new[sure & right]] = True
        by_any[decided.new[right]] = True
    to_find = int(np.isin(truth_new, truth_known).sum())
    return Quality(merged, merged_right, asked, asked_right, to_find, int(by_merge.sum()), int(by_any.sum()))


def _write(folder: Path, people: int, seed: int) -> None:
    with (folder / "known").open("w") as known, (folder / "new").open("w") as new:
        for is_known, number, someone in labelled_records(people, people, seed=seed):
            (known if is_known else new).write(json.dumps([number, asdict(someone)]) + "\n")


def _read(path: Path, truth: list[int]) -> Iterator[Someone]:
    with path.open() as lines:
        for line in lines:
            number, says = json.loads(line)
            truth.append(number)
            says["jobs"] = tuple(Job(**job) for job in says["jobs"])
            says["identities"] = tuple(tuple(each) for each in says["identities"])
            yield Someone(**says)


def _child(folder: Path) -> None:
    """The measured process: files in, decisions out."""
    start = time.process_time()
    lexicon = Lexicon()
    truth_known: list[int] = []
    truth_new: list[int] = []
    known = People.of(_read(folder / "known", truth_known), lexicon)
    new = People.of(_read(folder / "new", truth_new), lexicon)
    quality = _judged(new, known, np.array(truth_new), np.array(truth_known), MATCHING)
    seconds = time.process_time() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    shares = estimated_shares(new, known)
    lines = [
        f"{level.feature:>14} {level.name:<12} m {level.m:8.4f} {m:8.4f}   u {level.u:8.4f} {u:8.4f}"
        for level, (m, u) in zip(LEVELS, shares, strict=True)
    ]
    told = {
        "quality": asdict(quality),
        "seconds": seconds,
        "megabytes": megabytes,
        "estimates": "\n".join(lines),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    _child(Path(sys.argv[1]))
