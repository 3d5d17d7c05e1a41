"""How is the template written as a workbook (.xlsx) that Excel and LibreOffice both understand?"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from genkdash.sheet.contract import CAMPAIGN
from genkdash.sheet.template import BAND_COLOURS, HEADER_COLOUR, Rule, TabForm, pattern_of

_LAST_COLUMN = 16_384
# 1 January 2000: what the contract calls a plausible day begins there.
_FIRST_SERIAL = 36_526
_FREE = Protection(locked=False)
_YES_NO = '"ja,nee"'
_NOTE_SIZE = (110, 320)
_AUTHOR = "genkdash"


def workbook_bytes(forms: Sequence[TabForm], *, made_at: datetime, refusal: str) -> bytes:
    """Return the template as an .xlsx file.

    The header row is frozen and locked without a password; everything else can be typed in, also columns of one's own.
    A checkbox is a choice of `ja` and `nee`, as Excel's own checkboxes are no cells. `refusal` is what Excel says when
    a value does not fit.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = _AUTHOR
    # openpyxl writes the moment without its zone.
    book.properties.created = book.properties.modified = made_at.replace(tzinfo=None)
    for form in forms:
        _write_tab(book.create_sheet(form.tab.title), form, refusal)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write_tab(sheet: Worksheet, form: TabForm, refusal: str) -> None:
    last_row = form.rows + 1
    for position, column in enumerate(form.columns, start=1):
        letter = get_column_letter(position)
        header = sheet.cell(1, position, column.column.header)
        header.font = Font(name="Calibri", size=11, bold=True)
        header.fill = PatternFill("solid", fgColor=HEADER_COLOUR.removeprefix("#"))
        header.alignment = Alignment(vertical="center")
        header.comment = Comment(column.note, _AUTHOR, *_NOTE_SIZE)
        # The style of a column is that of its cells until they get one: a blank row stays blank in the file.
        cells = sheet.column_dimensions[letter]
        cells.width = column.width
        cells.protection = _FREE
        cells.number_format = pattern_of(column.rule) or "General"
        _restrict(sheet, column.rule, f"{letter}2:{letter}{last_row}", refusal)
    _free_the_rest(sheet, len(form.columns) + 1)
    _write_settings(sheet, form, refusal)
    _colour_bands(sheet, f"A2:{get_column_letter(len(form.columns))}{last_row}")
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 22
    _lock_header(sheet)


def _write_settings(sheet: Worksheet, form: TabForm, refusal: str) -> None:
    """Write the rows of Campagne: each key, the value it begins with, and what may be typed there."""
    if form.tab is not CAMPAIGN:
        return
    for row, setting in enumerate(form.settings, start=2):
        key = sheet.cell(row, 1, setting.setting.header)
        key.comment = Comment(setting.note, _AUTHOR, *_NOTE_SIZE)
        key.protection = _FREE
        value = sheet.cell(row, 2, setting.value)
        value.number_format = pattern_of(setting.rule) or "General"
        value.protection = _FREE
        value.alignment = Alignment(horizontal="left")
        _restrict(sheet, setting.rule, f"B{row}", refusal)


def _restrict(sheet: Worksheet, rule: Rule, cells: str, refusal: str) -> None:
    """Let Excel and LibreOffice check what is typed in `cells`."""
    first = cells.partition(":")[0]
    match rule.kind:
        case "date":
            check = DataValidation("date", operator="greaterThanOrEqual", formula1=str(_FIRST_SERIAL))
        case "count":
            check = DataValidation("whole", operator="greaterThanOrEqual", formula1=str(rule.minimum))
        case "share":
            check = DataValidation("decimal", operator="between", formula1="0", formula2="1")
        case "link":
            check = DataValidation("custom", formula1=f'OR(LEFT({first},7)="http://",LEFT({first},8)="https://")')
        case "choice":
            check = DataValidation("list", formula1=f'"{",".join(rule.choices)}"')
        case "list":
            check = DataValidation("list", formula1=_source_of(rule))
        case "checkbox":
            check = DataValidation("list", formula1=_YES_NO)
        case _:
            return
    check.allow_blank = True
    check.errorStyle = "stop" if rule.is_strict else "information"
    check.showErrorMessage = True
    check.error = refusal
    check.add(cells)
    sheet.add_data_validation(check)


def _source_of(rule: Rule) -> str:
    """Return the cells that a dropdown is fed from, as a reference. In the template every header stands in row 1."""
    if rule.source is None:
        raise ValueError("a list without a source")
    tab, column = rule.source
    letter = get_column_letter(tab.columns.index(column) + 1)
    return f"{quote_sheetname(tab.title)}!${letter}$2:${letter}$101"


def _free_the_rest(sheet: Worksheet, first: int) -> None:
    """Let people type in columns of their own, headers too."""
    letter = get_column_letter(first)
    rest = ColumnDimension(sheet, index=letter, min=first, max=_LAST_COLUMN)
    rest.protection = _FREE
    sheet.column_dimensions[letter] = rest


def _colour_bands(sheet: Worksheet, cells: str) -> None:
    _, second = BAND_COLOURS
    band = PatternFill("solid", bgColor=second.removeprefix("#"))
    # openpyxl's stubs leave this one out.
    alternate = FormulaRule(formula=["MOD(ROW(),2)=1"], fill=band)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(cells, alternate)


def _lock_header(sheet: Worksheet) -> None:
    """Lock what is not free; in this format True means "not allowed"."""
    lock = sheet.protection
    lock.sheet = True
    for allowed in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertColumns",
        "insertRows",
        "insertHyperlinks",
        "deleteRows",
        "sort",
        "autoFilter",
    ):
        setattr(lock, allowed, False)
