"""State machines: create, describe, update, delete, list, validate."""
import json
import unittest

from support import ACCOUNT, FAIL, LONG_WAIT, PASS, REGION, ROLE, APITestCase, arn, definition, unique


class CreateStateMachine(APITestCase):
    def test_a_created_machine_is_described_as_it_was_given(self):
        name = unique("made")
        made = self.api.create_state_machine(
            name=name, definition=PASS, roleArn=ROLE, tracingConfiguration={"enabled": True},
            tags=[{"key": "team", "value": "orders"}])
        self.assertEqual(made["stateMachineArn"], f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{name}")
        self.assertNotIn("stateMachineVersionArn", made)
        found = self.api.describe_state_machine(stateMachineArn=made["stateMachineArn"])
        self.assertEqual(found["name"], name)
        self.assertEqual(found["status"], "ACTIVE")
        self.assertEqual(found["type"], "STANDARD")
        self.assertEqual(found["definition"], PASS)
        self.assertEqual(found["roleArn"], ROLE)
        self.assertEqual(found["creationDate"], made["creationDate"])
        self.assertEqual(found["tracingConfiguration"], {"enabled": True})
        self.assertEqual(found["loggingConfiguration"], {"level": "OFF", "includeExecutionData": False})
        self.assertNotIn("revisionId", found)

    def test_the_same_request_again_gives_the_same_machine(self):
        name = unique("again")
        first = self.api.create_state_machine(name=name, definition=PASS, roleArn=ROLE)
        second = self.api.create_state_machine(name=name, definition=PASS, roleArn=ROLE)
        self.assertEqual(first["stateMachineArn"], second["stateMachineArn"])
        self.assertEqual(first["creationDate"], second["creationDate"])

    def test_another_role_and_other_tags_are_ignored_on_the_second_request(self):
        name = unique("role")
        self.create(name=name)
        machine = self.api.create_state_machine(
            name=name, definition=PASS, roleArn=ROLE + "-other", tags=[{"key": "a", "value": "b"}])["stateMachineArn"]
        self.assertEqual(self.api.describe_state_machine(stateMachineArn=machine)["roleArn"], ROLE)
        self.assertEqual(self.api.list_tags_for_resource(resourceArn=machine)["tags"], [])

    def test_the_same_name_with_another_definition_is_refused(self):
        name = unique("taken")
        machine = self.create(name=name)
        for text in (FAIL, json.dumps(json.loads(PASS), indent=2)):
            self.refused(
                "StateMachineAlreadyExists", "create_state_machine", f"State Machine Already Exists: '{machine}'",
                name=name, definition=text, roleArn=ROLE)
        self.refused(
            "StateMachineAlreadyExists", "create_state_machine", name=name, definition=PASS, roleArn=ROLE, type="EXPRESS")

    def test_a_machine_can_be_published_as_it_is_created(self):
        made = self.api.create_state_machine(
            name=unique("published"), definition=PASS, roleArn=ROLE, publish=True, versionDescription="first")
        self.assertEqual(made["stateMachineVersionArn"], made["stateMachineArn"] + ":1")

    def test_what_is_wrong_with_a_request_is_said(self):
        self.refused("InvalidName", "create_state_machine", "Invalid Name: 'no good'", name="no good", definition=PASS,
                     roleArn=ROLE)
        self.refused("InvalidArn", "create_state_machine", name=unique("m"), definition=PASS, roleArn="nobody")
        error = self.refused("InvalidDefinition", "create_state_machine", name=unique("m"), roleArn=ROLE,
                             definition='{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}')
        self.assertIn("MISSING_TRANSITION_TARGET", error.response["Error"]["Message"])
        self.refused("ValidationException", "create_state_machine",
                     "Version description can only be set when publish is true", name=unique("m"), definition=PASS,
                     roleArn=ROLE, versionDescription="x")
        self.refused("InvalidLoggingConfiguration", "create_state_machine",
                     "Invalid Logging Configuration: Must specify exactly one Log Destination.", name=unique("m"),
                     definition=PASS, roleArn=ROLE, loggingConfiguration={"level": "ALL"})
        error = self.refused("ValidationException", "create_state_machine", name=unique("m"), definition=PASS,
                             roleArn=ROLE, type="FAST")
        self.assertIn("Value 'FAST' at 'type' failed to satisfy constraint", error.response["Error"]["Message"])


class DescribeStateMachine(APITestCase):
    def test_metadata_only_leaves_the_definition_out(self):
        found = self.api.describe_state_machine(stateMachineArn=self.create(), includedData="METADATA_ONLY")
        self.assertEqual(found["definition"], "{}")

    def test_an_unknown_machine_is_said_to_be_unknown(self):
        unknown = arn("stateMachine", unique("none"))
        self.refused("StateMachineDoesNotExist", "describe_state_machine", f"State Machine Does Not Exist: '{unknown}'",
                     stateMachineArn=unknown)
        self.refused("InvalidArn", "describe_state_machine", "Invalid Arn: 'Invalid ARN prefix: nothing'",
                     stateMachineArn="nothing")

    def test_a_label_in_the_arn_is_refused(self):
        error = self.refused("ValidationException", "describe_state_machine",
                             stateMachineArn=arn("stateMachine", "orders/Label"))
        self.assertEqual(error.response.get("reason"), "API_DOES_NOT_SUPPORT_LABELED_ARNS")


class UpdateStateMachine(APITestCase):
    def test_an_update_gives_a_revision_and_the_new_definition(self):
        machine = self.create()
        done = self.api.update_state_machine(stateMachineArn=machine, definition=FAIL)
        self.assertTrue(done["revisionId"])
        found = self.api.describe_state_machine(stateMachineArn=machine)
        self.assertEqual(found["definition"], FAIL)
        self.assertEqual(found["revisionId"], done["revisionId"])

    def test_an_update_to_what_is_there_already_gives_no_revision(self):
        machine = self.create()
        self.assertNotIn("revisionId", self.api.update_state_machine(stateMachineArn=machine, definition=PASS))

    def test_a_running_execution_keeps_its_definition(self):
        machine = self.create(LONG_WAIT)
        execution = self.start(machine)
        self.api.update_state_machine(stateMachineArn=machine, definition=PASS)
        found = self.api.describe_state_machine_for_execution(executionArn=execution)
        self.assertEqual(found["definition"], LONG_WAIT)
        self.assertEqual(found["stateMachineArn"], machine)
        self.assertEqual(self.end_of(self.start(machine))["status"], "SUCCEEDED")
        self.api.stop_execution(executionArn=execution)

    def test_an_update_of_nothing_is_refused(self):
        self.refused(
            "MissingRequiredParameter", "update_state_machine",
            "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
            stateMachineArn=self.create())

    def test_an_unknown_machine_and_a_broken_definition_are_refused(self):
        self.refused("StateMachineDoesNotExist", "update_state_machine", definition=PASS,
                     stateMachineArn=arn("stateMachine", unique("none")))
        self.refused("InvalidDefinition", "update_state_machine", stateMachineArn=self.create(), definition="{}")


class DeleteStateMachine(APITestCase):
    def test_a_deleted_machine_is_gone_with_its_versions_and_its_running_executions(self):
        machine = self.create(LONG_WAIT, publish=True)
        execution = self.start(machine)
        self.assertEqual(self.api.delete_state_machine(stateMachineArn=machine)["ResponseMetadata"]["HTTPStatusCode"], 200)
        self.refused("StateMachineDoesNotExist", "describe_state_machine", stateMachineArn=machine)
        self.refused("StateMachineDoesNotExist", "describe_state_machine", stateMachineArn=machine + ":1")
        self.assertEqual(self.end_of(execution)["status"], "ABORTED")

    def test_a_machine_that_is_not_there_is_deleted_already(self):
        self.api.delete_state_machine(stateMachineArn=arn("stateMachine", unique("none")))

    def test_a_new_machine_can_take_the_name(self):
        name = unique("reused")
        self.api.delete_state_machine(stateMachineArn=self.create(name=name))
        self.assertEqual(self.end_of(self.start(self.create(FAIL, name=name)))["status"], "FAILED")


class ListStateMachines(APITestCase):
    def test_pages_hold_every_machine_once(self):
        made = {self.create() for _ in range(5)}
        pages = self.every_page("list_state_machines", "stateMachines", 2)
        listed = [item["stateMachineArn"] for page in pages for item in page]
        self.assertEqual(len(listed), len(set(listed)))
        self.assertLessEqual(made, set(listed))
        names = [item["name"] for page in pages for item in page]
        self.assertEqual(names, sorted(names))

    def test_botos_own_paginator_works(self):
        machine = self.create()
        pages = self.api.get_paginator("list_state_machines").paginate(PaginationConfig={"PageSize": 3})
        self.assertIn(machine, [item["stateMachineArn"] for page in pages for item in page["stateMachines"]])

    def test_a_broken_token_and_too_large_a_page_are_refused(self):
        self.refused("InvalidToken", "list_state_machines", "Invalid Token: 'Invalid token'", nextToken="nonsense")
        self.refused(
            "ValidationException", "list_state_machines",
            "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: "
            "Member must have value less than or equal to 1000", maxResults=1001)


class ValidateStateMachineDefinition(APITestCase):
    def test_a_sound_definition_is_ok(self):
        answer = self.api.validate_state_machine_definition(definition=PASS, type="STANDARD")
        self.assertEqual((answer["result"], answer["diagnostics"]), ("OK", []))

    def test_every_problem_is_listed_with_its_place(self):
        answer = self.api.validate_state_machine_definition(
            definition=definition({"Type": "Pass", "Next": "Nowhere"}, {"Type": "Task"}))
        self.assertEqual(answer["result"], "FAIL")
        self.assertGreaterEqual(len(answer["diagnostics"]), 2)
        for diagnostic in answer["diagnostics"]:
            self.assertEqual(diagnostic["severity"], "ERROR")
            self.assertTrue(diagnostic["code"] and diagnostic["message"])
        self.assertIn("/States/S0/Next", [diagnostic.get("location") for diagnostic in answer["diagnostics"]])

    def test_what_is_cut_off_is_said(self):
        answer = self.api.validate_state_machine_definition(
            definition=definition({"Type": "Pass", "Next": "Nowhere"}, {"Type": "Task"}), maxResults=1)
        self.assertEqual(len(answer["diagnostics"]), 1)
        self.assertTrue(answer["truncated"])


if __name__ == "__main__":
    unittest.main()
