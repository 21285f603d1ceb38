"""Writes the fixtures of this folder from `twelve.toml`: the same plan in every format.

    pip install openpyxl; apt-get install libreoffice-calc; python3 tests/sheets/make.py

The workbooks are drafted with openpyxl and then opened and saved by LibreOffice, as an office would. They
have what real ones have: a merged title, hidden and empty rows, real dates, numbers typed as text, formulas.
"""

import csv
import datetime
import io
import json
import subprocess
import tempfile
import tomllib
from pathlib import Path

from openpyxl import Workbook

HERE = Path(__file__).parent
HEADINGS = {  # key: heading in an office's words
    "id": "Flow", "partner": "Partner institution", "oid": "OID", "note": "Remarks", "country": "Country",
    "city": "Host city", "home_city": "Applicant city", "direction": "Direction",
    "activity": "Type of mobility", "term": "Long / short", "level": "Level of study",
    "blended": "Blended mobility", "participants": "No. of participants",
    "fewer_opportunities": "Participants with fewer opportunities", "months": "Duration (months)",
    "days": "Duration (days)", "start": "Start date", "end": "End date",
    "interruption_days": "Interruption", "unfunded_days": "Unfunded days", "travel": "Mode of travel",
    "travel_days": "No. of travel days", "distance_km": "Km", "band": "Distance band",
    "travel_cost": "Real travel cost (EUR)", "inclusion_support": "Inclusion support",
    "zero_grant": "Zero grant", "from_enterprise": "From enterprise", "x_budget_line": "x_Budget line",
}
WORDS = {"incoming": "In", "outgoing": "Outgoing", "SMS": "Studies", "STA": "Teaching", "STT": "Staff training"}
NAMES = {"AL": "Albania", "GE": "georgia", "VN": "Viet Nam"}

plan = tomllib.loads((HERE / "twelve.toml").read_text(encoding="utf-8"), parse_float=str)
# CSV has no place for the project's city: each flow says it.
flows = [{"home_city": plan["project"]["city"], **flow} for flow in plan["flow"]]


def plain(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def rows(cell):
    keys = [key for key in HEADINGS if key == "x_budget_line" or any(key in flow for flow in flows)]
    return keys, [[cell(key, flow[key]) if key in flow else "" for key in keys] for flow in flows]


def write(name, encoding, delimiter, heading, cell, before=(), newline="\r\n"):
    keys, body = rows(cell)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    writer.writerows(before)
    writer.writerow([heading(key) for key in keys])
    writer.writerows(body)
    (HERE / name).write_bytes(text.getvalue().encode(encoding))


def friendly(key, value):
    if isinstance(value, bool):
        return "x" if value else "no"
    if isinstance(value, datetime.date):
        return value.strftime("%d.%m.%Y")
    if key in ("distance_km", "travel_cost", "inclusion_support"):
        return str(value).replace(".", ",")
    return WORDS.get(value, NAMES.get(value, str(value)))


# The contract's keys, as they are.
own = {"call": plan["call"], "applicant": plan["project"]["applicant"], "applicant_country": "AT"}
keys, body = rows(lambda key, value: plain(value))
text = io.StringIO()
writer = csv.writer(text, lineterminator="\n")
writer.writerow([*own, *keys])
writer.writerows([*map(str, own.values()), *line] for line in body)
(HERE / "comma.csv").write_text(text.getvalue(), encoding="utf-8")

write("semicolon.csv", "utf-8-sig", ";", HEADINGS.get, friendly,
      before=[["Plan of the whole university, 2025, draft"], [], ["# made up"]])
write("unicode.txt", "utf-16", "\t", HEADINGS.get, friendly)


def as_json(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


numbers = ("distance_km", "travel_cost", "inclusion_support")
as_text = {"call": plan["call"], "project": plan["project"],
           "flow": [{key: f"@{value}@" if key in numbers else as_json(value) for key, value in flow.items()}
                    for flow in plan["flow"]]}
document = json.dumps(as_text, indent=1, ensure_ascii=False).replace('"@', "").replace('@"', "")
(HERE / "plan.json").write_text(document + "\n", encoding="utf-8")

book = Workbook()
sheet = book.active
sheet.title = "Flows"
sheet["A1"] = "International Credit Mobility 2025"
sheet.merge_cells("A1:F1")
keys, _ = rows(lambda key, value: value)
sheet.append([])
sheet.append([HEADINGS[key] for key in keys])
sheet.freeze_panes = "A4"
for number, flow in enumerate(flows):
    if number == 5:
        sheet.append([])
    line = []
    for key in keys:
        value = flow.get(key)
        if key in numbers and value is not None:
            value = float(value)
        elif isinstance(value, bool) or isinstance(value, datetime.date) or value is None:
            pass
        elif key == "participants" and value == 3:
            value = "=1+2"  # a formula
        elif key == "travel_days" and number % 2:
            value = str(value)  # a number typed as text
        elif isinstance(value, str):
            value = friendly(key, value)
        line.append(value)
    sheet.append(line)
sheet.row_dimensions[7].hidden = True
project = book.create_sheet("Project")
for line in [("Key", "Value"), ("Call", 2025), ("Applicant", own["applicant"]), ("Country", "Austria"),
             ("City", plan["project"]["city"]), ("Months", 36), ("x_contact", "office@example.org")]:
    project.append(line)
book.create_sheet("Notes")["A1"] = "=HYPERLINK(\"http://example.org\")"
with tempfile.TemporaryDirectory() as folder:
    draft = Path(folder) / "draft.xlsx"
    book.save(draft)
    for kind, name in [("ods", "workbook.ods"), ("xlsx", "workbook.xlsx")]:
        out = Path(folder) / kind
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
                        "--convert-to", kind, "--outdir", out, draft], check=True, capture_output=True)
        (HERE / name).write_bytes((out / f"draft.{kind}").read_bytes())

