"""The acts of a project in a few kinds, by which people look for them in the history."""

from ipscoding.i18n import N_, _

KINDS: dict[str, tuple[str, frozenset[str]]] = {
    "codings": (
        N_("Codings"),
        frozenset(
            (
                "code",
                "change",
                "remove",
                "split",
                "unite",
                "confirm",
                "code-many",
                "change-many",
                "remove-many",
                "review",
                "quote-yes",
                "quote-no",
                "quote-auto",
                "quote-many",
            )
        ),
    ),
    "consensus": (N_("Consensus"), frozenset(("adjudicate", "adjudicate-many", "reopen", "take-over"))),
    "suggestions": (N_("Suggestions"), frozenset(("accept", "reject"))),
    "notes": (N_("Memos and bookmarks"), frozenset(("memo", "bookmark"))),
    "codebook": (
        N_("Codebook"),
        frozenset(
            (
                *("codebook", "code-new", "code-change", "code-move", "code-retire", "code-back"),
                *("code-merge", "code-split"),
            )
        ),
    ),
    "interviews": (
        N_("Interviews and informants"),
        frozenset(("import", "land", "remove-document", "informant", "informants", "status", "revise", "revise-many")),
    ),
    "project": (
        N_("The project itself"),
        frozenset(
            (
                *("new", "coder", "coder-change", "settings", "demo", "merge", "decide", "split-project", "package"),
                *("fidelity", "fidelity-gone"),
            )
        ),
    ),
}
"""Each kind's name for people, and the names of the acts in it (keys of `acts.ACTS` and its counted ones)."""


def kind_name(kind: str) -> str:
    """A kind in the language in use."""
    return _(KINDS[kind][0])
