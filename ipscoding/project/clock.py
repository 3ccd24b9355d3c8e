"""Hybrid logical time: wall time that never goes back, so that events from several machines can be put in one order.

A stamp is text that sorts as time does: `2026-11-21T21:35:29.123456Z/0000`. The part after the slash counts acts
that fall on one microsecond or that a slow clock would put before an earlier act (Kulkarni et al. 2014).
"""

from datetime import UTC, datetime, timedelta

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"
_LAST = 9999


def now() -> str:
    """Wall time in UTC, ISO 8601 with microseconds and `Z`."""
    return datetime.now(UTC).strftime(_FORM)


def after(last: str, wall: str) -> str:
    """The next stamp, given the `last` one in the project (empty: none) and the `wall` time."""
    time, _, count = last.partition("/")
    if wall > time:
        return f"{wall}/0000"
    if int(count) >= _LAST:
        # five digits would sort before four: the next microsecond begins
        return f"{(datetime.strptime(time, _FORM) + timedelta(microseconds=1)).strftime(_FORM)}/0000"
    return f"{time}/{int(count) + 1:04d}"


def wall_time(stamp: str) -> str:
    """The wall-time part of a stamp: `2026-11-21T21:35:29.123456Z`."""
    return stamp.partition("/")[0]


def to_second(time: str) -> str:
    """A wall time or stamp, as people read it: `2026-11-21T21:35:29Z`."""
    return time[:19] + "Z"
