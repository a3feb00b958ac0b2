"""A language model as the second reader of a post: asked, checked against the text, remembered."""

from jpt.extract.model.reader import Memory, ModelReader, Reading, Remembered, Usage

__all__ = ["Memory", "ModelReader", "Reading", "Remembered", "Usage"]
