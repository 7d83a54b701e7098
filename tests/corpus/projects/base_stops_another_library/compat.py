try:
    import mock
except ImportError:
    from unittest import mock
