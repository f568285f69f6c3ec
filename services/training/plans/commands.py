"""Establishing plans."""

from chassis import clock
from chassis.commands import command
from chassis.problems import Invalid
from chassis.queries import find
from services.training.catalogue import queries as catalogues
from services.training.needs import queries as needs
from services.training.plans.model import Plan
from vocabulary import territory


@command
def establish(province: str) -> Plan:
    """Establish a province's plan from its needs as they are known now, in place of the one before.

    Raises:
        Invalid: there is no such province.
        NotFound: its region has no catalogue yet.
        RuleBroken: as the plan's rule says.

    """
    try:
        region = territory.province(province).region
    except territory.UnknownTerritory as unknown:
        raise Invalid("unknown-province", str(unknown), fields=[{"field": "province", "problem": "is not known"}]) from unknown
    catalogue = catalogues.of_region(region)
    plan = find(Plan, province) or Plan(province=province, region=region)
    plan.establish(
        needs.demands(province=province), catalogue=catalogue.codes, diagnosed=needs.diagnosed(province), on=clock.today()
    )
    return plan.save() if plan.recorded else plan
