"""The part of a report on how the interviews were coded: text for a methods section, with the project's own numbers."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ipscoding.analysis.query import QueryProblem
from ipscoding.exchange.prose import Block, Paragraph
from ipscoding.exchange.report.about import (
    codebook_in_words,
    codings_in_words,
    informants_in_words,
    interviews_in_words,
)
from ipscoding.exchange.report.study import Study
from ipscoding.exchange.report.trust import Trust, decided_in_words, in_words
from ipscoding.exchange.report.words import counted, listed
from ipscoding.i18n import _, ngettext, percent
from ipscoding.project import blind, journal, settings
from ipscoding.project.act_kinds import KINDS
from ipscoding.suggest.ledger import By, Line, ledger
from ipscoding.version import __version__


@dataclass(frozen=True)
class Told:
    """Sentences on how it was done, used in the text of the method and in the checklists."""

    sample: str
    coders: str
    independent: str
    blind: str
    suggestions: str
    codebook: str
    changes: str
    agreement: str
    decided: str
    saturation: str
    software: str


def told(study: Study, trust: Trust) -> Told:
    """The sentences for a study."""
    return Told(
        sample=f"{interviews_in_words(study)}; {informants_in_words(study)}.",
        coders=_coders(study),
        independent=_independent(study),
        blind=_blind(study),
        suggestions=_suggestions(study),
        codebook=_("Codebook: {codebook}.").format(codebook=codebook_in_words(study)),
        changes=_changes(study),
        agreement=in_words(trust) or _("Agreement was not measured: {why}").format(why=trust.why),
        decided=" ".join(decided_in_words(study, trust)),
        saturation=_saturation(study),
        software=_("The interviews were coded with ipscoding {version}, a program that runs offline.").format(
            version=__version__
        ),
    )


def method_part(said: Told) -> Iterator[Block]:
    """The text, paragraph by paragraph."""
    yield Paragraph(
        _("Written from what the project records, for the authors to shorten and to put right."), quiet=True
    )
    for paragraph in (
        (said.sample, said.software),
        (said.coders, said.independent, said.blind, said.suggestions),
        (said.codebook, said.changes),
        (said.agreement, said.decided),
        (said.saturation,),
    ):
        yield Paragraph(" ".join(filter(None, paragraph)))


def double_coded(study: Study) -> int:
    """How many interviews two coders or more coded to the end."""
    return sum(len(by) > 1 for by in study.done_by.values())


def number_of_coders(study: Study) -> int:
    """How many people coded."""
    return len({row.coder for row in study.everybodys})


def _coders(study: Study) -> str:
    made = Counter(row.coder for row in study.everybodys)
    if not made:
        return _("Nobody has coded yet.")
    named = listed([f"{name} ({counted(n)})" for name, n in sorted(made.items())])
    said = ngettext("{n} person coded: {named}.", "{n} people coded: {named}.", len(made))
    return said.format(n=len(made), named=named) + " " + _("In all {codings}.").format(codings=codings_in_words(study))


def _independent(study: Study) -> str:
    n, of = double_coded(study), len(study.documents)
    if not n:
        return _("No interview was coded to the end by two coders.")
    share = percent(n / of, whole=True)
    said = ngettext(
        "{n} of {of} interviews ({share}) was coded to the end by two coders or more.",
        "{n} of {of} interviews ({share}) were coded to the end by two coders or more.",
        n,
    )
    return said.format(n=counted(n), of=counted(of), share=share)


def _blind(study: Study) -> str:
    if settings.get(study.project, "blind"):
        return _(
            "Blind coding is on: coders see neither suggestions nor each other's codings of an interview until they "
            "are done with it."
        )
    return _("Blind coding is off: coders can see each other's codings.")


def _suggestions(study: Study) -> str:
    by_suggestion = sum(row.origin == "suggestion" for row in study.everybodys)
    line = in_all(study)
    decided = line.decided if line else 0
    if not decided and not by_suggestion:
        return _("No suggestion of the program was decided on; every coding was made without.")
    share = percent(by_suggestion / len(study.everybodys)) if study.everybodys else "–"
    said = _("{n} of the codings ({share}) were suggested by the program and accepted by a coder.").format(
        n=counted(by_suggestion), share=share
    )
    if line is None or line.precision is None:
        return said
    return said + " " + _(
        "In the whole project, of {decided} suggestions that coders decided on, {accepted} ({share}) were accepted as "
        "they were, {changed} with another code, {rejected} rejected."
    ).format(
        decided=counted(decided),
        accepted=counted(line.accepted),
        share=percent(line.precision),
        changed=counted(line.changed),
        rejected=counted(line.rejected),
    )  # fmt: skip


def in_all(study: Study) -> Line | None:
    """What became of the suggestions of the whole project; None where blind coding keeps some of it back."""
    if any(blind.hidden(study.project).values()):
        return None
    by: list[By] = ["all"]
    return ledger(study.project, by)[0]


def codes_made(study: Study) -> Counter[str]:
    """How often the codebook was changed in each way, by the names of the acts; what was taken back is not counted."""
    acts = journal.history(study.project, limit=None, names=KINDS["codebook"][1])
    return Counter(act.name for act in acts if act.kind in ("do", "note") and not act.undone)


def _changes(study: Study) -> str:
    counts = codes_made(study)
    ways: dict[str, Callable[[int], str]] = {
        "codebook": lambda n: ngettext("{n} codebook file taken in", "{n} codebook files taken in", n),
        "code-new": lambda n: ngettext("{n} code made", "{n} codes made", n),
        "code-change": lambda n: ngettext("{n} change of a code", "{n} changes of codes", n),
        "code-move": lambda n: ngettext("{n} code moved", "{n} codes moved", n),
        "code-merge": lambda n: ngettext("{n} code merged into another", "{n} codes merged into others", n),
        "code-split": lambda n: ngettext("{n} code split", "{n} codes split", n),
        "code-retire": lambda n: ngettext("{n} code retired", "{n} codes retired", n),
        "code-back": lambda n: ngettext("{n} code taken back into use", "{n} codes taken back into use", n),
    }
    found = [way(counts[name]).format(n=counted(counts[name])) for name, way in ways.items() if counts[name]]
    if not found:
        return _("The codebook has not been changed since the project was made.")
    return _("The project's history of the codebook: {changes}.").format(changes=", ".join(found))


def _saturation(study: Study) -> str:
    if len(study.people) < max(2, study.wanted.min_cell) or not study.rows:
        return ""
    try:
        table = study.saturation("reached")
    except QueryProblem:
        return ""
    said: dict[str, str] = {}
    for row in table.rows:
        where = f"{row['coder']}: " if row.get("coder") else ""
        if where in said:
            # the first setting stands for all; the part on saturation has every one
            continue
        setting = _("base of {base} interviews, runs of {run}, at most {new} new codes").format(
            base=row["base"], run=row["run"], new=percent(float(row["threshold"] or 0))
        )
        if row["reached_at"] is None:
            said[where] = f"{where}{setting}: {row['reached']}"
        else:
            text = _("reached with interview {n}").format(n=row["reached_at"])
            said[where] = f"{where}{setting}: {text}"
    if not said:
        return ""
    told_of = "; ".join(said.values())
    return _("Saturation after Guest, Namey and Chen (2020): {settings}.").format(settings=told_of)
