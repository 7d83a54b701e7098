# select: MLK601
from flake8_mockleak.kvs import conformance
from test_basket import FakeStore

TestFakeStore = conformance(lambda: FakeStore())
