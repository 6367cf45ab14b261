"""Pages of docs/ that the product itself makes."""
