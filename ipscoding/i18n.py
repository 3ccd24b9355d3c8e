"""Words that users read, in their language: a thin layer over gettext.

English is the language of the source. `choose` sets the language once, before any screen or command is built.
"""

import gettext
import locale
import os
from pathlib import Path

LANGUAGES = ("nb", "nn", "en")
_CATALOGUES = Path(__file__).parent / "locale"
_FALLBACK = {"nn": ["nn", "nb"], "nb": ["nb"], "en": []}

_language = "en"
_translations: gettext.NullTranslations = gettext.NullTranslations()


def from_locale() -> str:
    """The language the system asks for: `nb`, `nn` or `en` (anything that is not Norwegian)."""
    wanted = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)),
        locale.getlocale()[0] or "",
    ).lower()
    if wanted.startswith("nn"):
        return "nn"
    return "nb" if wanted.startswith(("nb", "no", "norwegian")) else "en"


def choose(language: str | None = None) -> str:
    """Speak `language` (`nb`, `nn`, `en`) from now on, or what the locale says; gives the language chosen."""
    global _language, _translations
    chosen = language if language in LANGUAGES else from_locale()
    languages = _FALLBACK[chosen]
    _language = chosen
    # the words of click (usage, options, errors) go through gettext's global domain: they are in our catalogue too
    gettext.bindtextdomain("ipscoding", _CATALOGUES)
    gettext.textdomain("ipscoding")
    os.environ["LANGUAGE"] = ":".join([*languages, "en"])
    _translations = (
        gettext.translation("ipscoding", _CATALOGUES, languages=languages, fallback=True)
        if languages
        else gettext.NullTranslations()
    )
    return chosen


def language() -> str:
    """The language in use: `nb`, `nn` or `en`."""
    return _language


def _(message: str) -> str:
    """`message` in the language in use."""
    return _translations.gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """`one` or `many` after the number `n`, in the language in use."""
    return _translations.ngettext(one, many, n)


def percent(share: float, spoken: str | None = None, *, whole: bool = False) -> str:
    """A share (0 to 1) as per cent: `40 %`, `3,4 %` (`40%`, `3.4%` in English); a decimal only where it says something.

    `spoken` is the language it is written for; by default the one in use; `whole`: never a decimal, as for how far
    something is.
    """
    hundred = share * 100
    if whole:
        text = f"{hundred:.0f}"
    elif 0 < hundred < 0.05:
        text = "<0.1"
    elif 99.95 <= hundred < 100:
        text = ">99.9"
    else:
        fine = 0 < hundred < 9.95 or 99.5 <= hundred < 100
        text = f"{hundred:.1f}" if fine else f"{hundred:.0f}"
    return f"{text}%" if (spoken or _language) == "en" else f"{with_decimal_sign(text, spoken)} %"


def with_decimal_sign(text: str, spoken: str | None = None) -> str:
    """A number that Python has written, with the decimal sign of the language `spoken` (default: the one in use)."""
    return text if (spoken or _language) == "en" else text.replace(".", ",")


def quoted(text: str) -> str:
    """`text` in quotation marks, as the language in use has them: «…» in Norwegian, “…” in English."""
    return f"“{text}”" if _language == "en" else f"«{text}»"


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark `message` for the catalogue without translating it yet."""
    return message
