"""Which words, pairs and rules this is: what was learnt from keys is worth nothing once they are made otherwise."""

import hashlib
import json
import re
from functools import cache
from importlib import import_module
from types import ModuleType

# By name, since a function of the package has the name of one of them.
_MODULES = ("bridge", "bridge_pairs", "compounds", "keys", "lemmas", "negation", "norm")


@cache
def version() -> str:
    """A hash (64 hex digits) of all that is written down in the modules that make keys: tables, rules, limits."""
    return fingerprint(*(import_module(f"ipscoding.language.{name}") for name in _MODULES))


def fingerprint(*modules: ModuleType) -> str:
    """A hash (64 hex digits) of the data at the top level of `modules`: what is no function, class or module."""
    content = [
        [module.__name__, name, _plain(value)]
        for module in modules
        for name, value in sorted(vars(module).items())
        if not name.startswith("__")
        and isinstance(value, str | int | float | tuple | list | dict | frozenset | re.Pattern)
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _plain(value: object) -> object:
    """The same as JSON can write it; pairs keep their order, since the first rule that fits is taken."""
    if isinstance(value, re.Pattern):
        return [value.pattern, value.flags]
    if isinstance(value, dict):
        return [[_plain(key), _plain(each)] for key, each in sorted(value.items())]
    if isinstance(value, frozenset):
        return sorted(str(each) for each in value)
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value
