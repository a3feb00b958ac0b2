from jpt.library.reading import find_links as find_links
from jpt.library.reading import read_post as read_post
from jpt.library.reading import read_post_html as read_post_html
from jpt.library.values import FoundLink as FoundLink
from jpt.library.values import NotCounted as NotCounted
from jpt.library.values import Pay as Pay
from jpt.library.values import Place as Place
from jpt.library.values import Post as Post
from jpt.library.values import Years as Years

__version__: str
__all__ = [
    "FoundLink",
    "NotCounted",
    "Pay",
    "Place",
    "Post",
    "Years",
    "__version__",
    "find_links",
    "read_post",
    "read_post_html",
]
