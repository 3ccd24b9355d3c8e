"""Other forms of what a project holds, out and in: CSV, JSON, Excel, the terminal; codings and informants from files."""
