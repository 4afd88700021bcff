using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallMyWay.Functions.Calls;

/// <summary>Something that happened to a call, of which other applications may be told.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Mark">
/// Tells it from others of the same type and call: short, of small letters, digits and dashes; empty where there can be
/// one alone. Whoever finds out again that it happened finds the same mark.
/// </param>
public sealed record CallHappening(string Type, string Mark);

/// <summary>The names of what other applications are told of.</summary>
public static class EventTypes
{
    /// <summary>It rings, or is being dialled.</summary>
    public const string CallStarted = "call.started";

    public const string CallAnswered = "call.answered";

    public const string CallEnded = "call.ended";

    /// <summary>It ended, came in, and nobody took it. Beside <see cref="CallEnded"/>.</summary>
    public const string CallMissed = "call.missed";

    /// <summary>An agent recorded the outcome, and can't take that back any more.</summary>
    public const string CallWrappedUp = "call.wrapped-up";

    /// <summary>It was found out, or decided, whom the call is with.</summary>
    public const string CallContactTied = "call.contact-tied";

    /// <summary>The operator's record of the call came, or one that corrects it.</summary>
    public const string RecordReceived = "record.received";

    /// <summary>The day has come at which a contact promised to pay.</summary>
    public const string PromiseDue = "promise.due";

    public static IReadOnlyList<string> All { get; } =
    [
        CallStarted, CallAnswered, CallEnded, CallMissed, CallWrappedUp, CallContactTied, RecordReceived, PromiseDue,
    ];
}

/// <summary>What happened to a call, by the versions of it that are stored. Pure functions.</summary>
public static class CallHappenings
{
    /// <summary>
    /// Of a call that was over for longer nobody is told anything new: it is read again, or tidied up.
    /// </summary>
    public static readonly TimeSpan News = TimeSpan.FromDays(7);

    /// <summary>What happens to a call where this version of it takes the place of the one before.</summary>
    /// <param name="before">Null for a new call.</param>
    /// <param name="call">What is about to be stored, with its <see cref="Call.Endings"/>.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<CallHappening> Between(Call? before, Call call, DateTimeOffset now)
    {
        if (ReferenceEquals(before, call) || call.AnonymizedAt is not null
            || now - (call.EndedAt ?? call.StartedAt) > News)
        {
            return [];
        }

        // What was known already is known under the same mark. A contact that is chosen again is tied already.
        HashSet<CallHappening> known = before is null ? [] : [.. Of(before)];
        return
        [
            .. Of(call).Where(happened => !known.Contains(happened)
                && (happened.Type != EventTypes.CallContactTied || before is null
                    || before.ContactId != call.ContactId)),
        ];
    }

    /// <summary>
    /// True where it has happened by this stored version, or before it. False where it was told, and was not stored.
    /// </summary>
    public static bool Has(Call call, CallHappening happened) =>
        // A call that has rung again since has ended all the same.
        happened.Type == EventTypes.CallEnded ? call.Endings >= NumberOf(happened)
        : happened.Type == EventTypes.CallMissed && call.Endings > NumberOf(happened)
        || Of(call).Contains(happened);

    /// <summary>The mark of a wrap-up's version.</summary>
    /// <param name="ownerId">Whose wrap-up it is.</param>
    /// <param name="savedAt">When this version was saved.</param>
    public static CallHappening WrappedUp(string ownerId, DateTimeOffset savedAt) =>
        new(EventTypes.CallWrappedUp, Short(ownerId, TextOf(savedAt)));

    private static IEnumerable<CallHappening> Of(Call call)
    {
        var facts = call.Facts;
        if (facts.Earlier is not null || facts.Notifications.Any(fact => fact.What == TimelineEntry.Start))
        {
            yield return new CallHappening(EventTypes.CallStarted, "");
        }

        if (call.ConnectedAt is not null)
        {
            yield return new CallHappening(EventTypes.CallAnswered, "");
        }

        if (call.State == CallState.Ended)
        {
            yield return new CallHappening(EventTypes.CallEnded, EndingOf(call));
        }

        if (call.IsMissed)
        {
            yield return new CallHappening(EventTypes.CallMissed, EndingOf(call));
        }

        foreach (var chosen in facts.Decisions.Where(made => made.Kind == DecisionKind.ContactChosen))
        {
            yield return new CallHappening(
                EventTypes.CallContactTied, Short(chosen.Contact?.ContactId ?? "", TextOf(chosen.At)));
        }

        if (facts.LaterMatch is { Match.ContactId: { } contactId } && call.ContactId == contactId)
        {
            yield return new CallHappening(EventTypes.CallContactTied, Short(contactId));
        }

        foreach (var record in facts.Records)
        {
            yield return new CallHappening(EventTypes.RecordReceived, Short(record.Part, record.Mark));
        }
    }

    private static string EndingOf(Call call) => call.Endings.ToString(CultureInfo.InvariantCulture);

    private static int NumberOf(CallHappening ending) =>
        int.TryParse(ending.Mark, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : int.MaxValue;

    private static string TextOf(DateTimeOffset time) => time.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static string Short(params ReadOnlySpan<string> parts) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!))).AsSpan(0, 8));
}
