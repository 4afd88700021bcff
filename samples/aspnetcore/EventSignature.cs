using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallMyWay.Samples.AspNetCore;

/// <summary>Tells whether an event is CallMyWay's (https://www.standardwebhooks.com).</summary>
internal static class EventSignature
{
    /// <summary>What is older may be a copy that somebody else has kept.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(5);

    /// <param name="headers">The request's.</param>
    /// <param name="body">The request's, as it came.</param>
    /// <param name="secret">The endpoint's: <c>whsec_…</c>.</param>
    /// <param name="now">The time.</param>
    public static bool IsRight(IHeaderDictionary headers, string body, string secret, DateTimeOffset now)
    {
        string id = headers["webhook-id"].ToString(), timestamp = headers["webhook-timestamp"].ToString();
        if (!long.TryParse(timestamp, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) >= Oldest.TotalSeconds)
        {
            return false;
        }

        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"));
        var expected = Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(hash));
        return headers["webhook-signature"].ToString().Split(' ').Any(given =>
            CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected));
    }
}
