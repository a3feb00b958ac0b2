"""The live screen of `jpt watch`: what it shows, how it is laid out, and when it is drawn."""

from jpt.board.screen import Screen as Screen
