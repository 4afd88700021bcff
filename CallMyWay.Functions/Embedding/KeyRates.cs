using System.Globalization;
using System.Threading.RateLimiting;
using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Embedding;

/// <summary>
/// How often a key may be used: 600 requests a minute in each process, and as many at once. Each answer says what is left
/// (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/).
/// </summary>
public sealed class KeyRates : IDisposable
{
    public const int PerMinute = 600;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(
        keyId => RateLimitPartition.GetTokenBucketLimiter(keyId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = PerMinute,
            TokensPerPeriod = PerMinute / 60,
            ReplenishmentPeriod = Period,
            QueueLimit = 0,
        }));

    /// <summary>The refusal of a request too many; null for one that is taken.</summary>
    public IResult? Refusal(string keyId, HttpRequest request)
    {
        using var lease = _limiter.AttemptAcquire(keyId);
        var left = _limiter.GetStatistics(keyId)?.CurrentAvailablePermits ?? 0;
        var headers = request.HttpContext.Response.Headers;
        headers["RateLimit-Policy"] = Text($"\"default\";q={PerMinute};w=60");
        headers["RateLimit"] = Text($"\"default\";r={left};t={(int)Math.Ceiling((PerMinute - left) / (PerMinute / 60.0))}");
        if (lease.IsAcquired)
        {
            return null;
        }

        headers.RetryAfter = "1";
        return request.Problem(
            StatusCodes.Status429TooManyRequests,
            new("Demasiadas solicitudes", "Too many requests"),
            new(
                $"Esta clave puede hacer {PerMinute} solicitudes por minuto. Espere un segundo.",
                $"This key may make {PerMinute} requests a minute. Wait a second."));
    }

    public void Dispose() => _limiter.Dispose();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
