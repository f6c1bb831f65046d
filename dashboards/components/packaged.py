"""How our browser modules reach the browser, and how a component is put on the page.

Streamlit finds packaged components by a manifest in an installed distribution whose import name is the
distribution's own. Ours are told to it directly instead, so that a checkout, an editable install and a wheel
behave alike. `plotly.min.js` is served out of the installed plotly package: nothing is copied or built.
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
ASSETS: Final = Path(__file__).parent / "assets"
_PLOTLY: Final = Path(plotly.__file__).parent / "package_data"


def show(
    module: str,
    *,
    key: str,
    data: Mapping[str, Any],
    on: Mapping[str, Callable[[], None]] | None = None,
) -> Any:
    """Put the component of `assets/<module>.js` on the page, and give what the browser says.

    `on` names the events the browser may send, and what to call when one has come.
    """
    name = f"{PROJECT}.{module.replace('_', '-')}"
    _announce(get_bidi_component_manager(), module)
    render = st.components.v2.component(name, js=f"{module}.js", isolate_styles=False)
    callbacks = {f"on_{event}_change": act for event, act in (on or {}).items()}
    return render(key=key, data=dict(data), **callbacks)  # type: ignore[arg-type]


def _announce(manager: BidiComponentManager, module: str) -> None:
    """Tell this server once where the module lies, and where Plotly's script does."""
    for component, folder in ((module.replace("_", "-"), ASSETS), ("plotly", _PLOTLY)):
        if manager.get_component_asset_root(f"{PROJECT}.{component}") is None:
            manifest = ComponentManifest(PROJECT, "1", [ComponentConfig(component, folder.name)])
            manager.register_from_manifest(manifest, folder.parent)
