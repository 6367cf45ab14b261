"""Several plans compared: two studies, several stakeholders."""
