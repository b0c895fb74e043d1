"""Documents on paper: content laid out page by page with reportlab."""
