"""What was learnt from codebook and bank: shipped for the default codebook, else kept in the user's cache folder.

Numbers and names only, nothing that is executed, and nothing of a team's interviews or codings.
"""

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ipscoding import shipped
from ipscoding.domain import Codebook
from ipscoding.language import version
from ipscoding.suggest.sayings import Sayings
from ipscoding.suggest.space import Space
from ipscoding.suggest.texts import Utterance, sources
from ipscoding.suggest.training import Trained, packed, unpacked

ENGINE_VERSION = 5
"""Raised whenever the same input would be learnt differently."""

SHIPPED = "ips-trained.npz"
"""The trained form of the default codebook and its bank, beside them."""

_KEPT = 6
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)


def folder() -> Path:
    """Where trained forms lie: `$IPSCODING_HOME/cache`, else the system's cache folder for the user."""
    home = os.environ.get("IPSCODING_HOME")
    if home:
        return Path(home) / "cache" / "suggest"
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("ipscoding")) / "suggest"


def key(codebook: Codebook, phrases: Sequence[Utterance]) -> str:
    """What a trained form depends on, as 64 hex digits: the texts, the engine, and how words become keys."""
    codes, texts, bank = sources(codebook, phrases)
    content = [
        ENGINE_VERSION,
        version.version(),
        [code.id for code in codes],
        [[s.code, s.rule, s.norm, s.valence, s.text] for s in texts + bank],
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def load(name: str) -> Trained | None:
    """The trained form with that key, from what ships or from the cache; None where there is none that can be read."""
    for path in (folder() / f"{name}.npz", shipped.codebooks() / SHIPPED):
        found = read(path, name)
        if found is not None:
            return found
    return None


def read(path: Path, name: str) -> Trained | None:
    """The trained form in a file; None where it cannot be read or has another key than `name`."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            if bytes(data["key"]).decode() != name:
                return None
            names = [name for name in bytes(data["names"]).decode().split("\n") if name]
            codes = tuple(json.loads(bytes(data["codes"]).decode()))
            space = Space(names, data["idf"].astype(np.float32))
            weights = unpacked(data["weights"], data["steps"])
            directions = unpacked(data["directions"], data["direction_steps"])
            bias, leaning = data["bias"], data["leaning"]
            banked = bool(data["banked"])
            sayings = Sayings(data["said_codes"], data["said_starts"], data["said"])
    except _UNREADABLE:
        return None
    shape = (len(names), len(codes))
    if not (weights.shape == directions.shape == shape and bias.shape == leaning.shape == shape[1:]):
        return None
    if len(space.idf) != len(names) or not sayings.fits(len(codes), len(names)):
        return None
    return Trained(codes, space, weights, bias, directions, leaning, banked, sayings)


def save(name: str, trained: Trained) -> bool:
    """Keep a trained form; False where the folder cannot be written (the program then learns anew each time)."""
    target = folder() / f"{name}.npz"
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write(target, name, trained)
        for old in sorted(target.parent.glob("*.npz"), key=lambda p: (p.stat().st_mtime, p.name))[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def write(target: Path, name: str, trained: Trained) -> None:
    """Write a trained form to a file, whole or not at all.

    Raises:
        OSError: the folder cannot be written.
    """
    numbers, steps = packed(trained.weights)
    directions, direction_steps = packed(trained.directions)
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(
                file,
                key=np.frombuffer(name.encode(), np.uint8),
                names=np.frombuffer("\n".join(trained.space.names).encode(), np.uint8),
                codes=np.frombuffer(json.dumps(trained.codes).encode(), np.uint8),
                idf=trained.space.idf,
                weights=numbers,
                steps=steps,
                bias=trained.bias,
                directions=directions,
                direction_steps=direction_steps,
                leaning=trained.leaning,
                banked=np.array(trained.banked),
                said_codes=trained.sayings.codes,
                said_starts=trained.sayings.starts,
                said=trained.sayings.positions,
            )
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
