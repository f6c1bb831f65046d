"""What the server does beside Streamlit: which names it answers, which files it serves, what it pushes."""
