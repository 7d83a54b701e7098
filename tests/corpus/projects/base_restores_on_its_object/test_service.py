from unittest.mock import Mock

from base import ModuleCase
from service import Module


class TestState(ModuleCase):
    def setup_method(self):
        super().setup_method()
        Module.run_command = Mock(return_value=(0, "running"))  # MLK201

    def test_running(self):
        assert self.module.run_command(["status"]) == (0, "running")


class TestExit(ModuleCase):
    def test_exit(self):
        Module.exit_json = Mock()
        Module(name="cron").exit_json(state="running")
        Module.exit_json.assert_called_once_with(state="running")

    def test_on_the_object(self):
        self.module.run_command = Mock(return_value=(3, ""))
        assert self.module.run_command(["status"]) == (3, "")
