"""Secrets kept in the store, sealed with a key that only the settings give: a copy of the store tells nothing."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from chassis.settings import Settings, SettingsError

_FORM = b"\x01"
_NONCE_BYTES = 12


class Unsealable(Exception):  # noqa: N818 - named for what is wrong
    """What was sealed cannot be opened: another key secret, another purpose, or damage."""


class Seal:
    """Seals with AES-256-GCM under a key derived (HKDF) from NASSIJ_KEY_SECRET.

    ``purpose`` says what a secret is for (``issuer/03``): what was sealed for one purpose does not open for another.
    """

    def __init__(self, key_secret: str) -> None:
        self._key_secret = key_secret.encode()
        self._cipher = AESGCM(self._derived(b"nassij sealing 1"))

    @classmethod
    def from_settings(cls, settings: Settings) -> "Seal":
        """The seal that these settings give.

        Raises:
            SettingsError: they hold no key secret.

        """
        if not settings.key_secret:
            raise SettingsError("Set NASSIJ_KEY_SECRET (or NASSIJ_KEY_SECRET_FILE) to a secret of 32 characters or more.")
        return cls(settings.key_secret)

    def close(self, secret: bytes, purpose: str) -> bytes:
        """The secret as it may be kept."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _FORM + nonce + self._cipher.encrypt(nonce, secret, _FORM + purpose.encode())

    def open(self, kept: bytes, purpose: str) -> bytes:
        """The secret again.

        Raises:
            Unsealable: it was sealed with another key secret or for another purpose, or is damaged.

        """
        form, nonce, sealed = kept[:1], kept[1 : 1 + _NONCE_BYTES], kept[1 + _NONCE_BYTES :]
        try:
            # The form is part of what is authenticated, so that another form does not open either.
            return self._cipher.decrypt(nonce, sealed, form + purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise Unsealable(
                f"The secret kept for {purpose} does not open: check that NASSIJ_KEY_SECRET is the one it was made with."
            ) from error

    def derive(self, purpose: str) -> bytes:
        """32 bytes that nobody without the key secret can tell, the same each time for a purpose."""
        return self._derived(b"nassij deriving 1 " + purpose.encode())

    def _derived(self, info: bytes) -> bytes:
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self._key_secret)
