"""`ipscoding` and `python -m ipscoding`."""

import sys


def main() -> None:
    """Run the command line."""
    from ipscoding.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
