"""The suggestion engine."""
