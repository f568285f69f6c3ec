"""Mail: an interface, and SMTP behind it."""

import smtplib
from collections.abc import Iterable
from email.message import EmailMessage
from functools import lru_cache
from typing import Protocol

from chassis.settings import Address, Settings

TIMEOUT_SECONDS = 15.0
PERMANENT = range(500, 600)


class NotTaken(Exception):  # noqa: N818 - an outcome that the caller expects
    """A message was not taken: ``for_good`` or for the moment. The reason names codes, never an address."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.reason, self.for_good = reason, for_good


class Mailer(Protocol):
    """Takes mail to be delivered."""

    def deliver(self, mail: EmailMessage) -> None:
        """Hand a mail over.

        Raises:
            NotTaken: it was refused, or nobody answers.

        """
        ...


class SmtpMailer:
    """Hands mail to an SMTP server, a connection each."""

    def __init__(self, server: Address) -> None:
        self._server = server

    def deliver(self, mail: EmailMessage) -> None:
        """Hand a mail over.

        Raises:
            NotTaken: for good where the server answers 5xx, else for the moment.

        """
        try:
            with smtplib.SMTP(self._server.host, self._server.port, timeout=TIMEOUT_SECONDS) as smtp:
                smtp.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            raise _refused("recipient", [code for code, _ in refused.recipients.values()]) from None
        except (smtplib.SMTPConnectError, smtplib.SMTPHeloError) as refused:
            # It refuses us, whatever we bring: no fault of this mail.
            raise NotTaken(f"the mail server refused the connection ({refused.smtp_code})", for_good=False) from None
        except smtplib.SMTPResponseException as refused:
            raise _refused("mail", [refused.smtp_code]) from None
        except smtplib.SMTPNotSupportedError:
            raise NotTaken("the mail server takes no such address", for_good=True) from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotTaken(f"the mail server does not answer ({type(error).__name__})", for_good=False) from None


def _refused(what: str, codes: Iterable[int]) -> NotTaken:
    # Chained to nothing and without the server's words: they repeat the address.
    found = sorted(set(codes))
    named = ", ".join(str(code) for code in found)
    return NotTaken(f"the mail server refused the {what} ({named})", for_good=all(code in PERMANENT for code in found))


@lru_cache(maxsize=1)
def mailer() -> Mailer:
    """The mailer that NASSIJ_SMTP names."""
    return SmtpMailer(Settings.from_environment(service="notifications").smtp)


@lru_cache(maxsize=1)
def sender_address() -> str:
    """From whom mails come, as NASSIJ_SMTP_FROM says."""
    return str(Settings.from_environment(service="notifications").smtp_from)
