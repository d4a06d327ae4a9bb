"""Tags; and the Map Run operations, which so far answer for executions that have none."""
import unittest

from support import APITestCase, arn, unique


class Tags(APITestCase):
    def tags(self, resource):
        return {tag["key"]: tag["value"] for tag in self.api.list_tags_for_resource(resourceArn=resource)["tags"]}

    def test_machines_and_activities_are_tagged_and_untagged(self):
        given = [{"key": "team", "value": "orders"}, {"key": "cost", "value": ""}]
        for resource in (self.create(tags=given), self.api.create_activity(name=unique("a"), tags=given)["activityArn"]):
            self.assertEqual(self.tags(resource), {"team": "orders", "cost": ""})
            self.api.tag_resource(resourceArn=resource, tags=[{"key": "team", "value": "billing"}, {"key": "new", "value": "1"}])
            self.assertEqual(self.tags(resource), {"team": "billing", "cost": "", "new": "1"})
            self.api.untag_resource(resourceArn=resource, tagKeys=["cost", "absent"])
            self.assertEqual(self.tags(resource), {"team": "billing", "new": "1"})

    def test_what_can_have_no_tags_is_not_found(self):
        version = self.create(publish=True) + ":1"
        for resource in (version, arn("stateMachine", unique("none")), arn("activity", unique("none"))):
            self.refused("ResourceNotFound", "tag_resource", f"Resource not found: '{resource}'", resourceArn=resource,
                         tags=[{"key": "a", "value": "b"}])
            self.refused("ResourceNotFound", "untag_resource", resourceArn=resource, tagKeys=["a"])
            self.refused("ResourceNotFound", "list_tags_for_resource", resourceArn=resource)
        self.refused("InvalidArn", "list_tags_for_resource", resourceArn="x")

    def test_more_than_fifty_tags_are_too_many(self):
        self.refused("TooManyTags", "tag_resource", resourceArn=self.create(),
                     tags=[{"key": f"k{index}", "value": ""} for index in range(51)])


class MapRuns(APITestCase):
    def test_an_execution_without_map_runs_lists_none(self):
        execution = self.start(self.create())
        self.assertEqual(self.api.list_map_runs(executionArn=execution)["mapRuns"], [])
        self.refused("ExecutionDoesNotExist", "list_map_runs", executionArn=arn("execution", "none", "x"))

    def test_an_unknown_map_run_is_not_found(self):
        unknown = arn("mapRun", "machine/label", "11111111-2222-3333-4444-555555555555")
        self.refused("ResourceNotFound", "describe_map_run", mapRunArn=unknown)
        self.refused("ResourceNotFound", "update_map_run", mapRunArn=unknown, maxConcurrency=1)
        self.refused("InvalidArn", "describe_map_run", mapRunArn="x")


if __name__ == "__main__":
    unittest.main()
