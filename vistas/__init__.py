"""The domain of Morning Vistas: what a morning walk is, without any live tool and without any page."""
