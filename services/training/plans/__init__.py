"""Provincial plans: the modules that answer a province's needs."""
