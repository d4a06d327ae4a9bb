import JSON

/// Definitions in which every field of every state stands, one in each query language.
enum WholeDefinitions {
    static let jsonPath = #"""
        {
          "Comment": "every field of JSONPath mode", "Version": "1.0", "TimeoutSeconds": 600, "QueryLanguage": "JSONPath",
          "StartAt": "Prepare",
          "States": {
            "Prepare": {
              "Type": "Pass", "Comment": "c", "InputPath": "$.job", "Parameters": {"id.$": "$.id", "list": [1, {"n.$": "$.n"}]},
              "ResultPath": "$.prepared", "OutputPath": "$", "Assign": {"job.$": "$", "fixed": 1}, "Next": "Fixed"
            },
            "Fixed": {"Type": "Pass", "Result": {"a": 1}, "ResultPath": "$.fixed", "Next": "Work"},
            "Work": {
              "Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "InputPath": "$", "QueryLanguage": "JSONPath",
              "Parameters": {"TaskDefinition.$": "$.task", "Cluster": "main"}, "ResultSelector": {"tasks.$": "$.Tasks"},
              "ResultPath": "$.work", "OutputPath": "$", "Assign": {"tasks.$": "$.Tasks"},
              "TimeoutSecondsPath": "$.limit", "HeartbeatSecondsPath": "$.beat",
              "Credentials": {"RoleArn.$": "$.role"},
              "Retry": [
                {"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 2, "MaxAttempts": 0, "BackoffRate": 1.5,
                 "MaxDelaySeconds": 30, "JitterStrategy": "FULL", "Comment": "r"},
                {"ErrorEquals": ["States.ALL"]}
              ],
              "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Assign": {"error.$": "$"}, "Comment": "k",
                         "Next": "Failed"}],
              "Next": "Which"
            },
            "Which": {
              "Type": "Choice", "InputPath": "$", "OutputPath": "$", "Assign": {"none": true},
              "Choices": [
                {"Variable": "$.n", "NumericGreaterThan": 5, "Next": "Pause", "Comment": "x", "Assign": {"big": true}},
                {"And": [{"Variable": "$.a", "StringEquals": "x"}, {"Not": {"Variable": "$.b", "IsPresent": true}}], "Next": "Until"},
                {"Or": [{"Variable": "$.t", "TimestampLessThan": "2026-01-01T00:00:00Z"},
                        {"Variable": "$.a", "StringEqualsPath": "$.b"}], "Next": "Branch"}
              ],
              "Default": "Each"
            },
            "Pause": {"Type": "Wait", "SecondsPath": "$.seconds", "InputPath": "$", "OutputPath": "$", "Assign": {"w": 1},
                      "Next": "Until"},
            "Until": {"Type": "Wait", "Timestamp": "2026-01-01T00:00:00Z", "Next": "Branch"},
            "Branch": {
              "Type": "Parallel", "Parameters": {"x.$": "$.x"}, "ResultSelector": {"first.$": "$[0]"}, "ResultPath": "$.branches",
              "Branches": [
                {"Comment": "one", "StartAt": "Left", "States": {"Left": {"Type": "Succeed", "InputPath": "$", "OutputPath": "$"}}},
                {"StartAt": "Right", "States": {"Right": {"Type": "Pass", "End": true}}}
              ],
              "Retry": [], "Catch": [], "Next": "Each"
            },
            "Each": {
              "Type": "Map", "ItemsPath": "$.items", "ItemSelector": {"item.$": "$$.Map.Item.Value"}, "MaxConcurrency": 3,
              "ToleratedFailureCountPath": "$.count", "ToleratedFailurePercentage": 12.5, "Label": "Each",
              "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {"Bucket.$": "$.bucket"},
                             "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["a"], "MaxItems": 9}},
              "ItemBatcher": {"MaxItemsPerBatch": 10, "BatchInput": {"k.$": "$.k"}},
              "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b"},
                               "WriterConfig": {"OutputType": "JSON", "Transformation": "NONE"}},
              "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "Item",
                "States": {"Item": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:item",
                                    "TimeoutSeconds": 60, "HeartbeatSeconds": 10, "End": true}}
              },
              "End": true
            },
            "Failed": {"Type": "Fail", "ErrorPath": "$.error.Error", "CausePath": "States.JsonToString($.error)"}
          }
        }
        """#

    static let jsonata = #"""
        {
          "QueryLanguage": "JSONata", "StartAt": "Prepare",
          "States": {
            "Prepare": {"Type": "Pass", "Output": {"id": "{% $states.input.id %}", "list": ["{% 1 %}"]}, "Assign": {"a": "{% 2 %}"},
                        "Next": "Work"},
            "Work": {
              "Type": "Task", "Resource": "arn:aws:states:us-east-1:123456789012:activity:sign", "Arguments": {"x": "{% $a %}"},
              "Output": "{% $states.result %}", "Assign": {"r": "{% $states.result %}"}, "TimeoutSeconds": "{% $a * 60 %}",
              "HeartbeatSeconds": 5, "Credentials": {"RoleArn": "{% $states.input.role %}"},
              "Retry": [{"ErrorEquals": ["E"]}],
              "Catch": [{"ErrorEquals": ["States.ALL"], "Output": {"e": "{% $states.errorOutput %}"}, "Assign": {"e": 1},
                         "Next": "Failed"}],
              "Next": "Which"
            },
            "Which": {
              "Type": "Choice", "Output": "{% $states.input %}", "Assign": {"d": 1}, "Default": "Pause",
              "Choices": [{"Condition": "{% $a > 1 %}", "Output": 1, "Assign": {"c": 1}, "Comment": "c", "Next": "Each"},
                          {"Condition": false, "Next": "Branch"}]
            },
            "Pause": {"Type": "Wait", "Seconds": "{% 5 %}", "Output": 1, "Assign": {"p": 1}, "Next": "Until"},
            "Until": {"Type": "Wait", "Timestamp": "{% $now() %}", "Next": "Branch"},
            "Branch": {"Type": "Parallel", "Arguments": {"x": 1}, "Output": "{% $states.result %}",
                       "Branches": [{"StartAt": "Left", "States": {"Left": {"Type": "Succeed", "Output": "{% 1 %}"}}}], "Next": "Each"},
            "Each": {
              "Type": "Map", "Items": "{% [1..3] %}", "ItemSelector": {"v": "{% $states.context.Map.Item.Value %}"},
              "MaxConcurrency": "{% 2 %}", "ToleratedFailureCount": "{% 0 %}", "ToleratedFailurePercentage": "{% 10 %}",
              "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2", "Arguments": {"Bucket": "{% $b %}"},
                             "ReaderConfig": {"MaxItems": "{% 5 %}"}},
              "ItemBatcher": {"MaxInputBytesPerBatch": "{% 1000 %}", "BatchInput": {"k": "{% 1 %}"}},
              "Iterator": {"StartAt": "Item", "States": {"Item": {"Type": "Pass", "End": true}}},
              "Output": "{% $states.result %}", "Next": "Done"
            },
            "Done": {"Type": "Succeed"},
            "Failed": {"Type": "Fail", "Error": "{% $states.input.e %}", "Cause": "text"}
          }
        }
        """#
}
