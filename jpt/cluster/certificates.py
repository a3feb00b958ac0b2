"""The certificates of a cluster: one authority, one file for the coordinator, one to copy to every worker.

A file has all that its machine needs: its key, its certificate and the authority's. A worker's certificate is no
coordinator's (extended key usage, RFC 5280): no worker can pose as one. They are valid from long ago and for
decades: a machine whose clock is wrong can join.
"""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from jpt.errors import CannotCreate, InputError, UsageError
from jpt.files import write_whole

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

AUTHORITY, COORDINATOR, WORKER = "authority.pem", "coordinator.pem", "worker.pem"
SINCE = datetime(2000, 1, 1, tzinfo=UTC)
VALID = timedelta(days=30 * 365)


def folder_of(db: Path) -> Path:
    """Give the folder of the certificates that belong to a database."""
    return db.parent / "cluster"


def make(folder: Path) -> None:
    """Write the files of a new authority into *folder*; raises UsageError, InputError or CannotCreate.

    Files that are there already are kept: with others no worker could join any more.
    """
    if find_spec("cryptography") is None:
        raise UsageError(
            "`jpt cluster certificates` needs the package cryptography: pip install 'jpt[cluster]', or "
            "pipx inject jpt cryptography."
        )
    if any((folder / name).exists() for name in (AUTHORITY, COORDINATOR, WORKER)):
        raise UsageError(
            f"{folder} has certificates already. To replace them, remove the folder, make new ones and copy"
            " worker.pem to every worker again."
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in _made().items():
            write_whole(folder / name, content)
    except OSError as exc:
        raise CannotCreate(f"{folder} cannot be written: {exc.strerror}. Make it writable.") from exc


def context(file: Path, *, server: bool) -> ssl.SSLContext:
    """Give what a coordinator (*server*) or a worker speaks TLS with; raises InputError, also for no *file*.

    Each end must show a certificate of the authority; names are not compared, for machines move.
    """
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server else ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    made.check_hostname = False
    made.verify_mode = ssl.CERT_REQUIRED
    try:
        made.load_cert_chain(file)
        made.load_verify_locations(file)
    except FileNotFoundError:
        who = "`jpt cluster certificates` makes it" if server else "copy worker.pem from the coordinator"
        raise InputError(f"{file} is missing: {who}; see docs/cluster.md.") from None
    except (ssl.SSLError, OSError) as exc:
        raise InputError(f"{file} cannot be used as a certificate ({exc}). Copy it again.") from exc
    return made


def _made() -> dict[str, bytes]:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from cryptography.x509.oid import ExtendedKeyUsageOID

    def pem(key: ec.EllipticCurvePrivateKey, *certificates: x509.Certificate) -> bytes:
        parts = [key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())]
        return b"".join([*parts, *(one.public_bytes(Encoding.PEM) for one in certificates)])

    root_key = ec.generate_private_key(ec.SECP256R1())
    root = _certificate("jpt cluster authority", root_key, root_key, None, None)
    files = {AUTHORITY: pem(root_key, root)}
    for name, usage in ((COORDINATOR, ExtendedKeyUsageOID.SERVER_AUTH), (WORKER, ExtendedKeyUsageOID.CLIENT_AUTH)):
        key = ec.generate_private_key(ec.SECP256R1())
        own = _certificate(f"jpt {name.partition('.')[0]}", key, root_key, root, usage)
        files[name] = pem(key, own, root)
    return files


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    issuer: x509.Certificate | None,
    usage: x509.ObjectIdentifier | None,
) -> x509.Certificate:
    """Give a certificate of *key*; without an *issuer* it is the authority's own, else one for *usage*."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    is_root = issuer is None
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(SINCE)
        .not_valid_after(datetime.now(UTC) + VALID)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_root, key_cert_sign=is_root, crl_sign=is_root, content_commitment=False,
                key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )  # fmt: skip
    if usage is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return made.sign(signer, hashes.SHA256())
