"""The programme from its first day to its last: a table of contents."""

from collections.abc import Callable
from typing import NamedTuple

from operator_cli.demo.play import Play
from operator_cli.demo.steps import ending, holding, joining, registering, training


class Step(NamedTuple):
    """One step: what it is called, and what plays it and says what came of it."""

    title: str
    play: Callable[[Play], str]


STEPS = (
    Step("Load the territory", joining.load_territory),
    Step("Publish the roll-out pack", joining.publish_pack),
    Step("Sign the convention", joining.sign_convention),
    Step("Region 03 joins", joining.join),
    Step("A partner subscribes", joining.subscribe_partner),
    Step("Import associations", registering.import_associations),
    Step("Register members", registering.register_members),
    Step("Diagnose associations", registering.diagnose),
    Step("Establish provincial plans", training.establish_plans),
    Step("Open region 03", training.open_region),
    Step("Train trainers", training.train_trainers),
    Step("Form the competence pole", training.certify_trainers),
    Step("Plan sessions", training.plan_all_sessions),
    Step("Enrol, hold and close sessions", holding.enrol_all),
    Step("Issue certificates", ending.await_certificates),
    Step("Revoke a certificate", ending.revoke_one),
    Step("Regions 01, 07 and 09 join", ending.join_next_regions),
    Step("Wait for the last event", ending.come_to_rest),
)
