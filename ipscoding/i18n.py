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


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark `message` for the catalogue without translating it yet."""
    return message
