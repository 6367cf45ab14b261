"""The workbook: its sheets, live formulas and dossiers."""
