"""Which links of a careers page are job posts."""

from jpt.extract.links.advertised import advertised_pages, advertised_total
from jpt.extract.links.careers import career_pages, is_home
from jpt.extract.links.declared import with_declared
from jpt.extract.links.judging import judge, judge_twice, judge_url
from jpt.extract.links.link_groups import is_by_words, places, rows_of, rows_of_largest_list

__all__ = [
    "advertised_pages",
    "advertised_total",
    "career_pages",
    "is_by_words",
    "is_home",
    "judge",
    "judge_twice",
    "judge_url",
    "places",
    "rows_of",
    "rows_of_largest_list",
    "with_declared",
]
