"""A group of ``CONF`` is made anew whenever its cache is emptied, as by the reset of the base class."""

from unittest import mock

from oslo_config import cfg
from oslotest import base

from shop import commands
from shop.conf import CONF


class TestCommands(base.BaseTestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(cfg.CONF.reset)

    def test_runs_the_command(self):
        run = mock.Mock()
        cfg.CONF.register_opt(cfg.SubCommandOpt("command"))
        cfg.CONF.command.run = run
        commands.main()
        run.assert_called_once_with()

    def test_reads_its_group(self):
        setattr(CONF.stock, "limit", mock.Mock())
        commands.main()
