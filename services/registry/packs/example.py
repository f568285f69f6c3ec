"""A small pack that keeps every rule of a pack: the example in the contract of `pack.published`."""

from typing import Any

from vocabulary.pack import MESSAGES


def _both(fr: str, ar: str) -> dict[str, str]:
    return {"fr": fr, "ar": ar}


def _template(code: str) -> dict[str, Any]:
    marks = " ".join(f"${{{name}}}" for name in sorted(MESSAGES[code]))
    return {
        "code": code,
        "fr": {"subject": "Message du programme", "body": f"Bonjour, {marks}"},
        "ar": {"subject": "رسالة من البرنامج", "body": f"تحية طيبة، {marks}"},
    }


def _condition(code: str, measure: str, needed: int, title: dict[str, str], *services: str) -> dict[str, Any]:
    return {"code": code, "measure": measure, "needed": needed, "title": title, "services": list(services)}


EXAMPLE: dict[str, Any] = {
    "name": "fes-meknes",
    "version": "1.0",
    "title": _both("Dossier de déploiement", "حقيبة تنزيل البرنامج"),
    "year": 2023,
    "families": [{"code": "OD", "title": _both("Développement organisationnel", "التطوير التنظيمي")}],
    "modules": [
        {
            "code": "OD-01",
            "family": "OD",
            "title": _both("Gouvernance associative", "الحكامة الجمعوية"),
            "aim": _both("Répartir clairement les responsabilités.", "توزيع المسؤوليات بوضوح."),
            "half_days": 4,
            "capacity": 25,
            "seats_per_association": 2,
            "audience": "president",
            "dimensions": ["governance"],
        }
    ],
    "trainer_course": {
        "code": "TOT-01",
        "title": _both("Formation de formateurs", "تكوين المكونين"),
        "aim": _both("Former les acteurs du pôle de compétences.", "تأهيل أعضاء قطب الكفاءات."),
        "half_days": 10,
        "seats": 24,
    },
    "grid": {
        "scales": {
            "frequency": [
                _both("Jamais", "أبدا"),
                _both("Rarement", "نادرا"),
                _both("Parfois", "أحيانا"),
                _both("Souvent", "غالبا"),
                _both("Toujours", "دائما"),
            ]
        },
        "dimensions": [
            {
                "code": "governance",
                "title": _both("Gouvernance", "الحكامة"),
                "weight": 3,
                "questions": [
                    {
                        "code": "GOV-1",
                        "text": _both("Le bureau se réunit-il régulièrement ?", "هل يجتمع المكتب بانتظام؟"),
                        "weight": 2,
                        "scale": "frequency",
                    }
                ],
                "needs": [{"below": 60, "modules": ["OD-01"]}],
            }
        ],
    },
    "templates": [_template(code) for code in MESSAGES],
    "gates": {
        "open": [
            _condition("convention-active", "conventions_active", 1, _both("Convention en vigueur", "اتفاقية سارية")),
            _condition(
                "services-prepared",
                "services_prepared",
                3,
                _both("Services prêts", "جاهزية الخدمات"),
                "training",
                "certification",
                "notifications",
            ),
            _condition(
                "associations-registered", "associations_registered", 300, _both("Associations inscrites", "جمعيات مقيدة")
            ),
            _condition(
                "associations-diagnosed", "associations_diagnosed", 300, _both("Associations diagnostiquées", "جمعيات مشخصة")
            ),
        ]
    },
    "targets": {
        "associations": 350,
        "actors": 1000,
        "trainers": 24,
        "phases": [{"code": "preparation", "title": _both("Préparation", "التحضير"), "months": 3}],
    },
    "certificates": {
        "minimum_attendance": 0.8,
        "kinds": {
            "participation": {"title": _both("Attestation de participation", "شهادة المشاركة"), "validity_months": None},
            "trainer": {"title": _both("Certificat de formateur", "شهادة مكوِّن"), "validity_months": 36},
        },
    },
}
