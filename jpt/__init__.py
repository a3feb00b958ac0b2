"""jpt watches company careers pages and tells about the new jobs that fit.

As a library it reads posts and lists: the names in `__all__`, described in docs/library.md, are what other
programs may rely on. Everything else in the package is the program itself and changes without notice.
"""

__version__ = "0.1.0"
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


def __getattr__(name: str) -> object:
    # Loaded when asked for: the command line answers --help without it. Type checkers read __init__.pyi.
    if name in __all__:
        from importlib import import_module

        module = "reading" if name.islower() else "values"
        return getattr(import_module(f"jpt.library.{module}"), name)
    raise AttributeError(f"module 'jpt' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
