"""Two programs on one project: what the one has shown is there for the other, whoever comes and goes."""

import subprocess
import sys
from pathlib import Path

from ipscoding.domain import Valence
from ipscoding.project import codings, documents, open_project
from tests.project_example import make, span_of

LOOK = """
import sys
from ipscoding.project import codings, open_project
with open_project(sys.argv[1], coder="Ola") as project:
    print(sum(codings.counts(project).values()))
"""


def other_program(path: Path) -> int:
    """How many codings another program sees, which opens the project and leaves it again."""
    done = subprocess.run([sys.executable, "-c", LOOK, path], capture_output=True, check=True, timeout=60)
    return int(done.stdout)


def test_a_second_connection_that_ends_takes_no_work_of_the_first_with_it(tmp_path: Path) -> None:
    made = make(tmp_path)
    made.close()
    with open_project(made.path, coder="Kari") as screen:
        screen.reopen().close()  # as the suggestion engine does in its thread
        assert other_program(made.path) == 0
        document = documents.find(screen, "p01").id
        codings.add(screen, document, span_of(screen, document, "Det går bra."), "org.nær", Valence.NONE)
        assert other_program(made.path) == 1
    assert other_program(made.path) == 1
