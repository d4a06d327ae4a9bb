#!/usr/bin/env python3
"""Writes Sources/Core/StatesLanguage/ServiceResponses/*Shapes.swift from the API models that botocore brings along.

    python3 scripts/service-responses.py     # with botocore installed; the files are committed

What is kept of a model: names and types of the members of responses, whether they are required, bounds, values of
enumerations.  The notation is that of ServiceShapes.swift.
"""
import glob
import gzip
import json
import os
import re

import botocore

MODELS = os.path.join(os.path.dirname(botocore.__file__), "data")
TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Sources/Core/StatesLanguage/ServiceResponses")

# Property name in Swift, botocore's name, operations (None: all).
SERVICES = [
    ("athena", "athena", "StartQueryExecution StopQueryExecution GetQueryExecution GetQueryResults"),
    ("batch", "batch", "SubmitJob DescribeJobs"),
    ("codeBuild", "codebuild", "StartBuild StopBuild BatchGetBuilds BatchDeleteBuilds BatchGetReports StartBuildBatch "
     "StopBuildBatch RetryBuild RetryBuildBatch DeleteBuildBatch"),
    ("dynamoDB", "dynamodb", None), ("ecs", "ecs", None),
    ("emr", "emr", "RunJobFlow DescribeCluster DescribeStep TerminateJobFlows AddJobFlowSteps CancelSteps "
     "SetTerminationProtection ModifyInstanceFleet ModifyInstanceGroups"),
    ("events", "events", None), ("glue", "glue", "StartJobRun GetJobRun GetTable GetTables StartCrawler GetCrawler"),
    ("kms", "kms", None), ("lambda", "lambda", None), ("s3", "s3", None),
    ("secretsManager", "secretsmanager", None), ("sns", "sns", None), ("sqs", "sqs", None),
    ("ssm", "ssm", "GetParameter GetParameters GetParametersByPath GetParameterHistory PutParameter DeleteParameter "
     "DeleteParameters DescribeParameters SendCommand GetCommandInvocation StartAutomationExecution"),
    ("stepFunctions", "stepfunctions", None), ("sts", "sts", None),
]

# Bounds that AWS goes by where the model says otherwise. Source: recorded, "Field 'MemorySize' exceeds the maximum value".
BOUNDS = {("lambda", "MemorySize"): (128, 10240)}


def shown(name):
    """A member's name as Step Functions writes it: that of the AWS SDK for Java, with a capital."""
    text = re.sub(r"[^A-Za-z0-9]+", " ", name)
    text = re.sub(r"([^a-z]{2,})v([0-9]+)", r"\1 v\2 ", text)
    text = re.sub(r"([^A-Z]{2,})V([0-9]+)", r"\1 V\2 ", text)
    text = " ".join(re.split(r"(?<=[a-z])(?=[A-Z][a-zA-Z0-9])", text))
    text = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", text)
    text = re.sub(r"([0-9])([a-zA-Z])", r"\1 \2", text)
    return "".join(word[:1].upper() + word[1:].lower() for word in text.split())


class Model:
    def __init__(self, name):
        path = sorted(glob.glob(f"{MODELS}/{name}/*/service-2.json*"))[-1]
        with (gzip.open if path.endswith("gz") else open)(path) as file:
            model = json.load(file)
        self.shapes, self.operations = model["shapes"], model["operations"]
        for (service, shape), (low, high) in BOUNDS.items():
            if service == name:
                self.shapes[shape].update(min=low, max=high)
        self.numbers, self.structures = {}, {}

    @staticmethod
    def bounds(shape):
        low, high = shape.get("min"), shape.get("max")
        if low in (None, 0) and high is None:
            return ""
        return "..".join("" if v is None else f"{v:g}" if v < 1e6 else str(int(v)) for v in (low, high))

    def type(self, name):
        shape = self.shapes[name]
        kind = shape["type"]
        if kind == "string" and shape.get("enum"):
            return "(" + "|".join(v.replace(" ", "%20") for v in shape["enum"]) + ")"
        if kind in ("string", "blob"):
            return "s" + self.bounds(shape)
        if kind in ("integer", "long", "float", "double", "bigdecimal"):
            return "n" + self.bounds(shape)
        if kind == "list":
            return "[" + self.type(shape["member"]["shape"]) + "]" + self.bounds(shape)
        if kind == "map":
            return "<" + self.type(shape["value"]["shape"]) + ">"
        if kind == "structure" and not shape.get("eventstream") and not shape.get("document"):
            if name not in self.numbers:
                number = self.numbers[name] = len(self.numbers)
                required = shape.get("required", [])
                self.structures[number] = [
                    shown(m) + ("!" if m in required else "") + ":" + self.type(v["shape"])
                    for m, v in shape["members"].items()]
            return f"#{self.numbers[name]}"
        return {"boolean": "b", "timestamp": "t"}.get(kind, "a")

    def tokens(self, operations):
        for name in sorted(operations or self.operations):
            output = self.operations[name].get("output")
            if output:
                yield f"={name} {self.type(output['shape'])}"
        for number in sorted(self.structures):
            yield f"@{number}"
            yield from self.structures[number]


def main():
    for swift, service, operations in SERVICES:
        lines, line = [], ""
        for token in Model(service).tokens(operations.split() if operations else None):
            pieces = token.split("|") if len(token) > 110 else [token]
            for index, piece in enumerate(pieces):
                piece += "|" if index < len(pieces) - 1 else ""
                # A token that is cut goes on behind a backslash.
                if line and len(line) + 1 + len(piece) > 112:
                    lines.append(line + ("\\" if index else ""))
                    line = piece
                else:
                    line += ("" if index or not line else " ") + piece
        lines.append(line)
        type_name = swift[0].upper() + swift[1:]
        with open(os.path.join(TARGET, f"ServiceShapes+{type_name}.swift"), "w") as file:
            file.write(f"extension ServiceShapes {{\n    /// Written by scripts/service-responses.py; change that.\n"
                       f"    static let {swift} = #\"\"\"\n")
            file.writelines("        " + text.rstrip().replace("\\", "\\#") + "\n" for text in lines)
            file.write("        \"\"\"#\n}\n")


main()
