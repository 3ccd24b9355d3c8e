"""The tables of saturation: where it is reached, run by run, and the curve of new codes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ipscoding.analysis.headings import about
from ipscoding.analysis.interviews import Interviews
from ipscoding.analysis.material import material
from ipscoding.analysis.names import hint, natural
from ipscoding.analysis.nearness import Breaks
from ipscoding.analysis.query import Query
from ipscoding.analysis.saturation.heard import SIDES, Heard, hear
from ipscoding.analysis.saturation.method import BASES, RUNS, THRESHOLDS, new_codes, reached, runs, settings
from ipscoding.analysis.saturation.order import Orders, draw
from ipscoding.analysis.table import Cell, Column, Row, Table
from ipscoding.domain import CONSENSUS, Codebook, Document, Excerpt, Informant, Span
from ipscoding.errors import NotFound
from ipscoding.i18n import _, ngettext

PARTS = ("reached", "runs", "curve")
"""What can be shown: where saturation is reached, every run, or new and known codes after each interview."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of saturation.

    Args:
        part: one of `PARTS`.
        by: groups of interviews that are looked at apart: `role`, any attribute of informants, and `valence` (codes
            as barriers, and codes as facilitators).
        bases, runs: how many interviews a base and a run have.
        thresholds: how much of the base may be new in a run (a part of one).
        orders: how many random orders the band rests on; 0 for none.
        seed: where the random orders begin.
    """

    part: str = "reached"
    by: tuple[str, ...] = ()
    bases: Sequence[int] = BASES
    runs: Sequence[int] = RUNS
    thresholds: Sequence[Fraction] = THRESHOLDS
    orders: int = 1000
    seed: int = 1


@dataclass(frozen=True)
class _Line:
    """The interviews of one coder and group, with the codes of each."""

    keys: Row
    documents: list[Document]
    codes: list[set[str]]
    new: list[int] = field(default_factory=list)
    orders: Orders | None = None


def saturation(
    excerpts: Iterable[Excerpt],
    documents: Sequence[Document],
    informants: Iterable[Informant],
    codebook: Codebook,
    asked: Asked | None = None,
    *,
    done: Mapping[str, Collection[str]] | None = None,
    coders: Collection[str] | None = None,
    pooled: bool = False,
    consensus: str = CONSENSUS,
    where: str | Query = "",
    speech: Mapping[str, Sequence[Span]] | None = None,
    breaks: Breaks | None = None,
    order: str = "",
) -> Table:
    """Saturation of `documents` in the order in which they are given.

    A code counts as what it was merged into. An interview that a coder has neither coded nor marked as done is left
    out for that coder.

    Args:
        excerpts: the codings; those of other documents are left out.
        documents: the interviews in order.
        informants: the people on record, with roles and attributes.
        codebook: it says which codes were merged.
        asked: what is asked; None: where saturation is reached, for all interviews together.
        done: the ids of the documents that each coder marked as done, by the coder's name.
        coders, pooled, consensus: whose codings, as in `ipscoding.analysis.frequencies.frequencies`.
        where: what is asked for: interviews, coders, and which codes and codings can be news.
        speech, breaks: the informants' speech in each document, and where turns and sentences begin, as there.
        order: how the documents are ordered, as a sentence for the reader.

    Raises `NotFound` for a name in `by`, `part` or `coders` that does not exist, `QueryProblem` for one in `where`.
    """
    asked = asked or Asked()
    if asked.part not in PARTS:
        raise NotFound(_("No such table: {names}").format(names=asked.part), hint([asked.part], PARTS))
    given = material(
        excerpts, documents, informants, codebook, coders=coders, pooled=pooled, consensus=consensus, where=where,
        speech=speech, breaks=breaks,
    )  # fmt: skip
    given.interviews.check(asked.by, ("valence",))
    left = given.left.documents(documents)
    heard = hear(given, left, asked.by, done or {})
    who = given.coders
    lines = list(_lines(heard, left, given.interviews, asked, apart=who.apart))
    head = [*(Column(name, "text", _title(name)) for name in asked.by)]
    if who.apart:
        head.append(Column("coder", "text", _("Coder")))
    columns, made = _PARTS[asked.part](asked, lines)
    return Table(
        [*head, *columns], made, [*about(given.query), who.note, *filter(None, (order,)), *_notes(asked, heard, lines)]
    )


def _title(name: str) -> str:
    return {"role": _("Role"), "valence": _("Direction"), "language": _("Language"), "date": _("Date")}.get(name, name)


def _lines(
    heard: Heard, documents: Sequence[Document], interviews: Interviews, asked: Asked, *, apart: bool
) -> Iterator[_Line]:
    by_id = {document.id: document for document in documents}

    def rank(key: tuple[str, tuple[str, ...]]) -> list[object]:
        coder, group = key
        values = [
            (SIDES.index(value), "") if name == "valence" else (natural(interviews.shown(name, value)), value)
            for name, value in zip(asked.by, group, strict=True)
        ]
        return [values, natural(coder)]

    for coder, group in sorted(heard.codes, key=rank):
        there = heard.codes[coder, group]
        keys: dict[str, Cell] = {
            name: interviews.shown(name, value) if name != "valence" else str(value)
            for name, value in zip(asked.by, group, strict=True)
        }
        if apart:
            keys["coder"] = coder
        codes = list(there.values())
        with_band = asked.part != "runs"
        yield _Line(
            keys,
            [by_id[document] for document in there],
            codes,
            new_codes(codes),
            draw(codes, asked.orders, asked.seed) if with_band else None,
        )


def _reached(asked: Asked, lines: Sequence[_Line]) -> tuple[list[Column], list[Row]]:
    columns = [
        Column("base", "int", _("Base")),
        Column("run", "int", _("Run")),
        Column("threshold", "share", _("New at most")),
        Column("interviews", "int", _("Interviews")),
        Column("codes", "int", _("Codes")),
        Column("base_codes", "int", _("Codes in the base")),
        Column("reached", "text", _("Reached")),
        Column("reached_at", "int", _("With interview")),
        Column("new", "int", _("New in the run")),
        Column("new_share", "share", _("New: share of the base")),
        Column("orders_reached", "share", _("Orders that reach it")),
        Column("median", "int", _("Median order")),
        Column("low", "int", _("5 %")),
        Column("high", "int", _("95 %")),
    ]
    made: list[Row] = []
    for line in lines:
        for setting in settings(asked.bases, asked.runs, asked.thresholds):
            run = reached(line.new, setting)
            share, band = line.orders.reached(setting) if line.orders else (None, None)
            made.append(
                {
                    **line.keys,
                    "base": setting.base,
                    "run": setting.run,
                    "threshold": float(setting.threshold),
                    "interviews": len(line.new),
                    "codes": sum(line.new),
                    "base_codes": sum(line.new[: setting.base]) if len(line.new) >= setting.base else None,
                    "reached": run.told if run else _not_reached(line, setting.base, setting.run),
                    "reached_at": run.last if run else None,
                    "new": run.new if run else None,
                    "new_share": run.share if run else None,
                    "orders_reached": share,
                    "median": band.median if band else None,
                    "low": band.low if band else None,
                    "high": band.high if band else None,
                }
            )
    return columns, made


def _not_reached(line: _Line, base: int, run: int) -> str:
    if len(line.new) < base + run:
        return _("too few interviews")
    return _("not reached") if any(line.new[:base]) else _("undefined")


def _runs(asked: Asked, lines: Sequence[_Line]) -> tuple[list[Column], list[Row]]:
    columns = [
        Column("base", "int", _("Base")),
        Column("run", "int", _("Run")),
        Column("first", "int", _("From interview")),
        Column("last", "int", _("To interview")),
        Column("base_codes", "int", _("Codes in the base")),
        Column("new", "int", _("New in the run")),
        Column("new_share", "share", _("New: share of the base")),
    ]
    made: list[Row] = [
        {
            **line.keys,
            "base": setting.base,
            "run": setting.run,
            "first": run.first,
            "last": run.last,
            "base_codes": run.base_codes,
            "new": run.new,
            "new_share": run.share,
        }
        for line in lines
        for setting in settings(asked.bases, asked.runs, (Fraction(0),))
        for run in runs(line.new, setting.base, setting.run)
    ]
    return columns, made


def _curve(asked: Asked, lines: Sequence[_Line]) -> tuple[list[Column], list[Row]]:
    columns = [
        Column("interview", "int", _("Interview")),
        Column("document", "text", _("Document")),
        Column("date", "text", _("Date")),
        Column("new", "int", _("New codes")),
        Column("codes", "int", _("Codes so far")),
        Column("median", "int", _("Median order")),
        Column("low", "int", _("5 %")),
        Column("high", "int", _("95 %")),
    ]
    made: list[Row] = []
    for line in lines:
        bands = line.orders.curve() if line.orders else [None] * len(line.new)
        known = 0
        for number, (document, new, band) in enumerate(zip(line.documents, line.new, bands, strict=True), start=1):
            known += new
            made.append(
                {
                    **line.keys,
                    "interview": number,
                    "document": document.name,
                    "date": document.date,
                    "new": new,
                    "codes": known,
                    "median": band.median if band else None,
                    "low": band.low if band else None,
                    "high": band.high if band else None,
                }
            )
    return columns, made


_PARTS = {"reached": _reached, "runs": _runs, "curve": _curve}


def _notes(asked: Asked, heard: Heard, lines: Sequence[_Line]) -> list[str]:
    said = []
    for coder, missing in heard.uncoded.items():
        text = ngettext(
            "{n} interview that is neither coded nor marked as done{by} is left out.",
            "{n} interviews that are neither coded nor marked as done{by} are left out.",
            missing,
        )
        said.append(text.format(n=missing, by=_(" by {coder}").format(coder=coder) if coder else ""))
    if heard.followed:
        text = ngettext(
            "{n} coding of a merged code counts as the code it was merged into.",
            "{n} codings of merged codes count as the codes they were merged into.",
            heard.followed,
        )
        said.append(text.format(n=heard.followed))
    if asked.part != "curve":
        said.append(
            _(
                "Guest, Namey and Chen (2020): the codes that a run of interviews adds, as a share of the codes of the "
                "base; runs move on by one interview. 6+2: six interviews, and a run of two that shows it."
            )
        )
    if any(line.orders for line in lines):
        said.append(
            _(
                "Median, 5 % and 95 % are over {n} random orders of the same interviews (seed {seed}); "
                "– where such an order does not get there."
            ).format(n=asked.orders, seed=asked.seed)
            if asked.part == "reached"
            else _("Median, 5 % and 95 % are over {n} random orders of the same interviews (seed {seed}).").format(
                n=asked.orders, seed=asked.seed
            )
        )
    return said
