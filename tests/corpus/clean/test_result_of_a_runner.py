import io
import sys

from reports.result import XmlTestResult


class Tee(io.StringIO):
    pass


class QuietTestResult(XmlTestResult):
    def startTest(self, test):
        super().startTest(test)
        sys.stdout = self.stdout = Tee()

    def stopTest(self, test):
        super().stopTest(test)
