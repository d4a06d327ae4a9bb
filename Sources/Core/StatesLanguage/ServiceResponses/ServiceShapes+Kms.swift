extension ServiceShapes {
    /// Written by scripts/service-responses.py; change that.
    static let kms = #"""
        =CancelKeyDeletion #0 =ConnectCustomKeyStore #1 =CreateCustomKeyStore #2 =CreateGrant #3 =CreateKey #4
        =Decapsulate #9 =Decrypt #10 =DeleteCustomKeyStore #11 =DeleteImportedKeyMaterial #12 =DeriveSharedSecret #13
        =DescribeCustomKeyStores #14 =DescribeKey #17 =DisconnectCustomKeyStore #18 =Encapsulate #19 =Encrypt #20
        =GenerateDataKey #21 =GenerateDataKeyPair #22 =GenerateDataKeyPairWithoutPlaintext #23
        =GenerateDataKeyWithoutPlaintext #24 =GenerateMac #25 =GenerateRandom #26 =GetKeyLastUsage #27 =GetKeyPolicy #29
        =GetKeyRotationStatus #30 =GetParametersForImport #31 =GetPublicKey #32 =ImportKeyMaterial #33 =ListAliases #34
        =ListGrants #36 =ListKeyPolicies #39 =ListKeyRotations #40 =ListKeys #42 =ListResourceTags #44
        =ListRetirableGrants #36 =ReEncrypt #46 =ReplicateKey #47 =RotateKeyOnDemand #48 =ScheduleKeyDeletion #49
        =Sign #50 =UpdateCustomKeyStore #51 =Verify #52 =VerifyMac #53 @0 KeyId:s1..2048 @1 @2 CustomKeyStoreId:s1..64
        @3 GrantToken:s1..8192 GrantId:s1..128 @4 KeyMetadata:#5 @5 AwsAccountId:s KeyId!:s1..2048 Arn:s20..2048
        CreationDate:t Enabled:b Description:s0..8192
        KeyUsage:(SIGN_VERIFY|ENCRYPT_DECRYPT|GENERATE_VERIFY_MAC|KEY_AGREEMENT|ENCAPSULATE_DECAPSULATE)
        KeyState:(Creating|Enabled|Disabled|PendingDeletion|PendingImport|PendingReplicaDeletion|Unavailable|Updating)
        DeletionDate:t ValidTo:t Origin:(AWS_KMS|EXTERNAL|AWS_CLOUDHSM|EXTERNAL_KEY_STORE) CustomKeyStoreId:s1..64
        CloudHsmClusterId:s19..24 ExpirationModel:(KEY_MATERIAL_EXPIRES|KEY_MATERIAL_DOES_NOT_EXPIRE)
        KeyManager:(AWS|CUSTOMER) CustomerMasterKeySpec:(RSA_2048|RSA_3072|RSA_4096|ECC_NIST_P256|ECC_NIST_P384|\#
        ECC_NIST_P521|ECC_SECG_P256K1|SYMMETRIC_DEFAULT|HMAC_224|HMAC_256|HMAC_384|HMAC_512|SM2) KeySpec:(RSA_2048|\#
        RSA_3072|RSA_4096|ECC_NIST_P256|ECC_NIST_P384|ECC_NIST_P521|ECC_SECG_P256K1|SYMMETRIC_DEFAULT|HMAC_224|\#
        HMAC_256|HMAC_384|HMAC_512|SM2|ML_DSA_44|ML_DSA_65|ML_DSA_87|ECC_NIST_EDWARDS25519|ML_KEM_512|ML_KEM_768|\#
        ML_KEM_1024) EncryptionAlgorithms:[(SYMMETRIC_DEFAULT|RSAES_OAEP_SHA_1|RSAES_OAEP_SHA_256|SM2PKE)]
        SigningAlgorithms:[(RSASSA_PSS_SHA_256|RSASSA_PSS_SHA_384|RSASSA_PSS_SHA_512|RSASSA_PKCS1_V1_5_SHA_256|\#
        RSASSA_PKCS1_V1_5_SHA_384|RSASSA_PKCS1_V1_5_SHA_512|ECDSA_SHA_256|ECDSA_SHA_384|ECDSA_SHA_512|SM2DSA|\#
        ML_DSA_SHAKE_256|ED25519_SHA_512|ED25519_PH_SHA_512)] KeyAgreementAlgorithms:[(ECDH)]
        EncapsulationAlgorithms:[(ML_KEM)] MultiRegion:b MultiRegionConfiguration:#6 PendingDeletionWindowInDays:n1..365
        MacAlgorithms:[(HMAC_SHA_224|HMAC_SHA_256|HMAC_SHA_384|HMAC_SHA_512)] XksKeyConfiguration:#8
        CurrentKeyMaterialId:s64..64 @6 MultiRegionKeyType:(PRIMARY|REPLICA) PrimaryKey:#7 ReplicaKeys:[#7] @7
        Arn:s20..2048 Region:s1..32 @8 Id:s1..128 @9 KeyId:s1..2048 SharedSecret:s1..4096
        EncapsulationAlgorithm:(ML_KEM) @10 KeyId:s1..2048 Plaintext:s1..4096
        EncryptionAlgorithm:(SYMMETRIC_DEFAULT|RSAES_OAEP_SHA_1|RSAES_OAEP_SHA_256|SM2PKE)
        CiphertextForRecipient:s1..6144 KeyMaterialId:s64..64 @11 @12 KeyId:s1..2048 KeyMaterialId:s0..64 @13
        KeyId:s1..2048 SharedSecret:s1..4096 CiphertextForRecipient:s1..6144 KeyAgreementAlgorithm:(ECDH)
        KeyOrigin:(AWS_KMS|EXTERNAL|AWS_CLOUDHSM|EXTERNAL_KEY_STORE) @14 CustomKeyStores:[#15] NextMarker:s1..1024
        Truncated:b @15 CustomKeyStoreId:s1..64 CustomKeyStoreName:s1..256 CloudHsmClusterId:s19..24
        TrustAnchorCertificate:s1..5000 ConnectionState:(CONNECTED|CONNECTING|FAILED|DISCONNECTED|DISCONNECTING)
        ConnectionErrorCode:(INVALID_CREDENTIALS|CLUSTER_NOT_FOUND|NETWORK_ERRORS|INTERNAL_ERROR|\#
        INSUFFICIENT_CLOUDHSM_HSMS|USER_LOCKED_OUT|USER_NOT_FOUND|USER_LOGGED_IN|SUBNET_NOT_FOUND|\#
        INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET|XKS_PROXY_ACCESS_DENIED|XKS_PROXY_NOT_REACHABLE|\#
        XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND|XKS_PROXY_INVALID_RESPONSE|XKS_PROXY_INVALID_CONFIGURATION|\#
        XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION|XKS_PROXY_TIMED_OUT|XKS_PROXY_INVALID_TLS_CONFIGURATION)
        CreationDate:t CustomKeyStoreType:(AWS_CLOUDHSM|EXTERNAL_KEY_STORE) XksProxyConfiguration:#16 @16
        Connectivity:(PUBLIC_ENDPOINT|VPC_ENDPOINT_SERVICE) AccessKeyId:s20..30 UriEndpoint:s10..128 UriPath:s10..128
        VpcEndpointServiceName:s20..64 VpcEndpointServiceOwner:s12..12 @17 KeyMetadata:#5 @18 @19 KeyId:s1..2048
        SharedSecret:s1..4096 SharedSecretCiphertextBlob:s1..6144 EncapsulationAlgorithm:(ML_KEM) @20
        CiphertextBlob:s1..6144 KeyId:s1..2048
        EncryptionAlgorithm:(SYMMETRIC_DEFAULT|RSAES_OAEP_SHA_1|RSAES_OAEP_SHA_256|SM2PKE) @21 CiphertextBlob:s1..6144
        Plaintext:s1..4096 KeyId:s1..2048 CiphertextForRecipient:s1..6144 KeyMaterialId:s64..64 @22
        PrivateKeyCiphertextBlob:s1..6144 PrivateKeyPlaintext:s1..4096 PublicKey:s1..8192 KeyId:s1..2048
        KeyPairSpec:(RSA_2048|RSA_3072|RSA_4096|ECC_NIST_P256|ECC_NIST_P384|ECC_NIST_P521|ECC_SECG_P256K1|SM2|\#
        ECC_NIST_EDWARDS25519|ML_KEM_512|ML_KEM_768|ML_KEM_1024) CiphertextForRecipient:s1..6144 KeyMaterialId:s64..64
        @23 PrivateKeyCiphertextBlob:s1..6144 PublicKey:s1..8192 KeyId:s1..2048 KeyPairSpec:(RSA_2048|RSA_3072|\#
        RSA_4096|ECC_NIST_P256|ECC_NIST_P384|ECC_NIST_P521|ECC_SECG_P256K1|SM2|ECC_NIST_EDWARDS25519|ML_KEM_512|\#
        ML_KEM_768|ML_KEM_1024) KeyMaterialId:s64..64 @24 CiphertextBlob:s1..6144 KeyId:s1..2048 KeyMaterialId:s64..64
        @25 Mac:s1..6144 MacAlgorithm:(HMAC_SHA_224|HMAC_SHA_256|HMAC_SHA_384|HMAC_SHA_512) KeyId:s1..2048 @26
        Plaintext:s1..4096 CiphertextForRecipient:s1..6144 @27 KeyId:s1..2048 KeyLastUsage:#28 TrackingStartDate:t
        KeyCreationDate:t @28 Operation:(Decrypt|DeriveSharedSecret|Encrypt|GenerateDataKey|GenerateDataKeyPair|\#
        GenerateDataKeyPairWithoutPlaintext|GenerateDataKeyWithoutPlaintext|GenerateMac|ReEncrypt|Sign|Verify|\#
        VerifyMac|Encapsulate|Decapsulate) Timestamp:t CloudTrailEventId:s KmsRequestId:s @29 Policy:s1..131072
        PolicyName:s1..128 @30 KeyRotationEnabled:b KeyId:s1..2048 RotationPeriodInDays:n90..2560 NextRotationDate:t
        OnDemandRotationStartDate:t @31 KeyId:s1..2048 ImportToken:s1..6144 PublicKey:s1..4096 ParametersValidTo:t @32
        KeyId:s1..2048 PublicKey:s1..8192 CustomerMasterKeySpec:(RSA_2048|RSA_3072|RSA_4096|ECC_NIST_P256|\#
        ECC_NIST_P384|ECC_NIST_P521|ECC_SECG_P256K1|SYMMETRIC_DEFAULT|HMAC_224|HMAC_256|HMAC_384|HMAC_512|SM2)
        KeySpec:(RSA_2048|RSA_3072|RSA_4096|ECC_NIST_P256|ECC_NIST_P384|ECC_NIST_P521|ECC_SECG_P256K1|\#
        SYMMETRIC_DEFAULT|HMAC_224|HMAC_256|HMAC_384|HMAC_512|SM2|ML_DSA_44|ML_DSA_65|ML_DSA_87|ECC_NIST_EDWARDS25519|\#
        ML_KEM_512|ML_KEM_768|ML_KEM_1024)
        KeyUsage:(SIGN_VERIFY|ENCRYPT_DECRYPT|GENERATE_VERIFY_MAC|KEY_AGREEMENT|ENCAPSULATE_DECAPSULATE)
        EncryptionAlgorithms:[(SYMMETRIC_DEFAULT|RSAES_OAEP_SHA_1|RSAES_OAEP_SHA_256|SM2PKE)]
        SigningAlgorithms:[(RSASSA_PSS_SHA_256|RSASSA_PSS_SHA_384|RSASSA_PSS_SHA_512|RSASSA_PKCS1_V1_5_SHA_256|\#
        RSASSA_PKCS1_V1_5_SHA_384|RSASSA_PKCS1_V1_5_SHA_512|ECDSA_SHA_256|ECDSA_SHA_384|ECDSA_SHA_512|SM2DSA|\#
        ML_DSA_SHAKE_256|ED25519_SHA_512|ED25519_PH_SHA_512)] KeyAgreementAlgorithms:[(ECDH)]
        EncapsulationAlgorithms:[(ML_KEM)] @33 KeyId:s1..2048 KeyMaterialId:s64..64 @34 Aliases:[#35]
        NextMarker:s1..1024 Truncated:b @35 AliasName:s1..256 AliasArn:s20..2048 TargetKeyId:s1..2048 CreationDate:t
        LastUpdatedDate:t @36 Grants:[#37] NextMarker:s1..1024 Truncated:b @37 KeyId:s1..2048 GrantId:s1..128
        Name:s1..256 CreationDate:t GranteePrincipal:s1..256 RetiringPrincipal:s1..256 IssuingAccount:s1..256
        Operations:[(Decrypt|Encrypt|GenerateDataKey|GenerateDataKeyWithoutPlaintext|ReEncryptFrom|ReEncryptTo|Sign|\#
        Verify|GetPublicKey|CreateGrant|RetireGrant|DescribeKey|GenerateDataKeyPair|\#
        GenerateDataKeyPairWithoutPlaintext|GenerateMac|VerifyMac|DeriveSharedSecret|Encapsulate|Decapsulate)]
        Constraints:#38 GranteeServicePrincipal:s1..128 RetiringServicePrincipal:s1..128 @38 EncryptionContextSubset:<s>
        EncryptionContextEquals:<s> SourceArn:s20..512 @39 PolicyNames:[s1..128] NextMarker:s1..1024 Truncated:b @40
        Rotations:[#41] NextMarker:s1..1024 Truncated:b @41 KeyId:s1..2048 KeyMaterialId:s64..64
        KeyMaterialDescription:s0..256 ImportState:(IMPORTED|PENDING_IMPORT)
        KeyMaterialState:(NON_CURRENT|CURRENT|PENDING_ROTATION|PENDING_MULTI_REGION_IMPORT_AND_ROTATION)
        ExpirationModel:(KEY_MATERIAL_EXPIRES|KEY_MATERIAL_DOES_NOT_EXPIRE) ValidTo:t RotationDate:t
        RotationType:(AUTOMATIC|ON_DEMAND) @42 Keys:[#43] NextMarker:s1..1024 Truncated:b @43 KeyId:s1..2048
        KeyArn:s20..2048 @44 Tags:[#45] NextMarker:s1..1024 Truncated:b @45 TagKey!:s1..128 TagValue!:s0..256 @46
        CiphertextBlob:s1..6144 SourceKeyId:s1..2048 KeyId:s1..2048
        SourceEncryptionAlgorithm:(SYMMETRIC_DEFAULT|RSAES_OAEP_SHA_1|RSAES_OAEP_SHA_256|SM2PKE)
        DestinationEncryptionAlgorithm:(SYMMETRIC_DEFAULT|RSAES_OAEP_SHA_1|RSAES_OAEP_SHA_256|SM2PKE)
        SourceKeyMaterialId:s64..64 DestinationKeyMaterialId:s64..64 @47 ReplicaKeyMetadata:#5 ReplicaPolicy:s1..131072
        ReplicaTags:[#45] @48 KeyId:s1..2048 @49 KeyId:s1..2048 DeletionDate:t
        KeyState:(Creating|Enabled|Disabled|PendingDeletion|PendingImport|PendingReplicaDeletion|Unavailable|Updating)
        PendingWindowInDays:n1..365 @50 KeyId:s1..2048 Signature:s1..6144 SigningAlgorithm:(RSASSA_PSS_SHA_256|\#
        RSASSA_PSS_SHA_384|RSASSA_PSS_SHA_512|RSASSA_PKCS1_V1_5_SHA_256|RSASSA_PKCS1_V1_5_SHA_384|\#
        RSASSA_PKCS1_V1_5_SHA_512|ECDSA_SHA_256|ECDSA_SHA_384|ECDSA_SHA_512|SM2DSA|ML_DSA_SHAKE_256|ED25519_SHA_512|\#
        ED25519_PH_SHA_512) @51 @52 KeyId:s1..2048 SignatureValid:b SigningAlgorithm:(RSASSA_PSS_SHA_256|\#
        RSASSA_PSS_SHA_384|RSASSA_PSS_SHA_512|RSASSA_PKCS1_V1_5_SHA_256|RSASSA_PKCS1_V1_5_SHA_384|\#
        RSASSA_PKCS1_V1_5_SHA_512|ECDSA_SHA_256|ECDSA_SHA_384|ECDSA_SHA_512|SM2DSA|ML_DSA_SHAKE_256|ED25519_SHA_512|\#
        ED25519_PH_SHA_512) @53 KeyId:s1..2048 MacValid:b
        MacAlgorithm:(HMAC_SHA_224|HMAC_SHA_256|HMAC_SHA_384|HMAC_SHA_512)
        """#
}
