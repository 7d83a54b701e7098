import till


def setup_function(function):
    setup_function.kept = till.charge


def teardown_function(function):
    till.charge = setup_function.kept
