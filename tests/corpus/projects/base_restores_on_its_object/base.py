from service import Module


class ModuleCase:
    def setup_method(self):
        self._run_command = Module.run_command
        self._exit_json = Module.exit_json
        self.module = Module(name="nginx")

    def teardown_method(self):
        self.module.run_command = self._run_command
        Module.exit_json = self._exit_json