# One fault in each row; the last two columns say which, and in which column.
GOOD = {"id": "", "partner": "Osh State University", "country": "KG", "direction": "in", "activity": "STA", "days": 5,
        "participants": 2, "travel": "standard", "travel_days": 2, "distance_km": 4222, "band": "", "start": "",
        "end": "", "travel_cost": "", "zero_grant": "", "duration": "", "level": "", "months": ""}
BROKEN = [
    ({"country": "Kirgistan"}, "unknown-country", "country"),
    ({"country": "Hungary"}, "programme-country-as-partner", "country"),
    ({"direction": "sideways"}, "unknown-word", "direction"),
    ({"activity": "STX"}, "unknown-word", "activity"),
    ({"days": "2 weeks"}, "wrong-type", "days"),
    ({"days": 4.5}, "wrong-type", "days"),
    ({"days": 3}, "duration-too-short", "days"),
    ({"participants": "two"}, "wrong-type", "participants"),
    ({"participants": 0}, "out-of-bounds", "participants"),
    ({"travel": "by train"}, "unknown-word", "travel"),
    ({"travel_days": 9}, "too-many-travel-days", "travel_days"),
    ({"distance_km": "1.000"}, "ambiguous-number", "distance_km"),
    ({"distance_km": "=1/0"}, "formula-fault", "distance_km"),
    ({"distance_km": "", "band": "400-1999"}, "unknown-band", "band"),
    ({"days": "", "start": "09/25/2026", "end": "2026-09-30"}, "wrong-type", "start"),
    ({"days": "", "start": "31.02.2026", "end": "2026-03-05"}, "impossible-date", "start"),
    ({"days": "", "start": "2026-09-10", "end": "2026-09-01"}, "dates-reversed", "end"),
    ({"travel_cost": "12.345,678"}, "too-many-decimals", "travel_cost"),
    ({"zero_grant": "maybe"}, "wrong-type", "zero_grant"),
    ({"days": "", "duration": "a fortnight"}, "wrong-type", "duration"),
    ({"activity": "SMS", "days": "", "months": 5, "direction": "out"}, "level-missing", ""),
    ({"direction": ""}, "missing-key", ""),
    ({"duration": "5 days"}, "duplicate-key", "duration"),
]
columns = [*GOOD, "x_code", "x_column"]
broken = [[*{**GOOD, **changes}.values(), code, column] for changes, code, column in BROKEN]
with (HERE / "broken.csv").open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    # A formula is a text in CSV, and no number.
    for line in broken:
        writer.writerow(["wrong-type" if cell == "formula-fault" else cell for cell in line])
book = Workbook()
book.active.title = "Flows"
for line in [["Broken on purpose"], [], columns, *broken]:
    book.active.append([None if cell == "" else cell for cell in line])
book.save(HERE / "broken.xlsx")  # as openpyxl writes it: formulas without values

# Formats that give numbers another meaning, and a formula with an empty result; saved by LibreOffice.
book = Workbook()
book.active.title = "Flows"
good = {"country": "KG", "direction": "in", "activity": "STA", "participants": 1, "days": 5, "distance_km": 4222,
        "travel_cost": 1200, "note": ""}
for line in [{key: key for key in good}, {**good, "travel_cost": 0.5}, good, {**good, "note": '=IF(A2="x","y","")'},
             {**good, "participants": 0.5}, good, good]:
    book.active.append(list(line.values()))
for cell, form in [("G2", "0%"), ("G3", '#,##0 "Ft"'), ("D5", "0%"), ("G6", "[$€-407] #,##0.00"),
                   ("G7", "[$$-409]#,##0.00")]:
    book.active[cell].number_format = form
with tempfile.TemporaryDirectory() as folder:
    draft = Path(folder) / "formats.xlsx"
    book.save(draft)
    for kind in ["ods", "xlsx"]:
        out = Path(folder) / kind
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
                        "--convert-to", kind, "--outdir", out, draft], check=True, capture_output=True)
        (HERE / f"formats.{kind}").write_bytes((out / f"formats.{kind}").read_bytes())
