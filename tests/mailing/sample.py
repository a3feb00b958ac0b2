"""A digest in which everything occurs: for looking at it and for checking its HTML.

`python -m tests.mailing.sample FOLDER` writes it there as HTML and text; with `--picture` also as PNG at 360 and 800
pixels, light and dark.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from jpt.digest.compose import Letter, letter
from jpt.digest.extras import DigestExtras
from jpt.digest.render import html, text
from jpt.models.digests import DeadTask, DigestEntry, FailingPage, HealthReport, News, PartialPage
from jpt.models.jobs import Confidence, Experience
from jpt.models.pages import Cut, Partial

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)
HOUR = 3_600_000


def asks(years: int, quote: str | None, *, stated: bool = True, confidence: Confidence = "high") -> Experience:
    return Experience(years, stated=stated, evidence=quote, confidence=confidence)


JOBS = (
    News(
        "Globex",
        "https://globex.example/careers/4411",
        "Support Analyst (m/f/d)",
        asks(1, "Mindestens 1 Jahr Berufserfahrung im Kundendienst"),
        NOW_MS - 30 * HOUR,
        location="Munich, Germany",
        posted="2026-11-21",
    ),
    News(
        "Initech",
        "https://initech.example/jobs/7",
        "Data Platform Engineer",
        asks(3, "3 years building data pipelines in production", confidence="low"),
        NOW_MS - 26 * HOUR,
        location="Austin, TX",
        remote="onsite",
        salary="110,000 to 135,000 USD a year",
    ),
    News(
        "Acme Robotics",
        "https://acme.example/jobs/204",
        "Graduate Software Engineer",
        asks(0, "No prior professional experience required; we will train you", stated=False),
        NOW_MS - 5 * HOUR,
        location="Berlin, Germany",
        remote="hybrid",
        salary="52,000 to 60,000 EUR a year",
        posted="2026-11-24",
    ),
    News(
        "Acme Robotics",
        "https://acme.example/jobs/207",
        "Machine Learning Engineer, Perception, for the next generation of warehouse vehicles",
        asks(2, "At least 2 years of professional experience with Python and one deep learning framework"),
        NOW_MS - 4 * HOUR,
        location="Berlin, Germany",
        remote="remote",
        posted="2026-11-24",
    ),
    News(
        "Umbrella Labs",
        "https://umbrella.example/o/qa",
        "QA Technician",
        asks(0, None, stated=False),
        NOW_MS - 2 * HOUR,
        location="Remote, EU",
    ),
    News(
        "Hooli",
        "https://hooli.example/x/91",
        "Platform Engineer",
        asks(2, "2+ years with Kubernetes"),
        NOW_MS - 400 * HOUR,
        newly_visible=True,
        location="Paris",
    ),
    News(
        "Stark",
        "https://stark.example/roles/welder.pdf",
        "Junior Welder",
        asks(0, None, stated=False, confidence="low"),
        NOW_MS - HOUR,
        unread="it is a document, not a page",
    ),
)
COPY = News("Vehicle Jobs", "https://board.example/acme-207", "ML Engineer", asks(2, None), NOW_MS)
HEALTH = HealthReport(
    38,
    (
        FailingPage(
            "Soylent",
            "https://soylent.example/careers",
            "blocked",
            "HTTP 403: the site asks for a captcha",
            NOW_MS - 80 * HOUR,
            9,
        ),
    ),
    (PartialPage("Wayne", "https://wayne.example/jobs", Partial(20, 143, Cut("count")), 1),),
    3,
    (DeadTask("Cyberdyne", "https://cyberdyne.example/j/9", "did not settle within 120 s"),),
)
ASIDES = DigestExtras(over_years=31, filtered=4, repeats=2, carried_over=0, max_years=3)


def sample(jobs: Sequence[News] = JOBS, health: HealthReport = HEALTH) -> Letter:
    """The digest of *jobs*."""
    copied = "https://acme.example/jobs/207"
    return letter([DigestEntry(job, (COPY,) if job.url == copied else ()) for job in jobs], health, ASIDES, NOW)


def main() -> None:
    """Write it into the folder given."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "digest.html").write_text(html(sample()), encoding="utf-8")
    (folder / "digest.txt").write_text(text(sample()), encoding="utf-8")
    (folder / "health.html").write_text(html(sample(())), encoding="utf-8")
    if "--picture" in sys.argv:
        for width in (360, 800):
            for mode in ("light", "dark"):
                _picture(folder, width, mode)


def _picture(folder: Path, width: int, mode: str) -> None:
    dark = ["--blink-settings=preferredColorScheme=0"] if mode == "dark" else []
    subprocess.run(
        ["chromium-headless-shell", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},1240", *dark,
         f"--screenshot={folder / f'digest-{width}-{mode}.png'}", (folder / "digest.html").resolve().as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
