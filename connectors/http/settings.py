"""How a tool is reached over HTTP, as vistas.toml says it. Secrets are named there, never written there."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from connectors.taking import Unobtainable
from vistas.redaction import looks_secret
from vistas.redaction.randomness import holds_random
from vistas.settings.values import an_address
from vistas.snapshot import GapReason

MEBIBYTE = 1 << 20
_SECRET_HEADER = re.compile(
    r"authorization|cookie|token|secret|passw|passphrase|credential|signature|session|jwt|bearer"
    r"|(?:^|[-_])(?:auth|key|apikey|pass|pwd|sig|sid)$|(?:api|access|auth|private|subscription|account)[-_]?key",
    re.IGNORECASE,
)


class Secret(BaseModel):
    """Where a secret is: an environment variable or a file. Read anew for each request, so rotation just works."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    env: str | None = Field(default=None, min_length=1)
    file: Path | None = None

    @model_validator(mode="after")
    def _stands_in_one_place(self) -> Secret:
        if (self.env is None) == (self.file is None):
            raise ValueError('a secret is either {env = "NAME"} or {file = "PATH"}')
        return self

    def read(self, *, for_header: bool = True) -> str:
        """The secret without the line end of its file. Raises Unobtainable where it cannot be had.

        `for_header` says that it will stand in a header as it is, where not every character may.
        """
        value = self._find()
        if not value.isprintable() or (for_header and not value.isascii()):
            where = f"The variable {self.env}" if self.env else f"The file {self.file}"
            message = f"{where} contains characters that this kind of secret cannot have."
            raise Unobtainable(GapReason.REFUSED, message, "Look for line ends and stray bytes in it.")
        return value

    def _find(self) -> str:
        if self.env is not None:
            if (value := os.environ.get(self.env)) is None:
                raise Unobtainable(
                    GapReason.REFUSED,
                    f"The environment variable {self.env}, which should hold a secret, is not set.",
                    "Set it where the app is started.",
                )
            return value.strip()
        assert self.file is not None  # noqa: S101 - one of the two stands, see above
        try:
            return self.file.expanduser().read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise Unobtainable(
                GapReason.REFUSED,
                f"The secret file {self.file} cannot be read: {_reason(error)}.",
                "Check the path, and that the app's user can read it.",
            ) from error


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else "it is not text"


def _base_url(url: str) -> str:
    return an_address(url, instead=": use username with password_file or password_env")


def _checked_headers(headers: dict[str, str | Secret]) -> dict[str, str | Secret]:
    for name, value in headers.items():
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
            # It is not told: a whole header may have been written there, its value included.
            raise ValueError("one of the names has a character that header names cannot have")
        if isinstance(value, Secret):
            continue
        if _SECRET_HEADER.search(name) or looks_secret(f"{name}: {value}") or holds_random(value):
            raise ValueError(
                f'{name} is a secret: write {{file = "PATH"}} or {{env = "NAME"}} instead of its value'
            )
        if not value.isascii() or not value.isprintable():
            raise ValueError(f"the value of {name} has characters that headers cannot have")
    return headers


class Cloud(StrEnum):
    """Whose accounts one can sign in with."""

    AWS = "aws"
    GOOGLE = "google"
    AZURE = "azure"


Word = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\s\x00-\x1f]+$")]


class HttpSettings(BaseModel):
    """The settings that every tool behind HTTP shares."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: Annotated[str, AfterValidator(_base_url)] = Field(description="its address, path prefix included")
    headers: Annotated[dict[str, str | Secret], AfterValidator(_checked_headers)] = Field(
        default={}, description='sent with every request; a secret value is {env = "NAME"} or {file = "PATH"}'
    )
    username: str | None = Field(default=None, description="for basic authentication")
    password_file: Path | None = Field(default=None, description="the file that holds the password")
    password_env: str | None = Field(default=None, description="the environment variable that holds the password")
    bearer_token_file: Path | None = Field(default=None, description="the file that holds a bearer token")
    bearer_token_env: str | None = Field(default=None, description="the variable that holds a bearer token")
    sign_in: Cloud | None = Field(
        default=None, description="sign in as the account that this cloud knows us by: aws, google or azure"
    )
    region: Word | None = Field(default=None, description="the region to sign for, with sign_in = aws")
    service: Word = Field(default="aps", description="the service to sign for, with sign_in = aws")
    profile: Word | None = Field(default=None, description="whose credentials, with sign_in = aws")
    scope: Annotated[str, Field(min_length=1, max_length=500)] | None = Field(
        default=None,
        description="what the token is for, with sign_in = google or azure; by default reading metrics",
    )
    client_cert: Path | None = Field(default=None, description="our certificate for mutual TLS, PEM")
    client_key: Path | None = Field(default=None, description="its key, unless client_cert holds both")
    ca_file: Path | None = Field(default=None, description="the authority that signed the tool's certificate, PEM")
    insecure_skip_verify: bool = Field(default=False, description="accept any certificate: for trying out only")
    timeout: float = Field(default=20.0, gt=0, le=600, description="seconds that one request may take")
    max_bytes: int = Field(
        default=64 * MEBIBYTE, ge=1024, le=2048 * MEBIBYTE, description="how large one answer may be, uncompressed"
    )
    at_once: int = Field(default=4, ge=1, le=64, description="how many requests may run at the same time")

    @model_validator(mode="after")
    def _fits_together(self) -> HttpSettings:
        if self.password_file and self.password_env:
            raise ValueError("password_file and password_env are both set: keep one")
        if self.bearer_token_file and self.bearer_token_env:
            raise ValueError("bearer_token_file and bearer_token_env are both set: keep one")
        if (self.username is not None) != (self.password is not None):
            raise ValueError("username and password_file (or password_env) belong together")
        if self.password and self.bearer_token:
            raise ValueError("set a user with a password, or a bearer token, not both")
        self._signs_in_one_way()
        if self.client_key and not self.client_cert:
            raise ValueError("client_key needs client_cert")
        return self

    def _signs_in_one_way(self) -> None:
        if self.sign_in and (self.password or self.bearer_token):
            raise ValueError("sign_in stands for a user with a password and for a bearer token: keep one")
        if self.sign_in is Cloud.AWS and not self.region:
            raise ValueError('sign_in = "aws" needs region, such as region = "eu-central-1"')
        of_aws = sorted({"region", "service", "profile"} & self.model_fields_set)
        if of_aws and self.sign_in is not Cloud.AWS:
            raise ValueError(f'{of_aws[0]} belongs to sign_in = "aws"')
        if self.scope and self.sign_in not in {Cloud.GOOGLE, Cloud.AZURE}:
            raise ValueError('scope belongs to sign_in = "google" or "azure"')

    @property
    def password(self) -> Secret | None:
        return _secret(self.password_env, self.password_file)

    @property
    def bearer_token(self) -> Secret | None:
        return _secret(self.bearer_token_env, self.bearer_token_file)


def _secret(env: str | None, file: Path | None) -> Secret | None:
    return Secret(env=env, file=file) if env or file else None
