using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Text;
using CallMyWay.Functions.Outgoing;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Events;

/// <summary>
/// Sends an event to an endpoint once, signed as Standard Webhooks says (https://www.standardwebhooks.com).
/// </summary>
public sealed class EventSender(
    OutgoingHttp outgoing, IOptions<EventsOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>A receiver that has not answered by then has not taken it.</summary>
    internal TimeSpan AtMost { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the beginning of an answer's body may take to come after the status.</summary>
    private static readonly TimeSpan BodyAtMost = TimeSpan.FromSeconds(2);

    /// <summary>How much of an answer is kept.</summary>
    public const int MostAnswer = 1024;

    private readonly HttpClient _http = outgoing.CreateClient(
        options.Value.AllowPrivateAddresses, TimeSpan.FromSeconds(10));

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
            using var request = SignedRequest.Of(
                endpoint.Url, eventId, body, endpoint.SecretsAt(at), at, "CallMyWay-Events");
            using var response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            limit.CancelAfter(BodyAtMost);
            var answer = await ReadAsync(response.Content, limit.Token, cancellationToken);
            return Tried((int)response.StatusCode, ErrorOf(response.StatusCode), answer);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && ErrorOf(error) is not null)
        {
            return Tried(null, ErrorOf(error), null);
        }

        DeliveryTry Tried(int? status, DeliveryError? error, string? answer) => new(
            at, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds, status, error, answer);
    }

    /// <summary>
    /// The beginning of the answer. A receiver may send more, or go on for ever: nobody reads that. The status tells
    /// whether it has taken the event, so of a body that stalls or breaks off, what came is kept.
    /// </summary>
    private static async Task<string?> ReadAsync(
        HttpContent content, CancellationToken limit, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MostAnswer);
        try
        {
            var count = 0;
            try
            {
                await using var stream = await content.ReadAsStreamAsync(limit);
                while (count < MostAnswer
                    && await stream.ReadAsync(buffer.AsMemory(count, MostAnswer - count), limit) is var more and > 0)
                {
                    count += more;
                }
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested && ErrorOf(error) is not null)
            {
                // No fault of the delivery.
            }

            // A character that is cut in two becomes a mark for it, and so does what is no text.
            return count == 0 ? null : Encoding.UTF8.GetString(buffer, 0, count).Replace('\0', '\uFFFD');
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static DeliveryError? ErrorOf(HttpStatusCode status) =>
        (int)status is >= 200 and < 300 ? null
        : OutgoingHttp.IsRedirect(status) ? DeliveryError.Redirect
        : status == HttpStatusCode.Gone ? DeliveryError.Gone
        : DeliveryError.Status;

    /// <summary>What a failed request says; null for what is no fault of the receiver.</summary>
    private static DeliveryError? ErrorOf(Exception error) => OutgoingFaults.Of(error) switch
    {
        OutgoingFault.Timeout => DeliveryError.Timeout,
        OutgoingFault.Unreachable => DeliveryError.Unreachable,
        OutgoingFault.UnknownHost => DeliveryError.UnknownHost,
        OutgoingFault.Tls => DeliveryError.Tls,
        OutgoingFault.PrivateAddress => DeliveryError.PrivateAddress,
        _ => null,
    };
}
