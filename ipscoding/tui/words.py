"""Words that several screens say: valences, units, where a coding came from, statuses."""

from ipscoding.domain import Code, Valence
from ipscoding.i18n import _
from ipscoding.tui.colours import HUES
from ipscoding.tui.navigation import Unit


def valence_name(valence: Valence) -> str:
    """A valence in words."""
    return {
        Valence.BARRIER: _("barrier"),
        Valence.FACILITATOR: _("facilitator"),
        Valence.BOTH: _("both"),
        Valence.NONE: _("no direction"),
    }[valence]


def strength_name(strength: int | None) -> str:
    """How much a coding counts, in words."""
    return _("strength {n}").format(n=strength) if strength else _("no strength")


def allowed(code: Code) -> list[Valence]:
    """The valences a coding with `code` may have, in the order they are offered."""
    return [valence for valence in Valence if code.allows(valence)]


def valences_allowed(code: Code) -> str:
    """Which valences a code allows, in a line."""
    return _("Valence: {names}").format(names=", ".join(f"{v.sign} {valence_name(v)}" for v in allowed(code)))


def valence_allowed_name(valence: Valence) -> str:
    """What the codings of a code may be, where the code allows `valence`."""
    return {
        Valence.BOTH: _("barriers and facilitators"),
        Valence.BARRIER: _("barriers only"),
        Valence.FACILITATOR: _("facilitators only"),
        Valence.NONE: _("without direction only"),
    }[valence]


def language_name(spoken: str) -> str:
    """A language by its name."""
    return {"nb": _("Bokmål"), "nn": _("Nynorsk"), "en": _("English")}.get(spoken, spoken)


def hue_name(hue: str) -> str:
    """A colour of the palette by its name."""
    names = (_("orange"), _("sky blue"), _("green"), _("pink"), _("blue"), _("vermilion"), _("yellow"))
    return dict(zip(HUES, names, strict=True)).get(hue, hue)


def unit_name(unit: Unit) -> str:
    """What one step of the cursor is, in words."""
    return {
        Unit.CHARACTER: _("character"),
        Unit.WORD: _("word"),
        Unit.SENTENCE: _("sentence"),
        Unit.TURN: _("turn"),
    }[unit]


def origin_name(origin: str) -> str:
    """How a coding came about, in words."""
    return {
        "manual": _("by hand"),
        "suggestion": _("from a suggestion"),
        "script": _("by a command"),
        "import": _("imported"),
        "agreed": _("coders agree"),
        "adjudicated": _("decided"),
    }.get(origin, origin)


STATUS_SIGNS = {"coding": "◐", "done": "●"}
NOT_STARTED = "○"


def quotable_name(choice: str) -> str:
    """What a mark for quoting says (`yes`, `no`; else there is none)."""
    return {"yes": _("worth quoting"), "no": _("never to be quoted")}.get(choice, _("no mark for quoting"))
