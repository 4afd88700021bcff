using CallMyWay.Functions.Embedding;
using Microsoft.Net.Http.Headers;

namespace CallMyWay.LocalHost.Web;

/// <summary>
/// Lets the pages of listed origins read answers (https://fetch.spec.whatwg.org/#http-cors-protocol), and no others. The
/// list is what an administrator writes: <see cref="EmbedOriginStore"/>. No cookie is sent along: such a page shows an
/// embed token.
/// </summary>
internal sealed partial class CrossOrigin(
    RequestDelegate next, EmbedOriginStore origins, ILogger<CrossOrigin> logger)
{
    private const string Methods = "GET, POST, PUT, DELETE";

    private const string RequestHeaders =
        $"{HeaderCredentials.TokenHeader}, X-Requested-With, Content-Type, If-Match, If-None-Match, Idempotency-Key, "
        + "Accept-Language, Authorization, X-SignalR-User-Agent";

    private const string AnswerHeaders = "ETag, Location, Retry-After";

    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        return origin.Length == 0 ? next(context) : AnswerAsync(context, origin);
    }

    private async Task AnswerAsync(HttpContext context, string origin)
    {
        var headers = context.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (!await IsListedAsync(origin, context.RequestAborted))
        {
            await next(context);
            return;
        }

        headers.AccessControlAllowOrigin = origin;
        if (HttpMethods.IsOptions(context.Request.Method)
            && context.Request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod))
        {
            headers.AccessControlAllowMethods = Methods;
            headers.AccessControlAllowHeaders = RequestHeaders;
            headers.AccessControlMaxAge = "600";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        headers.AccessControlExposeHeaders = AnswerHeaders;
        await next(context);
    }

    // Where the list can't be read, no page is answered.
    private async ValueTask<bool> IsListedAsync(string origin, CancellationToken cancellationToken)
    {
        try
        {
            return await origins.HasAsync(origin, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotRead(logger, error);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The origins of other applications could not be read; none is answered.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
