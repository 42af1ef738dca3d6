"""What an exchanged file may hold at most; stated here and nowhere else, but for its size.

The size is also what the desk takes at once, so the services' ports state it.
"""

from datetime import date

from server.domain.symbols import HIGHEST_OPERATION
from server.services.ports import LARGEST_FILE

FILE_BYTES = LARGEST_FILE
UNPACKED_BYTES = 150_000_000
"""All parts of an XLSX file together once unpacked, so that a zip bomb stays packed."""
UNPACKED_OTHER_BYTES = 50_000_000
"""Those parts that are not sheets: they are held in memory as a whole."""
UNPACKED_RATIO = 100
"""How many times its packed size a part may unpack to; a sheet of ours comes to about 12."""
SMALL_PART_BYTES = 5_000_000
"""Parts below may be as empty as they like."""
ARCHIVE_MEMBERS = 2_000
MAPPING_BYTES = 64_000

ROWS = 200_000
"""Rows that say something; blank ones do not count."""
ROW_POSITION = 1_048_576
"""The last row of a spreadsheet; nothing is looked for behind it."""
COLUMNS = 500
ORDERS = 50_000
OPERATIONS_PER_ORDER = 99
"""A traveler has two digits for its lines."""
LISTED_ERRORS = 1_000
SHOWN_CHARACTERS = 80
"""How much of a wrong value an error repeats."""

ORDER_LENGTH = 20
PART_LENGTH = 40
REVISION_LENGTH = 20
DESCRIPTION_LENGTH = 200
WORK_CENTER_LENGTH = 40
ALTERNATES = 20

QUANTITY = (1, 9_999_999)
OPERATION_NUMBER = (1, HIGHEST_OPERATION)
PRIORITY = (1, 9)
MINUTES = (0, 100_000)
"""Setup of an operation, or run of one piece."""
DATES = (date(2000, 1, 1), date(2099, 12, 31))
"""A date outside is a slip: 1900-01-01 is what a spreadsheet makes of the number 1."""
