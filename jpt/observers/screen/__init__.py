"""The live screen of `jpt watch`: what it shows, how it is laid out, and when it is drawn."""

from jpt.observers.screen.screen import Screen as Screen
