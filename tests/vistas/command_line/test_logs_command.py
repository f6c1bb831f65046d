"""`vistas logs`: what it prints of real files, whole and broken ones, and with which exit code."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import pty
import re
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.connectors.ingress.lines import KLOG_INFO, MORNING, combined_line, cri, ingress_line, json_line
from vistas.command_line import run

Called = Callable[..., tuple[int, str, str]]
COMMAND = [sys.executable, "-m", "vistas.command_line", "logs"]
SECRETS = ("hunter2", "203.0.113.9", "ann@example.com")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("VISTAS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "72")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def logs(folder: Path, capsys: pytest.CaptureFixture[str]) -> Called:
    """Exit code, stdout and stderr of `vistas logs ARGUMENTS…`."""

    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(["logs", *arguments])
        written = capsys.readouterr()
        return code, written.out, written.err

    return called


def write(path: Path, *lines: str) -> None:
    path.write_text("".join(f"{line}\n" for line in lines))


def morning(path: Path) -> None:
    """Two hours with more and more requests, and a bad quarter of an hour."""
    write(
        path,
        *(
            ingress_line(
                MORNING + timedelta(minutes=minute),
                request=f"GET /{'orders/' if minute % 3 else 'users/'}{minute} HTTP/1.1",
                status="502" if 60 <= minute < 75 else "404" if minute % 40 == 0 else "200",
                seconds="1.500" if 60 <= minute < 75 else "0.010",
            )
            for minute in range(120)
            for _ in range(1 + minute // 12 % 7)
        ),
    )


def test_json_has_exactly_its_shape(folder: Path, logs: Called) -> None:
    """For scripts: every key there is, nothing else on stdout, and the lines add up."""
    write(
        folder / "access.log",
        *[ingress_line(request="GET /orders/17?token=hunter2 HTTP/1.1")] * 3,
        ingress_line(
            MORNING + timedelta(minutes=5), request="POST /login HTTP/1.1", status="502", seconds="2.000"
        ),
        combined_line(MORNING + timedelta(minutes=1)),
        KLOG_INFO,
        "what is this",
    )
    code, out, err = logs("access.log", "--json")
    said = json.loads(out)
    assert (code, err) == (0, "vistas: 1 of 7 lines (14.3 %) match no known format\n")
    assert {key: said[key] for key in ("lines", "requests", "set_aside", "unparsed")} == {
        "lines": 7,
        "requests": 5,
        "set_aside": 1,
        "unparsed": 1,
    }
    assert said["set_aside_by_kind"] == {"controller": 1}
    assert (said["problems"], said["notes"]) == ([], [])
    (sample,) = said["samples"]
    assert sample == {"pattern": "what is this", "lines": 1, "sample": "what is this", "nearest": None}
    assert said["dialects"] == {"ingress-nginx": 4, "nginx-combined": 1}
    assert said["window"] == {"from": "2026-11-22T06:00:00+00:00", "to": "2026-11-22T06:05:00+00:00"}
    assert said["status"] == {"200": 4, "502": 1}
    assert said["latency_seconds"].keys() == {"p50", "p95", "p99"}
    assert 0.008 < said["latency_seconds"]["p50"] < 0.0125
    assert said["latency_buckets_seconds"]["p50"] == [0.008, 0.01]
    assert said["slowest_seconds"] == 2.0
    quick = {"errors_4xx": 0, "errors_5xx": 0, "p95_bucket_seconds": [0.008, 0.01], "slowest_seconds": 0.01}
    unsaid = {"errors_4xx": 0, "errors_5xx": 0, "p95_bucket_seconds": None, "slowest_seconds": None}
    slow = {"errors_4xx": 0, "errors_5xx": 1, "p95_bucket_seconds": [1.6, 2.0], "slowest_seconds": 2.0}
    assert said["routes"] == [
        {"method": "GET", "route": "/orders/:id", "requests": 3, **quick},
        {"method": "GET", "route": "/", "requests": 1, **unsaid},
        {"method": "POST", "route": "/login", "requests": 1, **slow},
    ]
    assert set(said) == {
        *("lines", "requests", "set_aside", "set_aside_by_kind", "unparsed", "dialects", "window", "status"),
        *("latency_seconds", "latency_buckets_seconds", "slowest_seconds", "routes"),
        *("samples", "problems", "notes"),
    }


def test_told_apart_by_something_else(folder: Path, logs: Called) -> None:
    """By service, host, upstream or status in place of routes; what a line does not say has a name, too."""
    write(
        folder / "a.log",
        *[ingress_line(service="shop-web-80", upstream="10.0.0.1:80, 10.0.0.2:80 0, 5 0.5, 0.1 502, 200")] * 2,
        ingress_line(service="shop-pay-80", status="503", seconds="3.000"),
        json_line(host="shop.example"),
        combined_line(),
    )

    def told(by: str) -> dict[str, int]:
        said = json.loads(logs("a.log", "--json", "--by", by)[1])
        assert said["by"] == by
        return {row["name"]: row["requests"] for row in said["groups"]}

    assert told("service") == {"shop-web-80": 2, "shop-pay-80": 1, "(not said)": 2}
    assert told("host") == {"shop.example": 1, "(not said)": 4}
    assert told("status") == {"200": 4, "503": 1}
    assert told("upstream") == {"10.0.0.1:80": 2, "10.0.0.2:80": 2, "10.0.0.1:8080": 1}
    out = logs("a.log", "--by", "service")[1]
    assert re.search(r"^  shop-pay-80 +1 +1 +2\.5–3\.15 s +3 s$", out, re.MULTILINE)
    assert "/orders" not in out


def test_line_that_fits_no_format_is_explained(folder: Path, logs: Called) -> None:
    """The whole of it, masked, and below it what it is like, and from where on no longer."""
    odd = f"{combined_line().split(' 200')[0]} oops {'Q' * 100} token=hunter2 end"
    write(folder / "a.log", combined_line(), odd)
    _, out, err = logs("a.log")
    lines = out[out.index("Lines that match no format") :].splitlines()
    place = next(number for number, line in enumerate(lines) if "^" in line)
    assert "looks like " in lines[place]
    assert lines[place - 1][lines[place].index("^") :].startswith("oops")
    assert "".join(lines).count("Q") == 100
    assert "hunter2" not in out
    assert max(map(len, lines)) <= 72
    assert err == "vistas: 1 of 2 lines (50 %) match no known format\n"


def test_json_that_fits_no_format_is_explained(folder: Path, logs: Called) -> None:
    write(folder / "a.log", '{"time": "2026-11-22T06:00:00Z", "remote_addr": "x", "outcome": "fine", "uri": "/a"}')
    _, out, _ = logs("a.log")
    assert re.search(r"looks like [a-z-]+, but\s+has no status and method", out)
    assert "--json-keys" in out


def test_keys_of_ones_own(folder: Path, logs: Called) -> None:
    """Columns by key, with units; what is not named is looked for where it mostly stands."""
    write(
        folder / "a.log",
        '{"code": 200, "at": "2026-11-22T06:00:00Z", "took": 250, "req": {"path": "/a"}, "request_method": "GET"}',
        '{"code": 503, "at": "2026-11-22T06:01:00Z", "took": 25, "req": {"path": "/b"}, "request_method": "PUT"}',
    )
    keys = "status=code,time=at:start,path=req.path,duration=took:ms"
    said = json.loads(logs("a.log", "--json", "--json-keys", keys)[1])
    assert said["status"] == {"200": 1, "503": 1}
    assert [(row["method"], row["route"], row["slowest_seconds"]) for row in said["routes"]] == [
        ("GET", "/a", 0.25),
        ("PUT", "/b", 0.025),
    ]
    write(folder / "b.log", '{"code": 200, "timestamp": "2026-11-22T06:00:00Z", "uri": "/a?x=1", "method": "GET"}')
    (route,) = json.loads(logs("b.log", "--json", "--json-keys", "status=code")[1])["routes"]
    assert (route["method"], route["route"]) == ("GET", "/a")


def test_narrow_terminal_leaves_columns_out(folder: Path, logs: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    """A route can still be read; the last columns give way to it."""
    morning(folder / "access.log")
    monkeypatch.setenv("COLUMNS", "48")
    out = logs("access.log")[1]
    assert max(len(line) for line in out.splitlines()) <= 48
    assert "/orders/:id" in out
    assert "slowest" not in out[out.index("Routes") :]


def test_as_many_routes_as_asked_for(folder: Path, logs: Called) -> None:
    """All of them as JSON, ten for a person, unless a number is given."""
    write(folder / "a.log", *(combined_line(request=f"GET /{'x' * place} HTTP/1.1") for place in range(1, 15)))
    assert len(json.loads(logs("a.log", "--json")[1])["routes"]) == 14
    assert len(json.loads(logs("a.log", "--json", "--top", "3")[1])["routes"]) == 3
    assert "and 4 others" in logs("a.log")[1]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_nothing_secret_is_printed(options: tuple[str, ...], folder: Path, logs: Called) -> None:
    write(
        folder / "access.log",
        ingress_line(request="GET /reset/ann@example.com?password=hunter2 HTTP/1.1"),
        "203.0.113.9 said password=hunter2 to ann@example.com",
    )
    _, out, err = logs("access.log", *options)
    assert [secret for secret in SECRETS if secret in out + err] == []


def test_files_of_all_kinds_are_one_log(folder: Path, logs: Called) -> None:
    """Rotated, compressed, wrapped by a container runtime, and the same one named twice."""
    write(folder / "access.log", ingress_line())
    (folder / "access.log.1.gz").write_bytes(gzip.compress(f"{json_line()}\n".encode()))
    write(folder / "0.log", cri(ingress_line()))
    code, out, _ = logs("access.log", "access.log.1.gz", "0.log", "access.log", "--json")
    assert code == 0
    assert json.loads(out)["dialects"] == {"ingress-nginx": 2, "ingress-nginx-json": 1}


def test_standard_input_and_pipes_are_read(folder: Path) -> None:
    """`zcat … | vistas logs - <(zcat …)`, together with a file."""
    write(folder / "a.log", combined_line())
    os.mkfifo(folder / "pipe")
    with subprocess.Popen(["/bin/sh", "-c", "cat a.log a.log > pipe"]) as writer:
        done = subprocess.run(
            [*COMMAND, "-", "pipe", "a.log", "--json"],
            input=f"{combined_line()}\n{combined_line()}\n{combined_line()}",
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        writer.wait()
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["requests"] == 6


@pytest.mark.slow("a process for each way to pack")
@pytest.mark.parametrize("mode", ["w:gz", "w"])
def test_what_a_pipe_gives_may_be_packed(mode: str, folder: Path) -> None:
    """`kubectl cp … | vistas logs -`: compressed, or a folder of logs as tar makes one."""
    write(folder / "a.log", combined_line(), combined_line())
    with tarfile.open(folder / "logs", mode) as archive:  # type: ignore[call-overload]
        archive.add("a.log")
    for packed in ((folder / "logs").read_bytes(), gzip.compress((folder / "a.log").read_bytes())):
        done = subprocess.run(
            [*COMMAND, "-", "--json"], input=packed, capture_output=True, check=False, timeout=60
        )
        assert (done.returncode, json.loads(done.stdout)["requests"]) == (0, 2)


def test_picture_at_a_fixed_width(folder: Path, logs: Called) -> None:
    """As somebody sees it at 72 columns, without colours where nobody sees them."""
    morning(folder / "access.log")
    code, out, err = logs("access.log", "--top", "2")
    assert (code, err) == (0, "")
    assert out == (Path(__file__).parent / "logs_at_72_columns.txt").read_text(encoding="utf-8")
    assert max(len(line) for line in out.splitlines()) <= 72


def in_a_terminal(environment: dict[str, str], *arguments: str) -> str:
    """What is seen in a terminal of 72 columns."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=theirs, stderr=theirs, env={**os.environ, **environment}
    ) as process:
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 65536):
                seen += piece
        except OSError:  # Linux tells the end of a terminal so
            pass
        process.wait(timeout=60)
    os.close(ours)
    return seen.decode()


