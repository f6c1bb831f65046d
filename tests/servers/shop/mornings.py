"""Two mornings at Lantern Books: who walked, in which order they noticed what, and in what words."""

from __future__ import annotations

from dataclasses import dataclass

from tests.servers.shop import story
from tests.servers.shop.inventory import BAD_CHECKOUT, MEDIA_HOST, NODES, pods
from tests.servers.shop.marks import InLog, InRow, Mark, On, Whole
from vistas.vista.notice import NoticeKind

MIRA, JONAS = "Mira", "Jonas"
NOTICED, WONDERING = NoticeKind.NOTICED, NoticeKind.WONDERING
SURPRISED, NORMAL = NoticeKind.SURPRISED, NoticeKind.NORMAL

SEARCH = {"ingress": "search"}
CHECKOUT = {"ingress": "checkout"}
BACKUP_NODE = {"instance": NODES[2]}


@dataclass(frozen=True)
class Said:
    """One notice: at which stop, about what, of which kind, in which words."""

    stop: str
    mark: Mark
    kind: NoticeKind
    text: str


@dataclass(frozen=True)
class Morning:
    """One recording: `file` is its name, `walks` what each teammate said, the author first."""

    file: str
    title: str
    moment: float
    walks: dict[str, tuple[Said, ...]]

    @property
    def author(self) -> str:
        return next(iter(self.walks))


def _pod(name: str, number: int, version: str | None = None) -> dict[str, str]:
    """The row of a workload's newest pod with that number."""
    found = [pod for pod in pods() if pod.workload.name == name and pod.number == number]
    chosen = [pod for pod in found if version in {None, pod.workload.version}][-1]
    return {"kind": "Pod", "namespace": chosen.workload.namespace, "name": chosen.name}


def _backup(day: int) -> On:
    return On("busy", story.at(day, "02:00"), story.at(day, "02:24"), BACKUP_NODE)


SEARCH_STUMBLES = Morning(
    file="2026-11-19-search-stumbles.vista",
    title="Search stumbled at three",
    moment=story.FIRST_MORNING,
    walks={
        MIRA: (
            Said(
                "weather",
                On("over-the-night", story.at(19, "03:16"), story.at(19, "03:47")),
                NOTICED,
                "Something rang for half an hour after three and stopped by itself. Was nobody paged?",
            ),
            Said(
                "errors",
                On("share", story.SEARCH_BREAKS, story.SEARCH_RECOVERS, SEARCH),
                SURPRISED,
                "Two searches in five failed, for half an hour. The other ways in: nothing at all.",
            ),
            Said(
                "errors",
                InLog("lines", "502 GET /search"),
                NOTICED,
                "All of them 502, and nginx had tried both pods each time. So it was not only the one.",
            ),
            Said(
                "workloads",
                InRow("stands-out", _pod("search", 0)),
                NOTICED,
                "One restart at 03:41, the minute it got better.",
            ),
            Said(
                "ground",
                _backup(19),
                NORMAL,
                "The nightly backup. It is always lantern-3 and it is always over by half past two.",
            ),
        ),
        JONAS: (
            Said("front-door", Whole(), NORMAL, "The evening hill, the quiet night. As on any night."),
            Said(
                "pace",
                On("unlucky", story.SEARCH_BREAKS, story.SEARCH_RECOVERS, SEARCH),
                WONDERING,
                "Slow and failing at once, as if one pod got everything. Does the readiness probe ask the index?",
            ),
            Said(
                "changes",
                InRow("deployments", {"namespace": "ingest", "name": "parser"}),
                WONDERING,
                "Parser 1.18.0 went out at twenty past midnight. Who was that? Nothing looks wrong with it.",
            ),
            Said(
                "horizon",
                On("certificates", story.FIRST_MORNING, story.FIRST_MORNING, {"host": MEDIA_HOST}),
                WONDERING,
                "Six days for the picture host. The other two renew by themselves, why not this one?",
            ),
        ),
    },
)

CHECKOUT_IS_STUCK = Morning(
    file="2026-11-20-checkout-is-stuck.vista",
    title="Checkout is stuck, and parser leaks",
    moment=story.SECOND_MORNING,
    walks={
        JONAS: (
            Said(
                "weather",
                InRow("ringing", {"alert": "RolloutStuck"}),
                NOTICED,
                "Ringing since half past six. Somebody rolled out checkout before anybody was here.",
            ),
            Said(
                "pace",
                On("unlucky", story.CHECKOUT_ROLLED_OUT, story.SECOND_MORNING, CHECKOUT),
                NOTICED,
                "One pod carries checkout alone: three times as slow since 06:20, and it is not even nine yet.",
            ),
            Said(
                "workloads",
                InRow("stands-out", _pod("checkout", 1, BAD_CHECKOUT)),
                SURPRISED,
                "Exit code 1, again and again. It has never run, not once. How did this pass the pipeline?",
            ),
            Said(
                "changes",
                InRow("deployments", {"namespace": "shop", "name": "checkout"}),
                WONDERING,
                "3.9.0. I would roll back first and ask what changed afterwards.",
            ),
        ),
        MIRA: (
            Said(
                "front-door", Whole(), NORMAL, "Nobody has noticed yet: as many people at the door as yesterday."
            ),
            Said(
                "workloads",
                InRow("stands-out", _pod("parser", 0)),
                NOTICED,
                "Out of memory at 02:47, the other one at 05:19. That is yesterday's rollout: 1.18.0 leaks.",
            ),
            Said(
                "ground",
                On("memory", story.at(20, "05:05"), story.at(20, "05:35"), BACKUP_NODE),
                NOTICED,
                "Here it falls. The climb before it was parser. Yesterday it did not stand out yet.",
            ),
            Said("ground", _backup(20), NORMAL, "The nightly backup."),
            Said(
                "horizon",
                On("certificates", story.SECOND_MORNING, story.SECOND_MORNING, {"host": MEDIA_HOST}),
                NOTICED,
                "Five days now. I take it.",
            ),
        ),
    },
)

MORNINGS = (SEARCH_STUMBLES, CHECKOUT_IS_STUCK)
