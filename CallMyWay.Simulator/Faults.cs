using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallMyWay.Simulator;

/// <summary>
/// Faults in the sending. Each fault is a share from 0 to 1, or true or false. What it hits depends only on <see
/// cref="Seed"/>, the call's number and the notification's number, so a run can be repeated, however its threads are
/// scheduled. Faults of a whole answer depend on how many queries for records came before, those of a record on its
/// call.
/// </summary>
public sealed record Faults
{
    public static Faults None { get; } = new();

    public long Seed { get; init; }

    /// <summary>Sent twice: half of them at once, half after the call's last notification.</summary>
    public Share Duplicate { get; init; }

    /// <summary>Held back until the call's next notification was sent.</summary>
    public Share Reorder { get; init; }

    /// <summary>Never sent, but part of the truth.</summary>
    public Share Drop { get; init; }

    /// <summary>Sent as <c>{'a': 'b'}</c>.</summary>
    public Share SingleQuotes { get; init; }

    /// <summary>Sent cut off in the middle, so that no reader can parse it.</summary>
    public Share Garbage { get; init; }

    /// <summary>Each notification is delayed by up to this long.</summary>
    public int DelayMs { get; init; }

    /// <summary>The click-to-dial is answered with a 500, and no call is made.</summary>
    public Share ClickError { get; init; }

    /// <summary>
    /// The click-to-dial is accepted, and its answer is delayed by this long. If the client times out, the call still
    /// takes place.
    /// </summary>
    public int ClickDelayMs { get; init; }

    /// <summary>The query for records is answered with a 500.</summary>
    public Share RecordsError { get; init; }

    /// <summary>The query for records is answered with 403, as if the address were not enabled.</summary>
    public Share RecordsRefused { get; init; }

    /// <summary>The query for records is answered with 200 and a page for people.</summary>
    public Share RecordsHtml { get; init; }

    /// <summary>The query for records is answered with 200 and nothing.</summary>
    public Share RecordsEmpty { get; init; }

    /// <summary>The query for records is answered with 200 and the text of an error.</summary>
    public Share RecordsText { get; init; }

    /// <summary>
    /// The answer ends in the middle of the records. Its Content-Length is that of the part, so only the JSON shows it.
    /// </summary>
    public Share RecordsCut { get; init; }

    /// <summary>The connection is closed in the middle of the records.</summary>
    public Share RecordsAborted { get; init; }

    /// <summary>
    /// The records are followed by so many spaces that the answer has <see cref="RecordAnswers.HugeBytes"/> bytes. It is
    /// sent without a Content-Length.
    /// </summary>
    public Share RecordsHuge { get; init; }

    /// <summary>Each query for records is answered this late.</summary>
    public int RecordsLateMs { get; init; }

    /// <summary>
    /// The record has one broken field: an empty callid, an empty detect_time, or the duration <c>abc</c>.
    /// </summary>
    public Share RecordsBroken { get; init; }

    /// <summary>
    /// The record is in the list twice: half of them one after the other, half again at the list's end, which may be on
    /// another page.
    /// </summary>
    public Share RecordsDouble { get; init; }

    /// <summary>The record is not in the list.</summary>
    public Share RecordsMissing { get; init; }

    internal IEnumerable<(string Setting, string Message)> Failures()
    {
        foreach (var (name, share) in new[]
        {
            ("duplicate", Duplicate), ("reorder", Reorder), ("drop", Drop), ("singleQuotes", SingleQuotes),
            ("garbage", Garbage), ("clickError", ClickError), ("recordsError", RecordsError),
            ("recordsRefused", RecordsRefused), ("recordsHtml", RecordsHtml), ("recordsEmpty", RecordsEmpty),
            ("recordsText", RecordsText), ("recordsCut", RecordsCut), ("recordsAborted", RecordsAborted),
            ("recordsHuge", RecordsHuge), ("recordsBroken", RecordsBroken), ("recordsDouble", RecordsDouble),
            ("recordsMissing", RecordsMissing),
        })
        {
            if (share.Value is not (>= 0 and <= 1))
            {
                yield return (name, "must be a number from 0 to 1, or true or false.");
            }
        }

        foreach (var (name, milliseconds) in new[]
        {
            ("delayMs", DelayMs), ("clickDelayMs", ClickDelayMs), ("recordsLateMs", RecordsLateMs),
        })
        {
            if (milliseconds is < 0 or > 600_000)
            {
                yield return (name, "must be between 0 and 600000.");
            }
        }
    }

    /// <summary>A number from 0 up to 1 that depends only on the seed and the arguments.</summary>
    internal double Draw(string fault, int call, int notification)
    {
        var state = Mix((ulong)Seed + 0x9E3779B97F4A7C15);
        state = fault.Aggregate(state, (mixed, letter) => Mix(mixed ^ letter));
        state = Mix(Mix(state ^ (uint)call) ^ (uint)notification);
        return (state >> 11) * (1.0 / (1UL << 53));
    }

    internal bool Hits(Share share, string fault, int call, int notification) =>
        share.Value > 0 && Draw(fault, call, notification) < share.Value;

    // The finalizer of SplitMix64, https://prng.di.unimi.it/splitmix64.c.
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>A share of all cases. In JSON it is a number, or true for all and false for none.</summary>
[JsonConverter(typeof(ShareConverter))]
public readonly record struct Share(double Value)
{
    public static implicit operator Share(double value) => new(value);

    public static Share FromDouble(double value) => new(value);
}

internal sealed class ShareConverter : JsonConverter<Share>
{
    public override Share Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => 1,
        JsonTokenType.False => 0,
        JsonTokenType.Number => reader.GetDouble(),
        _ => throw new JsonException("A fault is a number from 0 to 1, or true or false."),
    };

    public override void Write(Utf8JsonWriter writer, Share value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Value);
}
