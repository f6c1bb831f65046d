"""The only Streamlit and the only Plotly: pages, figures and small browser components over the domain."""
