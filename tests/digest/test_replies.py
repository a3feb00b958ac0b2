"""Whatever a mail server or a model says is an answer: nothing that it says is an exception."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jpt.digest import smtp
from jpt.digest.smtp import Server
from jpt.digest.submission import Call, Submission
from jpt.extract.model.answer import Unusable, parsed
from jpt.extract.model.client import reply_of

LINES = st.sampled_from(
    [b"220 hello", b"250-SIZE 1", b"250-SIZE " + b"9" * 400, b"250 fine", b"250-AUTH PLAIN", b"354 go on", b"421 busy",
     b"550 no", "²50 fine".encode(), b"", b"999", b"-1 x", b"250", b"\xff\xfe", b"2 5 0"]
)  # fmt: skip


def says(content: bytes) -> Submission:
    """Let a server say *content*, whatever it is asked, and hang up."""

    def serve(listener: socket.socket) -> None:
        with suppress(OSError):
            sock, _ = listener.accept()
            with sock:
                sock.sendall(content)
                sock.shutdown(socket.SHUT_WR)
                while sock.recv(65_536):
                    pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=[listener], daemon=True).start()
        server = Server("127.0.0.1", listener.getsockname()[1], timeout_s=3, final_timeout_s=3)
        return smtp.submit(server, "a@b.example", ("c@d.example",), b"x\r\n", lambda: True, Call())


@settings(max_examples=25)
@given(st.lists(LINES | st.binary(max_size=40), max_size=12))
def test_any_answers_of_a_mail_server_are_an_answer(lines: list[bytes]) -> None:
    came = says(b"\r\n".join(lines) + b"\r\n")

    assert came.kind in {"accepted", "later", "refused", "nobody", "misconfigured", "unknown"}
    assert came.text.isprintable()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
messages = st.fixed_dictionaries({}, optional={"content": json_values, "refusal": json_values})
choices = st.fixed_dictionaries({}, optional={"message": messages | json_values, "finish_reason": json_values})
bodies = st.fixed_dictionaries(
    {},
    optional={
        "choices": st.lists(choices | json_values, max_size=2) | json_values,
        "usage": st.fixed_dictionaries({"prompt_tokens": json_values, "completion_tokens": json_values})
        | json_values,
    },
)


@given(bodies.map(json.dumps).map(str.encode) | json_values.map(json.dumps).map(str.encode) | st.binary())
def test_any_body_is_a_reply_or_of_no_use(content: bytes) -> None:
    with suppress(Unusable):
        reply = reply_of(content, [{"role": "user", "content": "years?"}])
        reply.content.encode()
        assert 0 <= reply.prompt_tokens < 10**9
        parsed(reply.content).as_json().encode()


def test_what_is_nested_without_end_is_of_no_use() -> None:
    deep: Any = "[" * 100_000
    for content in (deep, json.dumps({"choices": [{"message": {"content": deep}}]})):
        with pytest.raises(Unusable):
            parsed(reply_of(content.encode(), []).content)
