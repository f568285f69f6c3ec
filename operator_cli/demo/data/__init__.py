"""Seeded data for the demo: associations in two files with the truth about each row, and answers to a diagnostic."""

from operator_cli.demo.data.dataset import DECOYS, REGION, Dataset, Row, generate
from operator_cli.demo.data.diagnostics import answers

__all__ = ["DECOYS", "REGION", "Dataset", "Row", "answers", "generate"]