@pytest.mark.slow("several processes")
def test_terminal_gets_colours_unless_it_has_none(folder: Path) -> None:
    morning(folder / "access.log")
    assert "\x1b[31m" in in_a_terminal({"TERM": "xterm"}, "access.log")
    assert not re.search(r"\x1b\[\d*m", in_a_terminal({"TERM": "xterm", "NO_COLOR": "1"}, "access.log"))
    assert "\x1b" not in in_a_terminal({"TERM": "dumb"}, "access.log")


def test_terminal_without_blocks_gets_letters(folder: Path) -> None:
    """Nobody's locale makes it fail."""
    morning(folder / "access.log")
    done = subprocess.run(
        [*COMMAND, "access.log"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"####" in done.stdout


BROKEN = {
    "binary.log": bytes(range(256)) * 400,
    "empty.log": b"",
    "long.log": b"x" * (1 << 20) + b"\n",
    "cut.log.gz": gzip.compress(f"{combined_line()}\n".encode() * 1000)[:-20],
    "blank.log": b"\n" * 10,
    "no-end.log": combined_line().encode(),
    "terminal.log": b"\x1b[2J\x1b]0;owned\x07 \xe2\x80\xae evil\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_lines_add_up_whatever_is_in_the_file(name: str, folder: Path, logs: Called) -> None:
    """Neither a trace nor a control character reaches the terminal."""
    (folder / name).write_bytes(BROKEN[name])
    _, out, _ = logs(name, "--json")
    said = json.loads(out)
    assert said["lines"] == said["requests"] + said["set_aside"] + said["unparsed"]
    assert sum(said["status"].values()) == sum(said["dialects"].values()) == said["requests"]
    code, out, err = logs(name)
    assert code in {0, 1}
    assert "Traceback" not in out + err
    assert "\x1b" not in out + err


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("binary.log", 1, "binary.log is not a log: it is binary."),
        ("long.log", 1, "none of the lines is in a known access-log format"),
        ("cut.log.gz", 1, "cut.log.gz ends too early: its compressed data is cut off."),
        ("empty.log", 0, ""),
        ("blank.log", 0, ""),
        ("missing.log", 2, "There is no file missing.log."),
        ("folder", 2, "folder is a folder, not a log file."),
    ],
)
def test_exit_code_says_whether_it_could_be_read(
    name: str, code: int, says: str, folder: Path, logs: Called
) -> None:
    (folder / "folder").mkdir()
    if name in BROKEN:
        (folder / name).write_bytes(BROKEN[name])
    ended, _, err = logs(name)
    assert ended == code
    assert err.startswith(f"vistas: {says}") if says else err == ""
    assert err.count("\n") == (1 if says else 0)


def test_unreadable_file_is_told(logs: Called) -> None:
    """Even where whoever tries is root: no process's memory begins at 0."""
    code, out, err = logs("/proc/self/mem")
    assert (code, out) == (2, "")
    assert err == "vistas: /proc/self/mem cannot be read: input/output error. Check the path and the disk.\n"


def test_one_bad_file_does_not_hide_the_others(folder: Path, logs: Called) -> None:
    """What could be read is told, what could not is a line on stderr, and the exit code says so."""
    write(folder / "a.log", combined_line())
    code, out, err = logs("a.log", "missing.log", "--json")
    assert (code, json.loads(out)["requests"]) == (1, 1)
    assert err == "vistas: There is no file missing.log.\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Missing argument"),
        (("a.log", "--dialect", "klingon"), "there is no dialect 'klingon'; known are auto, ingress-nginx"),
        (("a.log", "--log-format", "$nothing"), "that log format cannot be read: "),
        (("a.log", "--top", "-1"), "Invalid value for '--top'"),
        (("a.log", "--by", "moon"), "Invalid value for '--by'"),
        (("a.log", "--json-keys", "code"), "those JSON keys cannot be read: 'code' names no key"),
        (("a.log", "--json-keys", "time=ts"), "those JSON keys cannot be read: status is missing"),
        (("a.log", "--json-keys", "status=a,moon=b"), "there is no column 'moon'; there are time, client"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], says: str, folder: Path, logs: Called) -> None:
    write(folder / "a.log", combined_line())
    code, out, err = logs(*arguments)
    assert (code, out) == (2, "")
    assert says in err


