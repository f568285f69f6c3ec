"""What associations are for: the words of their purposes, in French and in Arabic, each pair under one code.

The codes double as fields of activity. Words are given as people write them and folded when first used.
"""

from functools import lru_cache
from types import MappingProxyType

from vocabulary.names import fold, is_arabic, without_article

# code: (French words and usual abbreviations, Arabic words). Singular suffices in French: a plural s or x is also tried without.
_WORDS: dict[str, tuple[str, str]] = {
    "development": ("développement dev devt dvpt dével développer", "تنمية إنماء التنموية"),
    "rural": ("rural rurale ruraux rur", "قروية قروي القروي القرويات"),
    "local": ("local locale locaux", "محلية محلي"),
    "sustainable": ("durable", "مستدامة مستدام"),
    "women": ("femme féminin féminine fem", "المرأة النساء نسائية النسوية"),
    "youth": ("jeune jeunesse", "الشباب الشبيبة الشبابية"),
    "children": ("enfant enfance", "الطفل الطفولة الأطفال"),
    "family": ("famille familial", "الأسرة أسرية"),
    "sport": ("sport sportif sportive sportives", "الرياضة رياضية الرياضي"),
    "culture": ("culture culturel culturelle cult", "الثقافة ثقافية ثقافي"),
    "arts": ("art artistique", "الفنون الفن فنية"),
    "heritage": ("patrimoine", "التراث تراثية"),
    "environment": ("environnement environnemental env ecologie", "البيئة بيئية"),
    "water": ("eau hydrique", "الماء المياه مائية"),
    "drinking": ("potable", "الشروب الصالح للشرب"),
    "irrigation": ("irrigation irrigant", "الري السقي"),
    "agriculture": ("agriculture agricole agriculteur agri", "الفلاحة فلاحية الفلاحين الزراعة"),
    "livestock": ("élevage éleveur", "الماشية المواشي"),
    "education": ("éducation éducatif scolaire scolarisation educ", "التربية تربوية التعليم التعليمية المدرسية التمدرس"),
    "parents": ("parents", "آباء أولياء"),
    "pupils": ("élève", "التلاميذ التلميذ"),
    "literacy": ("alphabétisation analphabétisme", "الأمية"),
    "health": ("santé sanitaire", "الصحة صحية"),
    "disability": ("handicap handicapé", "إعاقة المعاقين الإعاقة"),
    "social": ("social sociale sociaux soc", "الاجتماعي الاجتماعية"),
    "solidarity": ("solidarité solidaire", "التضامن تضامنية"),
    "charity": ("bienfaisance charité caritative", "الخيرية الإحسان"),
    "action": ("action œuvre", "العمل الأعمال"),
    "cooperation": ("coopération entraide", "التعاون"),
    "crafts": ("artisanat artisan artisanal", "الصناعة الصناع"),
    "traditional": ("traditionnel traditionnelle traditionnels", "التقليدية التقليدي"),
    "tourism": ("tourisme touristique", "السياحة سياحية"),
    "citizenship": ("citoyenneté citoyen", "المواطنة"),
    "rights": ("droit", "الحقوق حقوق"),
    "promotion": ("promotion", "النهوض"),
    "protection": ("protection préservation sauvegarde", "حماية المحافظة صيانة"),
    "training": ("formation", "التكوين"),
    "economy": ("économie économique revenu", "الاقتصاد اقتصادية"),
    "people": ("personne situation", "الأشخاص وضعية"),
}
FIELDS: tuple[str, ...] = tuple(_WORDS)

# Words that half of all names carry: kinds of places and honorifics. They tell little, so they weigh little.
_COMMON = (
    "sidi lalla moulay my haj hadj oulad ouled awlad ould ait ain bni beni ben bou dar douar hay quartier ksar oued jbel zaouia "
    "ville centre commune province region cercle maroc marocain marocaine "
    "سيدي لالة مولاي الحاج أولاد ولاد آيت عين بني بن ابن بو دار دوار حي قصر واد وادي جبل زاوية "
    "مدينة مركز جماعة إقليم جهة المغرب المغربية"
)


@lru_cache(maxsize=65536)
def purpose_of(word: str) -> str | None:
    """The code of the purpose that a folded word speaks of, whatever article or plural it carries; None for any other word."""
    known = _purposes()
    return next((known[form] for form in _forms(word) if form in known), None)


def is_common(word: str) -> bool:
    """Whether a folded word (its article dropped) stands in so many names that it tells little: "Sidi", "douar", "أولاد"."""
    return word in _common()


def _forms(word: str) -> tuple[str, ...]:
    """A folded word as written, without its article, and without a glued preposition or a plural's ending."""
    bare = without_article(word)
    if is_arabic(word):
        return (word, bare, bare[1:]) if word[0] in "لبو" else (word, bare)
    return (word, word[:-1], bare) if word[-1] in "sx" else (word, bare)


@lru_cache(maxsize=1)
def _purposes() -> MappingProxyType[str, str]:
    pairs = ((word, code) for code, both in _WORDS.items() for word in fold(" ".join(both)).split())
    # The plural once more here: whether letters at a word's start are an article can depend on its length ("élève", "élèves").
    forms = ((form, code) for word, code in pairs for form in (word, without_article(word), without_article(f"{word}s")))
    return MappingProxyType(dict(forms))


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(without_article(word) for word in fold(_COMMON).split())
