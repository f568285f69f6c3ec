"""What the names of the demo's associations are made of: proper names, purposes, places and persons, in both scripts.

Names and family names are common ones, put together at random: whoever they make does not exist.
"""

from dataclasses import dataclass

from vocabulary.text import Bilingual


@dataclass(frozen=True, slots=True)
class Proper:
    """An association's proper name and another way to write it in Latin letters."""

    names: Bilingual
    respelt: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """What an association is for; the Arabic begins with the preposition that the French "pour" stands for."""

    names: Bilingual
    fields: tuple[str, ...]


def _bilingual(lines: str) -> tuple[Bilingual, ...]:
    return tuple(Bilingual(*(part.strip() for part in line.split("|"))) for line in lines.strip().splitlines())


def _propers(lines: str) -> tuple[Proper, ...]:
    parted = ([part.strip() for part in line.split("|")] for line in lines.strip().splitlines())
    return tuple(Proper(Bilingual(french, arabic), respelt) for french, arabic, respelt in parted)


def _purposes(lines: str) -> tuple[Purpose, ...]:
    parted = ([part.strip() for part in line.split("|")] for line in lines.strip().splitlines())
    return tuple(Purpose(Bilingual(french, arabic), tuple(fields.split())) for french, arabic, fields in parted)


PROPERS = _propers("""
Al Amal | الأمل | El Amel
An Nour | النور | Ennour
Attadamoun | التضامن | Ettadamon
Al Wifaq | الوفاق | El Wifak
Al Baraka | البركة | El Baraka
Al Moustaqbal | المستقبل | El Mostakbal
An Nahda | النهضة | Ennahda
Al Fath | الفتح | El Fateh
Al Karama | الكرامة | El Karama
Al Ikhlas | الإخلاص | El Ikhlass
Al Wafae | الوفاء | El Wafaa
Al Ittihad | الاتحاد | El Itihad
Al Massira | المسيرة | El Masira
An Najah | النجاح | Ennajah
Al Houda | الهدى | El Hoda
As Salam | السلام | Essalam
Al Bouchra | البشرى | El Boshra
Al Firdaous | الفردوس | El Ferdaws
Ar Rahma | الرحمة | Errahma
Al Yasmine | الياسمين | El Yasmin
Az Zaytoun | الزيتون | Ezzaitoune
Al Manbaa | المنبع | El Manba
Al Ofoq | الأفق | El Ofok
Ach Chourouk | الشروق | Echorouq
Al Fajr | الفجر | El Fadjr
Al Hikma | الحكمة | El Hekma
Al Andalous | الأندلس | El Andalus
Tafoukt | تافوكت | Tafukt
Tamount | تامونت | Tamunt
Asirem | أسيرم | Assirem
Tilelli | تيللي | Tileli
Afoulki | أفولكي | Afulki
Izorane | إزوران | Izourane
Al Jisr | الجسر | El Jesr
Al Hayat | الحياة | El Hayatt
At Tawassol | التواصل | Ettawasol
Al Moubadara | المبادرة | El Mobadara
Al Irtiqae | الارتقاء | El Irtika
Basma | بسمة | Besma
Zahrat Al Atlas | زهرة الأطلس | Zahrate El Atlas
Nour Al Mostaqbal | نور المستقبل | Nur El Moustakbal
Ouafae Al Jiwar | وفاء الجوار | Wafae El Jewar
Rabi Al Hayat | ربيع الحياة | Rabie El Hayat
Jossour | جسور | Joussour
Manar | منار | Menar
Al Qalam | القلم | El Kalam
Al Ourouba | العروبة | El Oroba
Al Khouzama | الخزامى | El Khozama
Al Argane | الأركان | El Argan
Al Bassatine | البساتين | El Basatin
""")

