"""The project file: one study in one SQLite file, with its journal."""
