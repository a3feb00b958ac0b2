"""The page around all that a site shows: head, navigation, footer, and the decoys in them. Pure."""

from functools import cache
from html import escape
from pathlib import Path
from string import Template

from tests.career_sites.server import Reply
from tests.career_sites.site import Site

PAGES = Path(__file__).with_name("pages")


@cache
def template(name: str) -> Template:
    """Give the template of that name; its fields want escaped HTML."""
    return Template((PAGES / name).read_text(encoding="utf-8"))


def page(site: Site, title: str, main: str, *, head: str = "", scripts: str = "") -> Reply:
    """Frame *main* as a page of *site*."""
    name = escape(site.name)
    style = template("frame.css").template
    html = template("frame.html").substitute(
        title=escape(title), name=name, slug=site.slug, style=style, head=head, main=main, scripts=scripts
    )
    return Reply(html.encode())


def prose(site: Site, topic: str) -> Reply:
    """Give what stands behind a decoy: a short page that is no job."""
    heading = topic.strip("/").replace("/", " ").replace("-", " ").capitalize() or site.name
    words = template("about.html").substitute(title=escape(heading), name=escape(site.name))
    return page(site, f"{heading} | {site.name}", words)
