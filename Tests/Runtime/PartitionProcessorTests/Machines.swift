/// Definitions that these tests run.
enum Machines {
    /// One task.
    static let task = """
        {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "TimeoutSeconds": 300,
         "Parameters": {"TaskDefinition": "t"}, "End": true}}}
        """

    /// A retry, two branches, a Map of three, and a wait: seven tasks when each succeeds at once.
    static let job = """
        {"StartAt": "First", "States": {
          "First": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "Parameters": {"TaskDefinition": "t"},
            "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 3}], "ResultPath": "$.first", "Next": "Both"},
          "Both": {"Type": "Parallel", "ResultPath": "$.both", "Next": "Each", "Branches": [
            {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync",
              "Parameters": {"TaskDefinition": "t"}, "End": true}}},
            {"StartAt": "B", "States": {"B": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync",
              "Parameters": {"TaskDefinition": "t"}, "Next": "BP"}, "BP": {"Type": "Pass", "End": true}}}]},
          "Each": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 2, "ResultPath": "$.each", "Next": "Pause",
            "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync",
              "Parameters": {"TaskDefinition": "t", "Item.$": "$"}, "End": true}}}},
          "Pause": {"Type": "Wait", "Seconds": 60, "Next": "Last"},
          "Last": {"Type": "Pass", "Parameters": {"first.$": "$.first.done", "count.$": "States.ArrayLength($.each)"}, "End": true}}}
        """

    static let wait = """
        {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 60, "Next": "P"}, "P": {"Type": "Pass", "Result": "woken", "End": true}}}
        """

    static let pass = """
        {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}
        """

    /// Never waits and never ends.
    static let spin = """
        {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Choice", "Choices":
         [{"Variable": "$.stop", "IsPresent": true, "Next": "C"}], "Default": "A"}, "C": {"Type": "Succeed"}}}
        """

    static let token = """
        {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.waitForTaskToken",
         "Parameters": {"TaskDefinition": "t", "Token.$": "$$.Task.Token"}, "End": true}}}
        """

    /// One branch fails while the other's task runs.
    static let aborted = """
        {"StartAt": "B", "States": {"B": {"Type": "Parallel", "End": true, "Branches": [
          {"StartAt": "Long", "States": {"Long": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync",
            "Parameters": {"TaskDefinition": "t"}, "End": true}}},
          {"StartAt": "Pause", "States": {"Pause": {"Type": "Wait", "Seconds": 5, "Next": "F"}, "F": {"Type": "Fail", "Error": "E"}}}]}}}
        """
}
