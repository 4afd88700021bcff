using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ExternalContacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Outgoing;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.ContactLookup;

/// <summary>What a CRM is asked: the body of the request.</summary>
/// <param name="Number">The other party's number, in E.164.</param>
/// <param name="Display">The same as people of the country read it.</param>
/// <param name="Direction"><c>in</c> or <c>out</c>.</param>
/// <param name="CallId">The operator's id of the call.</param>
/// <param name="Account">The account's username.</param>
public sealed record LookupQuestion(
    string Number, string Display, CallDirection Direction, string CallId, string Account);

/// <summary>What came of a question.</summary>
public sealed record LookupReply
{
    /// <summary>When it was sent.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required int Milliseconds { get; init; }

    /// <summary>The status of the answer; null where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Null where the CRM has answered as it should.</summary>
    public LookupError? Error { get; init; }

    /// <summary>Where in the answer something is wrong; null where that is not known.</summary>
    public string? Field { get; init; }

    /// <summary>Checked; none where nobody has the number, and where the answer is of no use.</summary>
    public IReadOnlyList<ExternalContactInput> Contacts { get; init; } = [];

    /// <summary>The beginning of the answer, 1 KB at most; null where there was none.</summary>
    public string? Answer { get; init; }
}

/// <summary>Asks a CRM once. Nothing here stores or tells anything.</summary>
public sealed class LookupClient(
    OutgoingHttp outgoing,
    PhoneNumberParser numbers,
    IOptions<ContactLookupOptions> options,
    TimeProvider clock) : IDisposable
{
    /// <summary>A longer answer is none.</summary>
    public const int MostBytes = 64 * 1024;

    private const int KeptAnswer = 1024;

    private readonly HttpClient _http = outgoing.CreateClient(
        options.Value.AllowPrivateAddresses, TimeSpan.FromMilliseconds(LookupSettings.LongestMs));

    public void Dispose() => _http.Dispose();

    /// <summary>The body as it is sent.</summary>
    public static string BodyOf(LookupQuestion question) => JsonSerializer.Serialize(question, ApiJson.Options);

    /// <param name="settings">Whom.</param>
    /// <param name="question">What.</param>
    /// <param name="cancellationToken">The caller's; the time of the settings ends the request by itself.</param>
    public async Task<LookupReply> AskAsync(
        LookupSettings settings, LookupQuestion question, CancellationToken cancellationToken)
    {
        var (at, began) = (clock.GetUtcNow(), Stopwatch.GetTimestamp());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // The name, the connection and the whole answer are within it.
        limit.CancelAfter(settings.TimeoutMs);
        var buffer = ArrayPool<byte>.Shared.Rent(MostBytes + 1);
        try
        {
            using var request = SignedRequest.Of(
                settings.Url!,
                $"lookup_{Guid.CreateVersion7(at):N}",
                BodyOf(question),
                settings.SecretsAt(at),
                at,
                "CallMyWay-Lookup");
            request.Headers.Accept.ParseAdd("application/json");
            using var response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await ReadAsync(response, settings, question, buffer, limit.Token) with
            {
                At = at,
                Milliseconds = Elapsed(),
            };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && OutgoingFaults.Of(exception) is { } fault)
        {
            return new LookupReply { At = at, Milliseconds = Elapsed(), Error = ErrorOf(fault) };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        int Elapsed() => (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private async Task<LookupReply> ReadAsync(
        HttpResponseMessage response,
        LookupSettings settings,
        LookupQuestion question,
        byte[] buffer,
        CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        // One byte more tells that there is more; nobody reads that.
        var count = await stream.ReadAtLeastAsync(
            buffer.AsMemory(0, MostBytes + 1), MostBytes + 1, throwOnEndOfStream: false, cancellationToken);
        var reply = new LookupReply
        {
            At = default,
            Milliseconds = 0,
            Status = (int)response.StatusCode,
            // A character that is cut in two becomes a mark for it, and so does what is no text.
            Answer = count == 0
                ? null
                : Encoding.UTF8.GetString(buffer, 0, Math.Min(count, KeptAnswer)).Replace('\0', '\uFFFD'),
        };
        if (response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotFound)
        {
            return reply;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return reply with
            {
                Error = OutgoingHttp.IsRedirect(response.StatusCode) ? LookupError.Redirect : LookupError.Status,
            };
        }

        if (count > MostBytes)
        {
            return reply with { Error = LookupError.TooLarge };
        }

        var read = LookupAnswer.Read(buffer.AsSpan(0, count), question.Number, settings.Source, numbers);
        return reply with { Error = read.Error, Field = read.Field, Contacts = read.Contacts ?? [] };
    }

    private static LookupError ErrorOf(OutgoingFault fault) => fault switch
    {
        OutgoingFault.Timeout => LookupError.Timeout,
        OutgoingFault.UnknownHost => LookupError.UnknownHost,
        OutgoingFault.Tls => LookupError.Tls,
        OutgoingFault.PrivateAddress => LookupError.PrivateAddress,
        _ => LookupError.Unreachable,
    };
}