PURPOSES = _purposes("""
le développement | للتنمية | development
le développement rural | للتنمية القروية | development rural
le développement local durable | للتنمية المحلية المستدامة | development local sustainable
la promotion de la femme rurale | للنهوض بالمرأة القروية | promotion women rural
la femme et l'enfant | للمرأة والطفل | women children
la culture et les arts | للثقافة والفنون | culture arts
l'éducation et la culture | للتربية والثقافة | education culture
le sport et la jeunesse | للرياضة والشباب | sport youth
la protection de l'environnement | لحماية البيئة | protection environment
l'eau potable | للماء الصالح للشرب | water drinking
l'alphabétisation | لمحاربة الأمية | literacy
la protection de l'enfance | لحماية الطفولة | protection children
les personnes en situation de handicap | للأشخاص في وضعية إعاقة | people disability
l'artisanat traditionnel | للصناعة التقليدية | crafts traditional
le développement agricole et l'élevage | للتنمية الفلاحية والماشية | development agriculture livestock
la solidarité sociale | للتضامن الاجتماعي | solidarity social
l'action sociale et la santé | للعمل الاجتماعي والصحة | action social health
les parents d'élèves | لآباء وأولياء التلاميذ | parents pupils
la citoyenneté et les droits | للمواطنة والحقوق | citizenship rights
la sauvegarde du patrimoine | للمحافظة على التراث | protection heritage
le tourisme rural | للسياحة القروية | tourism rural
l'irrigation et l'agriculture | للري والفلاحة | irrigation agriculture
la formation des jeunes | لتكوين الشباب | training youth
""")

# Neighbourhoods: `Douar X` in a rural commune, `Hay X` in an urban one.
NEIGHBOURHOODS = _bilingual("""
Oulad Ali | أولاد علي
Oulad Said | أولاد سعيد
Ait Hammou | آيت حمو
Ait Brahim | آيت ابراهيم
Bni Khaled | بني خالد
Bni Tazi | بني تازي
El Kelaa | القلعة
Lamrabtine | المرابطين
Tizi | تيزي
Aguelmous | أكلموس
Lkhmiss | الخميس
Laazib | العزيب
Sahel | الساحل
Msila | مسيلة
Ouljat | ولجات
Bab Tizra | باب تيزرا
Rmel | الرمل
Chaaba | الشعبة
Zitouna | الزيتونة
Dchar Lkbir | الدشر الكبير
Tamesna | تامسنا
Riad | الرياض
Narjiss | النرجس
Andalous | الأندلس
""")

WOMEN = _bilingual("""
Fatima | فاطمة
Khadija | خديجة
Aicha | عائشة
Zineb | زينب
Naima | نعيمة
Rachida | رشيدة
Malika | مليكة
Samira | سميرة
Latifa | لطيفة
Hanane | حنان
Souad | سعاد
Nadia | نادية
Salma | سلمى
Imane | إيمان
Meryem | مريم
Hafida | حفيظة
Bouchra | بشرى
Karima | كريمة
Ghizlane | غزلان
Ilham | إلهام
Siham | سهام
Asmae | أسماء
Jamila | جميلة
Halima | حليمة
""")

MEN = _bilingual("""
Mohamed | محمد
Ahmed | أحمد
Youssef | يوسف
Hassan | حسن
Rachid | رشيد
Said | سعيد
Mustapha | مصطفى
Abdelkader | عبد القادر
Driss | إدريس
Khalid | خالد
Omar | عمر
Hamid | حميد
Brahim | إبراهيم
Abdellah | عبد الله
Karim | كريم
Noureddine | نور الدين
Jamal | جمال
Aziz | عزيز
Hicham | هشام
Anouar | أنوار
Soufiane | سفيان
Tarik | طارق
Ismail | إسماعيل
Larbi | العربي
""")

FAMILIES = _bilingual("""
El Idrissi | الإدريسي
Alaoui | العلوي
Bennani | بناني
Cherkaoui | الشرقاوي
Berrada | برادة
El Amrani | العمراني
Tazi | التازي
Lahlou | لحلو
Benjelloun | بنجلون
El Fassi | الفاسي
Filali | الفيلالي
Saidi | السعيدي
Rahmouni | الرحموني
El Ouazzani | الوزاني
Bouzidi | البوزيدي
Zerouali | الزروالي
Sebti | السبتي
Kadiri | القادري
Hajji | حجي
Naciri | الناصري
Slaoui | السلاوي
Lamrani | لمراني
Daoudi | الداودي
Mansouri | المنصوري
Rifai | الرفاعي
Squalli | الصقلي
Touhami | التهامي
Yacoubi | اليعقوبي
Zahiri | الزهيري
El Hilali | الهلالي
Ammari | العماري
Guennoun | كنون
Bakkali | البقالي
Mekouar | مكوار
Jabri | الجابري
Hamdaoui | الحمداوي
""")
