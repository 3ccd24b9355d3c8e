"""Norwegian: pipelines, lemmas, compounds."""
