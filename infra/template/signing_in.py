"""Who signs people in: an own Cognito pool, unless the organisation names its provider.

The pool takes nobody by themselves, asks a second factor of everybody (BIO2), and knows us as a
public client: PKCE protects the code, and there is no secret to lose.
"""

from infra.template.words import Described, ref, sub

OWN = "OwnPool"
"""The condition: no provider was named."""

PARAMETERS: Described = {
    "OidcIssuer": {
        "Type": "String",
        "Default": "",
        "Description": "The organisation's OpenID Connect provider; empty: a Cognito pool is made",
    },
    "OidcClient": {"Type": "String", "Default": "", "Description": "What that provider calls us"},
    "OidcClaim": {
        "Type": "String",
        "Default": "sub",
        "AllowedValues": ["sub", "email"],
        "Description": "What of its word is somebody's id in our directory",
    },
    "OidcConfidential": {
        "Type": "String",
        "Default": "no",
        "AllowedValues": ["yes", "no"],
        "Description": "yes: our secret there is kept under <SecretsPrefix>/oidc/<OidcClient>",
    },
}


def conditions() -> Described:
    return {OWN: {"Fn::Equals": [ref("OidcIssuer"), ""]}}


def signing_in() -> Described:
    """The pool, its pages, and us as its client."""
    return {
        "People": {"Type": "AWS::Cognito::UserPool", "Condition": OWN, "Properties": pool()},
        "PeoplePages": {
            "Type": "AWS::Cognito::UserPoolDomain",
            "Condition": OWN,
            "Properties": {
                "UserPoolId": ref("People"),
                "Domain": sub("${AWS::StackName}-${AWS::AccountId}"),
            },
        },
        "PeopleClient": {
            "Type": "AWS::Cognito::UserPoolClient",
            "Condition": OWN,
            "Properties": client(),
        },
    }


def pool() -> Described:
    return {
        "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True},
        "AutoVerifiedAttributes": ["email"],
        "UsernameAttributes": ["email"],
        "MfaConfiguration": "ON",
        "EnabledMfas": ["SOFTWARE_TOKEN_MFA"],
        "Policies": {"PasswordPolicy": {"MinimumLength": 14}},
        "AccountRecoverySetting": {
            "RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}],
        },
        "DeletionProtection": "ACTIVE",
    }


def client() -> Described:
    return {
        "UserPoolId": ref("People"),
        "GenerateSecret": False,
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email"],
        "CallbackURLs": [sub("${PublicUrl}/inloggen/terug")],
        "SupportedIdentityProviders": ["COGNITO"],
        "PreventUserExistenceErrors": "ENABLED",
        "EnableTokenRevocation": True,
    }


def settings() -> Described:
    """What ``chalicelib/settings.py`` reads; from an own pool people are known by their address."""
    issuer = sub("https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${People}")
    return {
        "NABIJ_OIDC_ISSUER": either(issuer, ref("OidcIssuer")),
        "NABIJ_OIDC_CLIENT": either(ref("PeopleClient"), ref("OidcClient")),
        "NABIJ_OIDC_CLAIM": either("email", ref("OidcClaim")),
        "NABIJ_OIDC_CONFIDENTIAL": either("no", ref("OidcConfidential")),
    }


def either(own: object, named: object) -> Described:
    return {"Fn::If": [OWN, own, named]}
