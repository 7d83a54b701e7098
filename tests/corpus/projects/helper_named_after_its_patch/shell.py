from unittest import mock


def patch_shell(output):
    run = mock.patch("subprocess.check_output").start()
    run.return_value = output
    return run


def patch_clock():
    mock.patch("time.time", return_value=0).start()
