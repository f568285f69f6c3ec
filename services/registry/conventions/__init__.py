"""Conventions: the signed agreements under which a region takes part."""
