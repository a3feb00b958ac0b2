"""What becomes of one job: which rule keeps it out, and the digests that report it, for `jpt why`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jpt.digest.filters import read_profiles
from jpt.digest.rules import KeptOut
from jpt.models.digests import DEFAULT, MAIL, Channel, InDigest
from jpt.models.postings import DECIDED
from jpt.settings import Settings
from jpt.store import Store


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing that is true of a job."""

    kind: Literal["marked", "kept_out", "due", "fits", "in_digest"]
    sentence: str


def explanations(store: Store, settings: Settings, site: str, url: str) -> list[Explanation]:
    """Return what becomes of a stored job; raises SettingError when the rules file cannot be used."""
    job = store.unreported.job(site, url)
    if job is None:
        return []
    found = []
    stage = store.marks.of(url).stage
    if stage in DECIDED:
        found.append(
            Explanation("marked", f"You marked it as {stage}: no digest lists it (`jpt mark --undo {url}`).")
        )
    reported = [one for one in store.reported.of(url) if one.site == site]
    for profile in read_profiles(settings.filters):
        whose = "" if profile.name == DEFAULT else f" for {profile.name}"
        verdict = profile.verdict(job, settings.max_years)
        if isinstance(verdict, KeptOut):
            found.append(Explanation("kept_out", f"Kept out of digests{whose}: {verdict.sentence}."))
        elif stage not in DECIDED and not any(one.channel.profile == profile.name for one in reported):
            due = any(one.key == job.key for one in store.unreported.jobs(Channel(profile.name, MAIL), 10**6))
            next_one = "; the next digest reports it" if due else ""
            found.append(Explanation("due" if due else "fits", f"It fits{whose}{next_one}."))
    return found + [Explanation("in_digest", _sentence(one)) for one in reported]


_STATES = {
    "READY": "waits to be sent in",
    "SENDING": "is being sent in",
    "UNKNOWN": "may have been sent in",
    "SENT": "was sent in",
    "FAILED": "is in a refused one,",
    "HELD": "waits for you in",
    "SPLIT": "was in",
}


def _sentence(found: InDigest) -> str:
    whose = "" if found.channel.profile == DEFAULT else f" to {found.channel.profile}"
    way = "" if found.channel.is_mail else " by another channel"
    copy = f", as a copy of {found.copy_of}" if found.copy_of else ""
    return f"It {_STATES[found.state]} digest {found.digest_id[:8]}{whose}{way}{copy}."
