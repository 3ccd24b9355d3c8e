"""The system's own reasons are said in the language in use."""

import errno
import os

import pytest

from ipscoding import i18n
from ipscoding.errors import system_reason


@pytest.mark.parametrize("code", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EISDIR])
def test_common_reasons_are_in_bokmal_and_as_the_system_says_in_english(code: int) -> None:
    error = OSError(code, os.strerror(code))
    assert system_reason(error) == os.strerror(code)
    i18n.choose("nb")
    assert system_reason(error) not in ("", os.strerror(code))


def test_an_uncommon_reason_is_in_the_systems_words_and_none_is_the_kind_of_error() -> None:
    assert system_reason(OSError(errno.EXDEV, "Cross-device")) == "Cross-device"
    assert system_reason(TimeoutError()) == "TimeoutError"
