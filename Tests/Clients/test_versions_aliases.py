"""Versions, and aliases that route to them by weight."""
import collections
import unittest

from support import FAIL, LONG_WAIT, PASS, APITestCase, arn, definition, unique


def route(*pairs):
    return [{"stateMachineVersionArn": version, "weight": weight} for version, weight in pairs]


class VersionTestCase(APITestCase):
    def two_versions(self):
        """A machine whose version 1 outputs 1 and whose version 2 outputs 2."""
        machine = self.create(definition({"Type": "Pass", "Result": 1}), publish=True)
        self.api.update_state_machine(
            stateMachineArn=machine, definition=definition({"Type": "Pass", "Result": 2}), publish=True)
        return machine


class PublishStateMachineVersion(VersionTestCase):
    def test_a_revision_is_published_once(self):
        machine = self.create()
        first = self.api.publish_state_machine_version(stateMachineArn=machine, description="one", revisionId="INITIAL")
        self.assertEqual(first["stateMachineVersionArn"], machine + ":1")
        again = self.api.publish_state_machine_version(stateMachineArn=machine)
        self.assertEqual(again["stateMachineVersionArn"], machine + ":1")
        self.assertEqual(again["creationDate"], first["creationDate"])

    def test_a_version_is_described_under_its_own_arn(self):
        machine = self.create()
        version = self.api.publish_state_machine_version(
            stateMachineArn=machine, description="one")["stateMachineVersionArn"]
        self.api.update_state_machine(stateMachineArn=machine, definition=FAIL)
        found = self.api.describe_state_machine(stateMachineArn=version)
        self.assertEqual((found["stateMachineArn"], found["description"], found["definition"]), (version, "one", PASS))
        self.assertEqual(self.end_of(self.start(version))["status"], "SUCCEEDED")
        self.assertEqual(self.end_of(self.start(machine))["status"], "FAILED")

    def test_another_revision_than_the_current_one_is_a_conflict(self):
        machine = self.create()
        self.refused("ConflictException", "publish_state_machine_version", status=409, stateMachineArn=machine,
                     revisionId="11111111-2222-3333-4444-555555555555")
        self.refused("StateMachineDoesNotExist", "publish_state_machine_version",
                     stateMachineArn=arn("stateMachine", unique("none")))

    def test_an_update_can_publish_and_says_so(self):
        machine = self.create()
        done = self.api.update_state_machine(
            stateMachineArn=machine, definition=FAIL, publish=True, versionDescription="worse")
        self.assertEqual(done["stateMachineVersionArn"], machine + ":1")
        self.refused("ValidationException", "update_state_machine",
                     "Version description can only be set when publish is true", stateMachineArn=machine, definition=PASS,
                     versionDescription="x")


class ListStateMachineVersions(VersionTestCase):
    def test_newest_come_first_over_pages(self):
        machine = self.two_versions()
        pages = self.every_page("list_state_machine_versions", "stateMachineVersions", 1, stateMachineArn=machine)
        self.assertEqual([item["stateMachineVersionArn"] for page in pages for item in page], [machine + ":2", machine + ":1"])
        self.refused("StateMachineDoesNotExist", "list_state_machine_versions",
                     stateMachineArn=arn("stateMachine", unique("none")))


class DeleteStateMachineVersion(VersionTestCase):
    def test_a_deleted_number_does_not_come_back(self):
        machine = self.two_versions()
        self.api.delete_state_machine_version(stateMachineVersionArn=machine + ":2")
        self.api.delete_state_machine_version(stateMachineVersionArn=machine + ":2")
        self.refused("StateMachineDoesNotExist", "describe_state_machine", stateMachineArn=machine + ":2")
        self.api.update_state_machine(stateMachineArn=machine, definition=FAIL)
        self.assertEqual(self.api.publish_state_machine_version(stateMachineArn=machine)["stateMachineVersionArn"],
                         machine + ":3")

    def test_a_version_in_use_by_an_alias_stays(self):
        machine = self.two_versions()
        self.api.create_state_machine_alias(name="live", routingConfiguration=route((machine + ":1", 100)))
        self.refused(
            "ConflictException", "delete_state_machine_version", status=409, stateMachineVersionArn=machine + ":1",
            message="Version to be deleted must not be referenced by an alias. "
                    "Current list of aliases referencing this version: [live]")


