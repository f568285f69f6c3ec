"""Channels: the ways out, behind small interfaces."""
