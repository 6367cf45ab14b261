"""What `siting portfolio` shows and writes."""
