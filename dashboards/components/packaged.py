"""How our browser modules reach the browser, and how a component is put on the page.

Streamlit finds packaged components by a manifest in an installed distribution whose import name is the
distribution's own. Ours are registered directly instead, so that a checkout, an editable install and a wheel
behave alike. A script lies beside the Python that it belongs to, and `dashboards.serving` lets nothing else of
these folders out. `plotly.min.js` is served from the installed plotly package: nothing is copied or built.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import plotly
import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

PROJECT: Final = "morning-vistas"
DASHBOARDS: Final = Path(__file__).parent.parent
_PLOTLY: Final = Path(plotly.__file__).parent / "package_data"


def show(
    script: str,
    *,
    key: str,
    data: Mapping[str, Any],
    on: Mapping[str, Callable[[], None]] | None = None,
) -> Any:
    """Put the component of a script on the page, and give what the browser says.

    `script` is a path below `dashboards/`. `on` names the events the browser may send, and what to call when one
    has come.
    """
    component = script.removesuffix(".js").replace("/", "-").replace("_", "-")
    _register(get_bidi_component_manager(), component)
    render = st.components.v2.component(f"{PROJECT}.{component}", js=script, isolate_styles=False)
    callbacks = {f"on_{event}_change": act for event, act in (on or {}).items()}
    return render(key=key, data=dict(data), **callbacks)  # type: ignore[arg-type]


def _register(manager: BidiComponentManager, component: str) -> None:
    """Tell this server once where the component's scripts lie, and where Plotly's does."""
    for name, folder in ((component, DASHBOARDS), ("plotly", _PLOTLY)):
        if manager.get_component_asset_root(f"{PROJECT}.{name}") is None:
            manifest = ComponentManifest(PROJECT, "1", [ComponentConfig(name, folder.name)])
            manager.register_from_manifest(manifest, folder.parent)
