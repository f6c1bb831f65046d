"""Ways in which secrets get into what tools say: written by careless people, and by those who mean it.

Each `<kind>` becomes a secret of that kind, made up by a seeded generator, so that nothing here is or was one.
"""

from __future__ import annotations

import base64
import re
import string
from random import Random

LETTERS = string.ascii_letters + string.digits
UPPER = string.ascii_uppercase + string.digits
LOWER = string.ascii_lowercase + string.digits
HEX = string.digits + "abcdef"
URLSAFE = LETTERS + "-_"

KINDS: dict[str, tuple[str, int]] = {
    "b16": (LETTERS, 16),
    "b20": (LETTERS, 20),
    "b22": (LETTERS, 22),
    "b24": (LETTERS, 24),
    "b30": (LETTERS, 30),
    "b36": (LETTERS, 36),
    "b40": (LETTERS, 40),
    "b64": (LETTERS, 64),
    "b86": (LETTERS + "+/", 86),
    "u22": (URLSAFE, 22),
    "u27": (URLSAFE, 27),
    "u35": (URLSAFE, 35),
    "u43": (URLSAFE, 43),
    "u68": (URLSAFE, 68),
    "A13": (UPPER, 13),
    "A16": (UPPER, 16),
    "A24": (UPPER, 24),
    "A58": (UPPER, 58),
    "A64": (UPPER, 64),
    "l8": (LOWER, 8),
    "l26": (LOWER, 26),
    "h16": (HEX, 16),
    "h24": (HEX, 24),
    "h32": (HEX, 32),
    "h34": (HEX, 34),
    "h40": (HEX, 40),
    "h64": (HEX, 64),
    "d4": (string.digits, 4),
    "d6": (string.digits, 6),
}
MADE = {*KINDS, "pw", "word", "jwt", "basic", "pem"}
WORDS = (
    *("hunter", "correct", "horse", "battery", "staple", "tuesday"),
    *("winter", "garden", "monkey", "dragon", "falcon", "orchid"),
)


