"""The calls that Terraform's AWS provider makes, in its order. Terraform itself is not run.

Source: hashicorp/terraform-provider-aws, internal/service/sfn: state_machine.go and alias.go.
"""
import json
import time
import unittest

from botocore.exceptions import ClientError

from support import FAIL, PASS, ROLE, APITestCase, unique

POLL_SECONDS_MAX = 60


class StateMachineResource(APITestCase):
    """aws_sfn_state_machine"""

    def plan(self, text, kind="STANDARD"):
        """CustomizeDiff validates a definition that changes; anything but OK fails the plan."""
        answer = self.api.validate_state_machine_definition(definition=text, type=kind)
        return answer["result"] == "OK", [
            f"{item['severity']} ({item['code']}): {item['message']}" for item in answer["diagnostics"]]

    def read(self, machine):
        """What a refresh reads, and what goes into the state."""
        found = self.api.describe_state_machine(stateMachineArn=machine)
        versions = self.api.list_state_machine_versions(stateMachineArn=machine)["stateMachineVersions"]
        tags = self.api.list_tags_for_resource(resourceArn=machine)["tags"]
        return {
            "definition": found["definition"], "role_arn": found["roleArn"], "type": found["type"], "name": found["name"],
            "status": found["status"], "revision_id": found.get("revisionId", ""),
            "description": found.get("description", ""),
            "logging_configuration": found["loggingConfiguration"], "tracing_configuration": found["tracingConfiguration"],
            "encryption_configuration": found["encryptionConfiguration"],
            "state_machine_version_arn": versions[0]["stateMachineVersionArn"] if versions else "",
            "tags": {tag["key"]: tag["value"] for tag in tags},
        }

    def update(self, machine, **changes):
        """UpdateStateMachine, then Describe until all that was asked for can be read."""
        self.api.update_state_machine(stateMachineArn=machine, **changes)
        deadline = time.monotonic() + POLL_SECONDS_MAX
        while time.monotonic() < deadline:
            found = self.api.describe_state_machine(stateMachineArn=machine)
            if (json.loads(found["definition"]) == json.loads(changes["definition"]) and found["roleArn"] == changes["roleArn"]
                    and found["tracingConfiguration"]["enabled"] == changes["tracingConfiguration"]["enabled"]
                    and found["loggingConfiguration"]["level"] == changes["loggingConfiguration"]["level"]):
                return
        self.fail("the update can't be read")

    def destroy(self, machine):
        """DeleteStateMachine, then Describe until the typed error comes."""
        self.api.delete_state_machine(stateMachineArn=machine)
        deadline = time.monotonic() + POLL_SECONDS_MAX
        while time.monotonic() < deadline:
            try:
                self.assertEqual(self.api.describe_state_machine(stateMachineArn=machine)["status"], "DELETING")
            except self.api.exceptions.StateMachineDoesNotExist:
                return
        self.fail("the machine is still there")

    def test_create_refresh_update_and_destroy(self):
        name = unique("terraform")
        self.assertEqual(self.plan(PASS), (True, []))
        machine = self.api.create_state_machine(
            name=name, definition=PASS, roleArn=ROLE, type="STANDARD", publish=True,
            loggingConfiguration={"level": "OFF", "includeExecutionData": False}, tracingConfiguration={"enabled": False},
            tags=[{"key": "Environment", "value": "test"}])["stateMachineArn"]
        state = self.read(machine)
        self.assertEqual(state["state_machine_version_arn"], machine + ":1")
        self.assertEqual(state["tags"], {"Environment": "test"})
        self.assertEqual(self.read(machine), state, "a second refresh shows no drift")

        self.assertTrue(self.plan(FAIL)[0])
        self.update(machine, definition=FAIL, roleArn=ROLE, loggingConfiguration={"level": "OFF"},
                    tracingConfiguration={"enabled": True}, publish=True)
        state = self.read(machine)
        self.assertEqual(state["state_machine_version_arn"], machine + ":2")
        self.assertEqual(state["tracing_configuration"], {"enabled": True})
        self.assertTrue(state["revision_id"])

        self.api.tag_resource(resourceArn=machine, tags=[{"key": "Owner", "value": "me"}])
        self.api.untag_resource(resourceArn=machine, tagKeys=["Environment"])
        self.assertEqual(self.read(machine)["tags"], {"Owner": "me"})
        self.destroy(machine)

    def test_logging_to_a_log_group_comes_back_as_it_was_given(self):
        logging = {"level": "ALL", "includeExecutionData": True, "destinations": [
            {"cloudWatchLogsLogGroup": {"logGroupArn": "arn:aws:logs:us-east-1:000000000000:log-group:workflows:*"}}]}
        machine = self.create(loggingConfiguration=logging)
        self.assertEqual(self.read(machine)["logging_configuration"], logging)
        self.destroy(machine)

    def test_a_plan_of_a_broken_definition_fails_with_what_is_wrong(self):
        is_ok, lines = self.plan('{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}')
        self.assertFalse(is_ok)
        self.assertTrue(any(line.startswith("ERROR (MISSING_TRANSITION_TARGET): ") for line in lines), lines)

    def test_a_machine_that_was_deleted_elsewhere_is_planned_anew(self):
        machine = self.create()
        self.api.delete_state_machine(stateMachineArn=machine)
        with self.assertRaises(self.api.exceptions.StateMachineDoesNotExist):
            self.api.describe_state_machine(stateMachineArn=machine)

    def test_data_sources_find_a_machine_and_an_activity_by_name(self):
        machine, name = self.create(), unique("activity")
        activity = self.api.create_activity(name=name)["activityArn"]
        pages = self.api.get_paginator("list_state_machines").paginate()
        self.assertIn(machine, [item["stateMachineArn"] for page in pages for item in page["stateMachines"]])
        pages = self.api.get_paginator("list_activities").paginate()
        found = [item["activityArn"] for page in pages for item in page["activities"] if item["name"] == name]
        self.assertEqual(found, [activity])


