"""What there is to do today (今日)."""
