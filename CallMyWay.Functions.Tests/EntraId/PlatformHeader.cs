using System.Text;
using System.Text.Json;

namespace CallMyWay.Functions.Tests.EntraId;

/// <summary>Headers as Azure's platform authentication writes them.</summary>
internal static class PlatformHeader
{
    public const string ObjectId = "6F9619FF-8B86-D011-B42D-00C04FC964FF";

    public const string Tenant = "11111111-2222-3333-4444-555555555555";

    /// <summary>The header for an access token (version 2) for the API.</summary>
    public static string OfToken(string? preferredUserName, params (string Type, string Value)[] more) => Of(
    [
        ("iss", $"https://login.microsoftonline.com/{Tenant}/v2.0"),
        ("aud", "00000000-1111-2222-3333-444444444444"),
        ("http://schemas.microsoft.com/identity/claims/objectidentifier", ObjectId),
        ("http://schemas.microsoft.com/identity/claims/tenantid", Tenant),
        .. preferredUserName is null ? Array.Empty<(string, string)>() : [("preferred_username", preferredUserName)],
        .. more,
    ]);

    public static string Of(IEnumerable<(string Type, string Value)> claims, string provider = "aad", string typeName = "typ", string valueName = "val") => Encode(JsonSerializer.Serialize(new
    {
        auth_typ = provider,
        name_typ = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        role_typ = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
        claims = claims.Select(
            claim => new Dictionary<string, string> { [typeName] = claim.Type, [valueName] = claim.Value }),
    }));

    public static string Encode(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));
}
