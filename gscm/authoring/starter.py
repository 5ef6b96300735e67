"""A working model to start from: small, sound at once, and explained line by line to who has never seen YAML.

In the templates a line that begins with `#id` or `#en` is a comment in that language; only those of the language asked
for are written. `{…}` in capitals is filled in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from gscm import yamlfile
from gscm.authoring.canonical import canonical, kind_of
from gscm.errors import BadUse, FaultsFound, Issue
from gscm.i18n import Language, Text
from gscm.model.load import shipped_models

MODEL = """\
#id Model ini. Setiap baris berbentuk “kunci: nilai”; baris yang menjorok termasuk dalam kunci di atasnya.
#id Lekukan dibuat dengan spasi (dua setiap tingkat), bukan tab. Yang di belakang tanda pagar hanya catatan.
#id Setelah setiap perubahan: gscm model check FOLDER, lalu gscm model test FOLDER.
#en This model. Every line reads “key: value”; lines that are indented belong to the key above them.
#en Indent by spaces (two a step), never by tabs. What follows a hash sign is only a note.
#en After every change: gscm model check FOLDER, then gscm model test FOLDER.
id: MODEL_ID
version: 0.1.0
#id Teks ditulis dalam dua bahasa, {id: …, en: …}, atau satu kali saja bila bunyinya sama.
#en Texts are written in both languages, {id: …, en: …}, or once where they read alike.
title: MODEL_TITLE
about:
  id: Contoh kecil dengan dua domain dan empat indikator, untuk disesuaikan menjadi model sendiri.
  en: A small example with two domains and four indicators, to be made into a model of your own.
status: example
#id Kalimat ini dicetak di setiap laporan. Jangan menyebut model sendiri resmi.
#en This sentence is printed in every report. Do not call a model of your own official.
notice:
  id: Contoh yang masih disesuaikan; bukan instrumen resmi.
  en: An example still being adapted; not an official instrument.
#id Apa yang dinilai.
#en What is assessed.
subject: {id: pemerintah daerah, en: regional government}
#id Nilai (indeks) dihitung dari 0 sampai 100 dan dicetak dengan dua angka di belakang koma.
#en Scores (the index) run from 0 to 100 and are printed with two decimals.
scale: {min: 0, max: 100, digits: 2}
inner: level
index: {id: Indeks kesiapan, en: Readiness index}

#id Nama level, dari yang terendah. Semua dimulai pada level 1, yang tidak mensyaratkan apa pun.
#en The names of the levels, from the lowest. Everything starts at level 1, which asks for nothing.
level_names:
  stage:
    - name: {id: Awal, en: Early}
      meaning: {id: Belum ada yang tetap., en: Nothing is settled yet.}
    - name: {id: Berjalan, en: Running}
      meaning: {id: "Sudah dikerjakan, tetapi belum merata.", en: "At work, though not everywhere."}
    - name: {id: Mapan, en: Settled}
      meaning: {id: Menjadi cara kerja yang tetap., en: The usual way of working.}

#id Apa yang sama bagi semua simpul sejenis: dijawab dengan apa, dan gerbang setiap levelnya.
#id Gerbang domain: level 2 bila salah satu indikatornya berlevel 2, level 3 bila semuanya berlevel 3.
#id Gerbang indikator: semua kriteria level itu terpenuhi (criteria), dan target angkanya tercapai bila ada (target).
#en What all nodes of a kind have in common: what answers them, and the gate of each level.
#en Gate of a domain: level 2 if one of its indicators is at level 2, level 3 if all are at level 3.
#en Gate of an indicator: all criteria of that level are met, and the target of its figure, if it has one, is reached.
kinds:
  domain:
    title: {id: domain, en: domain}
    gates:
      2: [{clause: children, rule: any}]
      3: [{clause: children, rule: all}]
  indicator:
    title: {id: indikator, en: indicator}
    gates:
      every:
        - {clause: criteria}
        - {clause: target}
    answer: criteria

#id Asal setiap pernyataan. basis: official (peraturan), published (studi), derived (hitungan), ours (buatan sendiri).
#id Yang berbeda dari ini ditulis di tempatnya, misalnya pada satu kriteria: {text: …, basis: official, source: …}.
#en Where each claim comes from. basis: official (a regulation), published (a study), derived (worked out), ours.
#en What differs is written where it stands, as at one criterion: {text: …, basis: official, source: …}.
provenance:
  levels: {basis: ours, source: team}
  structure: {basis: ours, source: team}
  weights: {basis: ours, source: team}
  gates: {basis: ours, source: team}
  requires: {basis: ours, source: team}
  criteria: {basis: ours, source: team}
  quantities: {basis: ours, source: team}

