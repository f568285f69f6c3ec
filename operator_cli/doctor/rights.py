"""Whether the store's users are refused what they must not do, and whether secrets can be read by their owner alone."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from operator_cli.doctor.finding import Finding, Unseen, fail, fine, or_fine, unseen, warn
from operator_cli.doctor.sight import Sight
from operator_cli.stack.layout import Layout
from operator_cli.stack.rights import Trial
from operator_cli.stack.webhook_sink import SECRETS

USERS, FILES = "rights", "secrets"
FILE_MODE, FOLDER_MODE = 0o600, 0o700


def check(sight: Sight) -> Iterator[Finding]:
    """What users of the store may do; each attempt is really made."""
    trials = list(sight.trials())
    if trials and all(trial.unclear for trial in trials):
        raise Unseen(f"the store does not answer ({trials[0].unclear})")
    found = [*_granted(sight, trials), *_unclear(trials)]
    yield from found
    refused = sum(trial.refused for trial in trials)
    if refused:
        yield fine(USERS, "store", f"{refused} attempts at other databases and at making users were refused.")


def check_files(sight: Sight) -> Iterator[Finding]:
    """Owner and permissions of every file that holds a secret."""
    sight.must_be_here()
    files = secret_files(sight.layout)
    if not files:
        yield unseen(FILES, "secrets", "there are none yet; nassij up makes them")
        return
    found = [finding for path in files for finding in _permissions(path)]
    yield from or_fine(found, FILES, "secrets", f"{len(files)} files and folders of secrets can be read by their owner alone.")


def secret_files(layout: Layout) -> list[Path]:
    """The folders of secrets and every file in them that holds one."""
    folders = [folder for folder in (layout.secrets, layout.issuer) if folder.exists()]
    kept = [path for path in sorted(layout.secrets.glob("*")) if path.is_file()]
    more = [path for path in (layout.issuer / "key.pem", layout.webhooks / SECRETS) if path.exists()]
    return [*folders, *kept, *more]


def _granted(sight: Sight, trials: Iterable[Trial]) -> Iterator[Finding]:
    renew = f"nassij down; rm {sight.layout.stamps / 'store-users'}; nassij up"
    for trial in trials:
        if not trial.refused and not trial.unclear:
            yield fail(USERS, trial.user, f"The store let {trial.user} {trial.what}.", renew)


def _unclear(trials: Iterable[Trial]) -> Iterator[Finding]:
    for trial in trials:
        if trial.unclear:
            yield warn(
                USERS, trial.user, f"Whether {trial.user} may {trial.what} is not known: {trial.unclear}.", "nassij status"
            )


def _permissions(path: Path) -> Iterator[Finding]:
    found = path.stat()
    wanted = FOLDER_MODE if path.is_dir() else FILE_MODE
    mode = stat.S_IMODE(found.st_mode)
    if mode & ~wanted:
        yield fail(FILES, path.name, f"{path} has the permissions {mode:o}, not {wanted:o}.", f"chmod {wanted:o} {path}")
    if found.st_uid != os.getuid():
        told = f"{path} belongs to user {found.st_uid}, not to {os.getuid()}, who asks."
        yield warn(FILES, path.name, told, f"chown {os.getuid()} {path}")
