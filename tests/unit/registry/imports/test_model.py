import csv
import io
from datetime import UTC, datetime

from services.registry.associations.faults import Fault
from services.registry.imports.error_file import error_file
from services.registry.imports.events import ImportCompleted
from services.registry.imports.gateways import Row, read_sheet
from services.registry.imports.model import BATCH_ROWS, Batch, Import, Line, State

AT = datetime(2023, 9, 4, 8, 0, tzinfo=UTC)


def job(rows: int) -> Import:
    return Import.receive("03", "ab" * 32, "associations.csv", rows, AT)


def test_rows_are_split_into_batches_that_the_position_finds_again() -> None:
    received = job(2 * BATCH_ROWS + 1)
    batches = Batch.split(received, [Row(line, {"ref": str(line)}) for line in range(2, 2 * BATCH_ROWS + 3)])
    assert [len(batch.lines) for batch in batches] == [BATCH_ROWS, BATCH_ROWS, 1]
    for batch in batches:
        assert received.next_batch == batch.id
        received.advance(registered=len(batch.lines), held=0, rejected=0, at=AT)
    assert received.is_completed


def test_the_last_batch_completes_the_import() -> None:
    received = job(BATCH_ROWS + 2)
    received.advance(registered=40, held=6, rejected=4, at=AT)
    assert (received.state, received.recorded) == (State.PROCESSING, [])
    received.advance(registered=1, held=0, rejected=1, at=AT)
    assert (received.state, received.completed_at) == (State.COMPLETED, AT)
    assert received.recorded == [ImportCompleted(region="03", rows=52, registered=41, held=6, rejected=5)]


def test_only_rejected_rows_are_kept() -> None:
    (batch,) = Batch.split(job(2), [Row(2, {"ref": "R1"}), Row(3, {"ref": "R2"})])
    batch.lines[1].reject([Fault("phone", "phone-invalid")])
    batch.keep_rejected()
    assert [line.number for line in batch.lines] == [3]
    assert batch.lines[0].reasons() == [Fault("phone", "phone-invalid")]


def rejected(**cells: str) -> Line:
    line = Line(number=7, cells=cells)
    line.reject([Fault("phone", "phone-invalid"), Fault("commune_code", "missing")])
    return line


def test_the_error_file_says_line_and_all_reasons_in_both_languages() -> None:
    content = error_file([rejected(ref="R1", name_ar="جمعية الأمل")])
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (row["line"], row["ref"], row["name_ar"]) == ("7", "R1", "جمعية الأمل")
    assert row["reason_fr"].splitlines()[0].startswith("Téléphone : ")
    assert len(row["reason_ar"].splitlines()) == 2


def test_the_error_file_can_be_handed_in_again() -> None:
    (row,) = read_sheet(error_file([rejected(ref="R1", phone="+212 6 00")]))
    assert row.cells == {"ref": "R1", "phone": "+212 6 00"}


def test_no_cell_of_the_error_file_is_a_formula() -> None:
    content = error_file([rejected(seat="=cmd()", name_fr="@here", ref="-1+1x", phone="+212 600")])
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (row["seat"], row["name_fr"], row["ref"], row["phone"]) == ("'=cmd()", "'@here", "'-1+1x", "+212 600")
