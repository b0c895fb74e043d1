"""What a printed handbook holds, before any layout."""
