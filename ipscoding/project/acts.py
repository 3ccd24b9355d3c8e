"""The sentences in which history, undo and redo speak of an act."""

from collections.abc import Callable, Mapping
from typing import Any

from ipscoding.domain import Valence
from ipscoding.i18n import N_, _, ngettext

ACTS = {
    "new": N_("project made"),
    "coder": N_("new coder: {coder}"),
    "settings": N_("setting changed: {key}"),
    "fidelity": N_("fidelity scores: {site}"),
    "fidelity-gone": N_("fidelity scores removed: {site}"),
    "remove-document": N_("interview removed: {interview}"),
    "codebook": N_("codebook: {title}"),
    "code": N_("coding: {code} {sign}, turn {turn}"),
    "change": N_("coding changed: {code} {sign}, turn {turn}"),
    "remove": N_("coding removed: {code} {sign}, turn {turn}"),
    "accept": N_("suggestion accepted: {code} {sign}, turn {turn}"),
    "reject": N_("suggestion rejected: {code}, turn {turn}"),
    "memo": N_("memo"),
    "informant": N_("informant changed: {informant}"),
    "status": N_("status: {interview}, {status}"),
    "code-new": N_("new code: {code}"),
    "code-change": N_("code changed: {code}"),
    "code-move": N_("code moved: {code}"),
    "code-retire": N_("code retired: {code}"),
    "code-back": N_("code back in use: {code}"),
    "code-merge": N_("code {code} merged into {target}"),
    "code-split": N_("code split: {code}"),
    "split": N_("coding split: {code} {sign}, turn {turn}"),
    "unite": N_("codings united: {code} {sign}, turn {turn}"),
    "bookmark": N_("bookmark"),
    "quote-yes": N_("worth quoting: {code}, turn {turn}"),
    "quote-no": N_("never to be quoted: {code}, turn {turn}"),
    "quote-auto": N_("no mark for quoting: {code}, turn {turn}"),
    "key": N_("key {digit}: {code}"),
    "key-free": N_("key {digit} is free"),
    "demo": N_("example project built"),
    "adjudicate": N_("disagreement decided: {code}, turn {turn}"),
    "reopen": N_("decision taken back: {code}, turn {turn}"),
    "package": N_("package for {coder}"),
    "decide": N_("conflict decided: {what}"),
    "coder-change": N_("coder changed: {coder}"),
    "revise": N_("interview revised: {interview}"),
}

_COUNTED: dict[str, Callable[[int], str]] = {
    "adjudicate-many": lambda n: ngettext("{n} disagreement decided", "{n} disagreements decided", n),
    "take-over": lambda n: ngettext(
        "consensus: {n} coding that coders agree on", "consensus: {n} codings that coders agree on", n
    ),
    "merge": lambda n: ngettext("merged: {n} act from {source}", "merged: {n} acts from {source}", n),
    "split-project": lambda n: ngettext("{n} package made", "{n} packages made", n),
    "import": lambda n: ngettext("import: {n} interview", "import: {n} interviews", n),
    "land": lambda n: ngettext(
        "taken over from {program}: {n} interview", "taken over from {program}: {n} interviews", n
    ),
    "revise-many": lambda n: ngettext("{n} interview revised", "{n} interviews revised", n),
    "review": lambda n: ngettext("{n} coding accepted after a revision", "{n} codings accepted after a revision", n),
    "informants": lambda n: ngettext("{n} informant updated", "{n} informants updated", n),
    "code-many": lambda n: ngettext("{n} coding added", "{n} codings added", n),
    "change-many": lambda n: ngettext("{n} coding changed", "{n} codings changed", n),
    "remove-many": lambda n: ngettext("{n} coding removed", "{n} codings removed", n),
    "quote-many": lambda n: ngettext("{n} coding marked for quoting", "{n} codings marked for quoting", n),
    "confirm": lambda n: ngettext("{n} coding confirmed", "{n} codings confirmed", n),
}


_CODES = ("code", "target")
"""What stands for a code, by its readable id, in an act's parameters."""


def sentence(name: str, params: Mapping[str, Any], code_name: Callable[[str], str] = str) -> str:
    """The sentence of an act in the language in use; an act of a later version speaks by its name.

    `code_name` gives the name of a code by its readable id.
    """
    values = {key: code_name(value) if key in _CODES else value for key, value in params.items()}
    if "valence" in values:
        values["sign"] = Valence(values["valence"]).sign
    if "status" in values:
        values["status"] = status_name(str(values["status"]))
    if name in _COUNTED and "n" in values:
        return _COUNTED[name](int(values["n"])).format(**values)
    try:
        return _(ACTS[name]).format(**values) if name in ACTS else name
    except KeyError:
        return name


def status_name(status: str) -> str:
    """A document's status for a coder, in words."""
    return {"coding": _("coding"), "done": _("done")}.get(status, _("not started"))
