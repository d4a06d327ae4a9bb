"""kcat, the command line's client."""
import shutil
import subprocess
import unittest

from broker import BrokerTest, name


@unittest.skipUnless(shutil.which("kcat"), "kcat is not installed")
class Kcat(BrokerTest):
    def kcat(self, *arguments, given=""):
        done = subprocess.run(
            ["kcat", "-b", self.broker.address, *arguments], input=given, capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_what_goes_in_comes_out_with_keys_and_headers(self):
        topic = name()
        self.kcat("-P", "-t", topic, "-K", ":", "-H", "a=b", given="k1:one\nk2:two\n")
        lines = self.kcat("-C", "-t", topic, "-e", "-q", "-f", "%o %k %s %h\n").splitlines()
        self.assertEqual(lines, ["0 k1 one a=b", "1 k2 two a=b"])
        self.assertIn(f'topic "{topic}" with 1 partitions', self.kcat("-L"))

    def test_offsets_are_found_by_time(self):
        topic = name()
        self.kcat("-P", "-t", topic, given="one\n")
        self.assertIn("offset 0", self.kcat("-Q", "-t", f"{topic}:0:1000"))
        self.assertIn("offset -1", self.kcat("-Q", "-t", f"{topic}:0:32503680000000"))


if __name__ == "__main__":
    unittest.main()
