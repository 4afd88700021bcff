using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Api;
using StandardWebhooks;

namespace CallMyWay.Functions.Outgoing;

/// <summary>
/// A request to another application, signed as Standard Webhooks says (https://www.standardwebhooks.com).
/// </summary>
internal static class SignedRequest
{
    /// <summary>How long an old secret signs beside the new one.</summary>
    public static readonly TimeSpan SecretOverlap = TimeSpan.FromDays(1);

    private const int SecretBytes = 32;

    /// <summary>A secret of its own for each receiver: <c>whsec_</c> and Base64.</summary>
    public static string NewSecret() =>
        "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>A POST with a JSON body, which is signed as it is.</summary>
    /// <param name="url">To whom.</param>
    /// <param name="id">What it is about; the same where it is sent again.</param>
    /// <param name="body">The body.</param>
    /// <param name="secrets">Each signs: while one is being changed for another, a receiver needs one that is right.</param>
    /// <param name="at">When it is sent.</param>
    /// <param name="agent">What sends it, for the header <c>User-Agent</c>.</param>
    public static HttpRequestMessage Of(
        string url, string id, string body, IEnumerable<string> secrets, DateTimeOffset at, string agent)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8")),
        };
        var seconds = DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
        request.Headers.Add("webhook-id", id);
        request.Headers.Add(
            "webhook-timestamp", seconds.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", string.Join(' ', secrets.Select(
            secret => new StandardWebhook(secret).Sign(id, seconds, body))));
        request.Headers.UserAgent.ParseAdd($"{agent}/{ProductVersion.Text}");
        return request;
    }
}
