using System.Text.Json;

namespace CallMyWay.Functions.EntraId;

/// <summary>
/// The signed-in person, read from the platform's header: Base64 of JSON with the token's claims
/// (https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities#decode-the-client-principal-header).
/// </summary>
/// <param name="ObjectId">The person's id in the directory.</param>
/// <param name="TenantId">The directory.</param>
/// <param name="SignInName">
/// The preferred user name; if the token has none, the user principal name, else the email address.
/// </param>
/// <param name="Name">The person's name.</param>
/// <param name="Roles">The app roles that the directory's administrator has given.</param>
public sealed record PlatformPrincipal(
    Guid? ObjectId, string? TenantId, string? SignInName, string? Name, IReadOnlyList<string> Roles)
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    /// <summary>
    /// The platform's name for Entra ID. Users of another provider may be able to write its claims themselves.
    /// </summary>
    private const string EntraId = "aad";

    /// <summary>The limit of the header. A token with two hundred groups takes some 20 KB.</summary>
    private const int Longest = 64 * 1024;

    private const string Schema = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

    private static readonly string[][] SignInNames =
        [["preferred_username"], ["upn", Schema + "upn"], ["email", Schema + "emailaddress"]];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>
    /// Null if the platform would not have written this header. Then nobody is signed in: nothing is guessed.
    /// </summary>
    public static PlatformPrincipal? Read(string header)
    {
        if (header.Length is 0 or > Longest)
        {
            return null;
        }

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header, bytes, out var length))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(bytes.AsMemory(0, length), Strict);
            return Read(json.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The header is not JSON, or has a string that is not valid Unicode.
            return null;
        }
    }

    private static PlatformPrincipal? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || (Text(root, "auth_typ") is { } provider && !provider.Equals(EntraId, StringComparison.OrdinalIgnoreCase))
            || !root.TryGetProperty("claims", out var list) || list.ValueKind != JsonValueKind.Array
            || !PlatformClaims.TryRead(list, out var claims))
        {
            return null;
        }

        // A claim with two different values makes the whole header doubtful.
        if (!claims.TryOne(out var objectId, "oid", "http://schemas.microsoft.com/identity/claims/objectidentifier")
            || !claims.TryOne(out var tenantId, "tid", "http://schemas.microsoft.com/identity/claims/tenantid")
            || !TryReadSignInName(claims, out var signInName))
        {
            return null;
        }

        return new PlatformPrincipal(
            Guid.TryParse(objectId, out var id) ? id : null,
            tenantId,
            signInName,
            claims.All("name").FirstOrDefault(),
            claims.All("roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role", Text(root, "role_typ")));
    }

    /// <summary>Uses only the first of these claims that exists. False if that one has several values.</summary>
    private static bool TryReadSignInName(PlatformClaims claims, out string? name)
    {
        foreach (var types in SignInNames)
        {
            if (!claims.TryOne(out name, types))
            {
                return false;
            }

            if (name is not null)
            {
                return true;
            }
        }

        name = null;
        return true;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
