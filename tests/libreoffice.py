"""LibreOffice without a window: workbooks changed as a reader would, and calculated anew."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import openpyxl

SHEET = re.compile(r'<sheet name="([^"]+)" sheetId="(\d+)"')
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(books: list[Path], folder: Path) -> list[Path]:
    """Calculate every formula of some workbooks in one run; each comes back under its own name."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS)
    out = folder / "calculated"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
         "xlsx", "--outdir", out, *books],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return [out / book.name for book in books]


def turned(book: Path, to: Path, cells: dict[str, float | str]) -> Path:
    """Copy a workbook with other contents in some cells; nothing else in it changes.

    `cells` goes from a defined name or "Sheet!B2" to a number or a text.
    """
    names = openpyxl.load_workbook(book).defined_names
    with zipfile.ZipFile(book) as parts:
        content = {name: parts.read(name) for name in parts.namelist()}
    numbers = dict(SHEET.findall(content["xl/workbook.xml"].decode()))
    for where, value in cells.items():
        area = names[where].attr_text if where in names else where
        sheet, cell = area.replace("'", "").replace("$", "").split("!")
        part = f"xl/worksheets/sheet{numbers[sheet]}.xml"
        kind = ' t="str"' if isinstance(value, str) else ""
        old = re.compile(rf'<c r="{cell}" s="(\d+)"[^>]*><v>[^<]*</v></c>')
        new = rf'<c r="{cell}" s="\1"{kind}><v>{value}</v></c>'
        text, times = old.subn(new, content[part].decode())
        assert times == 1, where
        content[part] = text.encode()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in content.items():
            parts.writestr(name, data)
    return to
