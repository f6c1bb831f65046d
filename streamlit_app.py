"""The browser app of Morning Vistas: `streamlit run streamlit_app.py`, or `vistas open`.

The server imports it for what to serve, and then runs it for every page.
"""

from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.starlette import App

if get_script_run_ctx(suppress_warning=True) is None:
    from dashboards.serving.known_hosts import KnownHosts
    from dashboards.serving.routes import routes
    from dashboards.serving.scripts_only import ScriptsOnly
    from dashboards.serving.warming import warming

    dressed = [Middleware(KnownHosts), Middleware(ScriptsOnly)]
    app = App(__file__, middleware=dressed, routes=routes(), lifespan=warming)
else:
    from dashboards.serving.warming import page_was_shown, wait_until_loaded

    wait_until_loaded()
    from dashboards import app as pages

    pages.run()
    page_was_shown()
