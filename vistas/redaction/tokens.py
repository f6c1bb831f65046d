"""Secrets that can be recognised by themselves: by the prefix their issuer gives them, or by their structure."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from vistas.redaction.randomness import holds_random
from vistas.redaction.spans import Span

_W = r"[\w-]"
_A = r"[A-Za-z0-9]"
_SHAPES = (
    # cloud providers
    rf"AKIA[A-Z0-9]{{16}}(?!{_A})",
    rf"ASIA[A-Z0-9]{{16}}(?!{_A})",
    rf"ABIA[A-Z0-9]{{16}}(?!{_A})",
    rf"ACCA[A-Z0-9]{{16}}(?!{_A})",
    r"ABSK[A-Za-z0-9+/=]{60,}+",
    rf"AIza{_W}{{30,}}+",
    rf"ya29\.{_W}{{20,}}+",
    rf"GOCSPX-{_W}{{20,}}+",
    rf"1//0{_W}{{30,}}+",
    rf"4/0A{_W}{{30,}}+",
    r"[\w~.-]{3}\dQ~[\w~.-]{30,}+",
    r"do[opr]_v1_[a-f0-9]{30,}+",
    r"dapi[0-9a-f]{32}(?:-\d)?",
    rf"LTAI{_A}{{12,}}+",
    rf"AKID{_A}{{13,}}+",
    # code and packages
    rf"gh[oprsu]_{_A}{{20,}}+",
    r"github_pat_\w{20,}+",
    rf"glpat-{_W}{{16,}}(?:\.{_W}{{2,}}+)*+",
    rf"gl(?:dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|ffct|oas|wt)-{_W}{{16,}}+",
    rf"GR1348941{_W}{{16,}}+",
    rf"npm_{_A}{{30,}}+",
    rf"pypi-AgE{_W}{{30,}}+",
    r"rubygems_[0-9a-f]{40,}+",
    rf"dckr_(?:pat|oat)_{_W}{{20,}}+",
    r"oy2[a-z0-9]{43}",
    rf"AKC[ap]{_A}{{60,}}+",
    rf"cmVmdGtu{_A}{{30,}}+",
    rf"ATATT3{_W}{{30,}}=*+(?:[0-9A-F]{{8}})?",
    rf"ATCTT3{_W}{{30,}}+",
    rf"ATBB{_A}{{20,}}+",
    r"sgp_(?:[\w]{16}_)?[0-9a-f]{40}",
    r"bkua_[0-9a-f]{40}",
    rf"CCIPAT_{_A}{{20,}}_[0-9a-f]{{40}}",
    r"sq[paub]_[0-9a-f]{40}",
    rf"nfp_{_A}{{30,}}+",
    rf"HRKU-{_W}{{30,}}+",
    r"pul-[0-9a-f]{40}",
    rf"{_A}{{14}}\.atlasv1\.{_W}{{40,}}+",
    rf"hf_{_A}{{30,}}+",
    rf"jfrt@{_W}{{20,}}+",
    # secrets, meshes, tunnels
    rf"hv[bsr]\.{_W}{{20,}}+",
    rf"[sb]\.(?=[A-Za-z0-9]{{24}}(?!{_A}))(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{{24}}",
    r"dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{20,}+",
    r"AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{30,}+",
    rf"ops_eyJ{_W}{{30,}}+",
    rf"tskey-[a-z]+-{_W}{{20,}}+",
    r"v1\.0-[0-9a-f]{24}-[0-9a-f]{100,}+",
    r"FlyV1 fm2_[\w+/=,-]{30,}+",
    r"fm2_[\w+/=,-]{30,}+",
    rf"fo1_{_W}{{30,}}+",
    # talking and mailing
    rf"xox[abeoprs](?:\.xox[bp])?-{_W}{{10,}}+",
    rf"xapp-\d-{_W}{{10,}}+",
    rf"xwfp-{_W}{{10,}}+",
    r"(?<=hooks\.slack\.com/)(?:services|workflows|triggers)/[\w/-]{20,}+",
    rf"(?<=api/webhooks/)\d{{10,}}/{_W}{{30,}}+",
    r"(?<=webhookb2/)[\w@-]{30,}/IncomingWebhook/[\w/-]{20,}+",
    rf"(?:bot)?\d{{6,12}}:AA{_W}{{25,}}+",
    rf"SG\.{_W}{{16,}}+\.{_W}{{16,}}+",
    r"key-[0-9a-f]{32}(?![0-9a-f-])",
    r"[0-9a-f]{32}-us\d{1,2}(?!\w)",
    rf"xkeysib-[0-9a-f]{{64}}-{_A}{{16}}",
    rf"SK[0-9a-f]{{32}}(?!{_A})",
    rf"mfa\.{_W}{{60,}}+",
    # paying
    rf"[rs]k_(?:live|test)_{_A}{{10,}}+",
    r"whsec_[\w+/=]{20,}+",
    r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
    rf"sq0(?:atp|csp|idp)-{_W}{{20,}}+",
    rf"EAAA{_W}{{50,}}+",
    r"access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}",
    # watching
    r"glc_[\w=+/-]{20,}+",
    r"glsa_[\w=+/-]{20,}+",
    r"NRAK-[A-Z0-9]{20,}+",
    rf"NRII-{_W}{{20,}}+",
    r"[0-9a-f]{36}NRAL",
    r"sntry[su]_[\w=+/-]{30,}+",
    r"dt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}",
    rf"ph[cx]_{_A}{{30,}}+",
    r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}",
    # models
    rf"sk-(?:ant|proj|or|svcacct|admin|lf|None)-{_W}{{16,}}+|sk-(?=[\w-]{{0,60}}\d)(?=[\w-]{{0,60}}[A-Z]){_W}{{20,}}+|sk-{_A}{{32,}}+",
    rf"gsk_{_A}{{30,}}+",
    rf"xai-{_A}{{40,}}+",
    rf"r8_{_A}{{30,}}+",
    rf"pplx-{_A}{{30,}}+",
    # writing and planning
    rf"secret_{_A}{{40,}}+",
    rf"ntn_{_A}{{30,}}+",
    rf"lin_(?:api|oauth)_{_A}{{30,}}+",
    rf"figd_{_W}{{30,}}+",
    r"pat[A-Za-z0-9]{14}\.[0-9a-f]{40,}+",
    rf"CFPAT-{_W}{{40,}}+",
    r"pscale_(?:tkn|pw|oauth|otkn)_[\w.-]{20,}+",
    r"sbp_[0-9a-f]{40}",
    r"AstraCS:[\w:]{40,}+",
    rf"y0_{_W}{{30,}}+",
    # tokens of no maker
    rf"v[1-4]\.(?:local|public)\.{_W}{{30,}}(?:\.{_W}*)?",
    rf"MDA[xy]{_W}{{30,}}+",
)
_KNOWN_TOKEN = re.compile(r"(?<![A-Za-z0-9])(?:" + "|".join(_SHAPES) + ")")
KNOWN_BEGINNINGS = (
    "A[KSBC][IC][AK]|ABSK|AIza|ya29|GOCSPX|1//0|4/0A|Q~|do[opr]_v1_|dapi|LTAI|AKID|gh[oprsu]_|github_pat_|gl[a-z]+-"
    "|GR1348941|npm_|pypi-A|rubygems_|dckr_|oy2|AKC|cmVmdGtu|ATATT3|ATCTT3|ATBB|sgp_|bkua_|CCIPAT|sq[a-z]_|nfp_|HRKU"
    "|pul-|atlasv1|hf_|jfrt|hv[bsr]\\.|[sb]\\.[A-Za-z0-9]{4}|dp\\.|AGE-SECRET|ops_|tskey|v1\\.0-|FlyV1|fm2_|fo1_|xox"
    "|xapp-|xwfp|hooks\\.slack|api/webhooks|webhookb2|:AA|SG\\.|key-|-us[0-9]|xkeysib|SK[0-9a-f]{4}|mfa\\.|k_live|k_test"
    "|whsec|shp[a-z]+_|sq0|EAAA|access_token|gl[cs]a?_|NR[A-Z]|sntry|dt0|ph[cx]_|PMAK|sk-|gsk_|xai-|r8_|pplx|secret_|ntn_"
    "|lin_|figd|pat[A-Za-z0-9]{4}|CFPAT|pscale|sbp_|AstraCS|y0_|\\.local\\.|\\.public\\.|MDA"
)
"""Found in every text that holds such a token, by an engine that takes linear time for all of it."""
_DISCORD = re.compile(r"(?<![\w-])[MNO][A-Za-z0-9_-]{23,27}\.[\w-]{6}\.[\w-]{27,45}(?![\w-])")
_SIGNED = re.compile(r"(?<![\w.-])[\w-]{8,400}[.:][\w-]{5,12}[.:][\w-]{26,90}(?![\w.-])")
_HASH = re.compile(
    r"\$(?:2[abxy]?|apr1|1|5|6|7|y|gy|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]{0,10}|P|H)\$[\w./$=,+-]{12,}+"
    r"|\{(?:S?SHA\d{0,3}|S?MD5|CRYPT|PBKDF2[\w-]{0,10})\}[\w+/=$.]{16,}+"
    r"|\b(?:pbkdf2_sha\d{1,3}|bcrypt_sha256|scrypt|argon2)\$[\w./$=,+-]{12,}+"
    r"|SCRAM-SHA-(?:1|256)\$\d+:[\w+/=$:]{16,}+"
    r"|(?<![\w])md5[0-9a-f]{32}(?!\w)"
)
_KEY_IN_BASE64 = re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{86}==|(?<![\w+/-])LS0tLS1CRUdJTi[A-Za-z0-9+/=_-]*+")
_JSON_IN_BASE64 = re.compile(r"(?:eyJ|eyAi|ewog|ewoJ)[A-Za-z0-9_-]*+(?:\.[A-Za-z0-9_-]*+){0,4}")
_SHORTEST_JWT = 20
_PRIVATE_KEY = re.compile(
    r"-----? ?BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)? ?-----?"
    r"[^-]*+(?:-(?!---[-]? ?END)[^-]*+)*+(?:-----? ?END [A-Z0-9 ]{0,50}-----?)?"
)
_PUTTY_KEY = re.compile(r"Private-Lines: ?\d+\s+(?:[A-Za-z0-9+/=]{1,80}\s{1,4})*+[A-Za-z0-9+/=]*+")
_WEB_KEY = re.compile(r"\\*\"(?:d|p|q|dp|dq|qi|k)\\*\"\s{0,8}:\s{0,8}\\*\"([A-Za-z0-9_=-]{16,}+)")


def known_tokens(text: str) -> Iterator[Span]:
    """Tokens that say themselves what they are, by the prefix their maker gave them."""
    return (Span(*found.span(), "token") for found in _KNOWN_TOKEN.finditer(text))


def signed_tokens(text: str) -> Iterator[Span]:
    """Something, a time, and a signature, with dots between them."""
    for found in _DISCORD.finditer(text):
        yield Span(*found.span(), "token")
    for found in _SIGNED.finditer(text):
        if holds_random(re.split("[.:]", found[0])[-1]):
            yield Span(*found.span(), "token")


def hashes(text: str) -> Iterator[Span]:
    """Passwords as crypt, htpasswd, LDAP, Django and PostgreSQL keep them: good enough to be guessed from."""
    return (Span(*found.span(), "password") for found in _HASH.finditer(text))


def json_web_tokens(text: str) -> Iterator[Span]:
    r"""What starts like `{"` in base64: a JWT, whole or cut off, or a token that is nothing else."""
    for found in _JSON_IN_BASE64.finditer(text):
        if found.end() - found.start() >= _SHORTEST_JWT:
            yield Span(*found.span(), "jwt")


def private_keys(text: str) -> Iterator[Span]:
    for pattern in (_PRIVATE_KEY, _PUTTY_KEY):
        yield from (Span(*found.span(), "private key") for found in pattern.finditer(text))
    if '"kty' in text or '\\"kty' in text:
        yield from (Span(*found.span(1), "private key") for found in _WEB_KEY.finditer(text))


def keys_in_base64(text: str) -> Iterator[Span]:
    """A private key in base64 once more, as Kubernetes has it, and keys of 64 bytes, as storage accounts have."""
    for found in _KEY_IN_BASE64.finditer(text):
        if not found[0].startswith("LS0t") or b"PRIVATE" in _decoded(found[0][:80]):
            yield Span(*found.span(), "private key")


def _decoded(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.replace("+", "-").replace("/", "_")[: len(text) // 4 * 4])
    except (binascii.Error, ValueError):
        return b""
