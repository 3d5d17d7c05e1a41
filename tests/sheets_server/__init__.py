"""What can our tests talk to instead of Google?

A stand-in for Google Sheets, Drive and the token endpoint, on 127.0.0.1:

    with SheetsServer() as server:
        credentials = server.service_account(email="genkdash@proef.iam.gserviceaccount.com")
        book = server.add_spreadsheet("Genk vertelt", {"Berichten": [["Datum"]]}, shared_with=[...])
        server.fault("429", times=3)

A person starts it as a process of its own, over any workbook:

    python tests/sheets_server --port 8099 --workbook FILE.xlsx --title NAME --credentials OUT.json

It prints the address, the id of the spreadsheet and the settings that point the dashboard at it.
"""

from sheets_server.cells import Formatted, Formula
from sheets_server.scopes import READ_ONLY, READ_WRITE
from sheets_server.server import Request, SheetsServer
from sheets_server.spreadsheet import Spreadsheet
from sheets_server.tab import Tab

__all__ = ["READ_ONLY", "READ_WRITE", "Formatted", "Formula", "Request", "SheetsServer", "Spreadsheet", "Tab"]