#id Akar pohon: gerbang seluruh model, dan berkas setiap domain.
#en The root of the tree: the gates of the whole model, and the file of each domain.
root:
  gates:
    2: [{clause: children, rule: all}]
    3: [{clause: children, rule: all}]
  children:
    - {include: domains/governance.yaml}
    - {include: domains/services.yaml}
"""

GOVERNANCE = """\
#id Satu domain dengan dua indikator. id unik di seluruh model dan tidak diubah lagi setelah ada yang menjawab.
#en One domain with two indicators. An id is unique in the model, and is kept once somebody has answered.
id: governance
kind: domain
title: {id: Tata kelola, en: Governance}
children:
  - id: policy
    kind: indicator
    title: {id: Kebijakan, en: Policy}
    #id Bobot dihitung di antara saudaranya dan tidak perlu berjumlah 100. Bobot mengubah nilai, bukan level.
    #en Weights count among siblings and need not sum to 100. They change the score, not the level.
    weight: 2
    #id Kriteria: satu kalimat yang dapat diperiksa benar atau tidaknya, untuk setiap level dari 2.
    #en Criteria: each one sentence that can be checked, for every level from 2.
    criteria:
      2:
        - text: {id: Rancangan rencana induk sudah disusun., en: A draft masterplan has been drawn up.}
          evidence:
            - {id: Naskah rancangan, en: The draft}
      3:
        - text: {id: Rencana induk sudah ditetapkan., en: The masterplan has been adopted.}
          evidence:
            - {id: Salinan penetapan, en: A copy of the decree}

  - id: budget
    kind: indicator
    title: {id: Anggaran, en: Budget}
    criteria:
      2:
        - text: {id: Ada kegiatan yang dianggarkan tahun ini., en: Activities are budgeted this year.}
      3:
        - text:
            id: Kegiatan dianggarkan menurut rencana induk selama tiga tahun berturut-turut.
            en: Activities have been budgeted as the masterplan has them for three years running.
"""

SERVICES = """\
id: services
kind: domain
title: {id: Layanan, en: Services}
children:
  - id: online-services
    kind: indicator
    title: {id: Layanan daring, en: Online services}
    #id Syarat antarsimpul: level 3 di sini membutuhkan “policy” pada level 3. Alasannya dicetak dalam laporan.
    #en A requirement between nodes: level 3 here needs “policy” at level 3. The reason is printed in reports.
    requires:
      - at: 3
        node: policy
        level: 3
        reason:
          id: Tanpa rencana induk yang ditetapkan, layanan setiap kantor tumbuh sendiri-sendiri.
          en: Without an adopted masterplan the services of each office grow apart.
    criteria:
      2:
        - text: {id: Satu layanan dapat diurus secara daring., en: One service can be settled online.}
      3:
        - text: {id: Layanan dua kantor sudah terhubung., en: The services of two offices are connected.}

  - id: internet-users
    kind: indicator
    title: {id: Pemakai internet, en: Internet users}
    criteria:
      2:
        - text:
            id: Angka pemakai internet dibaca setiap tahun oleh kantor yang membidanginya.
            en: The office in charge reads the figure on internet users every year.
    #id Besaran terukur: satuan, arah (higher: makin besar makin baik), batas nilai, dan target setiap level.
    #id Target di sini hanya contoh; ganti dengan target yang ada dasarnya, lalu tulis sumbernya.
    #en A measured figure: its unit, direction (higher: more is better), goalposts, and a target for a level.
    #en The targets are mere examples; put in targets that rest on something, and write their source.
    quantity:
      title: {id: Penduduk yang memakai internet, en: Residents who use the internet}
      unit: {id: persen, en: per cent}
      direction: higher
      min: 0
      max: 100
      targets: {2: 50, 3: 80}
"""

SOURCES = """\
#id Semua yang disebut dengan “source: …”. Tambahkan peraturan, studi, dan data yang dipakai.
#en Everything that “source: …” names. Add the regulations, studies and data that you use.
sources:
  team:
    title: Rancangan tim penyusun model / designed by the authors of the model
"""

GLOSSARY = """\
#id Istilah model dan artinya, dipakai sama di mana-mana.
#en The terms of the model and what they mean, used alike everywhere.
terms:
  - term: {id: Rencana induk, en: Masterplan}
    meaning:
      id: Dokumen yang memuat arah, program, dan urutan kerja untuk beberapa tahun.
      en: The document that sets the direction, the programmes and their order for several years.