def test_a_format_of_ones_own(folder: Path, logs: Called) -> None:
    """As nginx writes it; what fits it is told apart from what fits a known one."""
    write(folder / "a.log", "200 0.250 2026-11-22T06:00:00+00:00 GET /orders/9", combined_line())
    own = "$status $request_time $time_iso8601 $request_method $uri"
    code, out, _ = logs("a.log", "--json", "--log-format", own)
    said = json.loads(out)
    assert (code, said["requests"], len(said["dialects"])) == (0, 2, 2)
    assert json.loads(logs("a.log", "--json")[1])["unparsed"] == 1


def test_nothing_is_kept(folder: Path, logs: Called) -> None:
    """No library, no key: a quick look leaves nothing behind, and needs no place to write to."""
    write(folder / "a.log", combined_line())
    assert logs("a.log")[0] == 0
    assert sorted(path.name for path in folder.rglob("*")) == ["a.log"]


def test_ctrl_c_is_clean(folder: Path) -> None:
    """While it waits for a pipe that says no more, whatever its threads do; asked again where it just began to."""
    os.mkfifo(folder / "pipe")
    command = [*COMMAND, "pipe"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process,
        (folder / "pipe").open("w") as pipe,
    ):
        pipe.write(f"{combined_line()}\n")
        pipe.flush()
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (130, "", "\nvistas: cancelled\n")


def test_only_what_it_needs_is_loaded(folder: Path) -> None:
    """A quick look starts quickly: no pages, no store, nothing that talks to live tools."""
    write(folder / "a.log", combined_line())
    script = """if True:
        import sys
        from vistas.command_line import run
        code = run(["logs", "a.log"])
        heavy = {"streamlit", "plotly", "pandas", "kubernetes", "requests", "sqlalchemy", "jinja2"}
        print(heavy & set(sys.modules), file=sys.stderr)
        sys.exit(code)
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "set()\n")
