"""What is drawn, before anything draws it: which series stand out, axes, and the hills a vista is known by."""
