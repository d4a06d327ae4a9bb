import JSON
import StatesLanguage

/// A DISTRIBUTED Map starts child executions of its own state machine, reads its items and writes results to S3.
///
/// Source: Developer Guide § IAM policies for using Distributed Map states.
extension PermissionPlanner {
    mutating func add(_ map: MapState) {
        partition = "aws"
        let start = ["states:StartExecution"]
        let name = settings.machineName.map(Self.literal) ?? "*"
        let machine = arn("states", "stateMachine:\(name)")
        if settings.machineName == nil { remark(start, machine, "the state machine's name is not known; give --name") }
        remarkPlace(of: machine, start)
        plan.allow(start, on: [machine])
        plan.allow(
            ["states:DescribeExecution", "states:StopExecution"], on: [arn("states", "execution:\(name):*")])
        plan.allow(["states:RedriveExecution"], on: [arn("states", "execution:\(name)/*")])
        if let reader = map.distributed["ItemReader"] { addReader(reader) }
        if let writer = map.distributed["ResultWriter"], writer["Resource"] != nil {
            let bucket = argument(of: writer, "Bucket")
            let prefix = argument(of: writer, "Prefix")
            addS3("putObject", bucket: bucket, key: prefix, isPrefix: true)
            // Redriving reads what is there, and large results are uploaded in parts.
            addS3("getObject", bucket: bucket, key: prefix, isPrefix: true)
            addS3("abortMultipartUpload", bucket: bucket, key: prefix, isPrefix: true)
        }
    }

    private mutating func addReader(_ reader: JSONValue) {
        let bucket = argument(of: reader, "Bucket")
        let key = argument(of: reader, "Key")
        let action = reader["Resource"]?.string?.split(separator: ":").last.map(String.init) ?? ""
        guard ["getObject", "listObjectsV2"].contains(action) else {
            remark([action], "nothing", "Steplog does not know this way of reading items")
            return
        }
        addS3(action, bucket: bucket, key: key)
        let format = reader["ReaderConfig"]?["InputType"]?.string
        guard format == "MANIFEST" || reader["ReaderConfig"]?["Transformation"]?.string == "LOAD_AND_FLATTEN" else {
            return
        }
        // The objects that a listing or a manifest names are read too.
        addS3("getObject", bucket: bucket, key: .dynamic(source: "what the list of items names"))
    }

    /// An argument of a reader or writer, which stand as written: `Parameters` or `Arguments`.
    private func argument(of call: JSONValue, _ name: String) -> CallArgument {
        CallArgument(written: call["Parameters"] ?? call["Arguments"] ?? [:], [name])
    }
}
