using System.Text;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Reads where a query of the table service goes on, out of its continuation token. The client library joins the
/// service's <c>NextPartitionKey</c> and <c>NextRowKey</c> by a space. Each is <c>1!</c>, the length of what follows,
/// <c>!</c> and the key in Base64. The service promises no form: what has another form is not understood, and the query
/// is gone on with by the token itself.
/// </summary>
internal static class AzureContinuation
{
    /// <summary>The key of the first row that was not looked at; null where the token does not tell it.</summary>
    public static string? KeyOf(string token)
    {
        if (token.Split(' ') is not [_, var row] || row.Split('!') is not ["1", _, var encoded])
        {
            return null;
        }

        var bytes = new byte[encoded.Length];
        // The service writes - for = at the end.
        return Convert.TryFromBase64String(encoded.Replace('-', '='), bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length) is var key && Keys.IsValid(key)
            ? key
            : null;
    }
}
