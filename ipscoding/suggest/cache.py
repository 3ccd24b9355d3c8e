"""What was learnt, kept between runs in the user's cache folder: numbers and names only, nothing that is executed."""

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

from ipscoding.domain import Codebook
from ipscoding.suggest.space import Space
from ipscoding.suggest.texts import Utterance, sources
from ipscoding.suggest.training import Trained, packed, unpacked

ENGINE_VERSION = 3
"""Raised whenever the same input would be learnt differently."""

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
    """What a trained form depends on, as 64 hex digits: texts, engine and the libraries it rests on."""
    codes, texts, bank = sources(codebook, phrases)
    content = [
        ENGINE_VERSION,
        [version(name) for name in ("scikit-learn", "simplemma")],
        [code.id for code in codes],
        [[s.code, s.rule, s.norm, s.valence, s.text] for s in texts + bank],
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def load(name: str) -> Trained | None:
    """The trained form with that key; None where there is none, or none that can be read."""
    path = folder() / f"{name}.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            names = [name for name in bytes(data["names"]).decode().split("\n") if name]
            codes = tuple(json.loads(bytes(data["codes"]).decode()))
            space = Space(names, data["idf"].astype(np.float32), int(data["first_letter"]))
            weights = unpacked(data["weights"], data["steps"])
            bias = data["bias"]
            slope, shift = (float(value) for value in data["calibration"])
    except _UNREADABLE:
        return None
    if weights.shape != (len(names), len(codes) + 1) or bias.shape != (len(codes) + 1,) or len(space.idf) != len(names):
        return None
    return Trained(codes, space, weights, bias, (slope, shift))


def save(name: str, trained: Trained) -> bool:
    """Keep a trained form; False where the folder cannot be written (the program then learns anew each time)."""
    numbers, steps = packed(trained.weights)
    target = folder() / f"{name}.npz"
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez_compressed(
                    file,
                    names=np.frombuffer("\n".join(trained.space.names).encode(), np.uint8),
                    codes=np.frombuffer(json.dumps(trained.codes).encode(), np.uint8),
                    first_letter=np.array(trained.space.first_letter),
                    idf=trained.space.idf,
                    weights=numbers,
                    steps=steps,
                    bias=trained.bias,
                    calibration=np.array(trained.calibration),
                )
            Path(temporary).replace(target)
        finally:
            Path(temporary).unlink(missing_ok=True)
        for old in sorted(target.parent.glob("*.npz"), key=lambda p: (p.stat().st_mtime, p.name))[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return False
    return True
