"""Certification: who completed an activity holds a signed certificate that anybody can check."""
