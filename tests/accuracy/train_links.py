"""Make the second opinion on links from captured career pages, and print how right it is on pages left out.

    python -m tests.accuracy.train_links INDEX.jsonl… [OUT.json]

INDEX has one object a line: `id`, `file`, `base_url`, `repo`, `kind` (listing or other are used), `job_links`,
and optionally `platform`, `ambiguous_links`, `rendering`. Each page is rendered once. Needs numpy and scikit-learn,
which jpt itself does not. Every figure is of pages of which the model has seen neither the repository nor the host
nor the platform. No word of a page enters OUT.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import anyio
import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from jpt.cli import session
from jpt.cli.try_rules import Tools, source_page
from jpt.errors import TaskError
from jpt.extract.links.judging import LIKELY, UNLIKELY, doubted, judge
from jpt.extract.links.link_address import split
from jpt.extract.links.link_classifier import grouped
from jpt.extract.links.link_signs import Row, signs_of
from jpt.extract.links.page_signs import page_signs
from jpt.extract.links.relation import ListedPage
from jpt.extract.links.structure import candidates
from jpt.identity.urls import canonical
from jpt.inputs.input_documents import from_jsonl
from jpt.models.pages import PageRead

TREES, DEPTH, RATE, SIGNS_A_SPLIT = 150, 3, 0.08, 0.3
INNER, OUTER = 5, 8
"""Parts that are left out in turn: for the first stage, and to say how right both are."""
OWN = {None, "", "custom", "other", "none", "unknown", "static", "html", "wordpress"}
"""What is called a platform and says nothing of how a list is marked up."""
USED = {None, "static-or-rendered", "fragment"}


class Page:
    """One captured page: its links, their signs and what they are."""

    group = 0
    """Pages of one repository, host or platform have one number."""

    def __init__(self, row: dict[str, Any], read: PageRead) -> None:
        jobs = {_key(url) for url in row["job_links"]}
        unclear = {_key(url) for url in row.get("ambiguous_links") or []} - jobs
        platform = row.get("platform")
        self.alike = {f"repo {row['repo']}", f"host {split(row['base_url']).hostname}"}
        self.alike |= set() if platform in OWN else {f"platform {platform}"}
        self.all, here = candidates(read), ListedPage.of(read)
        self.rows, self.signs = signs_of(self.all, here), page_signs(read, self.all, here)
        self.truth = np.array([_key(one.url) in jobs for one in self.all])
        self.clear = np.array([_key(one.url) not in unclear for one in self.all])
        self.links = judge(read)
        self.rules = [link.is_job is True or (link.is_job is None and link.score >= 0.5) for link in self.links]

    def grouped(self, first: np.ndarray) -> list[Row]:
        """Give the signs that the second stage sees."""
        return grouped(self.rows, list(first), self.all, self.signs)

    def opened(self, chances: np.ndarray) -> list[bool]:
        """Tell which links are opened because the second opinion contradicts the rules."""
        each = zip(self.links, self.all, chances, strict=True)
        return [link.is_job is not None and doubted(link, *rest).is_job is None for link, *rest in each]


def _key(url: str) -> str:
    return (canonical(url) or url).rstrip("/").removesuffix("/apply")


def group(pages: list[Page]) -> None:
    """Number the pages so that no two numbers share a repository, a host or a platform."""
    known: list[tuple[set[str], list[Page]]] = []
    for page in pages:
        same = [each for each in known if each[0] & page.alike]
        known = [each for each in known if each not in same]
        known.append(
            (page.alike.union(*(names for names, _ in same)), [page, *(one for _, of in same for one in of)])
        )
    for number, (_, members) in enumerate(known):
        for page in members:
            page.group = number


def first_stage(pages: list[Page]) -> LogisticRegression:
    """Fit the signs of single links."""
    signs = np.array([row for page in pages for row in page.rows])
    truth = np.concatenate([page.truth for page in pages])
    clear = np.concatenate([page.clear for page in pages])
    return LogisticRegression(C=0.5, max_iter=3_000).fit(signs[clear], truth[clear])


def left_out(pages: list[Page]) -> dict[int, np.ndarray]:
    """Give first probabilities of each page by a model that did not see its group."""
    found = {}
    for part in range(INNER):
        model = first_stage([page for page in pages if page.group % INNER != part])
        for page in pages:
            if page.group % INNER == part:
                found[id(page)] = model.predict_proba(np.array(page.rows))[:, 1]
    return found


def second_stage(pages: list[Page]) -> GradientBoostingClassifier:
    """Fit links with what their like are."""
    first = left_out(pages)
    signs = np.array([row for page in pages for row in page.grouped(first[id(page)])])
    truth = np.concatenate([page.truth for page in pages])
    clear = np.concatenate([page.clear for page in pages])
    model = GradientBoostingClassifier(
        n_estimators=TREES,
        max_depth=DEPTH,
        learning_rate=RATE,
        subsample=0.7,
        max_features=SIGNS_A_SPLIT,
        min_samples_leaf=10,
        random_state=1,
    )
    return model.fit(signs[clear], truth[clear])


def judged(page: Page, one: LogisticRegression, two: GradientBoostingClassifier) -> np.ndarray:
    """Give the probabilities of a page's links."""
    first = one.predict_proba(np.array(page.rows))[:, 1]
    chances: np.ndarray = two.predict_proba(np.array(page.grouped(first)))[:, 1]
    return chances


