"""The registry: territory, regions and their roll-out, associations, actors, diagnostics."""
