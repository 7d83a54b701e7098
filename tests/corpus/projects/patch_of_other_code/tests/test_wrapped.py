from tests.wrapped import patch


def test_wrapped():
    p = patch("shutil.move")
    p.start()  # MLK101
