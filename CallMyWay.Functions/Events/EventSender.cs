using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using CallMyWay.Functions.Api;
using Microsoft.Extensions.Options;
using StandardWebhooks;

namespace CallMyWay.Functions.Events;

/// <summary>
/// Sends an event to an endpoint once, signed as Standard Webhooks says (https://www.standardwebhooks.com).
/// </summary>
public sealed class EventSender(IOptions<EventsOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>A receiver that has not answered by then has not taken it.</summary>
    internal TimeSpan AtMost { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How much of an answer is kept.</summary>
    public const int MostAnswer = 1024;

    private readonly HttpClient _http = EventHttp.CreateClient(options.Value.AllowPrivateAddresses);

    public void Dispose() => _http.Dispose();

    /// <param name="endpoint">To whom.</param>
    /// <param name="eventId">The event's id.</param>
    /// <param name="body">The body, which is signed as it is.</param>
    /// <param name="cancellationToken">The host's, when it stops.</param>
    public async Task<DeliveryTry> SendAsync(
        EventEndpoint endpoint, string eventId, string body, CancellationToken cancellationToken)
    {
        var (at, began) = (clock.GetUtcNow(), Stopwatch.GetTimestamp());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AtMost);
        try
        {
            using var request = RequestOf(endpoint, eventId, body, at);
            using var response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var answer = await ReadAsync(response.Content, limit.Token);
            return Tried((int)response.StatusCode, ErrorOf(response.StatusCode), answer);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && ErrorOf(error) is not null)
        {
            return Tried(null, ErrorOf(error), null);
        }

        DeliveryTry Tried(int? status, DeliveryError? error, string? answer) => new(
            at, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds, status, error, answer);
    }

    private static HttpRequestMessage RequestOf(
        EventEndpoint endpoint, string eventId, string body, DateTimeOffset at)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8")),
        };
        var seconds = DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
        request.Headers.Add("webhook-id", eventId);
        request.Headers.Add(
            "webhook-timestamp",
            seconds.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        // While a secret is being changed for another, both sign: a receiver needs one that is right.
        request.Headers.Add("webhook-signature", string.Join(' ', endpoint.SecretsAt(at).Select(
            secret => new StandardWebhook(secret).Sign(eventId, seconds, body))));
        request.Headers.UserAgent.ParseAdd($"CallMyWay-Events/{ProductVersion.Text}");
        return request;
    }

    /// <summary>The beginning of the answer. A receiver may send more, or go on for ever: nobody reads that.</summary>
    private static async Task<string?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(MostAnswer);
        try
        {
            var count = await stream.ReadAtLeastAsync(
                buffer.AsMemory(0, MostAnswer), MostAnswer, throwOnEndOfStream: false, cancellationToken);
            // A character that is cut in two becomes a mark for it, and so does what is no text.
            return count == 0 ? null : Encoding.UTF8.GetString(buffer, 0, count).Replace('\0', '\uFFFD');
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static DeliveryError? ErrorOf(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => DeliveryError.Redirect,
        410 => DeliveryError.Gone,
        _ => DeliveryError.Status,
    };

    /// <summary>What a failed request says; null for what is no fault of the receiver.</summary>
    private static DeliveryError? ErrorOf(Exception error) => error switch
    {
        OperationCanceledException => DeliveryError.Timeout,
        PrivateAddressException => DeliveryError.PrivateAddress,
        AuthenticationException => DeliveryError.Tls,
        SocketException
        {
            SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain,
        } => DeliveryError.UnknownHost,
        HttpRequestException { InnerException: { } inner } when ErrorOf(inner) is { } cause => cause,
        HttpRequestException or IOException or SocketException => DeliveryError.Unreachable,
        _ => null,
    };
}
