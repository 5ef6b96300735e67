"""A bundle re-computes itself, and shows whatever was changed in it."""

import json
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from gscm.errors import FaultsFound, Unreadable
from gscm.model.weights import takes_weights
from gscm.study import bundle as bundles
from gscm.study.bundle import LIMIT, bundle, verify
from gscm.study.evidence import keep, read_file
from gscm.study.field import event
from gscm.study.result import result_json
from gscm.study.study import collect, read_study
from tests.study.made import ANSWERS, AT, answer, study


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The bytes of a bundle."""
    with study(str(tmp_path_factory.mktemp("made") / "study")) as store:
        return bundle(store, "brief")


@pytest.fixture
def found(tmp_path):
    """`found(raw)` is what verifying these bytes finds: {sentence: agrees}."""

    def look(raw):
        file = tmp_path / "bundle.zip"
        file.write_bytes(raw)
        return {one.text.en: one.agrees for one in verify(file)}

    return look


@pytest.fixture
def refused(found):
    """`refused(raw)` is the first sentence with which these bytes are refused."""

    def look(raw):
        with pytest.raises((Unreadable, FaultsFound)) as refusal:
            found(raw)
        return refusal.value.issues[0].what.en

    return look


def members(raw):
    file = zipfile.ZipFile(BytesIO(raw))
    return {info.filename: file.read(info) for info in file.infolist()}


def repacked(raw, **changed):
    """The bundle with other members, as somebody would make it who means to deceive: hashes and wrapping agree."""
    held = {**members(raw), **{name.replace("__", "."): content for name, content in changed.items()}}
    manifest = json.loads(held.pop("manifest.json"))
    manifest["members"] = bundles._digests(held)
    return bundles._packed({**held, "manifest.json": bundles._json(manifest)})


def test_the_same_study_gives_the_same_bytes_in_a_folder_and_in_a_database(target, made):
    with study(target) as store:
        assert bundle(store, "brief") == made


def test_the_order_in_which_answers_arrived_does_not_matter(tmp_path, made):
    with study(str(tmp_path / "study"), ANSWERS[::-1]) as store:
        assert bundle(store, "brief") == made


def test_an_untouched_bundle_agrees_in_everything(made, found):
    assert found(made) == {
        f"The {len(members(made)) - 1} files in it are whole.": True,
        "result.json: worked out again, and the same to the byte.": True,
        "answers.csv: worked out again, and the same to the byte.": True,
        "report.id.html: worked out again, and the same to the byte.": True,
        "report.en.html: worked out again, and the same to the byte.": True,
    }


def test_the_result_in_it_is_the_result_of_the_study(tmp_path, made):
    with study(str(tmp_path / "study")) as store:
        right = result_json(collect(read_study(store), store.log()))
    assert json.loads(members(made)["result.json"]) == right


KINDS = (
    "answers.csv",
    "log.jsonl",
    "events.jsonl",
    "settings.json",
    "respondents.json",
    "pinned/models/spbe-2020/model.yaml",
    "pinned/questionnaires/spbe-2020/items/d1.yaml",
    "report/report.yaml",
    "report.id.html",
    "result.json",
)


@pytest.mark.parametrize("name", KINDS)
def test_a_flipped_byte_is_found_in_the_file_where_it_is(name, made, found, monkeypatch):
    monkeypatch.setattr(bundles, "_compared", lambda *_: ())
    content = members(made)[name]
    place = made.index(content) + len(content) // 2
    flipped = made[:place] + bytes([made[place] ^ 1]) + made[place + 1 :]
    assert found(flipped)[f"{name}: its content is changed or damaged."] is False


def test_a_flipped_byte_in_the_manifest_is_found(made, refused):
    place = made.index(b'"templates_sha256"') + 3
    assert "manifest.json is missing, damaged" in refused(made[:place] + b"X" + made[place + 1 :])


def test_a_changed_time_in_the_wrapping_is_found(made, found, monkeypatch):
    monkeypatch.setattr(bundles, "_compared", lambda *_: ())
    assert found(made[:10] + b"\x01" + made[11:]) == {
        "The wrapping of the bundle has changed, though every file in it is whole.": False
    }


@pytest.mark.parametrize("share", [0, 0.3, 0.999])
def test_a_truncated_bundle_is_refused(share, made, refused):
    assert refused(made[: int(len(made) * share)]) == "This is no whole bundle: cut off or damaged."


def test_a_result_that_does_not_follow_from_the_answers_is_found_though_its_hash_is_right(made, found):
    better = members(made)["result.json"].replace(b'"level_high": 5', b'"level_high": 4', 1)
    assert found(repacked(made, result__json=better))["result.json: differs from what is worked out again."] is False


def test_an_answer_that_was_changed_shows_in_the_result(made, found):
    log = members(made)["log.jsonl"].replace(b'"value": 2', b'"value": 1')
    said = found(repacked(made, log__jsonl=log))
    assert said["result.json: differs from what is worked out again."] is False
    assert said["answers.csv: differs from what is worked out again."] is False


def test_a_log_that_is_nonsense_is_said_to_be_so(made, found):
    (said,) = [text for text, agrees in found(repacked(made, log__jsonl=b"[]\n")).items() if agrees is False]
    assert said.startswith("The results cannot be worked out again from the bundle")


def test_pages_made_by_other_versions_are_not_compared_and_that_is_said(made, found, monkeypatch):
    versions = bundles._versions()
    monkeypatch.setattr(bundles, "_versions", lambda: {**versions, "jinja2": "9.0"})
    said = f"report.id.html: not compared; made with jinja2 {versions['jinja2']}, here it is 9.0."
    assert found(made)[said] is None


def wrapped(names, compression=zipfile.ZIP_STORED, content=b""):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as file:
        for name in names:
            file.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/x", "C:/x", "a\\x", "a//x", "./x"])
def test_a_name_that_leads_out_of_the_bundle_is_refused(name, refused):
    assert refused(wrapped([name])) == f"The name “{name}” leads out of the bundle."


def test_a_zip_bomb_is_refused_without_being_unpacked(refused):
    bomb = wrapped(["log.jsonl"], zipfile.ZIP_DEFLATED, bytes(10**7))
    assert refused(bomb) == "“log.jsonl” is compressed or locked."


def test_a_file_in_it_twice_is_refused(refused):
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = wrapped(["a", "a"])
    assert refused(raw) == "“a” is in it twice."


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    with (tmp_path / "large.zip").open("wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(Unreadable) as refusal:
        verify(tmp_path / "large.zip")
    assert "larger than 512 MiB" in refusal.value.issues[0].what.en


def test_it_names_nobody(tmp_path):
    with study(str(tmp_path / "study")) as store:
        found = read_study(store)
        store.append([answer(9, "bappeda", "Budi", "i1", value=1)])
        store.record([event(found, AT, "admin", "returned", "bappeda", comment="Tanya Budi.")])
        raw = bundle(store, "brief")
    assert [word for word in (b"Budi", b"Sekretaris", b"Kepala Bidang", b"abcdef") if word in raw] == []
    assert json.loads(members(raw)["manifest.json"])["notes"]["included"] is False


def test_notes_are_kept_where_that_is_asked_for_and_the_manifest_says_so(tmp_path, found):
    with study(str(tmp_path / "study")) as store:
        raw = bundle(store, "brief", with_notes=True)
    assert "Menurut Ibu Sekretaris." in members(raw)["log.jsonl"].decode()
    assert json.loads(members(raw)["manifest.json"])["notes"]["included"] is True
    assert False not in found(raw).values()


def test_what_conflicts_by_its_note_alone_still_conflicts_without_notes(tmp_path):
    log = [
        replace(ANSWERS[1], id=f"{number:036d}", written={"value": 4, "note": note}) for number, note in enumerate("ab")
    ]
    with study(str(tmp_path / "study"), log) as store:
        right = result_json(collect(read_study(store), store.log()))
        raw = bundle(store, "brief")
    assert json.loads(members(raw)["result.json"]) == right


# -------------------------------------------------------------------------------------------------------- evidence


@pytest.fixture
def with_file(tmp_path):
    """A study in which an answer cites a file, and that file's hash."""
    (tmp_path / "Nama Orang.pdf").write_bytes(b"%PDF-1.7 isi")
    with study(str(tmp_path / "study")) as store:
        kept = keep(store, read_file(tmp_path / "Nama Orang.pdf"), AT)
        store.append([answer(20, "kominfo", "kominfo-1", "i5", value=2, evidence=[f"sha256:{kept.sha256}"])])
        yield store, kept.sha256


