"""A letter as HTML, with its styles in the elements, and as plain text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from jpt.digest.compose import Letter

if TYPE_CHECKING:
    import css_inline


def html(letter: Letter) -> str:
    """Return the letter as a page for mail programs, of which many drop style sheets."""
    page = _templates(escaped=True).get_template("digest.html")
    return _inliner().inline(page.render(letter=letter))


def text(letter: Letter) -> str:
    """Return the letter as plain text."""
    return _templates(escaped=False).get_template("digest.txt").render(letter=letter).strip() + "\n"


@cache
def _templates(*, escaped: bool) -> Environment:
    made = Environment(
        loader=PackageLoader("jpt.digest"),
        auto_reload=False,  # an update must not change the templates of a watch that runs
        autoescape=escaped,  # noqa: S701  off for plain text, where an escape would be read as it stands
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    made.filters["code"] = _code
    return made


def _code(line: str) -> Markup:
    """Return *line* as HTML, with `…` as code."""
    return Markup(re.sub("`([^`]*)`", r"<code>\1</code>", str(escape(line))))  # noqa: S704  escaped


@cache
def _inliner() -> css_inline.CSSInliner:
    import css_inline  # 3 MB, and needed only where a mail is made

    # Nothing outside the page is ever fetched for it.
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)