"""

CASES = {
    "uniform-3": """\
#id Kasus uji: jawaban yang dapat dibaca, dan apa yang harus keluar darinya. Di sini semua berada pada level 3.
#en A case: answers that a person can read, and what must come out. Here everything stands at level 3.
title: {id: Semuanya mapan, en: Everything settled}
uniform: 3
expect:
  overall: {level: 3, score: "100.00"}
""",
    "services-without-policy": """\
#id Setiap syarat antarsimpul perlu satu kasus yang memperlihatkan bahwa syarat itu menahan.
#en Every requirement between nodes needs a case that shows it holding back.
title: {id: Layanan siap tanpa rencana induk, en: Services ready without a masterplan}
uniform: 3
levels: {policy: 2}
expect:
  online-services: {level: 2, held_back_by: [policy.3]}
  overall: {level: 2}
""",
}

ANSWERS = """\
#id Berkas jawaban contoh: gscm assess FOLDER/answers.yaml. Kriteria dijawab ya atau tidak; angka ditulis angkanya.
#id Yang belum diketahui dibiarkan atau ditulis: {status: unknown}.
#en An example of answers: gscm assess FOLDER/answers.yaml. Criteria are answered ya (yes) or tidak (no), figures by
#en their number. What is not known is left out, or written {status: unknown}.
model: .
subject: {id: daerah-contoh, name: Daerah Contoh}
answers:
  policy.2: ya
  policy.3: tidak
  budget.2: ya
  budget.3: {status: unknown}
  online-services.2: ya
  online-services.3: ya
  internet-users.2: ya
  internet-users.value: 65
"""

CHANGELOG = """\
# MODEL_ID

## 0.1.0

* Mulai dari contoh gscm. / Started from the example of gscm.
"""

TEMPLATES: Mapping[str, str] = {
    "model.yaml": MODEL,
    "sources.yaml": SOURCES,
    "glossary.yaml": GLOSSARY,
    "domains/governance.yaml": GOVERNANCE,
    "domains/services.yaml": SERVICES,
    **{f"cases/{name}.yaml": text for name, text in CASES.items()},
    "answers.yaml": ANSWERS,
    "CHANGELOG.md": CHANGELOG,
}
_TITLE = Text("Model kematangan contoh", "An example maturity model")


def starter(id: str, title: str | None, language: Language) -> dict[str, str]:
    """The files of a new model by their path in its folder. Raises BadUse where the id will not do."""
    if id in shipped_models():
        raise BadUse(
            Issue(
                None,
                Text(
                    f"“{id}” adalah id model yang datang bersama gscm.", f"“{id}” is the id of a model that gscm has."
                ),
                Text("Pilih id lain dengan --id.", "Choose another by --id."),
            )
        )
    named = json.dumps(title, ensure_ascii=False) if title else f"{{id: {_TITLE.id}, en: {_TITLE.en}}}"
    try:
        return {name: _file(name, _filled(text, id, named, language)) for name, text in TEMPLATES.items()}
    except FaultsFound as found:
        raise BadUse(Issue(None, issue.what, issue.remedy) for issue in found.issues) from None


def id_for(folder: Path) -> str:
    """An id made of a folder's name: small letters, digits and hyphens, a letter first."""
    words = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    return words if words[:1].isalpha() else f"model-{words}".strip("-")


def write_starter(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files into a folder that is new or empty. Raises BadUse where something is there already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadUse(
            Issue(
                None,
                Text(
                    f"“{folder}” sudah ada dan berisi; tidak ada yang ditimpa.",
                    f"“{folder}” is there already and not empty; nothing is overwritten.",
                ),
                Text("Pilih folder lain.", "Choose another folder."),
            )
        )
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)


def _filled(text: str, id: str, title: str, language: Language) -> str:
    lines = []
    for line in text.splitlines():
        comment = re.match(r"( *)#(id|en) ", line)
        if comment is None:
            lines.append(line)
        elif comment[2] == language:
            lines.append(f"{comment[1]}# {line[comment.end() :]}")
    return "\n".join(lines).replace("MODEL_ID", id).replace("MODEL_TITLE", title) + "\n"


def _file(name: str, text: str) -> str:
    if not name.endswith(".yaml"):
        return text
    return canonical(text, name, kind_of(Path(name), yamlfile.parse(text, name)))
