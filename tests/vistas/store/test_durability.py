"""What was acknowledged is on the disk: a process killed the moment after loses none of it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from tests.vistas.store.test_store import vista
from vistas.store import Store

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from vistas.vista.notice import Notice, NoticeKind
from vistas.store import Store
from vistas.vista import new_id

folder, vista_id = Path(sys.argv[1]), UUID(sys.argv[2])
store = Store.open(f"sqlite:///{folder}/v.db", folder / "blobs")
while True:
    notice = Notice(
        id=new_id(), stop="s1", author="Maya", kind=NoticeKind.NOTICED, text="seen", written_at=datetime.now(UTC)
    )
    store.write_notice(vista_id, notice)
    print("OK", notice.id, flush=True)
"""


def opened(folder: Path) -> Store:
    return Store.open(f"sqlite:///{folder}/v.db", folder / "blobs")


@pytest.mark.parametrize("acknowledged", [1, 7, 40])
def test_acknowledged_notices_survive_kill_nine(tmp_path: Path, acknowledged: int) -> None:
    """Killed as soon as the last acknowledgement is read, in the middle of writing more."""
    store = opened(tmp_path)
    begun = vista()
    store.begin(begun)
    store.close()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path), str(begun.id)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    told = [writer.stdout.readline().split() for _ in range(acknowledged)]
    writer.send_signal(signal.SIGKILL)
    rest = [line.split() for line in writer.stdout.read().splitlines()]
    assert writer.wait() == -signal.SIGKILL
    writer.stdout.close()

    promised = {UUID(line[1]) for line in (*told, *rest) if len(line) == 2 and len(line[1]) == 36}
    store = opened(tmp_path)
    kept = {notice.id for notice in store.vista(begun.id).notices}
    store.close()
    assert len(promised) >= acknowledged
    assert promised <= kept
    assert len(kept) <= len(promised) + 1
