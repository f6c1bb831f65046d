"""The Wheel of Expertise on the page: in a room and on the knowledge page."""
