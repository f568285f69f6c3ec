"""Grafana's dashboards of Nassij as code, and beside it the JSON that it makes (`nassij dashboards write`).

Titles and descriptions are in French, the working language of those who watch; the code speaks English as everywhere.
"""