def test_a_bundle_holds_hashes_of_evidence_but_neither_names_nor_content(with_file, found):
    store, sha256 = with_file
    raw = bundle(store, "assessment")
    assert b"Nama Orang" not in raw
    assert b"%PDF-1.7 isi" not in raw
    assert [row["sha256"] for row in json.loads(members(raw)["evidence.json"])] == [sha256]
    assert f"(sha256 {sha256[:12]})".encode() in members(raw)["report.id.html"]
    assert False not in found(raw).values()


def test_a_bundle_with_evidence_is_checked_file_by_file(with_file, found):
    store, sha256 = with_file
    raw = bundle(store, "brief", with_evidence=True)
    assert members(raw)[f"evidence/{sha256[:2]}/{sha256}"] == b"%PDF-1.7 isi"
    assert found(raw)["The 1 files of evidence agree with their hashes."]
    assert False not in found(raw).values()


def test_evidence_that_was_exchanged_in_a_bundle_is_named_even_if_all_hashes_were_mended(with_file, found):
    store, sha256 = with_file
    raw = repacked(bundle(store, "brief", with_evidence=True), **{f"evidence/{sha256[:2]}/{sha256}": b"%PDF-1.7 lain"})
    assert not found(raw)[f"Evidence {sha256[:12]}… is not the file that the study recorded, or is missing."]


