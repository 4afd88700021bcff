using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Desk;

/// <summary>
/// Reads which calls a list asks for: <c>from</c>, <c>to</c>, <c>agent</c>, <c>contact</c>, <c>direction</c>,
/// <c>number</c>, <c>state</c>, <c>outcome</c>.
/// </summary>
public static class CallQuery
{
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
        return new CallFilter
        {
            Visible = visible,
            From = from,
            // Where no end is asked for, a call is listed also if the operator's clock is ahead of ours.
            To = Text(request, "to") is null ? CallFilter.EndOf(now) : to,
            AgentId = Text(request, "agent"),
            ContactId = Text(request, "contact"),
            Direction = Choice<CallDirection>(request, "direction", errors),
            State = Choice<CallState>(request, "state", errors),
            Outcome = Text(request, "outcome"),
            Now = now,
            Number = number is null ? null : numbers.ParseCaller(number),
        };
    }

    private static string? Text(HttpRequest request, string name) => PlainText.Trimmed(request.Query[name]);

    private static T? Choice<T>(HttpRequest request, string name, FieldErrors errors)
        where T : struct, Enum
    {
        if (Text(request, name) is not { } text)
        {
            return null;
        }

        // Enum.TryParse also takes figures, and several names with commas between them, which mean nothing here.
        if (text.All(char.IsAsciiLetter)
            && Enum.TryParse<T>(text, ignoreCase: true, out var value)
            && Enum.IsDefined(value))
        {
            return value;
        }

        var choices = string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant();
        errors.Add(name, $"Elija uno de: {choices}.", $"Choose one of: {choices}.");
        return null;
    }
}