def calibrated(chances: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Give the scale and the shift of log odds that make *chances* of unseen pages as likely as they say.

    What boosted trees say of pages that they have not seen is too sure of itself: they know few pages.
    """
    model = LogisticRegression(C=1e6).fit(odds(chances)[:, None], truth)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def odds(chances: np.ndarray) -> np.ndarray:
    """Give log odds."""
    kept = np.clip(chances, 1e-6, 1 - 1e-6)
    found: np.ndarray = np.log(kept / (1 - kept))
    return found


def surer(chances: np.ndarray, scale: float, shift: float) -> np.ndarray:
    """Give *chances* as calibrated."""
    found: np.ndarray = 1 / (1 + np.exp(-(scale * odds(chances) + shift)))
    return found


def exported(
    one: LogisticRegression, two: GradientBoostingClassifier, scale: float, shift: float
) -> dict[str, Any]:
    """Give the model as numbers."""
    share = two.init_.class_prior_[1]
    trees = [_nodes(each[0].tree_, 0) for each in two.estimators_]
    return {
        "bias": round(float(one.intercept_[0]), 4),
        "weights": [round(float(weight), 4) for weight in one.coef_[0]],
        "scale": round(scale, 4),
        "shift": round(shift, 4),
        "start": round(float(np.log(share / (1 - share))), 4),
        "trees": trees,
    }


def _nodes(tree: Any, at: int) -> list[Any]:
    if tree.children_left[at] < 0:
        return [round(float(tree.value[at][0][0]) * RATE, 4)]
    below, above = _nodes(tree, tree.children_left[at]), _nodes(tree, tree.children_right[at])
    return [int(tree.feature[at]), round(float(tree.threshold[at]), 4), below, above]


def report(name: str, found: list[tuple[Page, list[bool]]]) -> None:
    """Print precision and recall over links and over pages, and false links on pages without jobs."""
    right = wrong = missed = empty_wrong = 0
    precision, recall, empty = [], [], 0
    for page, said in found:
        got = np.array(said) & page.clear
        tp, fp, fn = int((got & page.truth).sum()), int((got & ~page.truth).sum()), int((~got & page.truth).sum())
        right, wrong, missed = right + tp, wrong + fp, missed + fn
        if page.truth.any():
            precision.append(tp / max(tp + fp, 1))
            recall.append(tp / (tp + fn))
        else:
            empty, empty_wrong = empty + 1, empty_wrong + fp
    print(
        f"{name:38} micro {right / max(right + wrong, 1):.3f} / {right / max(right + missed, 1):.3f}"
        f"  macro {np.mean(precision):.3f} / {np.mean(recall):.3f}  false {empty_wrong / max(empty, 1):.2f}"
    )


async def rendered(index: Path) -> dict[str, PageRead]:
    """Read every page of *index* in the browser."""
    found: dict[str, PageRead] = {}
    settings = session.settings()
    async with session.browser_pool(settings, lambda _: None, []) as pool:
        tools, waiting = Tools(settings, pool, None), iter([one for one in from_jsonl(index) if one.body])

        async def worker() -> None:
            for source in waiting:
                try:
                    found[source.id] = await source_page(source, tools, is_list=True)
                except TaskError as exc:
                    print(f"{source.id}: {exc.sentence}", file=sys.stderr)

        async with anyio.create_task_group() as tg:
            for _ in range(settings.max_pages):
                tg.start_soon(worker)
    return found


def main(indexes: list[Path], out: Path | None) -> None:
    """Train, say how right it is on repositories left out, and write the model."""
    pages = [page for index in indexes for page in read(index)]
    train(pages, out)


def read(index: Path) -> list[Page]:
    """Read the pages of *index* that have links."""
    rows = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines() if line.strip()]
    reads = anyio.run(rendered, index)
    wanted = [row for row in rows if row["kind"] in {"listing", "other"} and row.get("rendering") in USED]
    found = [Page(row, reads[row["id"]]) for row in wanted if row["id"] in reads]
    return [page for page in found if page.rows]


def train(pages: list[Page], out: Path | None) -> None:
    """Print figures, and write the model of all *pages* to *out*."""
    group(pages)
    scale, shift = evaluate(pages)
    if out is not None:
        model = exported(first_stage(pages), second_stage(pages), scale, shift)
        out.write_text(json.dumps(model, separators=(",", ":")), encoding="utf-8")
        print(f"{out}: {out.stat().st_size} bytes")


def evaluate(pages: list[Page]) -> tuple[float, float]:
    """Print figures of pages whose group was left out; gives how the model is to be calibrated."""
    found: list[tuple[Page, np.ndarray]] = []
    for part in range(OUTER):
        known = [page for page in pages if page.group % OUTER != part]
        one, two = first_stage(known), second_stage(known)
        found += [(page, judged(page, one, two)) for page in pages if page.group % OUTER == part]
    scale, shift = calibrated(*_together(found))
    _calibration(found)
    alone, both, opened = [], [], 0
    for page, raw in found:
        likely = surer(raw, scale, shift)
        said = [bool(chance >= 0.5) for chance in likely]
        differ = page.opened(likely)
        opened += sum(differ)
        parts = zip(page.truth, differ, page.rules, strict=True)
        alone.append((page, said))
        both.append((page, [bool(truth if doubt else rule) for truth, doubt, rule in parts]))
    report("rules", [(page, page.rules) for page in pages])
    report("model, repository, host, platform out", alone)
    report("both, the page behind tells", both)
    print(f"links opened because the two differ: {opened / len(pages):.2f} a page")
    return scale, shift


def _together(found: list[tuple[Page, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    chances = np.concatenate([likely[page.clear] for page, likely in found])
    return chances, np.concatenate([page.truth[page.clear] for page, _ in found])


def _calibration(found: list[tuple[Page, np.ndarray]]) -> None:
    """Print how sure the model is of unseen pages, and with a calibration made of the other half of them."""
    halves = [[each for number, each in enumerate(found) if number % 2 == part] for part in (0, 1)]
    raw, even, truth = [], [], []
    for ours, others in (halves, halves[::-1]):
        chances, told = _together(ours)
        raw.append(chances)
        even.append(surer(chances, *calibrated(*_together(others))))
        truth.append(told)
    told = np.concatenate(truth)
    for name, parts in (("as trained", raw), ("calibrated", even)):
        chances = np.clip(np.concatenate(parts), 1e-6, 1 - 1e-6)
        loss = -np.mean(np.where(told, np.log(chances), np.log(1 - chances)))
        sure, out = chances > LIKELY, chances < UNLIKELY
        print(
            f"{name}: log loss {loss:.4f}; of those above {LIKELY} {told[sure].mean():.3f} are jobs (they say"
            f" {chances[sure].mean():.3f}), of those below {UNLIKELY} {told[out].mean():.4f} ({chances[out].mean():.4f})"
        )


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    main(
        [path for path in given if path.suffix == ".jsonl"],
        next((path for path in given if path.suffix == ".json"), None),
    )
