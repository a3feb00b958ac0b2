"""What is due becomes digests, and they go out: where the store, the rules and the ways out meet."""

from __future__ import annotations

from jpt.digest.filters import read_profiles
from jpt.digest.rules import KeptOut
from jpt.news import DEFAULT, Told
from jpt.settings import Settings
from jpt.store import Store


def telling(store: Store, settings: Settings, site: str, url: str) -> list[str]:
    """Say in sentences what becomes of a stored job: which rule keeps it out, and the digests that tell it.

    Raises SettingError when the rules file cannot be used.
    """
    job = store.due.job(site, url)
    if job is None:
        return []
    lines = []
    if mark := store.marks.of(url):
        lines.append(f"You marked it as {mark}: no digest tells it (`jpt {_VERB[mark]} {url} --undo`).")
    told = [one for one in store.digests.telling(url) if one.site == site]
    for profile in read_profiles(settings.filters):
        whose = "" if profile.name == DEFAULT else f" for {profile.name}"
        verdict = profile.verdict(job, settings.max_years)
        if isinstance(verdict, KeptOut):
            lines.append(f"Kept out of digests{whose}: {verdict.sentence}.")
        elif not mark and not any(one.channel.profile == profile.name for one in told):
            lines.append(f"It fits{whose}; the next digest tells it.")
    return lines + [_told_sentence(one) for one in told]


_VERB = {"hidden": "hide", "applied": "applied"}
_STATES = {
    "READY": "waits to be sent in",
    "SENDING": "is being sent in",
    "UNKNOWN": "may have been sent in",
    "SENT": "was told in",
    "FAILED": "is in a refused one,",
    "HELD": "waits for you in",
    "SPLIT": "was in",
}


def _told_sentence(told: Told) -> str:
    whose = "" if told.channel.profile == DEFAULT else f" to {told.channel.profile}"
    way = "" if told.channel.is_mail else " by another channel"
    copy = f", as a copy of {told.copy_of}" if told.copy_of else ""
    return f"It {_STATES[told.state]} digest {told.digest_id[:8]}{whose}{way}{copy}."
