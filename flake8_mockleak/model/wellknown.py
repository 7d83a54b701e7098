"""Base classes of tests that many projects use, and whether they undo every started patch."""

from __future__ import annotations

TEST_CASES = frozenset(
    {
        "unittest.TestCase",
        "unittest.case.TestCase",
        "unittest.IsolatedAsyncioTestCase",
        "unittest.async_case.IsolatedAsyncioTestCase",
        "unittest.FunctionTestCase",
        "aiounittest.AsyncTestCase",
        "asynctest.TestCase",
        "asynctest.ClockedTestCase",
        "testtools.TestCase",
        "testtools.testcase.TestCase",
        "testtools.testcase.WithAttributes",
        "testscenarios.TestWithScenarios",
        "testscenarios.WithScenarios",
        "testresources.ResourcedTestCase",
        "fixtures.TestWithFixtures",
        "twisted.trial.unittest.TestCase",
        "twisted.trial.unittest.SynchronousTestCase",
        "tornado.testing.AsyncTestCase",
        "tornado.testing.AsyncHTTPTestCase",
        "tornado.testing.AsyncHTTPSTestCase",
        "aiohttp.test_utils.AioHTTPTestCase",
        "django.test.TestCase",
        "django.test.SimpleTestCase",
        "django.test.TransactionTestCase",
        "django.test.LiveServerTestCase",
        "django.test.testcases.TestCase",
        "django.test.testcases.SimpleTestCase",
        "django.test.testcases.TransactionTestCase",
        "django.test.testcases.LiveServerTestCase",
        "django.contrib.staticfiles.testing.StaticLiveServerTestCase",
        "rest_framework.test.APITestCase",
        "rest_framework.test.APISimpleTestCase",
        "rest_framework.test.APITransactionTestCase",
        "rest_framework.test.APILiveServerTestCase",
        "rest_framework.test.URLPatternsTestCase",
        "django_webtest.WebTest",
        "django_webtest.TransactionWebTest",
        "channels.testing.ChannelsLiveServerTestCase",
        "hypothesis.extra.django.TestCase",
        "hypothesis.extra.django.SimpleTestCase",
        "hypothesis.extra.django.TransactionTestCase",
        "wagtail.test.utils.WagtailPageTestCase",
        "wagtail.test.utils.WagtailPageTests",
        "snapshottest.TestCase",
        "snapshottest.django.TestCase",
        "vcr.unittest.VCRTestCase",
        "flask_unittest.ClientTestCase",
        "flask_unittest.AppTestCase",
        "flask_unittest.AppClientTestCase",
        "flask_unittest.LiveTestCase",
        "flask_testing.TestCase",
        "flask_testing.LiveServerTestCase",
        "absl.testing.absltest.TestCase",
        "absl.testing.parameterized.TestCase",
        "pyfakefs.fake_filesystem_unittest.TestCase",
    }
)
"""Classes that a test framework runs the test methods of."""

OF_TEST_CASE = frozenset({"setUp", "tearDown", "setUpClass", "tearDownClass"})
"""Methods of ``unittest.TestCase`` that do not call those of a class behind it."""

FRAMEWORKS = TEST_CASES | {
    "builtins.object",
    "builtins.Exception",
    "abc.ABC",
    "typing.Generic",
    "fixtures.Fixture",
    "django_webtest.WebTestMixin",
    "wagtail.test.utils.WagtailTestUtils",
    "vcr.unittest.VCRMixin",
    "homeassistant.core.HomeAssistant",
}
"""Those, and other classes that run set-ups, teardowns and cleanups, or none, and undo no patch by themselves."""

STOP_STARTED_PATCHES = frozenset(
    {
        "oslotest.base.BaseTestCase",
        "neutron.tests.base.BaseTestCase",
        "neutron.tests.base.DietTestCase",
        "neutron.tests.unit.testlib_api.SqlTestCase",
        "neutron_lib.tests._base.BaseTestCase",
        "rally.tests.unit.test.TestCase",
        "tests.unit.test.TestCase",
    }
)
"""Base classes that register ``patch.stopall`` for every test, for when they are not installed."""

UNDO_NOTHING = frozenset(
    {
        "osc_lib.test.base.TestCase",
        "osc_lib.test.base.TestCommand",
        "osc_lib.tests.utils.TestCase",
        "osc_lib.tests.utils.TestCommand",
        "openstackclient.tests.utils.TestCase",
        "openstackclient.tests.utils.TestCommand",
        "openstackclient.tests.unit.utils.TestCase",
        "openstackclient.tests.unit.utils.TestCommand",
    }
)
"""Base classes that undo no patch, for when they are not installed. Where they are, the objects they make are known."""

KEPT_BY = {"warnings.catch_warnings": ("warnings.showwarning", "warnings.filters", "warnings._showwarnmsg_impl")}
"""Context managers of the standard library, and the places that they put back when they are left."""

LOG_CATCHERS = frozenset(
    {
        "fixtures.FakeLogger",
        "fixtures.LogHandler",
        "testfixtures.LogCapture",
        "testfixtures.logcapture.LogCapture",
    }
)
"""Fixtures and context managers that are told the name of a logger, which reads like that of a module."""
