"""The sheet in which associations are handed in: its columns, in order, with their headings in French and in Arabic.

A file's heading may be the column's own name, the French or the Arabic heading, or both parted by a slash; case, accents and
Arabic spelling do not matter. All cells are text: dates as YYYY-MM-DD, phones in any form, fields of activity parted by ";",
languages `fr` or `ar`. A name in one of the two scripts is enough.
"""

from functools import lru_cache

from vocabulary.names import fold
from vocabulary.text import Bilingual

OFFICES: tuple[str, ...] = ("president", "secretary", "treasurer")

_OFFICE_NAMES = {
    "president": Bilingual("président", "الرئيس"),
    "secretary": Bilingual("secrétaire", "الكاتب"),
    "treasurer": Bilingual("trésorier", "أمين المال"),
}
_OF_AN_OFFICER = {
    "name_fr": Bilingual("Nom du {0} (français)", "اسم {0} بالفرنسية"),
    "name_ar": Bilingual("Nom du {0} (arabe)", "اسم {0} بالعربية"),
    "phone": Bilingual("Téléphone du {0}", "هاتف {0}"),
    "email": Bilingual("Courriel du {0}", "بريد {0} الإلكتروني"),
    "language": Bilingual("Langue du {0}", "لغة {0}"),
}

# {column: its heading in each language}, in the order of the sheet.
COLUMNS: dict[str, Bilingual] = {
    "ref": Bilingual("Référence", "المرجع"),
    "name_fr": Bilingual("Nom de l'association (français)", "اسم الجمعية بالفرنسية"),
    "name_ar": Bilingual("Nom de l'association (arabe)", "اسم الجمعية بالعربية"),
    "commune_code": Bilingual("Code de la commune", "رمز الجماعة"),
    "seat": Bilingual("Siège", "المقر"),
    "receipt_number": Bilingual("Numéro du récépissé", "رقم الوصل"),
    "receipt_date": Bilingual("Date du récépissé", "تاريخ الوصل"),
    "receipt_authority": Bilingual("Autorité du récépissé", "السلطة المسلمة للوصل"),
    "phone": Bilingual("Téléphone", "الهاتف"),
    "email": Bilingual("Courriel", "البريد الإلكتروني"),
    "fields": Bilingual("Domaines d'activité", "مجالات النشاط"),
    **{
        f"{office}_{detail}": Bilingual(heading.fr.format(name.fr), heading.ar.format(name.ar))
        for office, name in _OFFICE_NAMES.items()
        for detail, heading in _OF_AN_OFFICER.items()
    },
}


def column_of(heading: str) -> str | None:
    """The column that a file's heading means, or None for a heading that means none."""
    known = _headings()
    parts = (heading, *heading.split(" / "))
    return next((known[fold(part)] for part in parts if fold(part) in known), None)


@lru_cache(maxsize=1)
def _headings() -> dict[str, str]:
    return {fold(form): column for column, both in COLUMNS.items() for form in (column, both.fr, both.ar)}
