"""Runs last, by its name: no operation of the model may have been left out by the tests before it."""
import sys
import unittest

from support import APITestCase, sent_operations


class EveryOperation(APITestCase):
    @unittest.skipIf("-k" in sys.argv, "only some tests were asked for")
    def test_every_operation_of_botocores_model_was_sent(self):
        known = set(self.api.meta.service_model.operation_names)
        self.assertEqual(len(known), 37)
        self.assertEqual(known - sent_operations, set())


if __name__ == "__main__":
    unittest.main()
