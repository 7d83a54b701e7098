from pipes import STAGES, run


class Reverse:
    def run(self, text):
        return text[::-1]


def test_last():
    STAGES.append(Reverse())  # MLK205
    assert run(" ab ") == "ba"


def test_first():
    STAGES.insert(0, Reverse())  # MLK205
    assert isinstance(STAGES[0], Reverse)
