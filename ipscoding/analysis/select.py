"""Choosing among codings: the filters that `freq` and `excerpts` share."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from ipscoding.analysis.names import codes_matching, matching
from ipscoding.domain import Codebook, Excerpt, Valence
from ipscoding.i18n import _


def select(
    excerpts: Iterable[Excerpt],
    *,
    codes: Collection[str] = (),
    domains: Collection[str] = (),
    valences: Collection[str] = (),
    roles: Collection[str] = (),
    documents: Collection[str] = (),
    informants: Collection[str] = (),
    coders: Collection[str] = (),
    attributes: Mapping[str, Collection[str]] | None = None,
    codebook: Codebook | None = None,
    known: Mapping[str, Collection[str]] | None = None,
) -> Iterator[Excerpt]:
    """The excerpts that pass every filter given; within one filter any of its names will do, `*` fits anything.

    A code stands for itself and all below it in `codebook`; a document goes by name or id. `known` may hold the
    names that exist besides those in the excerpts, under `roles`, `documents`, `informants`, `coders` or an
    attribute's name: a known name without codings gives nothing, an unknown one raises `NotFound` with near matches.
    """
    rows = list(excerpts)
    exists = known or {}
    tests: list[Callable[[Excerpt], bool]] = []

    def add(what: str, wanted: Collection[str], of: Callable[[Excerpt], str], also: Iterable[str] = ()) -> None:
        if wanted:
            chosen = matching(wanted, {*map(of, rows), *also}, what)
            tests.append(lambda row: of(row) in chosen)

    if codes:
        ids = codes_matching(codes, codebook, (row.code for row in rows))
        tests.append(lambda row: row.code in ids)
    tops = [code.id for code in codebook.children(None)] if codebook else []
    add(_("No such domain"), domains, lambda row: row.domain, tops)
    add(_("No such direction"), valences, lambda row: row.valence.value, [valence.value for valence in Valence])
    add(_("No such role"), roles, lambda row: row.role, exists.get("roles", ()))
    add(_("No such informant"), informants, lambda row: row.informant, exists.get("informants", ()))
    add(_("No such coder"), coders, lambda row: row.coder, exists.get("coders", ()))
    if documents:
        names = {row.document for row in rows} | {row.document_id for row in rows} | set(exists.get("documents", ()))
        files = matching(documents, names, _("No such document"))
        tests.append(lambda row: row.document in files or row.document_id in files)
    if attributes:
        recorded = {name for row in rows for name in row.attributes} | set(exists)
        matching(attributes, recorded, _("No such attribute of informants"))
        for name, wanted in attributes.items():
            what = _("Attribute “{name}” has no such value").format(name=name)
            add(what, wanted, lambda row, name=name: row.attributes.get(name, ""), exists.get(name, ()))  # type: ignore[misc]
    return (row for row in rows if all(test(row) for test in tests))