class Maker:
    """Fills shapes with secrets, and remembers which."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - made up, and the same each time

    def fill(self, shape: str) -> tuple[str, list[str]]:
        """The text, and the secrets that must not be found in it any more."""
        secrets: list[str] = []

        def put(found: re.Match[str]) -> str:
            if found[1] not in MADE:
                return found[0]
            secret, pieces = self._make(found[1])
            secrets.extend(pieces)
            return secret

        return re.sub(r"<(\w+)>", put, shape), secrets

    def _make(self, kind: str) -> tuple[str, list[str]]:
        if kind == "pw":
            word = self._random.choice(WORDS).capitalize() + str(self._random.randrange(10, 10_000))
            return word, [word]
        if kind == "word":
            word = self._random.choice(WORDS)
            return word, [word]
        if kind == "jwt":
            return self._jwt()
        if kind == "basic":
            secret = base64.b64encode(f"ann:{self._drawn('b16')}".encode()).decode()
            return secret, [secret.rstrip("=")]
        if kind == "pem":
            secret = "\n".join(self._drawn("b64") for _ in range(3))
            return secret, secret.split("\n")
        secret = self._drawn(kind)
        return secret, [secret]

    def _drawn(self, kind: str) -> str:
        letters, number = KINDS[kind]
        return "".join(self._random.choices(letters, k=number))

    def _jwt(self) -> tuple[str, list[str]]:
        claims = base64.urlsafe_b64encode(b'{"sub":"' + self._drawn("b16").encode() + b'"}').decode().rstrip("=")
        signature = self._drawn("u43")
        head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').decode().rstrip("=")
        return f"{head}.{claims}.{signature}", [claims, signature]


EMAILS = """\
mail to ann.<word>@example.org.
mail to ann.<word>@example.org, again
(ann.<word>@example.org)
'ann.<word>@example.org'
<ann.<word>@example.org>
ann.<word>@example.org: rejected
ann.<word>+tag@mail.example.co.uk.
user=ann.<word>%40example.org&x=1
o'<word>@example.org!
ann.<word>@example.org…
ann.<word>@münchen.example
login of "ann <word>"@example.org
ann.<word>@example.org/inbox
ann_<word>@sub.sub.example.museum;
by ann.<word>@xn--bcher-kva.example.
\\x22ann.<word>@example.org\\x22
ann.<word>@[192.0.2.1]
"""

URLS = """\
postgres://svc:<pw>/<pw>@db:5432/shop
postgres://svc:<pw>?<pw>@db:5432/shop
postgres://svc:<pw>#<pw>@db:5432/shop
postgres://svc:<pw>'<pw>@db:5432/shop
postgres://svc:<pw>@<pw>@db:5432/shop
postgres://svc:<pw>:<pw>@db:5432/shop
postgres://svc:<pw>/<pw>?<pw>#<pw>@db/shop?sslmode=require
'postgres://svc:<pw>@db/shop'
"postgres://svc:<pw>@db/shop"
dsn=postgres://svc:<pw>@db/shop
postgres://svc:<pw>,<pw>;<pw>@db/shop
postgres://svc:<pw>(<pw>)[<pw>]@db/shop
postgresql+psycopg://svc:<pw>$<pw>@db/shop
mysql://root:<pw>!<pw>@mysql.shop.svc.cluster.local:3306/shop
mongodb://svc:<pw>@m1:27017,m2:27017/shop?replicaSet=rs0
mongodb+srv://svc:<pw>/<pw>@cluster0.example.net/shop
redis://:<pw>@cache:6379/0
rediss://default:<b24>@cache:6380
amqp://guest:<pw>#<pw>@mq:5672/%2f
amqps://svc:<b22>@mq/vhost
https://<b22>@git.example.org/shop/cart.git
https://oauth2:<b24>@git.example.org/shop/cart.git
https://<h32>@errors.example.org/42
ftp://ann:<pw>@files.example.org/in
smtp://ann%40example.org:<pw>@smtp.example.org:587
ldap://cn=admin,dc=example:<pw>@ldap:389
http://proxy:<pw>@10.0.0.1:3128
failed to connect to `postgres://svc:<pw>/<pw>@db:5432/shop`: refused
dial postgres://svc:<pw>
see postgres%3A%2F%2Fsvc%3A<pw>%40db%2Fshop
{"url":"postgres:\\/\\/svc:<pw>@db\\/shop"}
{"url":"postgres://svc:<pw>\\u0040db/shop"}
jdbc:postgresql://db/shop?user=svc&password=<pw>
jdbc:mysql://svc:<pw>@db:3306/shop
jdbc:oracle:thin:svc/<pw>@db:1521:orcl
jdbc:oracle:thin:svc/<pw>@//db:1521/orcl
jdbc:sqlserver://db:1433;databaseName=shop;user=svc;password=<pw>;encrypt=true
svc:<pw>@tcp(db:3306)/shop
svc:<pw>/<pw>@tcp(db:3306)/shop?parseTime=true
svc:<pw>@unix(/run/mysqld.sock)/shop
svc:<pw>@/shop
connecting as svc:<pw>@db:5432
sqlplus svc/<pw>@orcl
Server=db;Database=shop;User Id=svc;Password=<pw>;
Server=tcp:db,1433;User ID=svc;Password=<pw>;<pw>;Encrypt=True
Driver={ODBC Driver 18};Server=db;UID=svc;PWD={<pw>;<pw>};
Data Source=db;Persist Security Info=True;Pwd=<pw>
host=db user=svc password=<pw> dbname=shop
DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=<b86>==;EndpointSuffix=core.example.net
Endpoint=sb://shop.example.net/;SharedAccessKeyName=send;SharedAccessKey=<b40>=
SharedAccessSignature sr=shop&sig=<b40>%3D&se=1700000000&skn=send
https://shop.blob.example.net/a/b.txt?sv=2024-01-01&sr=b&sig=<b40>%3D
sftp://svc:<pw>&<pw>@files/in
clickhouse://svc:<pw>|<pw>@ch:9000/shop
nats://<b22>@nats:4222
kafka+sasl://svc:<pw>`<pw>@broker:9092
"""

PAIRS = """\
password:     <pw>
password :   <pw>
password	<pw>
password=<pw>
password = '<pw>'
password="<pw>
Password : "<pw>"
password:<pw>
password := "<pw>"
password => '<pw>'
:password => "<pw>"
password == "<pw>"
password -> <pw>
"password": "<pw>"
'password': '<pw>'
"password" : <d6>
{"password":"<pw>","user":"ann"}
{\\"password\\":\\"<pw>\\"}
{\\\\\\"password\\\\\\":\\\\\\"<pw>\\\\\\"}
{"msg":"{\\"auth\\":{\\"password\\":\\"<pw>\\"}}"}
\\x22password\\x22:\\x22<pw>\\x22
%22password%22%3A%22<pw>%22
{&quot;password&quot;:&quot;<pw>&quot;}
\\u0022password\\u0022:\\u0022<pw>\\u0022
password="<pw> <pw>"
password='<pw>"<pw>'
password="<pw>\\"<pw>"
password='<pw>''<pw>'
"password";"<pw>"
password=<pw>,<pw>
password=<pw>;<pw>
password=<pw>&<pw>
password=<pw>(<pw>
password=<pw>)<pw>
password=<pw>|<pw>
password=<pw>{<pw>
password=<pw>}<pw>
password=<pw>\\<pw>
password=<pw>"<pw>
password=<pw>'<pw>
password=<pw><<pw>
password=<pw>[<pw>]
password=<pw>`<pw>
password=$<pw>
password=#<pw>
password=,<pw>
password=;<pw>
password=(<pw>)
password=&<pw>
password=b'<pw>'
password=u"<pw>"
password=“<pw>”
password=‘<pw>’
password=`<pw>`
(password=<pw>)
[password=<pw>]
{password: <pw>, user: ann}
{password:<pw>}
map[password:<pw> user:ann]
&{User:ann Password:<pw> Port:5432}
Config(user='ann', password='<pw>', port=5432)
pass=<pw>
pass: <pw>
db_pass=<pw>
dbPass=<pw>
DB_PASS=<pw>
userpass: <pw>
pwd=<pw>
PWD=<pw>;
passwd=<pw>
passphrase: <word>-<word>-<word>
pw=<pw>
DB_PW: '<pw>'
adminpw=<pw>
Passwort: <pw>
contraseña=<pw>
пароль: <pw>
PGPASSWORD=<pw> psql -h db
MYSQL_PWD=<pw>
export REDIS_PASSWORD='<pw>'
DB_PASSWORD_PROD=<pw>
password1=<pw>
PASSWORD_2: <pw>
passwordValue=<pw>
password_hash=<h64>
spring.datasource.password=<pw>
db.password = <pw>
config["password"] = "<pw>"
$config['password'] = '<pw>';
password: |
  <pw>
password: >-
  <pw>
password: <word> <word> <word>
STRIPE_KEY=<b24>
STRIPE_KEY: <h32>
ENCRYPTION_KEY="<h64>"
DATADOG_API_KEY=<h32>
dd_api_key: <h32>
apiKey: '<b24>'
apikey=<h32>
api key: <h32>
API-Key = <b22>
x-api-key: <b22>
X-Api-Key=<l26>
ocp-apim-subscription-key: <h32>
signingKey=<b40>
SECRET_KEY_BASE=<h64>
SECRET_KEY='<u43>'
client_secret=<b24>
clientSecret: <b24>
CLIENT-SECRET: "<b24>"
secret=<pw>
secret: "<b24>"
secret_id=<h32>
app.secret=<word>-<word>
accessToken=<b24>
access_token: <b24>
refresh-token: <b24>
id_token=<jwt>
token=<b16>
token: '<h40>'
TOKEN="<b22>"
xoauth_token: <b22>
csrftoken=<b22>
session_id=<b22>
sessionid: <l26>
JSESSIONID=<A24>
PHPSESSID=<l26>
connect.sid=s%3A<u22>.<b40>
credentials=<b24>
creds: ann/<pw>
signature=<b40>
X-Amz-Signature=<h64>
"privateKey": "<b64>"
private_key = <b64>
aws_secret_access_key = <b40>
AWS_SESSION_TOKEN=<b86>
connectionString=<pw>
auth=<b24>
_auth=<basic>
//registry.example.org/:_authToken=<h40>
"auth": "<basic>"
"identitytoken": "<b24>"
.dockerconfigjson: <b64>
client-key-data: <b64>
otp=<d6>
pin: <d6>
verification_code=<d6>
SAMLResponse=<b64>
grant_type=authorization_code&code=<b30>&state=x
code_verifier=<u43>
client_assertion=<b40>
WIFI_PSK=<pw>
bindpw <pw>
requirepass <pw>
masterauth <pw>
CONFIG SET requirepass <pw>
machine git.example.org login ann password <pw>
db:
  username: svc
  password: <pw>
env: [{"name": "DB_PASSWORD", "value": "<pw>"}]
- name: DB_PASSWORD
  value: <pw>
{Name:DB_PASSWORD Value:<pw> ValueFrom:nil}
{"key":"api_token","value":"<b22>"}
name=STRIPE_KEY value=<b24>
{"value":"<b22>","name":"AUTH_TOKEN"}
["password", "<pw>"]
('token', '<b22>')
<password><pw></password>
<wsse:Password Type="PasswordText"><pw></wsse:Password>
<add key="Password" value="<pw>"/>
<property name="password" value="<pw>"/>
<secret><![CDATA[<pw>]]></secret>
the password is <pw>
password was changed to '<pw>'
token is <b22>
Login failed with password <pw> for ann
CREATE USER svc IDENTIFIED BY '<pw>'
ALTER ROLE svc WITH PASSWORD '<pw>'
SET PASSWORD FOR 'svc' = PASSWORD('<pw>')
a,b,password=<pw>|c
level=info msg="login" password="<pw>" user=ann
time="2026-11-22T06:00:00Z" level=error msg="cannot log in with password=<pw>"
W0722 06:00:00.000000 1 client.go:12] password: "<pw>" rejected
request body: user=ann&password=<pw>%26<pw>&x=1
{"body":"user=ann\\u0026password=<pw>"}
PASSWORD=<pw>\\nUSER=ann
user=ann\\tpassword=<pw>
"passwords":["<pw>","<pw>"]
"tokens": ["<b22>", "<b22>"]
sasl.jaas.config=org.apache.PlainLoginModule required username="svc" password="<pw>";
"""

FLAGS = """\
--password <pw>
--password=<pw>
--password '<pw>'
--db-password <pw> --port 5432
-password <pw>
--pass <pw>
--token <b22>
--auth-token "<b22>"
--api-key <h32>
--client-secret <b24>
--secret=<b24>
--set auth.password=<pw>
--set-string db.password=<pw>,db.user=svc
--from-literal=key=<pw>
args: ["--password", "<pw>"]
["mysql", "--password", "<pw>"]
- --password
- <pw>
curl -u ann:<pw> https://shop.example.org/
curl -sSu ann:<pw> https://shop.example.org/
curl --user "ann:<pw>" https://shop.example.org/
curl --proxy-user ann:<pw> https://shop.example.org/
curl -H 'X-Auth-Token: <b22>' https://shop.example.org/
curl -H "Authorization: Bearer <b22>" https://shop.example.org/
wget --http-password=<pw> https://shop.example.org/
mysql -u root -p<pw> shop
mysqldump -h db -uroot -p<pw> shop
sshpass -p <pw> ssh ann@db
sshpass -p '<pw>' ssh db
redis-cli -h cache -a <pw> ping
docker login -u ann -p <pw> registry.example.org
ldapsearch -x -D cn=admin -w <pw> -b dc=example
openssl rsa -passin pass:<pw> -in a.pem
htpasswd -bc users ann <pw>
PGPASSWORD="<pw>" pg_dump shop
kubeadm join 10.0.0.1:6443 --token <l8>.<l8><l8>
vault login -method=userpass username=ann password=<pw>
smbclient -U ann%<pw> //files/in
"""

HEADERS = """\
Authorization: Bearer <b22>
Authorization: bearer <b22>
authorization=Bearer <b22>
authorization="Bearer <b22>"
"authorization": "Bearer <b22>"
"Authorization":["Bearer <b22>"]
Authorization: Basic <basic>
Authorization: Token <h40>
Authorization: ApiKey <b24>
Authorization: <b24>
Authorization: Digest username="ann", realm="x", response="<h32>"
Authorization: AWS4-HMAC-SHA256 Credential=<A16>/20261122/eu/s3, Signature=<h64>
Authorization: OAuth oauth_token="<b22>", oauth_signature="<b24>"
Authorization: Token token="<b22>", email="x"
Authorization: GenieKey <h32>
Authorization: Negotiate <b64>
Proxy-Authorization: Basic <basic>
X-Forwarded-Authorization: Bearer <b22>
HTTP_AUTHORIZATION=Bearer <b22>
proxy_set_header Authorization "Basic <basic>";
["Authorization", "Bearer <b22>"]
{"name":"Authorization","value":"Bearer <b22>"}
Authorization%3A%20Bearer%20<b22>
Authorization:Bearer <b22>
sent Bearer <b22> to it
Bearer: <b22>
token: Bearer <b22>
"Bearer <b22>"
X-Vault-Token: <b24>
X-Auth-Token: <h32>
Private-Token: <b20>
X-Amz-Security-Token: <b86>
X-CSRF-Token: <b22>
X-Gitlab-Token: <word>-<word>
x-goog-api-key: <b36>
Cookie: sid=<b22>
Cookie: a="b"; sid=<b22>
Cookie: a="b c"; sid="<b22>"; d=e
cookie: a=b; sid=<b22>; c=d
"cookie": "a=\\"b\\"; sid=<b22>"
-H 'Cookie: a="b"; sid=<b22>'
"Cookie: a=b; sid=<b22>"
Cookie: a='b'; sid=<b22>
Cookie: a=b;sid=<b22>
Cookie: a=b, sid=<b22>
Cookie: <b22>
Cookie=sid=<b22>
"Cookie":["a=b","sid=<b22>"]
cookies={'sid': '<b22>', 'lang': 'en'}
"cookies":[{"name":"sid","value":"<b22>"}]
Set-Cookie: sid=<b22>; Path=/; HttpOnly
set-cookie: a="x"; Path=/, sid=<b22>
Set-Cookie: a=b; Expires=Wed, 21 Oct 2026 07:28:00 GMT; sid=<b22>
HTTP_COOKIE="a=b; sid=<b22>"
request_Cookie="sid=<b22>"
session_cookie=<b22>
"""

PATHS = """\
"GET /reset/<b22> HTTP/1.1" 200
"GET /reset/<b16> HTTP/1.1" 200
"GET /a/<b22>/b HTTP/1.1" 200
"GET /a/<b20> HTTP/1.1" 200
"GET /a/<u27> HTTP/1.1" 200
"GET /a/<u43> HTTP/1.1" 200
"GET /verify/<h32> HTTP/1.1" 200
"GET /verify/<h64>?x HTTP/1.1" 200
"POST /hooks/<l26> HTTP/1.1" 200
"POST /bot123456789:AA<u35>/sendMessage HTTP/1.1" 200
"GET /unsubscribe/<u22>.<b16>.<u27> HTTP/1.1" 200
"GET /confirm/<jwt> HTTP/1.1" 200
"GET /invite/<l8>4b HTTP/1.1" 200
"GET /s/<b22>;v=1 HTTP/1.1" 200
"GET /api/<b24>.json HTTP/1.1" 200
"GET /cb?<b22> HTTP/1.1" 200
"GET /cb?a=1&<b22> HTTP/1.1" 200
"GET /cb?code=<b22>&state=<b22> HTTP/1.1" 302
"GET /x?token=<pw> HTTP/1.1" 200
"GET /x;jsessionid=<A24> HTTP/1.1" 200
"GET /x?q=<word>#id_token=<b22> HTTP/1.1" 200
https://hooks.slack.com/services/T0<A13>/B0<A13>/<b24>
https://discord.com/api/webhooks/123456789012345678/<u68>
https://shop.example.org/reset/<b22>
https://shop.example.org/reset/<b22>.
https://shop.example.org/files/<b40>/report
https://api.telegram.org/bot123456789:AA<u35>/getMe
https://shop.example.org/cb#access_token=<b22>
https://shop.example.org/?<b22>
{"path":"/reset/<b22>"}
{"uri":"/magic/<u22>","status":200}
request: "GET /reset/<b22> HTTP/1.1", host: "shop"
path='/invite/<u22>'
upstream: "http://10.0.0.1:80/reset/<b22>?x=<word>"
referrer: "https://shop.example.org/reset/<u27>"
"""

TOKENS = """\
AKIA<A16>
(AKIA<A16>)
key:AKIA<A16>,
\\nASIA<A16>
gh{0}p_<b36>
github_pat_<b22>_<b40>
glpat-<b20>
glrt-<b20>
xoxb-123456789012-123456789012-<b24>
xoxp-1-2-3-<h32>
xapp-1-A<A13>-123456-<h64>
sk_live_<b24>
rk_live_<b24>
whsec_<b30>
AIza<u35>
ya29.<u43>
GOCSPX-<u27>
1//0<u43>
npm_<b36>
pypi-AgEIcHlwaS5vcmc<u68>
rubygems_<h40><h16>
SG.<u22>.<u43>
SK<h32>
key-<h32>
<h32>-us12
123456789:AA<u35>
M<b24>.X9<d4>.<u27>
hvs.<b24>
s.<b24>
dp.pt.<b40>
dapi<h32>
AGE-SECRET-KEY-1<A58>
dop_v1_<h64>
glsa_<b30>_<l8>
glc_<b40>
NRAK-<A24>
sntrys_<b40>
shpat_<h32>
sq0atp-<u22>
ATATT3<u68>
dckr_pat_<u27>
hf_<b36>
sk-proj-<u43>
sk-ant-api03-<u68>
tskey-auth-<b16>-<b30>
ghs_<b36>.
lin_api_<b40>
figd_<u43>
pscale_tkn_<u43>
v2.local.<u68>
<jwt>
Token=<jwt>;
x.<jwt>.
cut off eyJhbGciOiJIUzI1NiJ9.eyJ<b22>
$2y$10$<b22><b30>
ann:$apr1$<l8>$<b22>
{SSHA}<b30>=
pbkdf2_sha256$260000$<b16>$<b40>=
root:$6$<b16>$<b64>:19000:0
-----BEGIN RSA PRIVATE KEY-----
<pem>
-----END RSA PRIVATE KEY-----
-----BEGIN PRIVATE KEY-----\\n<b64>\\n<b64>\\n-----END PRIVATE KEY-----\\n
"-----BEGIN EC PRIVATE KEY-----\\\\n<b64>\\\\n-----END EC PRIVATE KEY-----"
-----BEGIN OPENSSH PRIVATE KEY-----
<pem>
-----BEGIN PGP PRIVATE KEY BLOCK-----

<pem>
-----END PGP PRIVATE KEY BLOCK-----
tls.key: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVkt<b64>
{"kty":"RSA","n":"x","e":"AQAB","d":"<u43>"}
"""

LABELS = """\
up{token="<b22>"} 1
http_requests_total{api_key="<h32>",code="200"} 3
x_total{session="<b22>"} 1
x_total{url="https://ann:<pw>@db/x"} 1
probe_success{instance="https://shop.example.org/?key=<b22>"} 0
x_total{user="ann.<word>@example.org"} 1
x_total{authorization="Bearer <b22>"} 1
sum(rate(x{token="<b22>"}[5m]))
x{code="<b30>"} 1
x{client_secret=~"<pw>.*"} 1
"""
SCATTERED = r"""
contact: ann.<word>@example.org?
ann.<word>@example.org)
mailto:ann.<word>@example.org
From: Ann <ann.<word>@example.org>
ann.<word>@example.org\nnext
"email":"ann.<word>@example.org"
email=ann.<word>@example.org;x
ann.<word>@EXAMPLE.ORG.
mysql://svc:<pw>/@db/shop
postgres://svc:<pw>?@db/shop
postgres://svc:#<pw>@db/shop
postgres://svc:'<pw>'@db/shop
postgres://svc:<pw>%2F<pw>@db/shop
DATABASE_URL=postgres://svc:<pw>/<pw>@db:5432/shop
"DATABASE_URL": "postgres://svc:<pw>?<pw>@db/shop"
could not connect to postgres://svc:<pw>#<pw>@db:5432/shop: timeout
redis://svc:<pw>#<pw>@cache
redis://<pw>@cache:6379
amqp://svc:<pw>/<pw>@mq:5672/vh
https://svc:<pw>?<pw>@shop.example.org/path
https://svc:<pw>/<pw>@shop.example.org/path
http://svc:<pw>'<pw>@shop.example.org
git clone https://ann:<pw>@git.example.org/a.git
mongodb://svc:<pw>#<pw>@m1,m2,m3/shop
svc:<pw>@tcp(10.0.0.1:3306)/shop?tls=skip-verify
root:<pw>@tcp(db)/
user=svc:<pw>@tcp(db)/x
"dsn":"svc:<pw>@tcp(db:3306)/shop"
dsn=svc:<pw>@(db:3306)/shop
host=db;uid=svc;pwd=<pw>;
User ID=svc;Password=<pw>!;Initial Catalog=shop
Password="<pw>;<pw>";
password:        <pw>
password          =          <pw>
password:		<pw>
"password"  :     "<pw>"
PASSWORD:<pw>,USER:ann
--password   <pw>
--password    "<pw>"
--admin-password <pw> --x
--db.password=<pw>
/password:<pw>
--pass=<pw>
pass=<pw>&user=ann
pass = "<pw>"
MY_PASS='<pw>'
smtp_pass: <pw>
"pass":"<pw>"
pass:<pw>@host
SIGNING_KEY=<b24>
SERVICE_KEY: <b24>
MY_KEY='<pw>'
JWT_KEY=<pw>
FERNET_KEY=<b40>=
export SOME_KEY=<word>
GOOGLE_MAPS_KEY=<b36>
password=<pw>,x<pw>
password=a&<pw>
password=x(<pw>)
password=x|<pw>
password=x{<pw>}
password=x\<pw>
password=x,<pw>,<pw>
password=x;<pw>;<pw>
"password=x,<pw>"
'password=x&<pw>'
msg="password=x;<pw>" level=info
password: x,<pw>
password: x;<pw> (wrong)
password='x,<pw>'
password=^<pw>
password=%<pw>
password=!<pw>
password=@<pw>
password=~<pw>|<pw>
token=<b22>,<b22>
secret=<pw>;<pw>
api_key=<b22>|<b22>
Cookie: a="quoted"; session=<b22>
Cookie: theme="dark mode"; lang='en'; session=<b22>; x=y
cookie: "a=b; c=<b22>"
Cookie: a="b;c"; sid=<b22>
Cookie: a="b\"c"; sid=<b22>
{"headers":{"Cookie":"a=\"b\"; sid=<b22>"}}
Set-Cookie: a="b"; Path=/; Secure, sid="<b22>"; Path=/
Cookie2: sid=<b22>
/login?<b22>
GET /login?<b22>
"GET /login?<pw> HTTP/1.1" 200
https://shop.example.org/login?<pw>
/login?<b22>#x
url=/login?<b22>
"path":"/login?<b22>"
http://10.0.0.1/x?<h32>
see https://shop.example.org/r?<b22>.
"GET /activate/<b30> HTTP/1.1"
"GET /u/<b22>/edit HTTP/1.1"
GET /download/<u27>?x=1
"DELETE /sessions/<b24> HTTP/2"
https://shop.example.org/p/<b22>/a
"GET /confirm/<u22>.<b16>.<u27> HTTP/1.1"
https://api.telegram.org/bot987654321:AA<u35>/sendMessage
"POST /bot987654321:AA<u35>/getUpdates HTTP/1.1"
/bot987654321:AA<u35>/getUpdates
"GET /t/<jwt> HTTP/1.1"
"GET /files/<h40> HTTP/1.1"
{"request_uri": "/share/<b22>"}
path=/share/<b22> status=200
uri: /share/<b22>
http_requests_total{path="/reset/<b22>"} 1
http_requests_total{path="/x?token=<b22>"} 1
a{password="<pw>"} 1
a{secret_key="<pw>",b="c"} 1
a{auth="<b24>"} 1
a{tenant="<b30>"} 1
a{user_token="<h32>"} 1
a{url="postgres://svc:<pw>/<pw>@db/x"} 1
headers = { Authorization = "Bearer <b22>" }
headers = { X-Api-Key = "<pw>" }
headers: {Authorization: Bearer <b22>}
headers: {"X-Auth-Token": "<pw>"}
header "Authorization: Basic <basic>"
http_headers = ["Authorization: Bearer <b22>"]
[headers]\nAuthorization = "Token <h40>"
X-Api-Key = '<pw>'
--header "X-Api-Key: <pw>"
--header 'Authorization: <b22>'
-H Authorization:Bearer\ <b22>
bearer_token: <b22>
bearer_token = "<pw>"
basic_auth: {username: ann, password: <pw>}
basic_auth:\n  username: ann\n  password: <pw>
authorization:\n  type: Bearer\n  credentials: <b22>
oauth2: {client_id: a, client_secret: <pw>}
[default]\naws_access_key_id = AKIA<A16>\naws_secret_access_key = <b40>
users:\n- name: u\n  user:\n    token: <b22>
users: [{name: u, user: {token: <b22>}}]
_authToken=<h40>
"PRIVATE-TOKEN: <b20>"
docker login --username ann --password <pw>
az storage blob upload --account-key <b86>== --sas-token "<b40>"
kubectl config set-credentials u --token=<b22>
kubectl create secret generic x --from-literal password=<pw>
helm install x --set postgresql.auth.postgresPassword=<pw>
export GITHUB_TOKEN=ghp_<b36>
GITHUB_TOKEN: ghp_<b36>,
https://ghp_<b36>:x-oauth-basic@github.com/a/b
https://x-access-token:ghs_<b36>@github.com/a/b.git
"token":"ghp_<b36>"
env: DB_URL=mysql://root:<pw>@db/x, X=1
Error: pq: password authentication failed for postgres://svc:<pw>@db/x
pin=<d4>
otp: <d6>
Your verification code: <d6>
password for ann: <pw>
Password for user ann is <pw>
my password is "<pw>"
pw: <pw>
PW=<pw>
Passphrase: <word> <word> <word>
passphrase="<word> <word> <word>"
credentials: ann:<pw>
user/pass: ann/<pw>
login=ann pass=<pw>
username=ann, password=<pw>, host=db
(username: ann, password: <pw>)
ann / password: <pw>
DB_PASSWORD <pw>
["--db-password=<pw>"]
command: ["sh", "-c", "PGPASSWORD=<pw> psql"]
{"args":["--token","<b22>"]}
{"env":{"SECRET_TOKEN":"<pw>"}}
{\"env\":{\"API_SECRET\":\"<pw>\"}}
"{\"token\": \"<b22>\", \"n\": 1}"
payload={"password":"x,<pw>"}
x-www-form: a=1&passwd=<pw>%2C<pw>&b=2
%7B%22token%22%3A%22<b22>%22%7D
\x7B\x22token\x22:\x22<b22>\x22\x7D
password=\u0022<pw>\u0022
password%3D<pw>
password%253D<pw>
token%3a%20<b22>
sk_live_<b24>.
xoxb-1-2-<b24>,
(AIza<u35>)
-----BEGIN EC PRIVATE KEY-----\n<b64>\n-----END EC PRIVATE KEY-----
"key": "-----BEGIN PRIVATE KEY-----\n<b64>\n-----END PRIVATE KEY-----\n"
ssh_key=-----BEGIN OPENSSH PRIVATE KEY-----\n<b64>
ann.<word>@example.org.\n
"ann.<word>@example.org."
ann.<word>@example.org.,
ann.<word>@mail.example.org.)
ann.<word>@example.org..
ann.<word>@example.org-
<ann.<word>@example.org.>
mysql+pymysql://svc:<pw>/#?'<pw>@db/shop
postgres://svc:/<pw>@db/shop
postgres://svc:<pw>'@db/shop
conn: "postgres://svc:<pw>'<pw>@db/shop"
conn='postgres://svc:<pw>/<pw>@db/shop'
{"uri":"redis://:<pw>/<pw>@cache:6379"}
url(postgres://svc:<pw>?<pw>@db/shop)
[postgres://svc:<pw>/<pw>@db/shop]
postgres://svc:<pw>/<pw>@10.0.0.1:5432/shop,postgres://svc:<pw>@10.0.0.2/shop
sentinel://:<pw>?<pw>@s1:26379
https://ann:<pw>/<pw>@registry.example.org/v2/
https://ann:<pw>#<pw>@registry.example.org
http://ann:<pw>?x=<pw>@proxy:3128
ssh://ann:<pw>@host:22/x
imap://ann:<pw>@mail
svn+ssh://ann:<pw>@svn/x
couchbase://svc:<pw>@cb
s3://AKIA<A16>:<b40>@bucket
tcp://svc:<pw>@db:5432?x
password:                    <pw>
password:\t\t<pw>
passwd   <pw>
Password......: <pw>
Password ....... <pw>
password >> <pw>
password -- <pw>
password – <pw>
password|<pw>
password #<pw>
--password: <pw>
--password=<pw>,<pw>
--password=<pw>;<pw>
--passwd <pw>
--pw <pw>
--pwd <pw>
--secret-key <pw>
--access-token <b22>
--bearer-token=<b22>
--api_key <b22>
--apikey=<b22>
--apiKey <b22>
--auth <b22>
--credentials <pw>
--keystore-password <pw>
-Dpassword=<pw>
-Djavax.net.ssl.trustStorePassword=<pw>
-DdbPassword=<pw>
-e PASSWORD=<pw>
--env=DB_PASSWORD=<pw>
env DB_PASSWORD=<pw> ./run
set PASSWORD=<pw>
$env:PASSWORD = "<pw>"
setx API_KEY <b22>
ENV SECRET_KEY <b22>
ARG NPM_TOKEN=npm_<b36>
pass=<pw>;
pass='<pw>'
pass: <pw>,
PASS=<pw>
FTP_PASS=<pw>
"smtpPass": "<pw>"
user_pass=<pw>
OPENAI_KEY=<b40>
"stripeKey": "<b30>"
S3_KEY=<b22>
ADMIN_KEY: <pw>
x-functions-key: <b40>
Fastly-Key: <b30>
X-Auth-Key: <h32>
X-Api-Secret: <pw>
api-secret: <pw>
consumer_secret=<b40>
webhook_secret: <pw>
app_secret="<h32>"
shared_secret=<pw>
root:<pw>@tcp([::1]:3306)/x
svc:<pw>@unix(/tmp/x)/y
svc:<pw>:<pw>@tcp(db)/x
svc:<pw>?<pw>@tcp(db)/x
svc:<pw>@udp(db:1)/x
svc:<pw>@db:5432/shop
svc:<pw>@localhost/shop
"svc:<pw>@tcp(db)/x"
db: svc:<pw>@tcp(db)/x
password=<pw>,<pw>,<pw> user=x
password='<pw>,<pw>'
password: "<pw>;<pw>"
"password":"<pw>,<pw>"
password=<pw>&&<pw>
password=<pw>||<pw>
password=<pw>((<pw>
password={<pw>}
password=<pw>{{<pw>
password=<pw>\"<pw>
token=<pw>|<pw>
Cookie: a="x"; b="y"; sid=<b22>
Cookie: "sid"="<b22>"
cookie="a=\"x\"; sid=<b22>"
cookie='a="x"; sid=<b22>'
{"cookie":"a=\"x\"; sid=<b22>; z=1"}
Cookie: a=x; b="c d"; sid=<b22> HTTP
"Cookie: a=\"x\"; sid=<b22>"
\x22Cookie\x22:\x22a=\x5C\x22x\x5C\x22; sid=<b22>\x22
cookie_header=sid=<b22>
req.cookies.sid=<b22>
"cookies":{"sid":"<b22>"}
"set-cookie":["a=b","sid=<b22>; Path=/"]
/verify?<b22>
/verify?<b22>&a=b
"GET /?<pw> HTTP/1.1"
"GET //x?<b22> HTTP/1.0"
https://shop.example.org?<b22>
wss://shop.example.org/ws?<b22>
GET /download?<b22>
location: /cb?<b22>
redirect_uri=/cb?<b22>
http://shop/a?b&<b22>
"GET /a/<b24>/ HTTP/1.1"
"GET /<b22> HTTP/1.1"
"GET /a/<l26> HTTP/1.1"
"GET /x/<b16>-<b16> HTTP/1.1"
"GET /x/<b22>_<b22> HTTP/1.1"
"PUT /v1/token/<b20> HTTP/1.1"
"GET /a/b.<b22>.<b22> HTTP/1.1"
"GET /a/<b30>:<b22> HTTP/1.1"
"GET /a/<b36>= HTTP/1.1"
"GET /a/~<b22> HTTP/1.1"
"GET /track/<b20>.gif?x HTTP/1.1"
"GET /rss/<h40>.xml HTTP/1.1"
https://shop.example.org/webhook/<b24>
https://outlook.office.com/webhook/<b24>@<b24>/IncomingWebhook/<h32>/<b24>
https://maker.example/trigger/x/with/key/<u22>
http_total{route="/u/<b22>"} 1
m{access_key="<A24>"} 1
m{pwd="<pw>"} 1
m{passphrase="<word>"} 1
m{sid="<b22>",x="y"} 1
m{dsn="svc:<pw>@tcp(db)/x"} 1
m{key="<b24>"} 1
m{value="ghp_<b36>"} 1
m{jwt="<jwt>"} 1
m{cookie="sid=<b22>"} 1
m{email="ann.<word>@example.org"} 1
{job="x",bearer="<b22>"}
headers = { "X-Auth-Token" = "<pw>" }
headers = {Authorization = 'Basic <basic>'}
headers.Authorization = "Bearer <b22>"
headers["X-Api-Key"] = "<pw>"
headers: { Cookie: "sid=<b22>" }
headers={'Authorization': 'Token <b22>'}
headers = { Private-Token = "<b20>" }
custom_headers: {X-Vault-Token: <b24>}
authorization = { type = "Bearer", credentials = "<b22>" }
basic_auth = { username = "a", password = "<pw>" }
Authorization: Basic <basic>,x
Authorization: Bearer "<b22>"
Authorization: 'Bearer <b22>'
authorization: [Bearer <b22>]
auth: Bearer <b22>
Auth-Token: <pw>
WWW-Authorization: <b22>
authorization_token=<b22>
Authorization=<b22>
"authorization":"<b22>"
access-token <b22>
token <h40>
token: <b22>.
token '<b22>'
my token: "<pw>"
secret word: <pw>
"""
"""As they come to mind when one attacks the rules that masked all the others."""
SOURCES = {
    "e-mail": EMAILS,
    "url": URLS,
    "pair": PAIRS,
    "flag": FLAGS,
    "header": HEADERS,
    "path": PATHS,
    "token": TOKENS,
    "label": LABELS,
    "scattered": SCATTERED.lstrip(),
}


def shapes() -> list[tuple[str, str]]:
    """Every shape with its kind. Lines that begin where one of these does go with the line before."""
    found: list[tuple[str, str]] = []
    for kind, written in SOURCES.items():
        for line in written.splitlines():
            if found and _continues(found[-1][1], line):
                found[-1] = (kind, f"{found[-1][1]}\n{line}")
            else:
                found.append((kind, line.replace("{0}", "")))
    return found


def _continues(before: str, line: str) -> bool:
    if line.startswith("  ") or not line or line == "- <pw>":
        return True
    return before.startswith("-----BEGIN") and (line == "<pem>" or line.startswith("-----END"))