def test_damaged_evidence_is_not_bundled(with_file):
    store, sha256 = with_file
    (store.folder / "evidence" / sha256[:2] / sha256).write_bytes(b"%PDF-1.7 lain")
    with pytest.raises(FaultsFound) as refusal:
        bundle(store, "brief", with_evidence=True)
    assert "has changed since it was attached" in refusal.value.issues[0].what.en


def test_who_is_responsible_and_whom_to_ask_are_not_in_a_bundle_without_notes(with_file):
    store, _ = with_file
    store.set(controller="Ibu Kepala Bappeda", contact="0812 000")
    raw = bundle(store, "brief")
    assert [word for word in (b"Ibu Kepala", b"0812 000") if word in raw] == []


@pytest.fixture
def printed(tmp_path):
    """The bytes of a bundle that holds the report as PDF, too; made of a short report."""
    pytest.importorskip("weasyprint")
    with study(str(tmp_path / "printed")) as store:
        return bundle(store, "brief", with_pdf=True)


def test_a_pdf_in_it_is_made_again_and_compared(printed, found):
    told = found(printed)
    assert told["report.id.pdf: worked out again, and the same to the byte."] is True
    changed = found(repacked(printed, report__id__pdf=b"%PDF-1.7"))
    assert changed["report.id.pdf: differs from what is worked out again."] is False


def test_a_pdf_made_with_another_pango_is_not_compared(printed, found, monkeypatch):
    here = bundles.drawn_by()
    monkeypatch.setattr(bundles, "drawn_by", lambda: {**here, "pango": "1"})
    (told,) = [agrees for text, agrees in found(printed).items() if text.startswith("report.id.pdf: not compared")]
    assert told is None


def test_a_bundle_of_a_reweighed_result_holds_its_weights_and_follows_from_them(tmp_path, found):
    with study(str(tmp_path / "study")) as store:
        model = read_study(store).model
        inner = next(one for one in model.nodes.values() if len(one.children) > 1 and takes_weights(one))
        name, share = ("overall" if inner.id == model.id else inner.id), f"1/{len(inner.children)}"
        shares = ", ".join(f"{child}: {share}" for child in inner.children)
        head = f"id: panel\nmodel: {model.id}\nversion: {model.version}\nsource: x\n"
        weights = f"{head}nodes: {{{name}: {{weights: {{{shares}}}}}}}\n".encode()
        raw, own = bundle(store, "brief", weights=weights), bundle(store, "brief")
    assert "weights.yaml" not in members(own)
    assert members(raw)["weights.yaml"] == weights
    assert json.loads(members(raw)["result.json"])["weights"]["id"] == "panel"
    told = found(raw)
    assert all(told.values())
    assert "result.json: worked out again with the replacement weights “panel”, and the same to the byte." in told
    other = repacked(raw, weights__yaml=weights.replace(b"id: panel", b"id: other"))
    assert found(other)["result.json: differs from what is worked out again."] is False
