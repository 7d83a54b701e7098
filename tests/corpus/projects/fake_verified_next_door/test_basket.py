# select: MLK601


class FakeStore:
    def get(self, key):
        return None

    def set(self, key, value):
        return True

    def delete(self, key):
        return True


class FakeCache:  # MLK601
    def get(self, key):
        return None

    def set(self, key, value):
        return True

    def delete(self, key):
        return True


def test_basket():
    assert FakeStore().get("a") is FakeCache().get("a")
