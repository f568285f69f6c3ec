"""The roll-out pack: all that a region takes over when it joins, as data that is checked once, where it enters.

`Pack.from_folder` reads the YAML files of a folder, `Pack.from_document` the JSON form that travels in `pack.published` and in
`POST /v1/packs`; both refuse the same things, with every problem at once.
"""

from vocabulary.pack.certificates import CertificateKind, Certificates
from vocabulary.pack.grid import AnswersRefused, Dimension, Grid, Need, NeedRule, Question
from vocabulary.pack.messages import MESSAGES, Template, Wording
from vocabulary.pack.modules import Family, Module, TrainerCourse
from vocabulary.pack.pack import Pack
from vocabulary.pack.reading import PackInvalid, Problem
from vocabulary.pack.rollout import Condition, Phase, Targets

__all__ = [
    "MESSAGES",
    "AnswersRefused",
    "CertificateKind",
    "Certificates",
    "Condition",
    "Dimension",
    "Family",
    "Grid",
    "Module",
    "Need",
    "NeedRule",
    "Pack",
    "PackInvalid",
    "Phase",
    "Problem",
    "Question",
    "Targets",
    "Template",
    "TrainerCourse",
    "Wording",
]
