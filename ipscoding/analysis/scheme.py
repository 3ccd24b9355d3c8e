"""What codings are counted by: codes, domains, and the frameworks that a codebook maps its codes to."""

from collections.abc import Collection, Iterable, Sequence

from ipscoding.analysis.names import codes_matching, natural
from ipscoding.domain import Codebook

OF_CODES = ("code", "domain")
"""What codings can be grouped by, besides any framework in the codebook's links (`cfir`, `ips_principle`, ...)."""

Unit = tuple[str, ...]
"""Values of the dimensions of one code: what is united and counted as one thing."""


def frameworks(codebook: Codebook) -> list[str]:
    """The frameworks that the codes of `codebook` are mapped to, in the order they first appear."""
    return list(dict.fromkeys(name for code in codebook.codes for name in code.links))


class Scheme:
    """The rows that codes make.

    Args:
        codebook: its active codes each have a row, used or not.
        dimensions: those of `code`, `domain` and frameworks that figures are grouped by, in order.
        found: the codes in the codings; retired and unknown ones among them have rows too.
        chosen: patterns of codes that rows are limited to; empty for all.
        parents: whether codes that only group others have rows beside the codes under them.
        among: the ids of the codes that a query leaves; None for all.

    `units` are the rows in order; `plain` says that every coding counts in exactly one of them, `limited` that some
    count in none.
    """

    def __init__(
        self,
        codebook: Codebook,
        dimensions: Sequence[str],
        found: Iterable[str],
        chosen: Collection[str] = (),
        parents: bool = False,
        among: Collection[str] | None = None,
    ) -> None:
        self._codebook = codebook
        self._dimensions = tuple(dimensions)
        in_codings = set(found)
        unknown = sorted(in_codings - set(codebook.by_id), key=natural)
        wanted = codes_matching(chosen, codebook, in_codings) if chosen else None
        ids = [*codebook.by_id, *unknown]
        self._chosen = {code for code in ids if (wanted is None or code in wanted) and (among is None or code in among)}
        active = {code.id for code in codebook.active()}
        if parents:
            active |= {above.id for code in codebook.active() for above in codebook.path(code.id)}
        in_rows = [code for code in ids if code in self._chosen and (code in active or code in in_codings)]
        self._in_rows = set(in_rows)
        below_rows = any(
            step.id in self._in_rows for code in in_codings for step in codebook.path(code)[:-1] if "code" in dimensions
        )
        self.limited = wanted is not None or among is not None
        self.plain = not self.limited and not below_rows
        self._targets: dict[str, list[Unit]] = {}
        self.units: list[Unit] = list(dict.fromkeys(self.unit(code) for code in in_rows)) if dimensions else [()]

    def unit(self, code: str) -> Unit:
        """The values that `code` itself has for the dimensions."""
        return tuple(self._value(code, name) for name in self._dimensions)

    def nests(self) -> list[tuple[Unit, list[Unit]]]:
        """The rows of codes that stand above others in rows, each with the rows right below it."""
        if "code" not in self._dimensions:
            return []
        below: dict[str, list[Unit]] = {}
        for code in self._in_rows:
            above = [step.id for step in self._codebook.path(code)[:-1] if step.id in self._in_rows]
            if above:
                below.setdefault(above[-1], []).append(self.unit(code))
        return [(self.unit(code), sorted(units)) for code, units in below.items()]

    def targets(self, code: str) -> list[Unit]:
        """The rows in which a coding with `code` counts: its own and those of the codes above; none if not chosen."""
        targets = self._targets.get(code)
        if targets is None:
            targets = self._targets[code] = self._find(code)
        return targets

    def _find(self, code: str) -> list[Unit]:
        if code not in self._chosen:
            return []
        if "code" not in self._dimensions:
            return [self.unit(code)]
        above = [parent.id for parent in self._codebook.path(code)[:-1] if parent.id in self._in_rows]
        return [self.unit(row) for row in (*above, code)]

    def _value(self, code: str, dimension: str) -> str:
        if dimension == "code":
            return code
        if dimension == "domain":
            top = self._codebook.domain(code)
            return top.id if top else ""
        path = reversed(self._codebook.path(code))
        return next((step.links[dimension] for step in path if step.links.get(dimension)), "")
