"""Issuers: who signs certificates in a region, and with which key."""
