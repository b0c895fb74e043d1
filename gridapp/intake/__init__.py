"""Reading workbooks as offices keep them."""
