import pytest

import shop
import till


@pytest.fixture(autouse=True)
def pristine():
    saved = {module: dict(vars(module)) for module in (shop, till)}
    yield
    for module, names in saved.items():
        vars(module).update(names)
