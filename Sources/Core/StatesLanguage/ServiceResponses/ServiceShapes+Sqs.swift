extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let sqs = #"""
        =CancelMessageMoveTask #0 =ChangeMessageVisibilityBatch #1 =CreateQueue #4 =DeleteMessageBatch #5
        =GetQueueAttributes #7 =GetQueueUrl #8 =ListDeadLetterSourceQueues #9 =ListMessageMoveTasks #10
        =ListQueueTags #12 =ListQueues #13 =ReceiveMessage #14 =SendMessage #17 =SendMessageBatch #18
        =StartMessageMoveTask #20 @0 ApproximateNumberOfMessagesMoved:n @1 Successful!:[#2] Failed!:[#3] @2 Id!:s @3
        Id!:s SenderFault!:b Code!:s Message:s @4 QueueUrl:s @5 Successful!:[#6] Failed!:[#3] @6 Id!:s @7 Attributes:<s>
        @8 QueueUrl:s @9 QueueUrls!:[s] NextToken:s @10 Results:[#11] @11 TaskHandle:s Status:s SourceArn:s
        DestinationArn:s MaxNumberOfMessagesPerSecond:n ApproximateNumberOfMessagesMoved:n
        ApproximateNumberOfMessagesToMove:n FailureReason:s StartedTimestamp:n @12 Tags:<s> @13 QueueUrls:[s]
        NextToken:s @14 Messages:[#15] @15 MessageId:s ReceiptHandle:s Md5OfBody:s Body:s Attributes:<s>
        Md5OfMessageAttributes:s MessageAttributes:<#16> @16 StringValue:s BinaryValue:s StringListValues:[s]
        BinaryListValues:[s] DataType!:s @17 Md5OfMessageBody:s Md5OfMessageAttributes:s Md5OfMessageSystemAttributes:s
        MessageId:s SequenceNumber:s @18 Successful!:[#19] Failed!:[#3] @19 Id!:s MessageId!:s Md5OfMessageBody!:s
        Md5OfMessageAttributes:s Md5OfMessageSystemAttributes:s SequenceNumber:s @20 TaskHandle:s
        """#
}
