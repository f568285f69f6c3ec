"""Imports: associations handed in as a sheet, row by row."""
