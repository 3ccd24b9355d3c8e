"""Names of variables that SPSS, R and Python all take as they are."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 64
"""What SPSS takes, in bytes; all the letters here are one byte long."""

_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "ß": "ss", "ð": "d", "þ": "th"}
)
_OTHER = re.compile(r"[^A-Za-z0-9]+")
# words of SPSS, R and Python, in small letters
_RESERVED = frozenset((
    "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with", "if", "else", "repeat",
    "while", "function", "for", "next", "break", "true", "false", "null", "inf", "nan", "na", "in", "as", "assert",
    "async", "await", "class", "continue", "def", "del", "elif", "except", "finally", "from", "global", "import",
    "is", "lambda", "none", "nonlocal", "pass", "raise", "return", "try", "yield",
))  # fmt: skip


def variable_name(text: str, taken: Container[str] = ()) -> str:
    """`text` as the name of a variable: `org.colocation` gives `org_colocation`, `nærhet` gives `naerhet`.

    Letters of the English alphabet, digits and single underscores; begins with a letter, ends in none of `_`; at most
    64 characters. Where the name in small letters is among those `taken`, a number goes at its end.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_LETTERS))
    name = _OTHER.sub("_", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip("_")
    if not name or not name[0].isalpha() or name.lower() in _RESERVED:
        name = f"v_{name}".rstrip("_")
    first = name = name[:LONGEST].rstrip("_")
    number = 2
    while name.lower() in taken:
        ending = f"_{number}"
        name = first[: LONGEST - len(ending)].rstrip("_") + ending
        number += 1
    return name
