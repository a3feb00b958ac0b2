"""BambooHR: one answer with all openings; their texts one by one."""

from __future__ import annotations

from jpt.feeds.paging import complete
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, merged, unclear
from jpt.feeds.shape import Node, address_in, count, day, joined, loaded, need, no_further, node, rows, text_at
from jpt.models.pages import FeedJob

_OTHERS = frozenset({"www", "app", "api", "documentation", "help", "resources", "partners"})


class BambooHR(Platform):
    """Boards at {company}.bamboohr.com."""

    name = "bamboohr"
    title = "BambooHR"

    def board(self, address: Address) -> Board | None:
        """Recognise a board from its pages, its embed and its API."""
        company = address.host.removesuffix(".bamboohr.com")
        if company == address.host or company in _OTHERS or "." in company:
            return None
        steps = list(address.path)
        if steps[:1] in (["js"], ["jobs"]) or steps == ["careers", "list"]:
            further = unclear(address, "id", "source", "src", "preview", steps=steps[2:])
            further += (f"id={address.value('id')}",) if address.value("id") else ()
        else:
            further = unclear(address, "source", "src", steps=steps)
        return Board(self.name, address.host, origin=address.origin, unclear=further)

    def key(self, address: Address) -> str | None:
        """Know an opening by its host and number, on pages of the old and the new kind."""
        if not address.host.endswith(".bamboohr.com"):
            return None
        old = address.value("id") if address.path[-1:] == ("view.php",) else ""
        number = old or address.after("careers") or address.after("jobs")
        return f"bamboohr:{address.host}/{number}" if number.isdigit() else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read the list, or one opening."""
        answer = node(loaded(text, self.title), "BambooHR's answer")
        if isinstance(answer.get("result"), dict):
            return Batch((self._post(board, answer),), 1)
        meta = node(answer.get("meta") or {}, "BambooHR's 'meta'")
        no_further(answer, meta)
        listed = rows(answer.get("result"), "BambooHR's list of openings")
        return Batch(made(listed, lambda item: self._job(board, item)), count(meta, "totalCount"))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Make one request."""
        batch = self.parse(board, await client.get(f"https://{board.token}/careers/list"))
        return complete(merged(batch.jobs), batch.total, self.title)

    def detail(self, board: Board, job: FeedJob, text: str) -> FeedJob:
        """Read the answer of one opening."""
        return self._post(board, node(loaded(text, self.title), "BambooHR's answer"), job)

    def _job(self, board: Board, item: Node) -> FeedJob:
        number = need(item, "id", "an opening of BambooHR")
        place = joined(text_at(item, "location", "city"), text_at(item, "location", "state"))
        wide = [text_at(item, "atsLocation", name) for name in ("city", "state", "province", "country")]
        return FeedJob(
            url=f"https://{board.token}/careers/{number}",
            title=need(item, "jobOpeningName", "an opening of BambooHR"),
            keys=(f"bamboohr:{board.token}/{number}",),
            location=place or joined(*wide),
            department=text_at(item, "departmentLabel"),
            employment=text_at(item, "employmentStatusLabel"),
            remote=item.get("isRemote") is True or item.get("isRemote") == "1",
            detail=f"https://{board.token}/careers/{number}/detail",
        )

    def _post(self, board: Board, answer: Node, job: FeedJob | None = None) -> FeedJob:
        result = node(answer.get("result"), "BambooHR's 'result'")
        item = node(result.get("jobOpening"), "an opening of BambooHR")
        url = job.url if job else address_in(item, "jobOpeningShareUrl", "an opening of BambooHR")
        place = [text_at(item, "location", name) for name in ("city", "state", "addressCountry")]
        wide = [text_at(item, "atsLocation", name) for name in ("city", "state", "country")]
        return FeedJob(
            url=url,
            title=need(item, "jobOpeningName", "an opening of BambooHR"),
            keys=job.keys if job else self.keys(url),
            location=joined(*place) or joined(*wide),
            html=need(item, "description", "an opening of BambooHR"),
            posted=day(item.get("datePosted")),
            department=text_at(item, "departmentLabel"),
            employment=text_at(item, "employmentStatusLabel"),
            pay=text_at(item, "compensation"),
        )
