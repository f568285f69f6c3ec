"""The turns of PromQL that panels share."""

SERVICE = 'service=~"$service"'
API = 'route!~"/livez|/readyz|/metrics|/ops/.*|\\\\(none\\\\)"'
"""Requests that the objective counts: no health, no metrics, no operators' own, no address that does not exist."""


def facts(metric: str, where: str = "", **labels: str) -> str:
    """A figure of the domain, which the web and the background processes of a service tell alike."""
    chosen = ", ".join([*filter(None, [where]), *(f'{label}="{value}"' for label, value in labels.items())])
    return f"max without (instance, role) ({metric}{{{chosen}}})"


def or_none(expr: str) -> str:
    """0 where there is nothing."""
    return f"{expr} or on () vector(0)"


def or_none_each(expr: str) -> str:
    """0 for each service of which there is nothing."""
    return f'{expr} or on (service) (0 * max by (service) (up{{job="nassij", {SERVICE}}}))'


def per_second(metric: str, by: str, where: str = SERVICE) -> str:
    """How often a second, added up."""
    return f"sum by ({by}) (rate({metric}{{{where}}}[$interval]))"


def quantile(share: float, histogram: str, by: str = "", where: str = SERVICE) -> str:
    """The time that this share of all stayed below, in seconds; NaN where nothing happened."""
    labels = f"{by}, le" if by else "le"
    return f"histogram_quantile({share}, sum by ({labels}) (rate({histogram}_bucket{{{where}}}[$interval])))"


def mean(histogram: str, by: str, where: str = SERVICE) -> str:
    """The mean of what was observed; NaN where nothing was."""
    return f"{per_second(histogram + '_sum', by, where)} / {per_second(histogram + '_count', by, where)}"


def kept(bad: str, total: str) -> str:
    """The share of recorded series that was good; 1 where there was nothing."""
    return f"1 - sum({bad}{{{SERVICE}}}) / (sum({total}{{{SERVICE}}}) > 0) or on () vector(1)"
