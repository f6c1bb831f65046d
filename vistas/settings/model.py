"""What vistas.toml and the environment may say. What is wrong there is named, with its file or its variable.

The file is `$VISTAS_CONFIG`, else `vistas.toml` in the working directory, else the one in the user's
configuration folder. A variable such as VISTAS_STORE__DATABASE or VISTAS_SOURCES__MAIN__URL wins over the file.
None at all is fine.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import platformdirs
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from vistas.errors import SettingsError
from vistas.redaction import RULE_NAMES, Clients, Redactor
from vistas.redaction.key import throwaway_key, workspace_key
from vistas.routine import Span
from vistas.settings.values import a_database, a_host, a_pattern, a_rule, an_address, patience, some_paths

APP = "morning-vistas"
NOBODY_KNOWN = "Somebody"
"""Signs for whoever has not said who they are."""
PAUSED = "paused"
"""The key that every source may have beside its connector's: it is not asked as long as it stands there."""
SourceName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")]


def login_name() -> str:
    """Who is logged in, where that is a person's name."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        return NOBODY_KNOWN
    return NOBODY_KNOWN if name == "root" else name


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StoreSettings(_Table):
    database: Annotated[str, AfterValidator(a_database)] = Field(
        default="", description="an SQLAlchemy URL; by default an SQLite file in the data folder"
    )
    blobs: Path = Field(
        default=Path(), description="the folder that keeps the frames; by default one in the data folder"
    )


class GatherSettings(_Table):
    deadline: Annotated[timedelta, BeforeValidator(patience)] = Field(
        default=timedelta(seconds=30), description="when a gathering is over, ready or not, such as 30s or 2m"
    )
    window: Span | None = Field(
        default=None, description="how far back to look, such as 12h; by default what the routine says"
    )


class RedactionSettings(_Table):
    clients: Clients = Field(
        default=Clients.PSEUDONYM,
        description="what is kept of clients' addresses: pseudonym, truncate (the network), keep (needs i_know)",
    )
    addresses: bool = Field(
        default=False, description="hide every IP address in any text, those of pods and nodes included"
    )
    also: tuple[Annotated[str, AfterValidator(a_pattern)], ...] = Field(
        default=(), description="further regular expressions to mask"
    )
    off: tuple[Annotated[str, AfterValidator(a_rule)], ...] = Field(
        default=(), description=f"rules to switch off (needs i_know): {', '.join(sorted(RULE_NAMES))}"
    )
    i_know: bool = Field(default=False, description="allow keeping more than the default")

    @model_validator(mode="after")
    def _knows(self) -> RedactionSettings:
        if (self.off or self.clients is Clients.KEEP) and not self.i_know:
            raise ValueError("keeping more than the default needs i_know = true as well")
        return self


class ChatSettings(_Table):
    webhook_file: Path | None = Field(
        default=None,
        description="the file that holds the address of an incoming webhook, as Slack and Mattermost have",
    )
    webhook_env: str | None = Field(
        default=None, description="the environment variable that holds it; wins over the file"
    )

    @property
    def is_configured(self) -> bool:
        return bool(self.webhook_file or self.webhook_env)

    def webhook(self, environ: Mapping[str, str]) -> str:
        """Its address, read anew each time. SettingsError, which never tells it, where there is none to be had."""
        if self.webhook_env:
            if not (found := environ.get(self.webhook_env, "").strip()):
                raise SettingsError(f"chat.webhook_env: the environment variable {self.webhook_env} is not set")
            return found
        if self.webhook_file is None:
            raise SettingsError("no chat is configured: set webhook_file or webhook_env under [chat]")
        try:
            return self.webhook_file.expanduser().read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"chat.webhook_file: {self.webhook_file} cannot be read") from error


class GrafanaSettings(_Table):
    url: Annotated[str, AfterValidator(an_address)] | None = Field(
        default=None, description="its address: looks open there, and notices can be put there as annotations"
    )
    page: Annotated[str, AfterValidator(an_address)] | None = Field(
        default=None, description="its address as people reach it, where that is another one"
    )
    token_file: Path | None = Field(
        default=None, description="the file that holds the token of a service account that may annotate"
    )
    token_env: str | None = Field(
        default=None, description="the environment variable that holds it; wins over the file"
    )
    ca_file: Path | None = Field(default=None, description="the authority that signed its certificate, PEM")
    tags: tuple[Annotated[str, Field(min_length=1, max_length=100)], ...] = Field(
        default=(), description="further tags of annotations, beside morning-vistas"
    )

    @model_validator(mode="after")
    def _fits_together(self) -> GrafanaSettings:
        if self.url is None and (self.page or self.token_file or self.token_env):
            raise ValueError("needs url as well: the address of that Grafana")
        return self

    @property
    def address(self) -> str:
        """As people reach it; empty where there is none."""
        return self.page or self.url or ""

    @property
    def takes_annotations(self) -> bool:
        return bool(self.url and (self.token_file or self.token_env))


class ServerSettings(_Table):
    address: str = Field(
        default="127.0.0.1", min_length=1, description="where the app listens; only this machine unless changed"
    )
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=8501, description="the port the app listens on")
    hosts: tuple[Annotated[str, AfterValidator(a_host)], ...] = Field(
        default=(),
        description="further names under which browsers reach the app: vistas.example.org or *.example.org",
    )


@dataclass(frozen=True, slots=True)
class PausedSource:
    """A source that is kept but not asked. `said` is who paused it and when; empty where nobody says."""

    name: str
    table: Mapping[str, Any]
    said: str

    @property
    def type(self) -> str:
        return str(self.table["type"])


def _has_a_type(table: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(table.get("type"), str):
        raise ValueError('needs a type, such as type = "prometheus"')  # noqa: TRY004 - pydantic wants ValueError
    if not isinstance(table.get(PAUSED, False), bool | str):
        raise ValueError(f"{PAUSED} is true, false, or a text that says who paused it and when")  # noqa: TRY004
    return table


def _pause_of(table: Mapping[str, Any]) -> str | None:
    """None where it is not paused; else who paused it and when, empty where nobody says."""
    said = table.get(PAUSED, False)
    written = said if isinstance(said, str) else str(said).lower()
    if written.lower() in ("false", ""):
        return None
    return "" if written.lower() == "true" else written


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="VISTAS_", env_nested_delimiter="__", extra="forbid", frozen=True, validate_default=True
    )

    team: str = Field(default="", max_length=80, description="the team's name, shown on the home page")
    person: str = Field(
        default_factory=login_name, min_length=1, max_length=80, description="who walks; by default the login name"
    )
    data: Path = Field(
        default_factory=lambda: platformdirs.user_data_path(APP), description="the folder everything is kept in"
    )
    routines: Annotated[tuple[Path, ...], NoDecode, BeforeValidator(some_paths)] = Field(
        default=(), description="folders with routine files of your own"
    )
    samples: bool = Field(
        default=True,
        description="begin with a sample session and what came out of it, where no tool is connected yet",
    )
    store: StoreSettings = StoreSettings()
    gather: GatherSettings = GatherSettings()
    redaction: RedactionSettings = RedactionSettings()
    server: ServerSettings = ServerSettings()
    chat: ChatSettings = ChatSettings()
    grafana: GrafanaSettings = GrafanaSettings()
    sources: dict[SourceName, Annotated[dict[str, Any], AfterValidator(_has_a_type)]] = Field(
        default={}, description="the live tools, each under a name of its own: [sources.NAME]"
    )
    _paused: dict[str, PausedSource] = PrivateAttr(default_factory=dict)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is passed: `vistas.settings.file` reads file and environment, in the open."""
        return (init_settings,)

    @model_validator(mode="after")
    def _without_paused_sources(self) -> Settings:
        asked = {name: dict(table) for name, table in self.sources.items()}
        for name, table in self.sources.items():
            pause = _pause_of(table)
            if pause is not None:
                self._paused[name] = PausedSource(name, asked.pop(name), pause)
            elif PAUSED in table:
                del asked[name][PAUSED]
        object.__setattr__(self, "sources", asked)
        return self

    @property
    def paused(self) -> Mapping[str, PausedSource]:
        """The sources that are kept, but not asked; `sources` has none of them."""
        return self._paused

    def with_sources_of(self, other: Settings) -> Settings:
        """These settings, with the sources of others: the paused ones, too."""
        copy = self.model_copy(update={"sources": other.sources})
        copy._paused = dict(other._paused)  # noqa: SLF001 - of its own class
        return copy

    @model_validator(mode="after")
    def _store_in_the_data_folder(self) -> Settings:
        store = StoreSettings.model_construct(
            database=self.store.database or f"sqlite:///{(self.data / 'vistas.db').as_posix()}",
            blobs=self.store.blobs if self.store.blobs != Path() else self.data / "blobs",
        )
        object.__setattr__(self, "store", store)
        return self

    def redactor(self, *, keep_key: bool = True) -> Redactor:
        """The rules with this workspace's key, which is made the first time. SettingsError where it cannot be.

        Whoever keeps nothing needs no key that is kept: their pseudonyms mean nothing the next time.
        """
        rules = self.redaction
        return Redactor(
            workspace_key(self.data) if keep_key else throwaway_key(),
            clients=rules.clients,
            addresses=rules.addresses,
            also=rules.also,
            off=rules.off,
        )
