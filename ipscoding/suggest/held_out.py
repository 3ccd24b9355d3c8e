"""Evaluation that never learns from what it scores: without the scored interview, from another project, or cold."""

from collections.abc import Iterator, Sequence
from typing import Literal

from ipscoding.domain import Codebook
from ipscoding.i18n import _
from ipscoding.suggest.engine import Engine, build
from ipscoding.suggest.evaluate import ByEngine, Row, compared, sheet
from ipscoding.suggest.examples import Coded
from ipscoding.suggest.one_core import one_core
from ipscoding.suggest.stop import Flag, Progress, check
from ipscoding.suggest.texts import Utterance

Training = Literal["others", "cold"] | Sequence[Coded]
"""What an engine learns from beside codebook and bank: the other interviews, nothing, or interviews given here."""

_FOR_THE_BANK = 0.2


def evaluate_held_out(
    codebook: Codebook,
    phrases: Sequence[Utterance],
    interviews: Sequence[Coded],
    training: Training = "others",
    *,
    progress: Progress | None = None,
    cancel: Flag | None = None,
) -> list[Row]:
    """Figures of the engine on `interviews`, beside surface keywords and the other coders (see `evaluate.compared`).

    Interviews without codings are left out. No interview is scored by an engine that has learnt from its text, also
    where `training` holds a copy of it under another name.

    Raises:
        Cancelled: `cancel` was set.
    """
    scored = [interview for interview in interviews if interview.codings]
    sheets = [
        sheet(ByEngine(engine), interview)
        for interview, engine in engines(codebook, phrases, scored, training, progress=progress, cancel=cancel)
    ]
    return compared(sheets, scored, codebook)


def engines(
    codebook: Codebook,
    phrases: Sequence[Utterance],
    interviews: Sequence[Coded],
    training: Training = "others",
    *,
    progress: Progress | None = None,
    cancel: Flag | None = None,
) -> Iterator[tuple[Coded, Engine]]:
    """Each of `interviews` with an engine that may score it; an engine serves as long as what it may know is the same.

    Raises:
        Cancelled: `cancel` was set.
    """
    pool = interviews if training == "others" else () if training == "cold" else training
    with one_core():
        cold = build(codebook, phrases, progress=_for_the_bank(progress), cancel=cancel)
    engine, learnt = cold, ""
    for number, interview in enumerate(interviews):
        check(cancel)
        may_know = [other for other in pool if other.transcript.text != interview.transcript.text]
        names = " ".join(str(id(other)) for other in may_know)
        if names != learnt:
            with one_core():
                engine, learnt = cold.learn(may_know, cancel=cancel), names
        yield interview, engine
        if progress is not None:
            share = _FOR_THE_BANK + (1 - _FOR_THE_BANK) * (number + 1) / len(interviews)
            progress(share, _("Scoring interviews"))


def _for_the_bank(progress: Progress | None) -> Progress | None:
    """The progress of the bank, which may have to be learnt first."""
    return None if progress is None else lambda share, what: progress(_FOR_THE_BANK * share, what)
