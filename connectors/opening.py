"""`[sources.NAME.open]`: where people see the source in a tool of its own. It is never asked, only linked to."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from connectors.http.settings import HttpSettings
from vistas.linking import Elsewhere, Tool
from vistas.settings.values import an_address


def _page(address: str) -> str:
    return an_address(address) if address else ""


Page = Annotated[str, AfterValidator(_page)]


class _Open(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OpenPage(_Open):
    """A tool that has a page of its own."""

    page: Page | None = Field(
        default=None,
        description='its own page as people reach it; by default url, where browsers reach that; "" for none',
    )


class OpenInGrafana(_Open):
    """A tool that is a data source of a Grafana."""

    grafana: Annotated[str, AfterValidator(an_address)] | None = Field(
        default=None, description="a Grafana as people reach it; by default the one under [grafana]"
    )
    grafana_uid: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")] | None = Field(
        default=None, description="the uid of the data source there: the last part of its address in Connections"
    )
    grafana_org: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="the number of the organisation there, where it has several"
    )

    @model_validator(mode="after")
    def _names_the_data_source(self) -> OpenInGrafana:
        if self.grafana_uid is None and (self.grafana or self.grafana_org):
            raise ValueError("needs grafana_uid as well: the uid of the data source in that Grafana")
        return self


class OpenAnywhere(OpenPage, OpenInGrafana):
    """A tool that is both."""


def elsewhere(tool: Tool, settings: HttpSettings, to: OpenPage | OpenInGrafana, selector: str = "") -> Elsewhere:
    """Its own address counts as a page only where no credentials or headers of ours are wanted there."""
    is_open = not (settings.password or settings.bearer_token or settings.headers or settings.client_cert)
    in_grafana = to if isinstance(to, OpenInGrafana) else OpenInGrafana()
    return Elsewhere(
        tool,
        page=to.page if isinstance(to, OpenPage) else "",
        url=settings.url if is_open else "",
        grafana=in_grafana.grafana or "",
        uid=in_grafana.grafana_uid or "",
        org=in_grafana.grafana_org,
        selector=selector,
    )
