"""The program's version, in one place for the build, the journal and `--version`."""

__version__ = "0.1.0"
