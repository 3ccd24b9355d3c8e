"""The sentences in which history, undo and redo speak of an act."""

from collections.abc import Mapping
from typing import Any

from ipscoding.domain import Valence
from ipscoding.i18n import N_, _, ngettext

ACTS = {
    "new": N_("project made"),
    "coder": N_("new coder: {coder}"),
    "settings": N_("setting changed: {key}"),
    "import": N_("import: {n} documents"),
    "remove-document": N_("document removed: {document}"),
    "informants": N_("informants: {n} updated"),
    "codebook": N_("codebook: {title}"),
    "code": N_("coding: {code} {sign}, turn {turn}"),
    "code-many": N_("{n} codings added"),
    "change": N_("coding changed: {code} {sign}, turn {turn}"),
    "remove": N_("coding removed: {code} {sign}, turn {turn}"),
    "remove-many": N_("{n} codings removed"),
    "accept": N_("suggestion accepted: {code} {sign}, turn {turn}"),
    "reject": N_("suggestion rejected: {code}, turn {turn}"),
    "memo": N_("memo"),
    "status": N_("status: {document}, {status}"),
    "demo": N_("example project built"),
}

_COUNTED = {
    "import": ("import: {n} document", "import: {n} documents"),
    "informants": ("informants: {n} updated", "informants: {n} updated"),
    "code-many": ("{n} coding added", "{n} codings added"),
    "remove-many": ("{n} coding removed", "{n} codings removed"),
}


def sentence(name: str, params: Mapping[str, Any]) -> str:
    """The sentence of an act in the language in use; an act of a later version speaks by its name."""
    values = dict(params)
    if "valence" in values:
        values["sign"] = Valence(values["valence"]).sign
    if "status" in values:
        values["status"] = status_name(str(values["status"]))
    if name in _COUNTED and "n" in values:
        return ngettext(*_COUNTED[name], int(values["n"])).format(**values)
    try:
        return _(ACTS[name]).format(**values) if name in ACTS else name
    except KeyError:
        return name


def status_name(status: str) -> str:
    """A document's status for a coder, in words."""
    return {"coding": _("coding"), "done": _("done")}.get(status, _("not started"))
