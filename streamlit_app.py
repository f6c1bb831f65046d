"""The browser app of Morning Vistas: `streamlit run streamlit_app.py`, or `vistas open`.

The server imports it for what to serve, and then runs it for every page.
"""

from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.starlette import App

if get_script_run_ctx(suppress_warning=True) is None:
    from dashboards.serving import asking, pushing
    from dashboards.serving.known_hosts import KnownHosts
    from dashboards.serving.scripts_only import ScriptsOnly

    served = [*pushing.routes(), *asking.routes()]
    app = App(__file__, middleware=[Middleware(KnownHosts), Middleware(ScriptsOnly)], routes=served)
else:
    from dashboards import app as pages

    pages.run()
