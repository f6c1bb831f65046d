"""What other packages can add besides sources: log readers, chats, offers. Found by entry point."""
