import time
from collections.abc import Iterator

import pytest
from model_server import ModelServer, complete, drip, send, serve_model, stream

from sayso.advise.endpoints import AdviceError, Endpoint, ask_endpoint, make_endpoint, read_pause

KEY = "sk-very-secret"


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with serve_model(lambda form, data: "yes") as state:
        yield state


def ask(model: ModelServer, seconds: float = 1.0, key: str = KEY) -> str:
    request = b'{"response_format": {"json_schema": {"name": "x"}}, "messages": [{}, {"content": "a\\n\\n{}"}]}'
    return ask_endpoint(make_endpoint(model.address, "m", key), request, seconds)


def test_the_model_is_asked_over_http_and_its_words_come_back(model: ModelServer) -> None:
    assert ask(model) == "yes"
    assert model.headers[0]["authorization"] == f"Bearer {KEY}"


def test_without_a_key_none_is_sent(model: ModelServer) -> None:
    ask(model, key="")
    assert "authorization" not in model.headers[0]


LIES = {
    "HTML": lambda h: send(h, b"<html>Welcome</html>", content_type="text/html"),
    "half JSON": lambda h: send(h, b'{"choices": [{"mess'),
    "10 MB": lambda h: send(h, complete("x" * 10_000_000)),
    "an endless stream": stream,
    "200 with an error": lambda h: send(h, b'{"error": {"message": "quota sk-very-secret"}}'),
    "another form": lambda h: send(h, b'{"choices": "all of them"}'),
    "deep nesting": lambda h: send(h, b'{"choices":' + b"[" * 100_000),
    "no UTF-8": lambda h: send(h, b"\xff\xfe"),
    "a redirect": lambda h: send(h, b"", 307, location="http://127.0.0.1:1/v1/chat/completions"),
    "packed": lambda h: send(h, complete("yes"), content_encoding="gzip"),
    "no key": lambda h: send(h, b"sk-very-secret is wrong", 401),
    "hanging": lambda h: time.sleep(8),
    "headers by the byte": drip,
    "gone": lambda h: h.connection.close(),
}


@pytest.mark.parametrize("lie", LIES)
def test_whatever_else_is_answered_is_one_line_within_the_deadline(model: ModelServer, lie: str) -> None:
    model.act = LIES[lie]
    start = time.monotonic()
    with pytest.raises(AdviceError) as caught:
        ask(model, seconds=2.0)
    assert time.monotonic() - start < 6
    assert model.address in str(caught.value) and "\n" not in str(caught.value) and KEY not in str(caught.value)
    assert len(model.asked) == 1


def test_a_busy_server_is_asked_once_more(model: ModelServer) -> None:
    busy = [429, 503]

    def act(handler: object) -> None:
        if len(busy) == 2:
            send(handler, b"", busy.pop(), retry_after="0")  # type: ignore[arg-type]
        else:
            send(handler, complete("no"))  # type: ignore[arg-type]

    model.act = act
    assert ask(model) == "no"
    model.act = lambda handler: send(handler, b"", 500, retry_after="0")
    with pytest.raises(AdviceError, match="it answers 500"):
        ask(model)
    assert len(model.asked) == 4


def test_no_server_is_told_with_what_to_do() -> None:
    with pytest.raises(AdviceError, match="is the model's server running"):
        ask_endpoint(make_endpoint("http://127.0.0.1:1", "m"), b"{}", 1)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("3", 3), ("86400", 10), ("", 1), ("-5", 1), ("Wed, 21 Oct 2037 07:28:00 GMT", 1), ("9" * 99, 1)],
)
def test_how_long_a_busy_server_is_left_alone_is_bounded(told: str, seconds: float) -> None:
    assert read_pause(told) == seconds


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("http://localhost:8080", "http://localhost:8080/v1/chat/completions"),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1/chat/completions"),
        ("https://example.org/openai/v1/chat/completions", "https://example.org/openai/v1/chat/completions"),
    ],
)
def test_the_address_of_completions_is_made_from_that_of_the_server(address: str, asked: str) -> None:
    assert make_endpoint(address, "m").address == asked


@pytest.mark.parametrize(
    ("address", "model", "key"),
    [
        ("file:///etc/passwd", "m", ""),
        ("localhost:8080", "m", ""),
        ("http://", "m", ""),
        ("http://[::1", "m", ""),
        ("http://h:99999", "m", ""),
        ("http://ana:sk-very-secret@h", "m", ""),
        ("http://h/v1?key=sk-very-secret", "m", ""),
        ("http://h\nx", "m", ""),
        ("http://h", " ", ""),
        ("http://h", "m\x1b[2J", ""),
        ("http://h", "m", "sk-very-secret\nx: y"),
        ("http://h", "m", "sk-very-secret é"),
    ],
)
def test_what_is_no_endpoint_is_refused_and_no_key_is_told(address: str, model: str, key: str) -> None:
    with pytest.raises(AdviceError) as caught:
        make_endpoint(address, model, key)
    assert KEY not in str(caught.value) and "SAYSO_MODEL" in str(caught.value) and "\n" not in str(caught.value)


def test_this_machine_is_told_from_others_and_the_key_is_not_shown() -> None:
    assert make_endpoint("http://[::1]:8080", "m").local
    assert make_endpoint("http://localhost", "m").local
    assert not make_endpoint("http://localhost.example.org", "m").local
    assert not make_endpoint("http://10.0.0.7", "m").local
    assert KEY not in repr(Endpoint(address="http://h", model="m", key=KEY))
