extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let sts = #"""
        =AssumeRole #0 =AssumeRoleWithSAML #3 =AssumeRoleWithWebIdentity #4 =AssumeRoot #5
        =DecodeAuthorizationMessage #6 =GetAccessKeyInfo #7 =GetCallerIdentity #8 =GetDelegatedAccessToken #9
        =GetFederationToken #10 =GetSessionToken #12 =GetWebIdentityToken #13 @0 Credentials:#1 AssumedRoleUser:#2
        PackedPolicySize:n SourceIdentity:s2..64 SessionTokenUtilization:n SessionTokenSize:n @1 AccessKeyId!:s16..128
        SecretAccessKey!:s SessionToken!:s Expiration!:t @2 AssumedRoleId!:s2..193 Arn!:s20..2048 @3 Credentials:#1
        AssumedRoleUser:#2 PackedPolicySize:n Subject:s SubjectType:s Issuer:s Audience:s NameQualifier:s
        SourceIdentity:s2..64 SessionTokenUtilization:n SessionTokenSize:n @4 Credentials:#1
        SubjectFromWebIdentityToken:s6..255 AssumedRoleUser:#2 PackedPolicySize:n Provider:s Audience:s
        SourceIdentity:s2..64 SessionTokenUtilization:n SessionTokenSize:n @5 Credentials:#1 SourceIdentity:s2..64
        SessionTokenUtilization:n SessionTokenSize:n @6 DecodedMessage:s @7 Account:s @8 UserId:s Account:s
        Arn:s20..2048 @9 Credentials:#1 PackedPolicySize:n AssumedPrincipal:s20..2048 @10 Credentials:#1
        FederatedUser:#11 PackedPolicySize:n SessionTokenUtilization:n SessionTokenSize:n @11 FederatedUserId!:s2..193
        Arn!:s20..2048 @12 Credentials:#1 SessionTokenUtilization:n SessionTokenSize:n @13 WebIdentityToken:s
        Expiration:t
        """#
}
