"""The table of commands. Each lives in a module of its own, which is imported when it is called."""

import importlib

import click

COMMANDS: dict[str, dict[str, tuple[str, str]]] = {
    "The stack on this machine": {
        "up": ("operator_cli.commands.up", "Start everything and wait until it is ready."),
        "down": ("operator_cli.commands.down", "Stop everything; data stays."),
        "reset": ("operator_cli.commands.reset", "Stop everything and remove all data."),
        "status": ("operator_cli.commands.status", "Say how each process does: readiness, lag, outbox, waiting keys."),
        "logs": ("operator_cli.commands.logs", "Show what processes wrote."),
        "support-bundle": ("operator_cli.support.command", "Pack what one needs to judge a fault from afar."),
        "doctor": ("operator_cli.doctor.command", "Look at all that is known to go wrong, and say what to do."),
        "process": ("operator_cli.commands.process", "Hold one process, let it run again, or kill it."),
        "clock": ("operator_cli.commands.clock", "Show or turn the demo clock."),
        "mail": ("operator_cli.commands.mail", "Read the mails that the local sink received."),
    },
    "Events": {
        "topics": ("operator_cli.commands.topics", "List the topics, or show the last events of one."),
        "trace": ("operator_cli.trace.command", "Tell how an event came to be, what it caused, and where that stopped."),
        "wait": ("operator_cli.commands.wait", "Wait until a service has applied an event, or until all is quiet."),
        "deadletters": (
            "operator_cli.commands.deadletters",
            "List, show, retry or discard events that a service could not apply.",
        ),
        "replay": ("operator_cli.commands.replay", "Make a service's projections anew from the events, or compare them."),
        "outbox": ("operator_cli.commands.outbox", "Show what waits to be published; publish again."),
    },
    "The programme": {
        "demo": ("operator_cli.demo.command", "Play the first region's programme from beginning to end."),
        "region": ("operator_cli.commands.region", "Show regions and what they still need; join, open."),
        "console": ("operator_cli.commands.console", "Say where the page of figures is, with a token to sign in; open it."),
        "token": ("operator_cli.commands.token", "Sign a token with the local issuer."),
    },
    "Developing": {
        "test": ("operator_cli.commands.test", "Run every check and test."),
        "contracts": ("operator_cli.commands.contracts", "Write or check the published contracts of all events."),
        "dashboards": ("operator_cli.commands.dashboards", "Write or check Grafana's dashboards."),
        "bench": ("operator_cli.bench.command", "Measure the event path and the HTTP path."),
    },
}


class Table(click.Group):
    """A group whose commands are found in COMMANDS; an attribute named like the command (a_b for a-b) is the command."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Every name, in the order of the table."""
        return [name for section in COMMANDS.values() for name in section]

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Import the one command that was called for."""
        for section in COMMANDS.values():
            if name in section:
                found = getattr(importlib.import_module(section[name][0]), name.replace("-", "_"))
                return found if isinstance(found, click.Command) else None
        return None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table as help, without importing what it names."""
        for title, section in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name, summary) for name, (_, summary) in section.items()])


@click.command(cls=Table, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def nassij() -> None:
    r"""Roll out a programme that strengthens associations, region by region.

    \b
    nassij demo          start all, play the first region's programme, leave it running
    nassij up            start all without it
    nassij status        how each process does
    nassij COMMAND -h    what a command does, with examples

    Commands that report take --json. They end with 0 when all is well, 1 when something is wrong in what they report,
    2 when they were called wrongly, 3 when the stack does not answer.
    """
