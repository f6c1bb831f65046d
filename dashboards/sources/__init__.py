"""What is connected, how it feels, and how to connect one's own tools."""
