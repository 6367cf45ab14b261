"""Several plans held against each other: two studies, several stakeholders."""
