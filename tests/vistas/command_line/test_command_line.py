"""The console script: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.connectors.http.answering import AnsweringServer, Received, Reply, told
from tests.servers.grafana import GrafanaServer
from vistas.command_line import run
from vistas.command_line.open import _command, _free_port, _host
from vistas.command_line.values import parse_moment
from vistas.command_line.writing import plain

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=1)))

DOOR = """\
routine: door
title: The door
about: Who comes in.
window: 1h
stops:
  - stop: callers
    title: Callers
    question: Who is calling?
    why: To know.
    normal: A few.
    plainly: Visitors.
    looks:
      - {look: requests, title: Requests, source: ingress, take: requests}
      - {look: clients, title: Visitors, source: ingress, take: clients}
"""
PULSE = """\
  - stop: pulse
    title: Pulse
    question: Is it up?
    why: To know.
    normal: One.
    plainly: A heart that beats.
    looks:
      - {look: up, title: Up, source: main, take: instant, query: up}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with one source of logs, a routine of one's own, and a library of its own."""
    for name in [name for name in os.environ if name.startswith("VISTAS_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "door.yaml").write_text(DOOR)
    minute = datetime.now(UTC) - timedelta(minutes=5)
    lines = [
        f'192.0.2.{number % 3} - - [{minute:%d/%b/%Y:%H:%M:%S} +0000] "GET /?q=secret HTTP/1.1" 200 9 "-" "curl"\n'
        for number in range(9)
    ]
    (tmp_path / "access.log").write_text("".join(lines))
    settings = 'data = "data"\nperson = "ann"\nroutines = "routines"\n[sources.door]\ntype = "ingress"\n'
    (tmp_path / "vistas.toml").write_text(settings + 'files = ["access.log"]\n')
    return tmp_path


@pytest.fixture
def vistas(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Exit code, stdout and stderr of `vistas ARGUMENTS…`."""

    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        written = capsys.readouterr()
        return code, written.out, written.err

    return called


def test_gathered_routine_is_kept_and_listed_and_shown(vistas: Callable[..., tuple[int, str, str]]) -> None:
    """Gather, list, show: the id that one prints is the id that the next takes, whole or its end."""
    code, out, err = vistas("gather", "door")
    assert (code, err) == (0, "")
    assert "2 looks, 0 gaps" in out
    code, out, _ = vistas("list")
    short, *rest = out.split()
    assert code == 0
    assert "ann" in rest
    code, out, _ = vistas("show", short)
    assert code == 0
    assert "Callers: Who is calling?" in out
    assert "clients (door): 3 rows" in out


def test_gather_tells_every_look_as_json(vistas: Callable[..., tuple[int, str, str]]) -> None:
    """A stable shape for scripts, nothing else on stdout."""
    code, out, err = vistas("gather", "door", "--json", "--window", "2h")
    outcome = json.loads(out)
    assert (code, err) == (0, "")
    assert outcome["routine"] == "door"
    start, end = (datetime.fromisoformat(outcome["window"][side]) for side in ("from", "to"))
    assert end - start == timedelta(hours=2)
    assert outcome["took_seconds"] > 0
    requests, clients = outcome["looks"]
    assert requests.keys() == {"stop", "look", "source", "state", "rows", "took_seconds", "reason"}
    assert (requests["stop"], requests["look"], requests["source"]) == ("callers", "requests", "door")
    assert (clients["state"], clients["rows"], clients["reason"]) == ("frame", 3, None)


def test_gather_as_of_another_time(vistas: Callable[..., tuple[int, str, str]]) -> None:
    _, out, _ = vistas("gather", "door", "--json", "--at", "2026-01-05T08:00+01:00")
    assert json.loads(out)["window"] == {"from": "2026-01-05T06:00:00+00:00", "to": "2026-01-05T07:00:00+00:00"}


def test_source_that_does_not_answer_is_a_gap_and_exit_1(
    folder: Path, vistas: Callable[..., tuple[int, str, str]]
) -> None:
    """The rest is gathered all the same, and the vista says what happened."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with (folder / "vistas.toml").open("a") as file:
            file.write(
                f'[sources.main]\ntype = "prometheus"\nurl = "http://127.0.0.1:{nobody.getsockname()[1]}"\n'
            )
        (folder / "routines" / "door.yaml").write_text(DOOR + PULSE)
        code, out, _ = vistas("gather", "door", "--json", "--deadline", "5s")
        looks = {look["look"]: look for look in json.loads(out)["looks"]}
        assert code == 1
        assert looks["requests"]["state"] == "frame"
        assert looks["up"]["state"] == "gap"
        assert looks["up"]["reason"].startswith("unreachable: ")
        code, out, _ = vistas("check")
        assert code == 1
        assert "✗ main" in out
        assert "✓ door" in out


def test_a_paused_source_is_told_and_not_asked(folder: Path, vistas: Callable[..., tuple[int, str, str]]) -> None:
    with (folder / "vistas.toml").open("a") as file:
        file.write(
            '[sources.main]\ntype = "prometheus"\nurl = "http://127.0.0.1:1"\npaused = "by Ann on 2026-11-30"\n'
        )
    code, out, _ = vistas("check")
    assert code == 0
    assert "✓ main      paused by Ann on 2026-11-30" in out


def test_source_that_is_not_connected_is_exit_1(folder: Path, vistas: Callable[..., tuple[int, str, str]]) -> None:
    (folder / "routines" / "door.yaml").write_text(DOOR + PULSE)
    code, out, _ = vistas("gather", "door")
    assert code == 1
    assert "no such source: No source called 'main'" in out


@pytest.mark.parametrize(
    ("beside", "code"), [("", 1), ("      - {look: all, title: All, source: main, take: targets}\n", 0)]
)
def test_source_that_lacks_what_is_asked_for_is_a_gap_and_fine_if_it_has_something(
    beside: str, code: int, folder: Path, vistas: Callable[..., tuple[int, str, str]]
) -> None:
    """An exit code is for what needs mending: a source that gave nothing at all, not one that lacks a metric."""

    def nothing(request: Received) -> Reply:
        return told({"status": "success", "data": {"resultType": "vector", "result": []}})

    with AnsweringServer() as server:
        server.answers["/api/v1/query"] = nothing
        target = {"labels": {"job": "door"}, "health": "up", "scrapeUrl": server.url}
        server.answers["/api/v1/targets"] = told({"status": "success", "data": {"activeTargets": [target]}})
        server.answers["/api/v1/label/__name__/values"] = told({"status": "success", "data": []})
        with (folder / "vistas.toml").open("a") as file:
            file.write(f'[sources.main]\ntype = "prometheus"\nurl = "{server.url}"\n')
        (folder / "routines" / "door.yaml").write_text(DOOR + PULSE + beside)
        ended, out, _ = vistas("gather", "door", "--json")
    (up,) = (look for look in json.loads(out)["looks"] if look["look"] == "up")
    assert up["reason"].startswith("nothing to look at here: ")
    assert ended == code


@pytest.mark.slow("it waits until it is cancelled")
def test_cancelled_gathering_ends_at_once_and_keeps_nothing(folder: Path) -> None:
    """Ctrl-C: one line, 130, and no half-gathered vista in the library."""
    asked, release = threading.Event(), threading.Event()

    def hang(_: Received) -> Reply:
        asked.set()
        release.wait(120)
        return Reply()

    with AnsweringServer() as server:
        server.answers["/api/v1/query"] = hang
        with (folder / "vistas.toml").open("a") as file:
            file.write(f'[sources.main]\ntype = "prometheus"\nurl = "{server.url}"\n')
        (folder / "routines" / "door.yaml").write_text(DOOR + PULSE)
        process = subprocess.Popen(
            [sys.executable, "-m", "vistas.command_line", "gather", "door"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert asked.wait(60)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        finally:
            release.set()
            process.kill()
    assert (process.returncode, out, err) == (130, "", "vistas: cancelled\n")
    listed = subprocess.run(
        [sys.executable, "-m", "vistas.command_line", "list"], capture_output=True, text=True, check=True
    )
    assert "No vistas match" in listed.stdout


WRONG = [
    (["gather", "nothing"], "there is no routine called 'nothing'; there are critical-path, door, "),
    (["gather"], "Missing argument 'ROUTINE'"),
    (["gather", "door", "--window", "12"], "'12' is not a time span"),
    (["gather", "door", "--deadline", "9h"], "'9h' is not a duration"),
    (["gather", "door", "--at", "soon"], "'soon' is not a time"),
    (["gather", "door", "--at", "2999-01-01"], "is in the future"),
    (["gather", "door", "--out", "m.zip"], "must end in .vista, .html or .md"),
    (["gather", "door", "--out", "nowhere/m.vista"], "nowhere is not a folder"),
    (["gather", "nowhere.yaml"], "nowhere.yaml cannot be read: No such file"),
    (["show", "0"], "no vistas have an id that begins or ends with 0"),
    (["show", "01890a5d-ac96-774b-bcce-b302099a8057"], "there is no vista"),
    (["show", "nowhere.vista"], "nowhere.vista: No such file or directory"),
    (["import", "nowhere.vista"], "does not exist"),
    (["nonsense"], "No such command 'nonsense'"),
    (["list", "--nonsense"], "No such option '--nonsense'"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG, ids=[" ".join(case[0]) for case in WRONG])
def test_wrong_use_is_one_line_and_exit_2(
    arguments: list[str], says: str, vistas: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, err = vistas(*arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert err.startswith("vistas: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("group", [[], ["store"]])
def test_without_a_command_the_help_is_shown_as_it_is_written(
    vistas: Callable[..., tuple[int, str, str]], group: list[str]
) -> None:
    """As click does it: the same text as --help, on stderr, and exit code 2."""
    _, help_text, _ = vistas(*group, "--help")
    assert help_text.count("\n") > 3
    assert vistas(*group) == (2, "", help_text)


@pytest.mark.parametrize("command", [["list"], ["gather", "door"], ["check"], ["routines"], ["open"]])
def test_wrong_settings_are_one_line_and_exit_2(
    command: list[str], folder: Path, vistas: Callable[..., tuple[int, str, str]]
) -> None:
    (folder / "vistas.toml").write_text("nonsense = 1")
    code, out, err = vistas(*command)
    assert (code, out) == (2, "")
    assert "vistas.toml: nonsense is not a setting" in err
    assert err.count("\n") == 1


def test_check_goes_on_past_a_source_with_wrong_settings(
    folder: Path, vistas: Callable[..., tuple[int, str, str]]
) -> None:
    """Everything is looked at, and what has to be corrected is told beside what works."""
    with (folder / "vistas.toml").open("a") as file:
        file.write('[sources.odd]\ntype = "prometheus"\nurl = "ftp://x"\n[sources.new]\ntype = "tea"\n')
    code, out, err = vistas("check", "--json")
    findings = {finding["what"]: finding for finding in json.loads(out)}
    assert (code, err) == (2, "")
    assert findings["door"]["well"]
    assert findings["store"]["well"]
    assert "sources.odd.url" in findings["odd"]["says"]
    assert "known types are" in findings["new"]["says"]


def test_library_that_cannot_be_opened_is_told(folder: Path, vistas: Callable[..., tuple[int, str, str]]) -> None:
    (folder / "data").write_text("a file where a folder should be")
    code, out, err = vistas("list")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_check_names_where_looks_open_and_whether_annotations_are_taken(
    folder: Path, vistas: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with GrafanaServer() as grafana, (folder / "vistas.toml").open("a", encoding="utf-8") as file:
        monkeypatch.setenv("GRAFANA_TOKEN", grafana.token)
        file.write(f'[grafana]\nurl = "{grafana.url}"\ntoken_env = "GRAFANA_TOKEN"\n')
        file.write('[sources.main]\ntype = "prometheus"\nurl = "http://127.0.0.1:9"\n')
        file.write('open = { grafana_uid = "main", page = "https://p.example.org" }\n')
        file.flush()
        _, out, _ = vistas("check", "--json")
    told = {each["what"]: (each["well"], each["says"]) for each in json.loads(out)}
    assert told["links"] == (True, f"main opens in Grafana at {grafana.url} and https://p.example.org.")
    assert told["annotations"] == (True, f"Grafana answers at {grafana.url} and knows the token.")


def test_check_misses_a_grafana_for_a_data_source(
    folder: Path, vistas: Callable[..., tuple[int, str, str]]
) -> None:
    with (folder / "vistas.toml").open("a", encoding="utf-8") as file:
        file.write('[sources.main]\ntype = "prometheus"\nurl = "http://127.0.0.1:9"\nopen = {grafana_uid = "x"}\n')
    code, out, _ = vistas("check", "--json")
    told = {each["what"]: (each["well"], each["says"]) for each in json.loads(out)}
    assert code == 2
    assert told["links"] == (False, "main has open.grafana_uid, but no Grafana is set.")
    assert "annotations" not in told


def test_routine_files_are_checked(folder: Path, vistas: Callable[..., tuple[int, str, str]]) -> None:
    """One line a mistake; takes that no such source knows are mistakes as well."""
    assert vistas("routines", "check")[:2] == (0, f"{folder}/routines/door.yaml: The door, 1 stop, OK\n")
    (folder / "a.yaml").write_text(DOOR.replace("take: requests", "take: teapots"))
    (folder / "b.yaml").write_text(DOOR.replace("window: 1h", "window: long"))
    code, _, err = vistas("routines", "check", "a.yaml", "b.yaml")
    assert code == 2
    first, second = err.splitlines()
    assert first.startswith(
        "vistas: a.yaml: callers/requests: a source of type ingress takes clients, controller-routes, "
    )
    assert second.startswith("vistas: b.yaml:4: window: 'long' is not a time span")


def test_routines_are_listed(vistas: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = vistas("routines")
    assert code == 0
    assert out.splitlines()[0].startswith("landscape ")
    assert "The door" in out


def test_one_wrong_file_does_not_keep_the_others_from_being_listed(
    folder: Path, vistas: Callable[..., tuple[int, str, str]]
) -> None:
    (folder / "routines" / "wrong.yaml").write_text("routine: [")
    code, out, err = vistas("routines")
    assert (code, "The door" in out) == (0, True)
    assert "wrong.yaml:1" in err


def test_reader_who_leaves_is_not_complained_about(folder: Path) -> None:
    """`vistas routines | true`"""
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "vistas.command_line", "routines"]
    done = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write_end)
    assert (done.returncode, done.stderr) == (1, "")


def test_help_is_quick(folder: Path) -> None:
    """Nothing heavy is loaded to show what there is."""
    script = """if True:
        import sys
        from vistas.command_line import run
        code = run(["--help"])
        print({"polars", "sqlalchemy", "streamlit", "pydantic_settings"} & set(sys.modules), file=sys.stderr)
        sys.exit(code)
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "set()\n")
    assert "gather" in done.stdout


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-23T08:00", datetime(2026, 11, 23, 7, 0, tzinfo=UTC)),
        ("2026-11-23 08:00:30Z", datetime(2026, 11, 23, 8, 0, 30, tzinfo=UTC)),
        ("2026-11-22", datetime(2026, 11, 21, 23, 0, tzinfo=UTC)),
        ("08:00", datetime(2026, 11, 23, 7, 0, tzinfo=UTC)),
        ("13:00", datetime(2026, 11, 22, 12, 0, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_people_write_them(written: str, meant: datetime) -> None:
    """Without a zone in one's own; a time of day is the last time it was that late."""
    assert parse_moment(written, NOON) == meant


def test_nothing_drives_the_terminal() -> None:
    assert plain("a\x1b]0;title\x07\r\nb\u202ec\u2028") == "a ]0;title   b c "


def test_app_listens_where_there_is_room() -> None:
    """The next free port; and it says an address that a browser can open."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < _free_port("127.0.0.1", port) <= port + 20
    assert _host("::1") == "[::1]"
    assert _host("::") == "localhost"
    command = _command("127.0.0.1", 8600, ["localhost"], browser=False)
    assert Path(command[4]).name == "streamlit_app.py"
    assert Path(command[4]).is_file()
    assert "--server.address=127.0.0.1" in command


def test_file_that_does_not_fit_is_named_and_nothing_is_left(
    folder: Path, vistas: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that fails half-way knows no name of its own; a limit on the size of files is like a full disk.

    Modules that Python compiles meanwhile would be cut off as well, and stay so.
    """
    vistas("gather", "door", "--out", "door.vista")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        code, _, err = vistas("export", "door.vista", "--to", "door.html")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (code, err) == (2, "vistas: door.html: File too large\n")
    assert not list(folder.glob("*door.html*"))


def test_vista_goes_out_as_a_file_and_into_another_library(
    folder: Path, vistas: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file can be shown by itself, and is the same vista wherever it is brought in, however often."""
    code, out, _ = vistas("gather", "door", "--out", "door.vista", "--json")
    name = json.loads(out)["vista"]
    assert code == 0
    before = vistas("show", name, "--json")
    assert vistas("show", "door.vista", "--json") == before
    monkeypatch.setenv("VISTAS_DATA", str(folder / "elsewhere"))
    assert vistas("show", name)[0] == 2
    for _ in range(2):
        assert vistas("import", "door.vista")[0] == 0
    assert vistas("show", name, "--json") == before
    assert len(json.loads(vistas("list", "--json")[1])) == 1


@pytest.mark.parametrize(
    ("ending", "begin"), [("vista", b"PK"), ("html", b"<!doctype html>"), ("md", b"# The door")]
)
def test_vista_is_exported_as_its_ending_says(
    ending: str, begin: bytes, folder: Path, vistas: Callable[..., tuple[int, str, str]]
) -> None:
    """Whole or not at all, in place of what was there, with nothing left lying beside it."""
    (folder / f"door.{ending}").write_bytes(b"before")
    name = json.loads(vistas("gather", "door", "--json")[1])["vista"]
    assert vistas("export", name, "--to", f"door.{ending}") == (0, f"Written to door.{ending}.\n", "")
    assert (folder / f"door.{ending}").read_bytes()[: len(begin)].lower() == begin.lower()
    assert not [path for path in folder.iterdir() if path.name.startswith(".door")]


def test_file_that_is_no_vista_is_told(folder: Path, vistas: Callable[..., tuple[int, str, str]]) -> None:
    (folder / "odd.vista").write_bytes(b"not a zip")
    for command in (["import", "odd.vista"], ["show", "odd.vista"]):
        code, out, err = vistas(*command)
        assert (code, out) == (2, "")
        assert err.startswith("vistas: odd.vista: ")
        assert err.count("\n") == 1


def test_without_any_settings_a_recording_is_gathered(
    folder: Path, vistas: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody sees who has connected nothing yet: every kind of tool, in the recording's own time."""
    (folder / "vistas.toml").unlink()
    monkeypatch.setenv("VISTAS_CONFIG", "")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.setenv("VISTAS_DATA", str(folder / "data"))
    _, out, err = vistas("gather", "landscape", "--json")
    outcome = json.loads(out)
    assert err == ""
    assert datetime.fromisoformat(outcome["window"]["to"]) < datetime.now(UTC)
    frames = {look["stop"] for look in outcome["looks"] if look["state"] == "frame"}
    assert {"weather", "front-door", "workloads", "ground"} <= frames
    code, out, _ = vistas("check")
    assert code == 0
    assert "none connected: the app shows the recordings" in out


def test_a_routine_is_written_out_as_a_dashboard(
    folder: Path, vistas: Callable[..., tuple[int, str, str]]
) -> None:
    """Printed, or into a file, from a file or by its name; what Grafana has no panel for is told."""
    code, printed, told = vistas("routines", "export", "door", "--grafana")
    assert code == 0
    assert json.loads(printed)["title"] == "The door"
    assert told.splitlines()[0] == (
        "vistas: stop “Callers”, look “Requests” asks ingress for requests, for which Grafana has no panel: "
        "there are words in its place"
    )
    done = vistas("routines", "export", "routines/door.yaml", "--grafana", "--out", "door.json")
    assert done[:2] == (0, "door.json: The door, as a Grafana dashboard\n")
    assert json.loads((folder / "door.json").read_text(encoding="utf-8")) == json.loads(printed)


@pytest.mark.parametrize(
    "wrong", [["nothing", "--grafana"], ["door"], ["door", "--grafana", "--out", "door.yaml"]]
)
def test_what_cannot_be_written_out_is_wrong_use(
    folder: Path, vistas: Callable[..., tuple[int, str, str]], wrong: list[str]
) -> None:
    assert vistas("routines", "export", *wrong)[0] == 2


def test_secrets_in_a_query_do_not_leave_with_it(
    folder: Path, vistas: Callable[..., tuple[int, str, str]]
) -> None:
    written = (folder / "routines" / "door.yaml").read_text(encoding="utf-8")
    secret = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
    look = f"      - {{look: b, title: B, source: prometheus, take: instant, query: 'up{{token=\"{secret}\"}}'}}\n"
    (folder / "secret.yaml").write_text(written + look, encoding="utf-8")
    assert vistas("routines", "export", "secret.yaml", "--grafana", "--out", "secret.json")[0] == 0
    out = (folder / "secret.json").read_text(encoding="utf-8")
    assert secret not in out
    assert "up{token=" in out
