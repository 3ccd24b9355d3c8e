"""The forms in which every table is written; known by name, so that help needs no writer to be loaded."""

BY_SUFFIX = {
    ".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".xlsx": "xlsx", ".parquet": "parquet", ".txt": "table",
}  # fmt: skip
"""The form that a file's suffix means."""

FORMATS = ("table", "csv", "json", "jsonl", "xlsx", "parquet")
"""All forms; the first is what a terminal gets."""
