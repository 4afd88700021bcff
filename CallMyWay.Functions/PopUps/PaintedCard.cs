using System.Globalization;
using System.Text;
using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.PopUps;

/// <summary>
/// How long it took until a call's card was on the screen, as the screen says: it is measured, and nothing rests on it.
/// Times are in milliseconds.
/// </summary>
/// <param name="CallId">The operator's id of the call.</param>
/// <param name="Account">The account's username.</param>
/// <param name="At">When the card was painted, by our clock.</param>
/// <param name="Operator">From the operator's detection to our receipt; null where the operator did not tell it.</param>
/// <param name="Queue">From the receipt to the sending; null where the screen has read the call instead.</param>
/// <param name="Channel">From the sending, or else the receipt, until it was in the browser.</param>
/// <param name="Browser">From there until it was painted.</param>
public sealed record PaintedCard(
    string CallId, string Account, DateTimeOffset At, int? Operator, int? Queue, int Channel, int Browser)
{
    /// <summary>The query parameter of <c>GET /api/pop-ups</c>.</summary>
    public const string Parameter = "painted";

    /// <summary>How many cards a request tells of at most.</summary>
    public const int Most = 20;

    /// <summary>Longer times, in milliseconds, are no measure of a desk.</summary>
    public const int Longest = 600_000;

    private const int MaxLength = 8 * 1024;

    private static readonly TimeSpan Oldest = TimeSpan.FromHours(1);

    /// <summary>
    /// Reads the cards of a request: one by one between <c>~</c>, each as
    /// <c>ago.operator.queue.channel.browser.call.account</c>, with call and account as base64url of UTF-8, and nothing
    /// for a time that is not known. What was painted long ago is left out.
    /// </summary>
    public static IReadOnlyList<PaintedCard> Read(HttpRequest request, DateTimeOffset now, FieldErrors errors)
    {
        var text = request.Query[Parameter].ToString();
        if (text.Length == 0)
        {
            return [];
        }

        List<PaintedCard?> cards = text.Length > MaxLength
            ? [null]
            : [.. text.Split('~').Select(each => Read(each.Split('.'), now))];
        if (cards.Count > Most || cards.Contains(null))
        {
            errors.Add(
                Parameter,
                "No es una lista de tiempos de pantalla.",
                "It is no list of screen times.");
            return [];
        }

        return [.. cards.OfType<PaintedCard>().Where(card => now - card.At <= Oldest)];
    }

    private static PaintedCard? Read(string[] fields, DateTimeOffset now) =>
        fields is [var ago, var @operator, var queue, var channel, var browser, var call, var account]
        && Number(ago, (int)TimeSpan.FromDays(1).TotalMilliseconds) is { } since
        && Number(channel, Longest) is { } inChannel
        && Number(browser, Longest) is { } inBrowser
        && (@operator.Length == 0 || Number(@operator, int.MaxValue) is not null)
        && (queue.Length == 0 || Number(queue, Longest) is not null)
        && Text(call) is { Length: > 0 and <= 256 } callId
        && Text(account) is { Length: <= 256 } username
            ? new PaintedCard(
                callId,
                username,
                now.AddMilliseconds(-since),
                Number(@operator, Longest),
                Number(queue, Longest),
                inChannel,
                inBrowser)
            : null;

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : null;

    private static string? Text(string text)
    {
        if (!System.Buffers.Text.Base64Url.IsValid(text))
        {
            return null;
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true)
                .GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text));
        }
        catch (DecoderFallbackException)
        {
            // The caller is told that it is no such list.
            return null;
        }
    }
}

/// <summary>Is told of the cards that a screen has painted.</summary>
public interface IPaintedNews
{
    Task NoteAsync(string agentId, IReadOnlyList<PaintedCard> cards, CancellationToken cancellationToken);
}
