"""What a respondent is told before the first answer, and asked to agree to (UU 27/2022); the same in every channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gscm.i18n import Text, long_date
from gscm.study.study import Study


@dataclass(frozen=True, slots=True)
class Notice:
    """The paragraphs of the information, the question of consent, and its two answers."""

    title: Text
    paragraphs: tuple[Text, ...]
    question: Text
    agreed: Text
    declined: Text


def notice(study: Study) -> Notice:
    """The information and consent text of a study."""
    return Notice(
        title=Text("Sebelum Anda mengisi", "Before you begin"),
        paragraphs=(
            _purpose(study),
            _controller(study),
            _recorded(),
            _seen(),
            _kept(study),
            _rights(study),
            _free(),
        ),
        question=Text(
            "Apakah Anda sudah membaca penjelasan ini dan bersedia mengikuti kajian?",
            "Have you read this, and do you agree to take part?",
        ),
        agreed=Text("Ya, saya bersedia", "Yes, I agree"),
        declined=Text("Tidak", "No"),
    )


def _purpose(study: Study) -> Text:
    name, purpose = study.subject.name, study.settings["purpose"]
    about = Text(
        f"Kajian ini menilai kematangan {name} dengan {study.model.title.id}.",
        f"This study assesses the maturity of {name} with {study.model.title.en}.",
    )
    why = Text(f" Tujuannya: {_ended(purpose)}", f" Its purpose: {_ended(purpose)}") if purpose else Text("", "")
    return Text(
        f"{about.id}{why.id} Yang dinilai adalah daerah dan perangkat daerahnya, bukan diri Anda atau kinerja Anda.",
        f"{about.en}{why.en} What is assessed is the region and its offices, not you or your performance.",
    )


def _controller(study: Study) -> Text:
    controller = study.settings["controller"]
    if controller:
        return Text(
            f"Penanggung jawab data pribadi (pengendali data pribadi): {_ended(controller)}",
            f"Responsible for personal data (the personal data controller): {_ended(controller)}",
        )
    return Text(
        "Penanggung jawab data pribadi belum disebutkan; penyelenggara kajian wajib menyebutkannya sebelum pengisian "
        "dimulai. Tanyakan kepadanya sebelum Anda mengisi.",
        "Who is responsible for personal data has not been named; those who run the study have to name them before "
        "anybody answers. Ask them before you begin.",
    )


def _recorded() -> Text:
    return Text(
        "Yang dicatat: nama samaran, perangkat daerah, dan peran Anda; jawaban, catatan, dan bukti yang Anda berikan; "
        "serta waktu pengisiannya. Nama, nomor telepon, dan NIP hanya dicatat bila Anda atau penyelenggara "
        "memberikannya, dan disimpan terpisah dari jawaban. Jangan menulis nama orang dalam catatan kecuali perlu.",
        "What is recorded: a pseudonym, your office and your role; the answers, notes and evidence that you give; and "
        "when you gave them. A name, a phone number and a NIP (civil servant number) are recorded only if you or the "
        "organisers give them, and are kept apart from the answers. Please name no people in notes unless you need to.",
    )


def _seen() -> Text:
    return Text(
        "Yang melihat jawaban Anda: penyelenggara kajian dan penilai yang memeriksanya. Laporan memuat hasil daerah "
        "dan perangkat daerah, tanpa nama responden; angka menurut peran tidak ditampilkan bila kelompoknya kecil.",
        "Who sees your answers: those who run the study, and the assessors who check them. Reports give the results of "
        "the region and its offices, without names of respondents; figures by role are left out for small groups.",
    )


def _kept(study: Study) -> Text:
    until = study.settings["retention"]
    if until:
        day = date.fromisoformat(until)
        return Text(
            f"Data pribadi disimpan sampai {long_date(day, 'id')}, lalu dihapus. Hasil kajian tetap disimpan tanpa "
            "data yang mengenali Anda.",
            f"Personal data are kept until {long_date(day, 'en')} and then deleted. The results of the study are kept, "
            "without anything that identifies you.",
        )
    return Text(
        "Batas waktu penyimpanan data pribadi belum ditetapkan; tanyakan kepada penyelenggara.",
        "The day until which personal data are kept has not been set; please ask those who run the study.",
    )


def _rights(study: Study) -> Text:
    contact = study.settings["contact"]
    to = Text(f" Hubungi: {_ended(contact)}", f" Contact: {_ended(contact)}") if contact else Text(
        " Sampaikan kepada penyelenggara kajian.", " Please turn to those who run the study."
    )  # fmt: skip
    return Text(
        "Menurut Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi, Anda berhak mendapat penjelasan "
        "tentang data Anda, melihatnya dan meminta salinannya, serta meminta perbaikan, yang dikerjakan paling lambat "
        f"3×24 jam sejak permintaan diterima.{to.id}",
        "Under Law Number 27 of 2022 on Personal Data Protection you have the right to be informed about your data, to "
        "see them and have a copy, and to have them corrected, which is done within 3×24 hours of your request."
        f"{to.en}",
    )


def _free() -> Text:
    return Text(
        "Keikutsertaan bersifat sukarela. Anda boleh melewati pertanyaan dan boleh berhenti kapan saja, tanpa akibat "
        "apa pun bagi Anda.",
        "Taking part is voluntary. You may skip questions and stop at any time, without any consequence for you.",
    )


def _ended(text: str) -> str:
    """The text as a sentence that has ended."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
