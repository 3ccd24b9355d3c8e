"""Times as other programs write them, in UTC."""

from datetime import UTC, datetime, tzinfo


def utc(written: str, zone: tzinfo | None = UTC) -> str:
    """A time as ISO 8601 in UTC to the second (`2026-03-01T09:15:00Z`); empty where `written` is no time.

    A time that does not say its zone is in `zone` (None: that of this computer).
    """
    try:
        moment = datetime.fromisoformat(written.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone) if zone else moment.astimezone()
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return ""
