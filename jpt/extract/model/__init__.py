"""A language model as the second reader of a post: asked, checked against the text, remembered."""

from jpt.extract.model.model_reader import AT_ONCE, AnswerCache, ModelReader, Reading, Usage

__all__ = ["AT_ONCE", "AnswerCache", "ModelReader", "Reading", "Usage"]