class AliasResource(APITestCase):
    """aws_sfn_alias"""

    def test_create_refresh_update_and_destroy(self):
        machine = self.create(publish=True)
        self.api.update_state_machine(stateMachineArn=machine, definition=FAIL, publish=True)
        routes = [{"stateMachineVersionArn": machine + ":1", "weight": 100}]
        alias = self.api.create_state_machine_alias(
            name="live", description="", routingConfiguration=routes)["stateMachineAliasArn"]
        found = self.api.describe_state_machine_alias(stateMachineAliasArn=alias)
        self.assertEqual((found["name"], found["routingConfiguration"]), ("live", routes))
        self.assertEqual(found.get("description", ""), "")
        self.assertIn("creationDate", found)

        routes = [{"stateMachineVersionArn": f"{machine}:{number}", "weight": 50} for number in (1, 2)]
        self.api.update_state_machine_alias(stateMachineAliasArn=alias, description="both", routingConfiguration=routes)
        found = self.api.describe_state_machine_alias(stateMachineAliasArn=alias)
        self.assertEqual((found["description"], found["routingConfiguration"]), ("both", routes))

        self.api.delete_state_machine_alias(stateMachineAliasArn=alias)
        with self.assertRaises(ClientError) as caught:
            self.api.describe_state_machine_alias(stateMachineAliasArn=alias)
        self.assertEqual(caught.exception.response["Error"]["Code"], "ResourceNotFound")


class ActivityResource(APITestCase):
    """aws_sfn_activity"""

    def test_create_refresh_and_destroy(self):
        made = self.api.create_activity(name=unique("activity"), tags=[{"key": "a", "value": "b"}])
        activity = made["activityArn"]
        self.assertEqual(self.api.describe_activity(activityArn=activity)["creationDate"], made["creationDate"])
        self.assertEqual(self.api.list_tags_for_resource(resourceArn=activity)["tags"], [{"key": "a", "value": "b"}])
        self.api.delete_activity(activityArn=activity)
        with self.assertRaises(self.api.exceptions.ActivityDoesNotExist):
            self.api.describe_activity(activityArn=activity)


if __name__ == "__main__":
    unittest.main()
