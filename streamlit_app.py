"""The browser app of Morning Vistas: `streamlit run streamlit_app.py`, or `vistas open`."""

from dashboards import app

app.run()
