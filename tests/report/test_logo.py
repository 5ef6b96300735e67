"""Which pictures may be a logo."""

import base64

import pytest

from gscm.assessment import assess
from gscm.errors import FaultsFound
from gscm.report.html import render_html
from gscm.report.logo import logo_uri
from gscm.report.pdf import render_pdf
from gscm.responses.load import load_answers

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'


def answers(tmp_path, name, data):
    (tmp_path / "study").mkdir(exist_ok=True)
    (tmp_path / "study" / "logo").write_bytes(data)
    (tmp_path / "outside.png").write_bytes(PNG)
    path = tmp_path / "study" / "answers.yaml"
    path.write_text(f"model: spbe-2020\nsubject: {{id: x, name: X}}\nstudy: {{logo: '{name}'}}\nanswers: {{i1: 3}}\n")
    return load_answers(path)


@pytest.mark.parametrize(("data", "kind"), [(PNG, "png"), (b"\xff\xd8\xff\xe0rest", "jpeg"), (SVG, "svg+xml")])
def test_png_jpeg_and_plain_svg_are_written_into_the_page(tmp_path, data, kind):
    assert logo_uri(answers(tmp_path, "logo", data)).startswith(f"data:image/{kind};base64,")


def test_the_logo_stands_on_the_cover(tmp_path):
    found = assess(answers(tmp_path, "logo", SVG))
    assert '<img class="logo" src="data:image/svg+xml' in render_html(found, "assessment", "id")
    assert render_pdf(found, "brief", "id").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("../outside.png", PNG, "outside the folder"),
        ("/etc/hostname", PNG, "outside the folder"),
        ("none.png", PNG, "not found"),
        ("logo", b"GIF89a", "not a PNG, JPEG or SVG"),
        ("logo", PNG + bytes(1_000_001), "larger than 1 MB"),
        ("logo", SVG.replace(b"<rect", b"<script>x</script><rect"), "scripts"),
        ("logo", SVG.replace(b"<rect", b'<rect onload="x"'), "scripts"),
        ("logo", SVG.replace(b"<rect", b'<image href="http://x/y.png"/><rect'), "outside references"),
        ("logo", SVG.replace(b"<rect", b'<rect fill="url(http://x)"'), "outside references"),
    ],
)
def test_other_files_are_refused_with_a_sentence(tmp_path, name, data, said):
    with pytest.raises(FaultsFound, match=said):
        logo_uri(answers(tmp_path, name, data))


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    loaded = answers(tmp_path, "link.png", PNG)
    (tmp_path / "study" / "link.png").symlink_to(tmp_path / "outside.png")
    with pytest.raises(FaultsFound, match="outside the folder"):
        logo_uri(loaded)
