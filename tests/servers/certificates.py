"""Certificates for test servers, made with the openssl program."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.servers.clock import clock_at
from tests.servers.packages import run

CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
VALID_FOR_DAYS = "30"
ISSUES_CERTIFICATES = ("basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign")


@dataclass(frozen=True)
class KeyPair:
    """A PEM certificate and its PEM private key."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Authority:
    """A certificate authority of our own, its files in `directory`."""

    directory: Path
    made_at: datetime | None = None
    """From when on its certificates are valid; None is now."""

    @classmethod
    def make(cls, directory: Path, *, made_at: datetime | None = None) -> "Authority":
        """A new authority; its certificate is `ca.crt` in the directory."""
        directory.mkdir(parents=True, exist_ok=True)
        authority = cls(directory, made_at=made_at)
        additions = [part for addition in ISSUES_CERTIFICATES for part in ("-addext", addition)]
        own = authority.own
        subject = ["-subj", "/CN=test-authority", "-days", VALID_FOR_DAYS]
        authority._openssl(
            ["req", "-x509", *CURVE, *subject, *additions, "-keyout", own.key, "-out", own.certificate]
        )
        return authority

    @property
    def own(self) -> KeyPair:
        return KeyPair(self.directory / "ca.crt", self.directory / "ca.key")

    def issue(self, name: str, *, names: str = "DNS:localhost,IP:127.0.0.1") -> KeyPair:
        """A certificate for `name`, valid for server and client use under the given alternative names."""
        pair = KeyPair(self.directory / f"{name}.crt", self.directory / f"{name}.key")
        request, extensions = self.directory / f"{name}.csr", self.directory / f"{name}.ext"
        self._openssl(["req", *CURVE, "-subj", f"/CN={name}", "-keyout", pair.key, "-out", request])
        extensions.write_text(
            "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\n"
            f"extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName={names}\n"
        )
        signing = ("-CA", self.own.certificate, "-CAkey", self.own.key, "-CAcreateserial")
        signer: list[str | Path] = [*signing, "-days", VALID_FOR_DAYS]
        self._openssl(["x509", "-req", "-in", request, *signer, "-extfile", extensions, "-out", pair.certificate])
        return pair

    def _openssl(self, arguments: list[str | Path]) -> None:
        run(["openssl", *arguments], env=clock_at(self.made_at) if self.made_at else None)
