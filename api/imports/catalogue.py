"""Every code an import can report, with its sentences: the domain's and those only the shell can find."""

from api.imports.files import ARCHIVE_CODES
from api.surveys.file_codes import INSTRUMENT_FILE_CODES
from domain.instrument_codes import INSTRUMENT_CATALOGUE
from domain.issues import Catalogue, entry
from domain.roster_codes import ROSTER_CATALOGUE

CODES: Catalogue = {
    **ROSTER_CATALOGUE,
    **ARCHIVE_CODES,
    **INSTRUMENT_CATALOGUE,
    **INSTRUMENT_FILE_CODES,
    "round-not-open": entry(
        "Runden tager ikke imod svar (den er {state}).",
        "The round does not take answers (it is {state}).",
        "Åbn runden først; en lukket runde kan ikke få flere svar.",
        "Open the round first; a closed round takes no more answers.",
    ),
}
