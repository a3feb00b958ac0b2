"""What tests of digests share: mail servers, good and bad, and a database with jobs in it."""

from tests.mailing.desk import Backend as Backend
from tests.mailing.desk import Clock as Clock
from tests.mailing.scripted import Scripted as Scripted
