"""Associations as they are handed in, and their officers, that tests begin with."""

from datetime import date

from services.registry.associations.reading import read
from services.registry.associations.values import Application, Names, Officer

TODAY = date(2026, 3, 2)
COMMUNE = "03.591.01.03"
CELLS = {
    "ref": "FM-0001",
    "name_fr": "Association Al Amal pour le développement rural",
    "name_ar": "جمعية الأمل للتنمية القروية",
    "commune_code": COMMUNE,
    "seat": "Maison des associations",
    "receipt_number": "12/2019",
    "receipt_date": "2019-05-31",
    "receipt_authority": "Caïdat de Ain Chkef",
    "phone": "06 00 01 23 45",
    "email": "al.amal@example.org",
    "fields": "rural;women",
    "president_name_fr": "Khadija El Idrissi",
    "president_name_ar": "خديجة الإدريسي",
    "president_phone": "0600012346",
    "president_email": "khadija@example.org",
    "president_language": "ar",
    "secretary_name_fr": "Youssef Cherkaoui",
    "secretary_language": "fr",
    "treasurer_name_ar": "سعاد بناني",
    "treasurer_language": "ar",
}


def application(**changes: str) -> Application:
    return read(CELLS | changes, within="03", today=TODAY)


def officer(
    office: str = "president", fr: str = "Khadija El Idrissi", ar: str = "", phone: str | None = "+212600012346"
) -> Officer:
    return Officer(office=office, names=Names(fr=fr, ar=ar), phone=phone, language="ar")