class Aliases(VersionTestCase):
    def test_an_alias_is_created_described_updated_and_deleted(self):
        machine = self.two_versions()
        made = self.api.create_state_machine_alias(
            name="live", description="", routingConfiguration=route((machine + ":1", 100)))
        alias = made["stateMachineAliasArn"]
        self.assertEqual(alias, machine + ":live")
        found = self.api.describe_state_machine_alias(stateMachineAliasArn=alias)
        self.assertEqual((found["name"], found["routingConfiguration"]), ("live", route((machine + ":1", 100))))
        self.assertEqual(found["creationDate"], made["creationDate"])
        routes = route((machine + ":1", 30), (machine + ":2", 70))
        self.assertIn("updateDate", self.api.update_state_machine_alias(
            stateMachineAliasArn=alias, description="both", routingConfiguration=routes))
        found = self.api.describe_state_machine_alias(stateMachineAliasArn=alias)
        self.assertEqual((found["description"], found["routingConfiguration"]), ("both", routes))
        self.api.delete_state_machine_alias(stateMachineAliasArn=alias)
        self.api.delete_state_machine_alias(stateMachineAliasArn=alias)
        self.refused("ResourceNotFound", "describe_state_machine_alias",
                     "Request references a resource that does not exist.", stateMachineAliasArn=alias)

    def test_the_same_request_again_gives_the_same_alias_and_another_is_a_conflict(self):
        machine = self.two_versions()
        request = {"name": "live", "routingConfiguration": route((machine + ":1", 100))}
        first = self.api.create_state_machine_alias(**request)
        self.assertEqual(self.api.create_state_machine_alias(**request)["creationDate"], first["creationDate"])
        self.refused(
            "ConflictException", "create_state_machine_alias", status=409, name="live",
            routingConfiguration=route((machine + ":2", 100)),
            message="Failed to create alias because an alias with the same name and a different routing configuration "
                    "already exists.")

    def test_executions_go_to_versions_by_weight_and_are_listed_by_alias(self):
        machine = self.two_versions()
        alias = self.api.create_state_machine_alias(
            name="canary", routingConfiguration=route((machine + ":1", 80), (machine + ":2", 20)))["stateMachineAliasArn"]
        ends = [self.end_of(self.start(alias)) for _ in range(100)]
        counts = collections.Counter(end["stateMachineVersionArn"] for end in ends)
        # Five standard deviations on either side: 60 to 100 of 100.
        self.assertGreaterEqual(counts[machine + ":1"], 60, counts)
        self.assertGreaterEqual(counts[machine + ":2"], 1, counts)
        for end in ends:
            self.assertEqual(end["output"], end["stateMachineVersionArn"][-1])
            self.assertEqual((end["stateMachineAliasArn"], end["stateMachineArn"]), (alias, machine))
        listed = self.api.list_executions(stateMachineArn=alias, maxResults=1000)["executions"]
        self.assertEqual(len(listed), 100)
        listed = self.api.list_executions(stateMachineArn=machine + ":2", maxResults=1000)["executions"]
        self.assertEqual(len(listed), counts[machine + ":2"])

    def test_a_weight_of_zero_gets_nothing(self):
        machine = self.two_versions()
        alias = self.api.create_state_machine_alias(
            name="off", routingConfiguration=route((machine + ":1", 0), (machine + ":2", 100)))["stateMachineAliasArn"]
        self.assertEqual({self.end_of(self.start(alias))["output"] for _ in range(20)}, {"2"})

    def test_an_alias_can_be_moved_while_an_execution_runs(self):
        machine = self.create(LONG_WAIT, publish=True)
        alias = self.api.create_state_machine_alias(
            name="live", routingConfiguration=route((machine + ":1", 100)))["stateMachineAliasArn"]
        execution = self.start(alias)
        self.api.update_state_machine(stateMachineArn=machine, definition=PASS, publish=True)
        self.api.update_state_machine_alias(stateMachineAliasArn=alias, routingConfiguration=route((machine + ":2", 100)))
        found = self.api.describe_state_machine_for_execution(executionArn=execution)
        self.assertEqual(found["definition"], LONG_WAIT)
        self.assertEqual(self.end_of(self.start(alias))["stateMachineVersionArn"], machine + ":2")
        self.api.stop_execution(executionArn=execution)

    def test_aliases_are_listed_over_pages_and_by_version(self):
        machine = self.two_versions()
        for name, version in (("a", "1"), ("b", "2"), ("c", "2")):
            self.api.create_state_machine_alias(name=name, routingConfiguration=route((f"{machine}:{version}", 100)))
        pages = self.every_page("list_state_machine_aliases", "stateMachineAliases", 2, stateMachineArn=machine)
        self.assertEqual([[item["stateMachineAliasArn"][-1] for item in page] for page in pages], [["a", "b"], ["c"]])
        listed = self.api.list_state_machine_aliases(stateMachineArn=machine + ":2")["stateMachineAliases"]
        self.assertEqual([item["stateMachineAliasArn"][-1] for item in listed], ["b", "c"])

    def test_bad_routes_and_names_are_refused(self):
        machine = self.two_versions()
        one, two = machine + ":1", machine + ":2"
        for routes, message in (
                (route((one, 70), (two, 29)), "Sum of routing configuration weights must equal 100. Received: [70, 29]"),
                (route((one, 50), (one, 50)),
                 f"Routing configuration must contain distinct state machine version ARNs. Received: [{one}, {one}]"),
                (route((machine, 100)),
                 f"Routing configuration must contain state machine version ARNs. Received: [{machine}]")):
            self.refused("ValidationException", "create_state_machine_alias", message, name="live", routingConfiguration=routes)
        self.refused("ValidationException", "create_state_machine_alias", name="7", routingConfiguration=route((one, 100)))
        self.refused("ResourceNotFound", "create_state_machine_alias", name="live",
                     routingConfiguration=route((machine + ":9", 100)))
        self.refused("ValidationException", "update_state_machine_alias", stateMachineAliasArn=self.api.create_state_machine_alias(
            name="live", routingConfiguration=route((one, 100)))["stateMachineAliasArn"])
        self.refused("ResourceNotFound", "update_state_machine_alias", stateMachineAliasArn=machine + ":none", description="x")
        self.refused("StateMachineDoesNotExist", "list_state_machine_aliases",
                     stateMachineArn=arn("stateMachine", unique("none")))


if __name__ == "__main__":
    unittest.main()
