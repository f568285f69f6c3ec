"""`python -m operator_cli`: what the `nassij` script at the project's root runs."""

from operator_cli.app import nassij

if __name__ == "__main__":
    nassij(prog_name="nassij")
