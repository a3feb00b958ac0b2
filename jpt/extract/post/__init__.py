"""A rendered page read as a job post: its title, its text, its facts, or why it is none."""

from jpt.extract.post.from_page import job_post, text_post

__all__ = ["job_post", "text_post"]
