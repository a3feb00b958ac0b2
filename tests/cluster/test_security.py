"""Who may join: certificates of one authority, and nothing plain where TLS is spoken."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from stat import S_IMODE

import anyio
import pytest
from cryptography import x509

from jpt.cluster import certificates
from jpt.cluster.coordinator_address import CoordinatorAddress
from jpt.cluster.peer_connection import PeerConnection, dialled
from jpt.cluster.worker import Worker
from jpt.errors import InputError, NotJoined, UsageError
from jpt.settings import Settings
from tests.cluster.place import Place, coordinator

Make = Callable[..., Settings]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    certificates.make(folder := tmp_path_factory.mktemp("certificates") / "cluster")
    return folder


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    certificates.make(folder := tmp_path_factory.mktemp("others") / "cluster")
    return folder


def refused(settings: Settings, server: ssl.SSLContext | None, client: ssl.SSLContext | None) -> tuple[str, str]:
    """Let a worker try to join: what it ends with, and what the coordinator says."""
    ended: list[str] = []
    told: list[str] = []

    async def main() -> None:
        with anyio.fail_after(20):
            async with coordinator(settings, server) as place:
                address = CoordinatorAddress("127.0.0.1", place.port, client is not None)
                with pytest.raises(NotJoined) as caught:
                    await Worker(settings, address, client, None, "w", lambda _: None, lambda _: None).run()
                ended.append(caught.value.sentence)
                told.append(await place.told("was refused"))

    anyio.run(main)
    return ended[0], told[0]


def test_a_worker_of_another_authority_is_refused_by_both_ends(settings: Make, ours: Path, theirs: Path) -> None:
    server = certificates.context(ours / certificates.COORDINATOR, server=True)
    worker = certificates.context(theirs / certificates.WORKER, server=False)

    said, told = refused(settings(), server, worker)

    assert "certificate of another cluster" in said
    assert "worker.pem" in told


def test_a_worker_cannot_pose_as_the_coordinator(settings: Make, ours: Path) -> None:
    server = certificates.context(ours / certificates.COORDINATOR, server=True)
    server.load_cert_chain(ours / certificates.WORKER)

    said, _ = refused(settings(), server, certificates.context(ours / certificates.WORKER, server=False))

    assert "certificate" in said


def test_a_plain_worker_is_refused_with_a_sentence_at_both_ends(settings: Make, ours: Path) -> None:
    said, told = refused(settings(), certificates.context(ours / certificates.COORDINATOR, server=True), None)

    assert "tls://" in said
    assert "tls://" in told


def test_a_worker_that_speaks_tls_to_a_plain_coordinator_is_told_so(settings: Make, ours: Path) -> None:
    said, told = refused(settings(), None, certificates.context(ours / certificates.WORKER, server=False))

    assert "does not speak TLS" in said
    assert "uses TLS" in told


def test_without_a_certificate_nobody_is_heard(settings: Make, ours: Path) -> None:
    bare = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    bare.check_hostname = False
    bare.verify_mode = ssl.CERT_NONE

    async def main() -> None:
        with anyio.fail_after(20):
            security = certificates.context(ours / certificates.COORDINATOR, server=True)
            async with coordinator(settings(), security) as place, dialled("127.0.0.1", place.port, bare):
                await place.told("no certificate")

    anyio.run(main)


def test_whoever_has_the_file_joins(settings: Make, ours: Path) -> None:
    async def story(place: Place) -> None:
        worker = certificates.context(ours / certificates.WORKER, server=False)
        async with dialled("127.0.0.1", place.port, worker) as line:
            assert isinstance(line, PeerConnection)

    async def main() -> None:
        security = certificates.context(ours / certificates.COORDINATOR, server=True)
        async with coordinator(settings(), security) as place:
            await story(place)

    anyio.run(main)


def test_the_files_are_for_their_owner_and_are_not_made_twice(ours: Path) -> None:
    assert {S_IMODE(path.stat().st_mode) for path in ours.iterdir()} == {0o600}
    before = {path.name: path.read_bytes() for path in ours.iterdir()}
    with pytest.raises(UsageError):
        certificates.make(ours)
    assert {path.name: path.read_bytes() for path in ours.iterdir()} == before
    assert (ours / certificates.AUTHORITY).read_bytes()[:200] not in before[certificates.WORKER]


def test_a_machine_whose_clock_is_wrong_by_decades_can_join(ours: Path) -> None:
    for name in (certificates.AUTHORITY, certificates.COORDINATOR, certificates.WORKER):
        for one in x509.load_pem_x509_certificates((ours / name).read_bytes()):
            assert one.not_valid_before_utc.year == 2000
            assert one.not_valid_after_utc.year >= datetime.now(UTC).year + 25


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "worker.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        certificates.context(file, server=False)
    assert "worker.pem" in caught.value.sentence
