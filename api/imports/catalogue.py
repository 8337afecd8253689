"""Every code an import can report, with its sentences: the domain's and those only the shell can find."""

from api.imports.files import ARCHIVE_CODES
from api.imports.rows import ROWS_CODES
from api.surveys.file_codes import INSTRUMENT_FILE_CODES
from domain.instrument_codes import INSTRUMENT_CATALOGUE
from domain.issues import Catalogue, entry
from domain.ratings_codes import RATING_CODES
from domain.roster_codes import ROSTER_CATALOGUE

CODES: Catalogue = {
    **ROSTER_CATALOGUE,
    **ARCHIVE_CODES,
    **INSTRUMENT_CATALOGUE,
    **INSTRUMENT_FILE_CODES,
    **ROWS_CODES,
    **RATING_CODES,
    "unknown-form": entry(
        "Skemaet »{key}« i udgave {version} findes ikke.",
        "The form “{key}” does not exist in version {version}.",
        "Udgiv skemaet først, eller udelad key og version: så bruges det nyeste.",
        "Publish it first, or leave out key and version to use the newest.",
    ),
    "round-not-open": entry(
        "Runden tager ikke imod svar, for den er ikke åben.",
        "The round does not take answers (it is {state}).",
        "Åbn runden først; en lukket runde kan ikke få flere svar.",
        "Open the round first; a closed round takes no more answers.",
    ),
    "others-answered": entry(
        "Runden har også {count} svar, der ikke står i denne fil. De bliver stående.",
        "The round also holds {count} answers that are not in this file. They are kept.",
        "Er filen en rettet udgave uden respondent_key, tæller de rettede personer nu to gange: brug respondent_key.",
        "If the file is a corrected one without respondent_key, those corrected now count twice: use respondent_key.",
    ),
}
