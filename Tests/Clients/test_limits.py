"""The HTTP server's limits, and what becomes of requests that are under way when it is told to end."""
import http.client
import json
import socket
import threading
import unittest

from steplog_server import Server

EXPRESS = json.dumps({"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 2, "Next": "Done"},
                                                    "Done": {"Type": "Pass", "Result": "whole", "End": True}}})


class Limits(unittest.TestCase):
    def setUp(self):
        self.server = Server().start()
        self.addCleanup(self.server.delete)
        self.addCleanup(self.server.stop)

    def call(self, action, body):
        """The status and the answer of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        self.addCleanup(connection.close)
        connection.request("POST", "/", json.dumps(body) if isinstance(body, dict) else body, {
            "X-Amz-Target": f"AWSStepFunctions.{action}", "Content-Type": "application/x-amz-json-1.0"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())

    def test_a_body_or_header_beyond_the_limit_is_refused_and_the_server_goes_on(self):
        status, answer = self.call("CreateActivity", b'{"name":"' + b"x" * (9 << 20) + b'"}')
        self.assertIn(status, (400, 413))
        self.assertIn("__type", answer)
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as connection:
            connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"y" * 200_000 + b"\r\n\r\n")
            self.assertTrue(connection.recv(64).startswith(b"HTTP/1.1 4"))
        self.assertEqual(self.call("ListActivities", {})[0], 200)

    def test_requests_under_way_are_answered_before_the_server_ends(self):
        role = "arn:aws:iam::000000000000:role/workflows"
        machine = self.call("CreateStateMachine", {
            "name": "slow", "type": "EXPRESS", "roleArn": role, "definition": EXPRESS})[1]["stateMachineArn"]
        activity = self.call("CreateActivity", {"name": "work"})[1]["activityArn"]
        answers = {}
        under_way = [threading.Thread(target=lambda: answers.update(sync=self.call(
                         "StartSyncExecution", {"stateMachineArn": machine, "input": "{}"}))),
                     threading.Thread(target=lambda: answers.update(poll=self.call(
                         "GetActivityTask", {"activityArn": activity})))]
        for thread in under_way:
            thread.start()
        threading.Event().wait(0.7)  # both requests have arrived; nothing tells from outside when
        self.server.stop()
        for thread in under_way:
            thread.join(30)
        self.assertEqual((answers["sync"][0], json.loads(answers["sync"][1]["output"])), (200, "whole"))
        self.assertEqual(answers["poll"], (200, {}))
        with self.assertRaises(OSError):
            socket.create_connection(("127.0.0.1", self.server.port), timeout=5)


if __name__ == "__main__":
    unittest.main()
