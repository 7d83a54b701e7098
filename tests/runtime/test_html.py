"""The HTML report, in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from flake8_mockleak.runtime.html_report import page
from flake8_mockleak.runtime.leaks import Leak, Result
from flake8_mockleak.runtime.report import message

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium is installed")

LEAKS = [
    Leak(
        "MLK101", "patch", "shop.rate", "tests/test_shop.py", 14, "test", "test", "test_shop.py::test_rate",
        test="test_shop.py::test_rate", started=1.0, ran=3, ran_first=["t::test_a", "t::test_b", "t::test_c"],
        touched={"t::test_b": [2, 0]}, touched_count=1,
    ),
    Leak(
        "MLK203", "sys.modules entry", "sys.modules[<b>driver</b>]", "tests/test_driver.py", 3, "import", "module",
        "module test_driver.py", started=0.5, ended=2.0, allowed="no driver </script> here",
    ),
]  # fmt: skip


def result(bars: int) -> Result:
    timeline = [
        [number, f"pkg.mod_{number % 40}.name_{number % 120}", "tests/test_a.py", number, f"t::test_{number}",
         number / 100, number / 100 + 0.005]
        for number in range(bars)
    ]  # fmt: skip
    return Result(tests=bars, acquisitions=bars + 2, released=bars, seconds=bars / 100, leaks=LEAKS, bars=timeline)


def write_page(directory: Path, bars: int, act: str = "") -> str:
    """Write a page that does what ``act`` says once it is there, and return its address."""
    text = page(result(bars), message)
    assert text.count("</script>") == 1
    path = directory / "report.html"
    path.write_text(text.replace("</script>", f"\n{act}\n</script>"), encoding="utf-8")
    return path.as_uri()


def browse(address: str, directory: Path, *options: str) -> str:
    assert BROWSER is not None
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={directory / 'profile'}"]
    command += ["--window-size=1320,1000", "--virtual-time-budget=3000", *options, address]
    process = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=directory)
    assert process.returncode == 0, process.stderr
    return process.stdout


def rows(dom: str) -> list[str]:
    """The text of the rows of the table of leaks."""
    body = dom.partition('<tbody id="leaks">')[2].partition("</tbody>")[0]
    return [re.sub("<[^>]+>", " ", row) for row in re.findall("<tr.*?</tr>", body)]


def test_leaks_and_victims_are_shown(tmp_path: Path) -> None:
    dom = browse(write_page(tmp_path, 10), tmp_path, "--dump-dom")
    leak, allowed = rows(dom)
    for words in ("MLK101", "shop.rate", "tests/test_shop.py:14", "touched by 1 later test", "t::test_b: 2 calls"):
        assert words in leak
    assert "3 later tests ran while it was in place" in leak
    assert "allowed: no driver &lt;/script&gt; here" in allowed
    assert "sys.modules[&lt;b&gt;driver&lt;/b&gt;]" in allowed
    assert "10 tests, 12 patches and replacements, 1 leak, 1 allowed leak" in dom
    assert "12 places, 12 bars" in dom


@pytest.mark.parametrize(
    ("act", "shown", "bars"),
    [
        ("$('place').value = 'SHOP';", 1, "1 place, 1 bar<"),
        ("$('place').value = 'mod_7.';", 0, "3 places, 25 bars<"),
        ("$('test').value = 'test_b';", 1, "1 place, 1 bar<"),
        ("$('only').checked = true;", 2, "2 places, 2 bars<"),
    ],
)
def test_filters(act: str, shown: int, bars: str, tmp_path: Path) -> None:
    typed = "for (const id of ['place', 'test', 'only']) $(id).dispatchEvent(new Event('input'));"
    dom = browse(write_page(tmp_path, 1000, act + typed), tmp_path, "--dump-dom")
    assert len(rows(dom)) == shown
    assert bars in dom


def test_five_thousand_patches_are_drawn(tmp_path: Path) -> None:
    """What is on the canvas is counted by its colour: the leak is red, the patches are not."""
    act = """
const begun = performance.now(); layOut(); const took = performance.now() - begun;
const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
let red = 0, grey = 0;
for (let i = 0; i < data.length; i += 4) {
  if (data[i] === 0xc6 && data[i + 1] === 0x28 && data[i + 2] === 0x28) red += 1;
  if (data[i] === 0x7d && data[i + 1] === 0x93 && data[i + 2] === 0xa8) grey += 1;
}
document.body.append(element("p", `red ${red} grey ${grey} took ${Math.round(took)}`, {id: "counted"}));
"""
    dom = browse(write_page(tmp_path, 5000, act), tmp_path, "--dump-dom")
    found = re.search(r"red (\d+) grey (\d+) took (\d+)", dom.partition('id="counted"')[2])
    assert found is not None
    red, grey, took = map(int, found.groups())
    assert red > 1000
    assert grey > 1000
    assert took < 2000  # ms
    assert "122 places, 5,002 bars" in dom


def test_picture_can_be_taken(tmp_path: Path) -> None:
    browse(write_page(tmp_path, 5000), tmp_path, "--screenshot=report.png")
    assert (tmp_path / "report.png").read_bytes().startswith(b"\x89PNG")
