"""Merging promises, whatever people did apart: one result in every order, nothing lost, an undo that gives all back.

`python -m tests.test_project_merge_properties 2000` tries that many cases at random.
"""

import random
import shutil
import sys
import tempfile
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipscoding.project import journal, open_project
from ipscoding.project.check import check
from ipscoding.project.merging.merge import merge
from tests.merge_example import KINDS, Act, Content, base, content, copy, work

COLLEAGUES = ("Kari", "Ola", "Siri", "Per")
ACT = st.tuples(st.sampled_from(KINDS), st.integers(0, 40), st.integers(0, 12), st.integers(0, 6))
Case = tuple[list[list[Act]], bool, list[Act], int]
"""What each copy did; whether one person did it all; what the first did after merging the second; a seed."""


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base(tmp_path_factory.mktemp("begun"))


@pytest.mark.parametrize("alone", [False, True], ids=["each their own coder", "one coder on all machines"])
@settings(max_examples=75, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    did=st.lists(st.lists(ACT, min_size=1, max_size=7), min_size=2, max_size=4),
    afterwards=st.lists(ACT, max_size=4),
    chance=st.integers(0, 1000),
)
def test_copies_become_one_in_every_order(
    begun: Path, alone: bool, did: list[list[Act]], afterwards: list[Act], chance: int
) -> None:
    try_case(begun, (did, alone, afterwards, chance))


def try_case(begun: Path, case: Case) -> None:
    """Let copies be worked on, merge them in several orders, and look at everything that merging promises."""
    did, alone, afterwards, chance = case
    chosen = random.Random(chance)
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        start = Path(shutil.copy(begun, place))
        paths = []
        for number, acts in enumerate(did):
            paths.append(copy(start, f"c{number}"))
            with open_project(paths[-1], coder=COLLEAGUES[0 if alone else number]) as project:
                work(project, acts)
        if afterwards:
            with open_project(paths[0], coder="Kari") as project:
                merge_and_perhaps_undo(project.path, paths[1], undo=chance % 3 == 0)
                work(project, afterwards)
        expected, gone = everything(paths)
        orders = list(permutations(range(len(paths))))
        results = [
            in_this_order(paths, order, expected - gone, at_once=chosen.random() < 0.5)
            for order in (orders[0], chosen.choice(orders[1:]))
        ]
        if len(paths) > 2:
            results.append(grouped(paths))
        assert all(result == results[0] for result in results)


def everything(paths: list[Path]) -> tuple[set[str], set[str]]:
    """The codings that stand in some copy, and those that somebody took away in some copy."""
    there: set[str] = set()
    gone: set[str] = set()
    for path in paths:
        with open_project(path) as project:
            standing = {one for (one,) in project.tuples("SELECT id FROM made_codings UNION SELECT id FROM twins")}
            ever = {
                one for (one,) in project.tuples("SELECT DISTINCT entity_id FROM told_events WHERE entity = 'coding'")
            }
            there |= standing
            gone |= ever - standing
    return there, gone


def merge_and_perhaps_undo(path: Path, other: Path, *, undo: bool) -> None:
    with open_project(path, coder="Kari") as project:
        before = content(project)
        if merge(project, [other]).anything and undo:
            journal.undo(project)
            assert content(project) == before


def in_this_order(paths: list[Path], order: tuple[int, ...], expected: set[str], *, at_once: bool) -> Content:
    first, *others = (paths[number] for number in order)
    target = copy(first, "m" + "".join(map(str, order)))
    with open_project(target, coder="Kari") as project:
        before = content(project)
        rounds = [others] if at_once else [[other] for other in others]
        merges = 0
        for several in rounds:
            told = merge(project, several, dry_run=True)
            done = merge(project, several)
            assert (told.acts, told.counts, told.conflicts, told.united) == (
                done.acts,
                done.counts,
                done.conflicts,
                done.united,
            )
            merges += done.anything
        merged = content(project)
        assert not merge(project, others[-1:]).anything
        assert [one for one in check(project) if one.found] == []
        assert expected <= {one for (one,) in project.tuples("SELECT id FROM made_codings UNION SELECT id FROM twins")}
        for _merge in range(merges):
            journal.undo(project)
        assert content(project) == before
        for _merge in range(merges):
            journal.redo(project)
        assert content(project) == merged
    return merged


def grouped(paths: list[Path]) -> Content:
    """The first, with what the second and the third are together."""
    pair, target = copy(paths[1], "pair"), copy(paths[0], "grouped")
    with open_project(pair, coder="Ola") as project:
        merge(project, [paths[2]])
    with open_project(target, coder="Kari") as project:
        merge(project, [pair, *paths[3:]])
        return content(project)


def main(cases: int) -> None:
    """Try many cases at random, and say how many failed."""
    failed = 0
    with tempfile.TemporaryDirectory() as place:
        begun_here = base(Path(place))
        for seed in range(cases):
            chosen = random.Random(seed)

            def acts(most: int, chosen: random.Random = chosen) -> list[Act]:
                return [
                    (chosen.choice(KINDS), chosen.randrange(40), chosen.randrange(12), chosen.randrange(6))
                    for _act in range(chosen.randrange(1, most + 1))
                ]

            copies = [acts(8) for _copy in range(chosen.choice((2, 2, 3, 3, 4)))]
            case = (copies, chosen.random() < 0.3, acts(4) if chosen.random() < 0.5 else [], seed)
            try:
                try_case(begun_here, case)
            except Exception as error:  # noqa: BLE001 - every failure is counted, and named by its seed
                failed += 1
                print(f"seed {seed}: {type(error).__name__} {error}"[:300])  # noqa: T201
    print(f"{cases} cases, {failed} failed")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
