"""Autoscalers, disruption budgets, the nightly backup's jobs."""

from tests.servers.kubernetes.kube_objects import Object
from tests.servers.shop import story
from tests.servers.shop.inventory import WORKLOADS, Workload
from tests.servers.shop.metrics.cluster import AUTOSCALED, BACKUP_JOBS, available
from tests.servers.shop.objects.shape import condition, make, written

PROTECTED = ("storefront", "checkout", "search", "ingress-nginx-controller")
BACKUP = "postgres-backup"
ENDED = ("SuccessCriteriaMet", "Complete")
"""What Kubernetes 1.31 and later say of a Job that is done; the one does not go without the other."""


def objects(moment: float) -> list[Object]:
    scaled = [_autoscaler(workload) for workload in WORKLOADS if workload.name in AUTOSCALED]
    budgets = [_budget(workload, moment) for workload in WORKLOADS if workload.name in PROTECTED]
    nights = zip(BACKUP_JOBS, (story.at(19, "02:00"), story.at(20, "02:00")), strict=True)
    return [*scaled, *budgets, _schedule(moment), *(_job(name, begun) for name, begun in nights if begun < moment)]


def _autoscaler(of: Workload) -> Object:
    fewest, most, now = AUTOSCALED[of.name]
    target = {"apiVersion": "apps/v1", "kind": of.kind, "name": of.name}
    metric = {
        "type": "Resource",
        "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 80}},
    }
    spec = {"scaleTargetRef": target, "minReplicas": fewest, "maxReplicas": most, "metrics": [metric]}
    status = {"currentReplicas": now, "desiredReplicas": now, "conditions": [], "currentMetrics": []}
    return make("autoscaling/v2", "HorizontalPodAutoscaler", of.name, of.namespace, spec=spec, status=status)


def _budget(of: Workload, moment: float) -> Object:
    ready = available(of, moment)
    needed = of.replicas - 1
    counts = {"currentHealthy": ready, "desiredHealthy": needed, "expectedPods": of.replicas}
    status = {**counts, "disruptionsAllowed": max(0, ready - needed), "observedGeneration": 1}
    spec = {"minAvailable": needed, "selector": {"matchLabels": {"app": of.name}}}
    return make("policy/v1", "PodDisruptionBudget", of.name, of.namespace, spec=spec, status=status)


def _template() -> dict[str, object]:
    container = {"name": BACKUP, "image": "registry.lantern.example/backup:2.1.0"}
    return {"metadata": {"labels": {"app": BACKUP}}, "spec": {"restartPolicy": "Never", "containers": [container]}}


def _schedule(moment: float) -> Object:
    spec = {"schedule": "0 2 * * *", "jobTemplate": {"spec": {"template": _template()}}}
    last = story.at(20 if moment >= story.at(20, "02:00") else 19, "02:00")
    status = {"lastScheduleTime": written(last)}
    return make("batch/v1", "CronJob", BACKUP, "data", spec=spec, status=status)


def _job(name: str, begun: float) -> Object:
    done = begun + story.BACKUP_TAKES
    times = {"startTime": written(begun), "completionTime": written(done)}
    status = {**times, "succeeded": 1, "conditions": [condition(word, True, done) for word in ENDED]}
    return make("batch/v1", "Job", name, "data", created=begun, spec={"template": _template()}, status=status)
