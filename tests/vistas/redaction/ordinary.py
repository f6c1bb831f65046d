"""What a cluster says every morning and no rule may touch: names, ids, digests, queries, messages, routes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from random import Random

from connectors.ingress.dialects import load_chatter, load_dialects

ROUTINES = Path(__file__).parents[3] / "vistas" / "routines"
APPS = """
cart checkout search payments catalog frontend web api gateway session-store token-service auth-proxy
password-reset secret-sync key-rotator cookie-banner basic-auth bearer-gateway passbolt compass
bypass-controller keycloak vault external-secrets sealed-secrets cert-manager oauth2-proxy dex redis-master
postgres-primary kafka-broker etcd coredns prometheus alertmanager grafana loki tempo ingress-nginx-controller
traefik envoy-gateway fluent-bit node-exporter kube-state-metrics metrics-server cluster-autoscaler aws-node
ebs-csi-node calico-typha cilium-operator argocd-server
"""
METRICS = """
apiserver_authentication_token_cache_request_total apiserver_admission_webhook_request_total
authentication_attempts kube_secret_info kube_secret_type kube_secret_created
kube_pod_container_status_restarts_total kube_node_status_condition
kubelet_pleg_relist_duration_seconds_bucket nginx_ingress_controller_requests
nginx_ingress_controller_ssl_expire_time_seconds process_cpu_seconds_total go_gc_duration_seconds
http_request_duration_seconds_bucket login_tokens_total password_resets_total session_id_collisions_total
cookie_size_bytes vault_token_count vault_secret_kv_count vault_token_create_total
serviceaccount_valid_tokens_total rest_client_exec_plugin_ttl_seconds keycloak_failed_login_attempts
oauth2_proxy_requests_total etcd_debugging_auth_revision node_filesystem_avail_bytes
container_memory_working_set_bytes kube_persistentvolumeclaim_info
certmanager_certificate_expiration_timestamp_seconds argocd_app_info cilium_policy_max_revision
coredns_forward_requests_total workqueue_depth ALERTS_FOR_STATE
envoy_listener_ssl_certificate_expiration_unix_time_seconds haproxy_server_status istio_requests_total
traefik_service_requests_total kong_http_requests_total caddy_http_requests_total
probe_ssl_earliest_cert_expiry
"""
SUFFIX = "bcdfghjklmnpqrstvwxz2456789"
HEX = "0123456789abcdef"
SENTENCES = """
MountVolume.SetUp failed for volume "{app}-tls" : secret "{app}-credentials" not found
MountVolume.SetUp failed for volume "kube-api-access-{s5}" : failed to sync configmap cache: timed out waiting for the condition
Error: couldn't find key password in Secret shop/{app}-database
Error: secret "{app}-database" not found
couldn't find key API_KEY in ConfigMap shop/{app}-settings
Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.
Back-off restarting failed container {app} in pod {app}-{h10}-{s5}_shop({uid})
Failed to pull image "registry.example/shop/{app}:{hex40}": rpc error: code = NotFound desc = not found
Failed to pull image "registry.example/shop/{app}@sha256:{hex64}": unauthorized: authentication required
Created pod: {app}-{h10}-{s5}
Readiness probe failed: HTTP probe failed with statuscode: 503
Liveness probe failed: Get "http://10.244.0.9:8080/healthz": context deadline exceeded
Scaled up replica set {app}-{h10} to 3
Successfully assigned shop/{app}-{h10}-{s5} to ip-10-0-12-7.eu-central-1.compute.internal
Stopping container {app}
pod {uid} was evicted: The node was low on resource: memory. Threshold quantity: 100Mi
AttachVolume.Attach succeeded for volume "pvc-{uid}"
E0722 06:00:00.123456       1 reflector.go:147] failed to list *v1.Secret: secrets is forbidden
W0722 06:00:00.123456       1 controller.go:1187] Service "shop/{app}" does not have any active Endpoint.
I0722 06:00:00.123456       1 store.go:529] "Updating Secret" secret="shop/{app}-tls" namespace="shop"
I0722 06:00:00.123456       1 queue.go:88] "Syncing" key="shop/{app}" requeue=false
E0722 06:00:00.123456       1 authentication.go:73] "Unable to authenticate the request" err="[invalid bearer token, Token has expired]"
W0722 06:00:00.123456       1 authentication.go:70] invalid bearer token, token lookup failed
level=info msg="Completed loading of configuration file" filename=/etc/prometheus/prometheus.yml token_source=file
level=warn component=auth msg="token is expired by 4m12s" user=system:serviceaccount:shop:{app}
ts=2026-11-22T06:00:00.123Z caller=main.go:1 msg="invalid token: signature is invalid"
the session expired and the cookie was not set
basic authentication required, bearer token missing
password must not be empty
wrong password for user postgres
FATAL:  password authentication failed for user "postgres"
FATAL:  no pg_hba.conf entry for host 10.244.0.9, user "svc", database "shop", no encryption
x509: certificate signed by unknown authority
tls: private key does not match public key
unexpected token '<', "<!DOCTYPE html>" is not valid JSON
Unexpected token } in JSON at position 42
syntax error at or near token "select"
failed to refresh token: oauth2: cannot fetch token: 401 Unauthorized
secret key: not set
cookie: not present in the request
authorization: user is not allowed to list pods
user "system:serviceaccount:shop:{app}" cannot list resource "secrets" in API group ""
secrets "{app}-token-{s5}" is forbidden: User "system:anonymous" cannot get resource "secrets"
--authentication-token-webhook=true --bearer-token-file=/var/run/secrets/token
--service-account-key-file=/etc/kubernetes/pki/sa.pub
--tls-private-key-file=/etc/kubernetes/pki/apiserver.key
ssl_certificate_key /etc/nginx/ssl/{app}.key;
tls.key: /etc/tls/private/{app}/tls.key
password_file: /run/secrets/{app}-password
secretName: {app}-tls
imagePullSecrets: [regcred]
secretKeyRef: {{name: {app}-database, key: password}}
tokenExpirationSeconds: 3607
sessionAffinity: None
topologyKey: kubernetes.io/hostname
key: node-role.kubernetes.io/control-plane
password: null
password: ""
token: <secret>
token: ${{TOKEN}}
password: {{{{ .Values.password }}}}
PASSWORD=$(cat /run/secrets/password)
PWD=/app
max_tokens: 4096
tokens=12 pass=3 fail=0
PARTITION_KEY=order_id
PUBLIC_KEY=/etc/keys/{app}.pem
routing_key=orders.created
primary_key=id
authorization.k8s.io/decision: allow
rbac.authorization.k8s.io/v1
etcdserver: mvcc: required revision has been compacted
trace_id={hex32} span_id={hex16}
request_id={hex32} upstream=shop-{app}-8080
X-Request-Id: {uid}
revision={hex40}
git commit {hex40} by ci
docker run -u 1000:1000 -p 8080:80 registry.example/shop/{app}:1.2.3
kubectl get pods -n shop -o wide
curl -u https://shop.example/
containerd://{hex64}
docker-pullable://registry.example/shop/{app}@sha256:{hex64}
registry.example/shop/{app}@sha256:{hex64}
registry.example/shop/{app}:1.{d2}.{d2}-{hex7}
ghcr.io/example/{app}:main-{hex8}
/kubepods/burstable/pod{uid}/{hex64}
kubepods-besteffort-pod{uid}.slice
cri-containerd-{hex64}.scope
/var/lib/kubelet/pods/{uid}/volumes/kubernetes.io~secret/{app}-tls
shop-{app}-8080
default-{app}-80@kubernetes
shop-{app}-http@kubernetescrd
outbound|8080||{app}.shop.svc.cluster.local
{app}.shop.svc.cluster.local:8080
{app}-{h10}-{s5}
{app}-{h10}
{app}-{s5}
{app}-token-{s5}
{app}-0
gke-shop-default-pool-{hex8}-{s5}
ip-10-0-{d2}-{d2}.eu-central-1.compute.internal
aks-nodepool1-{d8}-vmss00000{d1}
i-0{hex16}
vol-0{hex16}
pvc-{uid}
{uid}
sha256:{hex64}
{hex40}
arn:aws:iam::123456789012:role/{app}
projects/shop/zones/europe-west3-a/disks/pvc-{uid}
{{"request_uri":"/v2/{app}/blobs/sha256:{hex64}","status":200}}
"GET /v2/shop/{app}/manifests/sha256:{hex64} HTTP/1.1" 200
"GET /orders/{uid} HTTP/1.1" 200
"GET /orders/{d8}{d8} HTTP/1.1" 200
"GET /assets/app.{hex32}.js HTTP/1.1" 200
"GET /static/media/logo.{hex8}.svg HTTP/1.1" 200
"GET /_next/static/chunks/{hex16}-{hex16}.js HTTP/1.1" 304
"GET /api/v1/namespaces/shop/pods/{app}-{h10}-{s5}/log HTTP/2.0" 200
"GET /apis/external-secrets.io/v1beta1/clustersecretstores HTTP/2.0" 200
"GET /blog/how-to-rotate-a-signing-key-without-downtime HTTP/1.1" 200
"GET /documentation/GettingStartedWithKubernetes2024 HTTP/1.1" 200
"GET /api/ResetPasswordRequestController/listPending HTTP/1.1" 200
"POST /realms/shop/protocol/openid-connect/token HTTP/1.1" 200
"POST /reset/password HTTP/1.1" 200
"GET /token/refresh HTTP/1.1" 401
"GET /invite/accept HTTP/1.1" 200
"GET /verify/email-address HTTP/1.1" 200
https://git.example/shop/{app}/commit/{hex40}
https://git.example/shop/{app}/-/blob/{hex40}/main.go
https://grafana.example/d/{s5}{s5}/{app}
https://registry.example/v2/shop/{app}/tags/list
ssh://git@git.example/shop/{app}.git
git@git.example:shop/{app}.git
https://packages.example.org/@example/{app}
http://10.244.0.9:8080/@vite/client
pkg:npm/example/{app}@1.2.3
golang.org/x/crypto@v0.31.0
unix:/run/{app}.sock
http://[2001:db8::1]:8080/
http://{app}.shop:8080
tcp://10.0.2.1:80
/orders/:id
/reset/:id
/api/v1/query_range
/login
/auth/realms/shop
"""  # noqa: E501 - a message is a line
QUERIES = """
sum by (ingress) (rate(nginx_ingress_controller_requests{{status=~"5.."}}[5m]))
kube_secret_info{{namespace="shop",secret="{app}"}}
kube_secret_labels{{secret="{app}-token-{s5}"}} 1
{metric}{{namespace="shop",pod="{app}-{h10}-{s5}",uid="{uid}"}} 1
{metric}{{id="/kubepods/burstable/pod{uid}/{hex64}",image="registry.example/shop/{app}@sha256:{hex64}"}}
{metric}{{container_id="containerd://{hex64}",node="ip-10-0-{d2}-{d2}.ec2.internal"}}
histogram_quantile(0.95, sum by (le) (rate({metric}[5m])))
{metric}_build_info{{branch="HEAD",goversion="go1.26.1",revision="{hex40}",version="3.{d2}.0"}} 1
{metric}{{path=~"/api/v[0-9]?.*",method!="OPTIONS"}}
{metric}{{handler="/api/v1/query",code="200"}} 42
increase({metric}{{reason=~"OOMKilled|Error"}}[1h]) > 0
label_replace(up, "host", "$1", "instance", "(.+):\\\\d+")
{metric}{{job="{app}",le="+Inf"}}
topk(5, sum by (token_type) (rate({metric}[5m])))
{metric}{{key="shop/{app}",cluster_id="{uid}"}}
{metric}{{class="io.example.shop.{app}.CheckoutServiceConfigurationProperties"}}
{metric}{{alertname="KubePodCrashLooping",fingerprint="{hex16}"}}
"""

AS_THEY_ARE = r"""
Kafka cluster id 4L6g3nShTeMCtKX86sw ok
etag: W/"5d8c72a5edda8d6a"
"GET /_next/static/X7k2dPqL7vRt3ZbN8mWc/_buildManifest.js HTTP/1.1" 200
"GET /assets/index-DiwrgTda.js HTTP/1.1" 200
"GET /wp-content/themes/twentytwentyfour/assets/images/building-exterior.webp HTTP/1.1" 200
"GET /products/blue-suede-shoes-size-42-men HTTP/1.1"
"GET /api/v1/namespaces/kube-system/services/https:kubernetes-dashboard:/proxy/ HTTP/1.1"
"GET /apis/metrics.k8s.io/v1beta1/nodes HTTP/2"
"GET /apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations HTTP/2"
"GET /apis/apiextensions.k8s.io/v1/customresourcedefinitions HTTP/2"
"GET /apis/autoscaling/v2/horizontalpodautoscalers HTTP/2"
"GET /openid/v1/jwks HTTP/1.1"
"GET /.well-known/openid-configuration HTTP/1.1"
"GET /.well-known/acme-challenge/test HTTP/1.1"
"GET /users/password/edit HTTP/1.1"
"GET /oauth2/callback HTTP/1.1"
"GET /api/tokens/42 HTTP/1.1"
"GET /api/invites/42 HTTP/1.1"
"GET /webhooks/github HTTP/1.1"
"GET /webhooks/stripe-events HTTP/1.1"
"GET /hooks/deploy-prod HTTP/1.1"
"GET /v1/secrets HTTP/1.1"
"GET /v1/secrets/db-credentials HTTP/1.1"
"GET /com.example.shop.CheckoutService/PlaceOrder HTTP/2"
"POST /grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo HTTP/2"
"POST /envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources HTTP/2"
"GET /graphql HTTP/1.1"
"GET /de-DE/hilfe/datenschutzerklaerung HTTP/1.1"
"GET /i18n/messages_pt_BR.json HTTP/1.1"
"GET /sitemap-products-2024-11.xml HTTP/1.1"
"GET /fonts/Inter-roman.var.woff2 HTTP/1.1"
"GET /maps/api/js/QuotaService.RecordEvent HTTP/1.1"
error getting credentials - err: exit status 1
failed to decode token: illegal base64 data
token has invalid claims: token is expired
failed to get token: Post "https://sts.example.org/": dial tcp: lookup failed
could not get token: AccessDenied: not authorized
error: You must be logged in to the server (Unauthorized)
Using service account token from file
Rotating certificates with key algorithm RSA
Generated private key for certificate shop-tls
secret shop/cart-tls updated
"Reconciling" secret="cart-tls" namespace="shop"
"certificate request approved" secret_name="cart-tls"
Certificate shop/cart-tls: secret cart-tls does not exist
Issuing certificate as Secret does not exist
cookie-based session affinity enabled for upstream shop-cart-8080
cookies disabled
Loaded 12 tokens, 3 secrets, 4 keys
hash ring: 128 tokens per instance, 384 tokens total
compactor token count=512
ring_tokens=128
tokens: 512
ingester_tokens_total 512
password policy: minimum length 12
password: must be at least 12 characters
password field is required
password changed successfully for user ann
wrong password: attempt 3 of 5
session id: none
session expired: please sign in again
authentication failed: invalid username or password
auth: rbac
auth=enabled
auth_enabled: false
-auth.multitenancy-enabled=true
--authorization-mode=Node,RBAC
--enable-bootstrap-token-auth=true
--requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt
--etcd-keyfile=/etc/kubernetes/pki/apiserver-etcd-client.key
--kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key
--secret-name=cart-tls
--default-ssl-certificate=shop/default-tls
key: app.kubernetes.io/name
key: tls.crt
"key": "node.kubernetes.io/not-ready"
keys: [a, b]
sort_key: created_at
state: Running
state=Terminated reason=Completed exit_code=137 code=137
code="200",state="active"
code = Unavailable desc = connection error
status code: 503
nonce: 1
pin=latest
pins: 3
sig=SIGTERM
signal=SIGKILL
ticket: OPS-1234
ticket=INC0012345
identity: system:node:ip-10-0-1-2
conn=1234 op=2 SRCH
connection: keep-alive
connection string is missing
pass: 12, fail: 0
pass=true
"pass": false
compass=north
bypass: true
passthrough=true
passive: yes
pwd
PWD=/home/app
OLDPWD=/home
author: ann
authority: shop.example
authenticated: true
authn=none
saml: disabled
jwt: enabled
jwks_uri: https://id.example.org/jwks
token_endpoint: https://id.example.org/token
token_type: Bearer
"token_type":"Bearer","expires_in":3600
grant_type=client_credentials
scope=openid profile email
client_id=grafana
issuer: https://id.example.org/realms/shop
tolerations: [{key: node-role.kubernetes.io/control-plane, operator: Exists}]
volumes: [{name: tls, secret: {secretName: cart-tls}}]
valueFrom: {secretKeyRef: {key: password, name: cart-db}}
secretRef: {name: cart-db}
env: [{name: DB_HOST, value: postgres.shop.svc}]
env: [{name: PASSWORD_FILE, value: /run/secrets/password}]
image: quay.io/oauth2-proxy/oauth2-proxy:v7.6.0
image: hashicorp/vault:1.18.2
image: ghcr.io/external-secrets/external-secrets:v0.10.7
image: bitnami/sealed-secrets-controller:0.27.3
ghcr.io/org/token-service:sha-9f3c2d1
Pulled image "ghcr.io/org/token:main-20241122.1"
resourceVersion: "182736451"
generation: 4
checksum/secret: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
checksum/config: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
pod-template-hash=7d9f8b6c5d
controller-revision-hash: cart-5f8d9c7b6
helm.sh/chart: kube-prometheus-stack-66.2.1
helm.sh/release.v1: sh.helm.release.v1.cart.v12
secret "sh.helm.release.v1.cart.v12" already exists
traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
x-b3-traceid: 463ac35c9f6413ad48485a3953bb6124
x-amzn-trace-id: Root=1-67891233-abcdef012345678912345678
cf-ray: 230b030023ae2822-SJC
GET / HTTP/1.1 Host: shop.example User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36
node_dmi_info{bios_vendor="Amazon EC2",product_name="m6i.xlarge",product_uuid="ec2e1916-9099-7caf-fd21-012345abcdef"} 1
node_disk_info{device="nvme0n1",serial="S4EWNX0R123456A",wwn="eui.0025385b01402f2a"} 1
kube_pod_info{pod_ip="10.0.0.1",uid="6f1c1b1e-2d5e-4c39-9d0b-1f7f3b9a1c2d",created_by_name="cart-7d9f8b6c5d"} 1
jvm_gc_pause_seconds{action="end of minor GC",cause="G1 Evacuation Pause"} 1
kafka_consumergroup_lag{consumergroup="cart-consumer",topic="orders.v1.OrderCreatedEvents"} 3
http_server_requests{exception="MethodArgumentNotValidException",uri="/orders/{id}"} 3
spring{class="org.springframework.security.web.FilterChainProxy"} 1
go_info{version="go1.23.4"} 1
apiserver_request_total{resource="secrets",verb="LIST",group="",component="apiserver"} 5
vault_secret_lease_creation{mount_point="secret/",secret_engine="kv"} 1
kube_secret_annotations{secret="cart-tls",annotation_cert_manager_io_issuer_name="letsencrypt"} 1
certmanager_certificate_ready_status{name="cart-tls",condition="True"} 1
rate(oauth2_proxy_requests_total{code=~"4.."}[5m])
sum(kube_secret_type{type="kubernetes.io/service-account-token"}) by (namespace)
count by (secret) (kube_secret_info)
absent(up{job="token-service"})
arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/db-AbCdEf
arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab
arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/k8s-shop-cart-0123456789/50dc6c495c0c9188
https://ABCDEF0123456789ABCDEF0123456789.gr7.eu-central-1.eks.amazonaws.com
https://sqs.eu-central-1.amazonaws.com/123456789012/orders
https://d111111abcdef8.cloudfront.net/logo.png
https://github.com/org/repo/actions/runs/1234567890
https://github.com/org/repo/blob/0a1b2c3d4e5f60718293a4b5c6d7e8f901234567/README.md
https://grafana.example/d/ae2x7f9k1q3b5c/shop?orgId=
https://kibana.example/app/discover#/view/0a1b2c3d-1111-2222-3333-444455556666
gs://bucket/path/file-0001.parquet
s3://loki-chunks/fake/0a1b2c3d4e5f6071/193ab:193cd:1f2e3d4c
/loki/chunks/fake/0a1b2c3d4e5f6071
/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/123/fs
/var/lib/docker/overlay2/0a1b2c3d4e5f60718293a4b5c6d7e8f9012345670a1b2c3d4e5f60718293a4b5/merged
/sys/fs/cgroup/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod6f1c1b1e_2d5e_4c39_9d0b_1f7f3b9a1c2d.slice
/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0123456789abcdef0
/dev/mapper/ubuntu--vg-ubuntu--lv
/proc/sys/net/netfilter/nf_conntrack_max
C:\ProgramData\docker\windowsfilter\0a1b2c3d
user@host:~/shop$ kubectl get pods
postgres@10.0.0.1:5432
redis://cache:6379/0
amqp://mq:5672
jdbc:postgresql://db:5432/shop
ldap://ldap.example.org:389
nats://nats:4222
kafka:9092,kafka-1:9092
10.0.0.1:53: server misbehaving
[::1]:8080
10:15:30@node-1
foo@bar
@babel/core@7.26.0
react@18.3.1
actions/checkout@v4
cart@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
svc-cart@kubernetescrd
shop-cart-redirect@docker
"""  # noqa: E501 - a message is a line


def ordinary_texts(number: int = 2_400) -> list[str]:
    """So many different texts, the same every time, besides what comes with the project."""
    random = Random(7)  # noqa: S311 - names, not secrets
    shapes = [*SENTENCES.strip().splitlines(), *QUERIES.strip().splitlines(), "{metric}", "{metric}"]
    texts: dict[str, None] = dict.fromkeys((*_of_the_project(), *AS_THEY_ARE.strip().splitlines()))
    turn = 0
    while len(texts) < number:
        texts[_filled(shapes[turn % len(shapes)], random)] = None
        turn += 1
    return [*texts]


def sample_lines() -> list[str]:
    """The lines that come with the dialects."""
    rules = (*load_dialects(), *load_chatter())
    return [sample.line for rule in rules for sample in rule.samples]


def _of_the_project() -> Iterator[str]:
    for path in sorted(ROUTINES.glob("*.yaml")):
        yield from (line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _filled(shape: str, random: Random) -> str:
    def drawn(letters: str, number: int) -> str:
        return "".join(random.choices(letters, k=number))

    def put(found: re.Match[str]) -> str:
        kind, number = found[1], int(found[2] or 0)
        match kind:
            case "app":
                return random.choice(APPS.split())
            case "metric":
                return random.choice(METRICS.split())
            case "uid":
                return str(uuid.UUID(int=random.getrandbits(128), version=4))
            case "hex":
                return drawn(HEX, number)
            case "d":
                return drawn("123456789", number)
            case _:
                return drawn(SUFFIX, number)

    return re.sub(r"\{(app|metric|uid|hex|d|s|h)(\d*)\}", put, shape).replace("{{", "{").replace("}}", "}")
