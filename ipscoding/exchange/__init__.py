"""What a project holds in other forms, out and in: CSV, JSON, Excel, the terminal; codings and informants from CSV."""
