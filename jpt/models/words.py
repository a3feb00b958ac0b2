"""Values of reads in words for people: the only place that has them. Pure.

Nothing compares, stores or parses what this gives: it is for screens, mails and listings alone.
"""

from __future__ import annotations

from jpt.models.changes import Change
from jpt.models.pages import Cut, Looked, Partial
from jpt.models.ways import Proof, SourceKind, WayReason, Why
from jpt.text.counts import counted
from jpt.text.numbers import whole

_LISTS = "the feed lists {jobs}, the page shows {shown:,}"
_WHY = {
    WayReason.NONE: "",
    WayReason.NO_FEED: "boards of this kind ({what}) have no public feed",
    WayReason.UNCLEAR: "the address asks for {what}, which only the page itself knows",
    WayReason.DOUBTED: "its feed is not believed: {what}",
    WayReason.NOT_COMPARED: "its feed could not be compared with the page: {what}",
    WayReason.SAME: "feed and page show the same {jobs}",
    WayReason.DIFFERENT: _LISTS,
    WayReason.NOTHING_SHOWN: "the page showed nothing to compare it with",
    WayReason.FEED_BELIEVED: f"{_LISTS}: the feed is believed",
    WayReason.PAGE_EMPTY: "the page shows no job, the feed lists {listed:,}: the feed is believed",
    WayReason.BOARD_ONLY: "the page shows no job, its board lists {listed:,}: the feed is believed",
    WayReason.PAGE_DECIDES: f"{_LISTS}: the page decides, the feed brings the posts",
    WayReason.PAGE_LARGER: f"{_LISTS}: the page is believed, and the feed for what only that lists",
    WayReason.BOTH: f"{_LISTS}, {{others:,}} of them others: both are taken",
    WayReason.STRANGE_BOARD: "{what} lists {jobs}, none of which the page shows",
}


def why_words(why: Why) -> str:
    """Return why a page is read the way it is, in a clause; empty where there is nothing to know."""
    figures = {"listed": why.listed, "shown": why.shown, "others": why.others}
    words = _WHY[why.reason].format(what=why.what, jobs=counted(why.listed, "job"), **figures)
    bad = f"{why.bad_rows:,} of {counted(why.rows, 'row')} cannot be used: {why.bad_row.rstrip('.')}"
    return "; ".join(filter(None, [bad if why.bad_rows else "", words]))


def proof_words(proof: Proof) -> str:
    """Return what a list is known by without a browser: `the data at https://… holds its list`; or empty."""
    return source_words(proof.url, proof.kind) if proof.url else ""


def source_words(url: str, kind: SourceKind) -> str:
    """Return what holds a list: `its document holds its list`."""
    what = {"document": "its document", "json": f"the data at {url}", "html": f"what {url} gives"}
    return f"{what[kind]} holds its list"


def doubt_words(proof: Proof) -> str:
    """Return how often a source was wrong, and how far it is believed again; empty where it is believed."""
    if not proof.lies or proof.proofs >= proof.needed:
        return ""
    times = counted(proof.lies, "time")
    return f"HTTP was wrong about it {times}: {proof.proofs} of {proof.needed} reads agree since"


def recorded_words(*, flooded: int, moved: int, unopenable: int) -> str:
    """Return what is to be known of a good read, in a clause; empty where there is nothing."""
    parts = [
        f"{flooded:,} new jobs at once: the site may have been rebuilt" if flooded else "",
        counted(moved, "job has a new address", "jobs have new addresses") if moved else "",
        counted(unopenable, "job cannot be opened", "jobs cannot be opened") if unopenable else "",
    ]
    return "; ".join(part for part in parts if part)


def change_words(change: Change) -> str:
    """Return what became of a job, in a clause: `asks 8 years now, was 2; pay added: 50,000 EUR a year`."""
    if change.kind != "edited":
        return {"closed": "closed", "reopened": "open again", "moved": "has a new address"}[change.kind]
    pairs = [(name, pair) for name, pair in change.detail.items() if isinstance(pair, list) and len(pair) == 2]
    return "; ".join(_edit(name, *pair) for name, pair in pairs) or "changed"


def _edit(name: str, before: object, after: object) -> str:
    if name == "years":
        now = "asks for no years now" if after is None else f"asks {counted(whole(after) or 0, 'year')} now"
        return f"{now}, was {'none stated' if before is None else before}"
    if before is None:
        return f"{name} added: {after}"
    return f"{name} removed, was {before}" if after is None else f"{name} is {after} now, was {before}"


def way_words(why: Why, unsure: int) -> str:
    """Return what there is to know of the way a page is read, and of its *unsure* jobs; empty for nothing."""
    jobs = counted(unsure, "known job is", "known jobs are")
    missing = f"{jobs} missing from it, and open until that is sure" if unsure else ""
    return "; ".join(filter(None, [why_words(why), missing]))


def looked_words(looked: Looked) -> str:
    """Return how many unsure links were opened, as a sentence without its full stop."""
    return f"Opened {looked.opened:,} of {counted(looked.unsure, 'unsure link')} to see what they are"


def partial_words(partial: Partial) -> str:
    """Return how much of a list was read, and why not the rest: `30 of 40: page 4 gave HTTP 500`."""
    if partial.cut.reason == "count":
        return f"{partial.found:,} of {partial.of or 0:,}, incomplete"
    found = f"{partial.found:,} of {partial.of:,}" if partial.of else f"{partial.found:,} and more"
    return f"{found}: {cut_words(partial.cut)}"


def cut_words(cut: Cut) -> str:
    """Return why a list was not read to its end, in a clause."""
    page = f"page {cut.page}" if cut.page else "a further page"
    limit = cut.limit or 0
    match cut.reason:
        case "page" if cut.status:
            return f"{page} gave HTTP {cut.status}"
        case "page":
            return f"{page} could not be opened"
        case "host":
            return f"{page} may not be opened now"
        case "answer":
            answer = f"gave HTTP {cut.status}" if cut.status else "got no answer"
            return f"{page if cut.page else 'what loads more'} {answer}"
        case "time":
            return f"stopped after {limit:,} s"
        case "pages":
            return f"stopped after {counted(limit, 'page')}"
        case "presses":
            return f"stopped after loading more {counted(limit, 'time')}"
        case "links":
            return f"no more than {counted(limit, 'link')} are taken"
        case "broken":
            return "the page broke while the rest of its list was read"
        case "unturned":
            return f"its pager names {counted(limit, 'page')}, {cut.page or 1:,} of them read"
        case "count":
            return "the page says there are more"
