"""Other programs' projects: read into one form, taken into a project of ours, and written."""
