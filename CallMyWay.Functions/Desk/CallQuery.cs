using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Desk;

/// <summary>
/// Reads which calls a list asks for: <c>from</c>, <c>to</c>, <c>agent</c>, <c>team</c>, <c>contact</c>,
/// <c>number</c>, <c>direction</c>, <c>outcome</c>, <c>state</c>, <c>followUp</c>, <c>tied</c>.
/// </summary>
public static class CallQuery
{
    private const string Missed = "missed";

    private const string Answered = "answered";

    private const string Open = "open";

    /// <summary>What a list without <c>from</c> looks back.</summary>
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(31);

    /// <summary>
    /// Times are ISO 8601; a time without offset, and a bare date, are the account's; a bare <c>to</c> is the last day.
    /// </summary>
    public static CallFilter Read(
        HttpRequest request,
        VisibleCalls visible,
        FieldErrors errors,
        Accounts accounts,
        PhoneNumberParser numbers,
        DateTimeOffset now)
    {
        var (from, to) = TimeQuery.ReadSpan(request, DefaultSpan, accounts.Home.TimeZone, now, errors);
        var number = Text(request, "number");
        var state = Choice(request, "state", [.. NamesOf<CallState>(), Missed, Answered], errors);
        var direction = Choice(request, "direction", NamesOf<CallDirection>(), errors);
        return new CallFilter
        {
            Visible = visible,
            From = from,
            // Where no end is asked for, a call is listed also if the operator's clock is ahead of ours.
            To = Text(request, "to") is null ? CallFilter.EndOf(now) : to,
            AgentId = Text(request, "agent"),
            TeamId = Text(request, "team"),
            ContactId = Text(request, "contact"),
            Direction = ValueOf<CallDirection>(direction),
            State = ValueOf<CallState>(state),
            WasMissed = state == Missed,
            IsAnswered = state == Answered,
            Outcome = Text(request, "outcome"),
            IsFollowUpOpen = Choice(request, "followUp", [Open], errors) == Open,
            IsTied = FlagQuery.Find(request, "tied", errors),
            Now = now,
            Number = number is null ? null : numbers.ParseCaller(number),
        };
    }

    private static string? Text(HttpRequest request, string name) => PlainText.Trimmed(request.Query[name]);

    /// <summary>The one of these that is asked for, in small letters; null for none.</summary>
    private static string? Choice(
        HttpRequest request, string name, IReadOnlyList<string> choices, FieldErrors errors)
    {
        if (Text(request, name)?.ToLowerInvariant() is not { } text || choices.Contains(text, StringComparer.Ordinal))
        {
            return Text(request, name)?.ToLowerInvariant();
        }

        var all = string.Join(", ", choices);
        errors.Add(name, $"Elija uno de: {all}.", $"Choose one of: {all}.");
        return null;
    }

    private static IReadOnlyList<string> NamesOf<T>()
        where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];

    private static T? ValueOf<T>(string? name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, ignoreCase: true, out var value) ? value : null;
}
