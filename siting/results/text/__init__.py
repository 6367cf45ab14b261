"""Sentences: what the terminal, the brief, the page and the workbook say."""
