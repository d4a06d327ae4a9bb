extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let sns = #"""
        =CheckIfPhoneNumberIsOptedOut #0 =ConfirmSubscription #1 =CreatePlatformApplication #2
        =CreatePlatformEndpoint #3 =CreateSMSSandboxPhoneNumber #4 =CreateTopic #5 =DeleteSMSSandboxPhoneNumber #6
        =GetDataProtectionPolicy #7 =GetEndpointAttributes #8 =GetPlatformApplicationAttributes #9 =GetSMSAttributes #10
        =GetSMSSandboxAccountStatus #11 =GetSubscriptionAttributes #12 =GetTopicAttributes #13
        =ListEndpointsByPlatformApplication #14 =ListOriginationNumbers #16 =ListPhoneNumbersOptedOut #18
        =ListPlatformApplications #19 =ListSMSSandboxPhoneNumbers #21 =ListSubscriptions #23
        =ListSubscriptionsByTopic #25 =ListTagsForResource #26 =ListTopics #28 =OptInPhoneNumber #30 =Publish #31
        =PublishBatch #32 =SetSMSAttributes #35 =Subscribe #36 =TagResource #37 =UntagResource #38
        =VerifySMSSandboxPhoneNumber #39 @0 IsOptedOut:b @1 SubscriptionArn:s @2 PlatformApplicationArn:s @3
        EndpointArn:s @4 @5 TopicArn:s @6 @7 DataProtectionPolicy:s @8 Attributes:<s> @9 Attributes:<s> @10
        Attributes:<s> @11 IsInSandbox!:b @12 Attributes:<s> @13 Attributes:<s> @14 Endpoints:[#15] NextToken:s @15
        EndpointArn:s Attributes:<s> @16 NextToken:s PhoneNumbers:[#17] @17 CreatedAt:t PhoneNumber:s Status:s
        Iso2CountryCode:s..2 RouteType:(Transactional|Promotional|Premium) NumberCapabilities:[(SMS|MMS|VOICE)] @18
        PhoneNumbers:[s] NextToken:s @19 PlatformApplications:[#20] NextToken:s @20 PlatformApplicationArn:s
        Attributes:<s> @21 PhoneNumbers!:[#22] NextToken:s @22 PhoneNumber:s..20 Status:(Pending|Verified) @23
        Subscriptions:[#24] NextToken:s @24 SubscriptionArn:s Owner:s Protocol:s Endpoint:s TopicArn:s @25
        Subscriptions:[#24] NextToken:s @26 Tags:[#27] @27 Key!:s1..128 Value!:s0..256 @28 Topics:[#29] NextToken:s @29
        TopicArn:s @30 @31 MessageId:s SequenceNumber:s @32 Successful:[#33] Failed:[#34] @33 Id:s MessageId:s
        SequenceNumber:s @34 Id!:s Code!:s Message:s SenderFault!:b @35 @36 SubscriptionArn:s @37 @38 @39
        """#
}
