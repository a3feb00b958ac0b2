"""Small pictures as SVG, made here: no script, no style of their own, a title for who cannot see them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

HEIGHT = 120
_BAR = 26
_LABEL = 34
_LEFT, _LONGEST = 180, 26
"""Where rows begin, in pixels, and the characters of a label that fit before."""


def bars(title: str, labels: Sequence[str], *series: Sequence[int]) -> Markup:
    """Return a bar chart of one or two series of counts, side by side for each label."""
    most = max((value for values in series for value in values), default=0) or 1
    wide = _BAR * len(series) + 10
    width = max(wide * len(labels), 1)
    parts = []
    for place, label in enumerate(labels):
        for number, values in enumerate(series):
            tall = round(HEIGHT * values[place] / most)
            left, top = place * wide + number * _BAR, HEIGHT - tall + 16
            parts.append(
                Markup(
                    '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/><text x="{}" y="{}">{}</text>'
                ).format("bar2" if number else "bar", left, top, _BAR - 4, tall, left + 2, top - 3, values[place])
            )
        parts.append(Markup('<text x="{}" y="{}">{}</text>').format(place * wide, HEIGHT + _LABEL, label))
    return Markup('<svg role="img" width="{}" height="{}" viewBox="0 0 {} {}"><title>{}</title>{}</svg>').format(
        width, HEIGHT + 44, width, HEIGHT + 44, title, Markup("").join(parts)
    )


def rows(title: str, labels: Sequence[str], values: Sequence[int]) -> Markup:
    """Return a chart of counts as horizontal bars, for labels that are words."""
    most = max(values, default=0) or 1
    parts = [
        Markup(
            '<text x="0" y="{}">{}</text><rect class="bar" x="{}" y="{}" width="{}" height="14"/>'
            '<text x="{}" y="{}">{}</text>'
        ).format(
            20 * place + 12,
            label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…",
            _LEFT,
            20 * place,
            max(1, round(300 * value / most)) if value else 0,
            _LEFT + round(300 * value / most) + 6,
            20 * place + 12,
            value,
        )
        for place, (label, value) in enumerate(zip(labels, values, strict=True))
    ]
    tall = max(20 * len(parts), 1)
    return Markup('<svg role="img" width="{}" height="{}" viewBox="0 0 {} {}"><title>{}</title>{}</svg>').format(
        _LEFT + 360, tall, _LEFT + 360, tall, title, Markup("").join(parts)
    )


def reads(title: str, tones: Sequence[str]) -> Markup:
    """Return a strip with a square for each of the last reads: good, odd or bad."""
    squares = Markup("").join(
        Markup('<rect class="{}" x="{}" y="1" width="5" height="12"/>').format(tone, place * 7)
        for place, tone in enumerate(tones)
    )
    return Markup('<svg role="img" width="{}" height="14"><title>{}</title>{}</svg>').format(
        max(7 * len(tones), 1), escape(title), squares
    )
