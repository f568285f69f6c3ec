import subprocess
import sys
from pathlib import Path

from chassis.metrics import DomainGauge
from chassis.metrics.page import page

ROOT = Path(__file__).parents[4]


def people() -> list[tuple[tuple[str, str], float]]:
    return []


people.__module__ = "services.registry.people.metrics"


def test_the_page_is_what_the_code_declares() -> None:
    command = [sys.executable, "-m", "chassis.metrics", "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own command line
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_a_figure_of_the_domain_stands_under_its_service_with_the_values_of_its_labels() -> None:
    gauge = DomainGauge("nassij_people", "People.", ["region", "state"], people, {"state": ("here", "there")})
    told = page([gauge]).partition("## The domain")[2]
    assert "### Registry" in told
    row = "| `nassij_people` | gauge | `region`: codes of regions; `state`: `here`, `there` | 1 | People. | web, background |"
    assert row in told


def test_a_counter_stands_under_the_name_by_which_it_is_asked_for() -> None:
    assert "| `nassij_consumer_events_total` | counter |" in page([])
