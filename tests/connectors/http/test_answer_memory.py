"""Reading an answer holds a bounded multiple of its bytes, whatever it is made of."""

import subprocess
import sys

import pytest

from tests.connectors.http.answering import AnsweringServer
from tests.connectors.http.large_answers import SHAPES, replies

SIZE = 24 << 20
AT_MOST = 4


@pytest.mark.slow("each is a process that reads tens of megabytes")
@pytest.mark.parametrize("shape", SHAPES)
def test_one_answer_costs_less_than_four_times_its_bytes(shape: str) -> None:
    answers = replies(shape, SIZE)
    with AnsweringServer(**answers) as tool:
        program = [sys.executable, "-m", "tests.connectors.http.large_answers", tool.url, SHAPES[shape][0]]
        held = int(subprocess.run(program, capture_output=True, check=True, text=True).stdout)
    assert 0 < held < AT_MOST * max(len(reply.body) for reply in answers.values())
