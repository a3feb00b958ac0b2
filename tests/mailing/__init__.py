"""What tests of digests share: mail servers, good and bad, and a database with jobs in it."""

from tests.mailing.digest_sender import Clock as Clock
from tests.mailing.digest_sender import DigestSender as DigestSender
from tests.mailing.scripted import Scripted as Scripted
