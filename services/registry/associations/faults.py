"""What can be wrong with an association's data, said in three languages.

English to programs, French and Arabic to whoever filled in the sheet.
"""

from dataclasses import dataclass
from typing import NamedTuple

from vocabulary.association_sheet import COLUMNS
from vocabulary.text import Bilingual


class Sentence(NamedTuple):
    """The same sentence in three languages; it says what to do and repeats no value, which may be personal."""

    en: str
    fr: str
    ar: str


SENTENCES = {
    "missing": Sentence("Fill this in.", "À remplir.", "يجب ملؤها."),
    "name-missing": Sentence(
        "Give the name in French or in Arabic.", "Indiquez le nom en français ou en arabe.", "أدخلوا الاسم بالفرنسية أو بالعربية."
    ),
    "commune-unknown": Sentence(
        "No commune has this code: take it from the territory's list, such as 03.591.01.03.",
        "Aucune commune ne porte ce code : prenez-le dans la liste officielle, par exemple 03.591.01.03.",
        "لا توجد جماعة بهذا الرمز: خذوه من اللائحة الرسمية، مثل 03.591.01.03.",
    ),
    "commune-elsewhere": Sentence(
        "This commune lies in another region or province: hand it in there, or correct the code.",
        "Cette commune se trouve dans une autre région ou province : déposez la ligne là-bas ou corrigez le code.",
        "توجد هذه الجماعة في جهة أو إقليم آخر: أودعوا السطر هناك أو صححوا الرمز.",
    ),
    "phone-invalid": Sentence(
        "This is no telephone number: write it as 0612345678 or +212612345678.",
        "Ce n'est pas un numéro de téléphone : écrivez-le comme 0612345678 ou +212612345678.",
        "ليس هذا رقم هاتف: اكتبوه مثل 0612345678 أو 212612345678+.",
    ),
    "email-invalid": Sentence(
        "This is no mail address: write it as name@example.org.",
        "Ce n'est pas une adresse électronique : écrivez-la comme nom@example.org.",
        "ليس هذا عنوانا إلكترونيا: اكتبوه مثل nom@example.org.",
    ),
    "date-invalid": Sentence(
        "This is no day of the calendar: write it as 2019-05-31.",
        "Cette date n'existe pas : écrivez-la comme 2019-05-31.",
        "لا وجود لهذا التاريخ: اكتبوه مثل 2019-05-31.",
    ),
    "date-future": Sentence(
        "This day has not come yet: correct it.", "Cette date est dans le futur : corrigez-la.", "هذا التاريخ لم يحن بعد: صححوه."
    ),
    "receipt-incomplete": Sentence(
        "A receipt has a number, a date and an authority: give all three or none.",
        "Un récépissé a un numéro, une date et une autorité : indiquez les trois ou aucun.",
        "للوصل رقم وتاريخ وسلطة: أدخلوا الثلاثة أو لا شيء.",
    ),
    "field-unknown": Sentence(
        "One of these is no field of activity of the glossary: use its codes, parted by ;.",
        "L'un de ces domaines n'est pas dans le glossaire : utilisez ses codes, séparés par ;.",
        "أحد هذه المجالات غير وارد في المعجم: استعملوا رموزه مفصولة ب ;.",
    ),
    "language-unknown": Sentence("Write fr or ar.", "Écrivez fr ou ar.", "اكتبوا fr أو ar."),
    "too-long": Sentence("This is too long: shorten it.", "Ce texte est trop long : abrégez-le.", "هذا النص طويل جدا: اختصروه."),
    "row-shifted": Sentence(
        "The row has more cells than the sheet has headings: look for a separator inside a cell and put that cell in quotes.",
        "La ligne a plus de cellules que d'en-têtes : cherchez un séparateur dans une cellule et mettez-la entre guillemets.",
        "في السطر خلايا أكثر من العناوين: ابحثوا عن فاصل داخل خلية وضعوها بين علامتي اقتباس.",
    ),
    "unprintable": Sentence(
        "This holds characters that cannot be printed: type it again.",
        "Ce texte contient des caractères non imprimables : saisissez-le à nouveau.",
        "يحتوي هذا النص على رموز غير قابلة للطباعة: أعيدوا كتابته.",
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the column of the sheet (vocabulary.association_sheet) and which of SENTENCES says it."""

    column: str
    code: str

    @property
    def detail(self) -> str:
        """What of a person it is, for a column of an officer: `president_phone` gives `phone`."""
        return self.column.partition("_")[2]

    @property
    def english(self) -> str:
        """What to do, for programs and their people."""
        return SENTENCES[self.code].en

    @property
    def bilingual(self) -> Bilingual:
        """The column's heading and what to do, for whoever filled in the sheet."""
        heading, sentence = COLUMNS[self.column], SENTENCES[self.code]
        return Bilingual(f"{heading.fr} : {sentence.fr}", f"{heading.ar}: {sentence.ar}")
