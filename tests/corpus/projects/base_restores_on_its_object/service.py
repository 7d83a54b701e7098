class Module:
    def __init__(self, **params):
        self.params = params

    def run_command(self, command):
        raise OSError(command)

    def exit_json(self, **result):
        raise SystemExit(0)
