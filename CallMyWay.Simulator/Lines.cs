using Microsoft.Extensions.Options;

namespace CallMyWay.Simulator;

/// <summary>A phone of an account.</summary>
public sealed record Line(AccountOptions Account, string EndpointId, string Number, string Username, bool IsPrivate)
{
    public string AccountId => Account.AccountIds is [var first, ..] ? first : Account.Username;
}

/// <summary>The accounts and their phones, found by any of their names: id, number or user name.</summary>
public sealed class Lines
{
    private readonly IList<AccountOptions> _accounts;
    private readonly Dictionary<string, Line> _byName = new(StringComparer.Ordinal);

    public Lines(IOptions<SimulatorOptions> options)
    {
        _accounts = options.Value.Accounts;
        All = [.. _accounts.SelectMany(account => account.Endpoints.Select(endpoint => new Line(
            account,
            endpoint.Id,
            endpoint.Number.Length > 0 ? endpoint.Number : endpoint.Id,
            endpoint.Username.Length > 0 ? endpoint.Username : endpoint.Id,
            endpoint.Private)))];

        // If a text names several phones, such as an account's user name that is also an endpoint's id, the first wins.
        foreach (var name in new Func<Line, string>[] { line => line.EndpointId, line => line.Number, line => line.Username })
        {
            foreach (var line in All)
            {
                _byName.TryAdd(PhoneText.Key(name(line)), line);
            }
        }
    }

    public IReadOnlyList<Line> All { get; }

    public IEnumerable<AccountOptions> Accounts => _accounts;

    public AccountOptions? Account(string username) =>
        _accounts.FirstOrDefault(account => string.Equals(account.Username, username, StringComparison.Ordinal));

    /// <summary>The phone that the text names; null if there is none.</summary>
    public Line? Find(string? text) =>
        text is { Length: > 0 } && _byName.TryGetValue(PhoneText.Key(text), out var line) ? line : null;

    /// <summary>
    /// The phone; if it is not in the settings, a new one. At the operator, phones are added without notice.
    /// </summary>
    public Line FindOrNew(string text, AccountOptions? account = null) =>
        Find(text) is { } line && (account is null || line.Account == account)
            ? line
            : new Line(account ?? _accounts[0], text, text, text, false);

    /// <summary>
    /// The account's phone that the text names. An account without phones in the settings accepts any. The account's
    /// user name alone means its first phone.
    /// </summary>
    public Line? FindIn(AccountOptions account, string text) =>
        Find(text) is { } line && line.Account == account ? line
        : account.Endpoints.Count == 0 ? new Line(account, text, text, text, false)
        : text == account.Username ? All.First(line => line.Account == account)
        : null;
}

/// <summary>
/// Normalizes numbers by Costa Rica's plan: 8 digits, or 10 for 800 and 900 services, and 506 for the country.
/// </summary>
internal static class PhoneText
{
    private const string Country = "506";

    /// <summary>
    /// The international form without a plus; null for short codes, extensions and text that is no number.
    /// </summary>
    public static string? International(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (text.TrimStart().StartsWith('+'))
        {
            return digits.Length > 6 ? digits : null;
        }

        if (digits.StartsWith("00", StringComparison.Ordinal))
        {
            return digits.Length > 8 ? digits[2..] : null;
        }

        return digits.Length switch
        {
            < 8 => null,
            8 => Country + digits,
            10 when digits[0] is '8' or '9' => Country + digits,
            _ => digits,
        };
    }

    /// <summary>The same key for all forms of a number.</summary>
    public static string Key(string text) => text.Any(char.IsAsciiLetter) ? text : International(text) ?? text.Trim();

    public static string Write(string text, NumberFormat format)
    {
        if (format == NumberFormat.AsGiven || International(text) is not { } number)
        {
            return text;
        }

        return format switch
        {
            NumberFormat.National when number.StartsWith(Country, StringComparison.Ordinal) => number[Country.Length..],
            NumberFormat.National or NumberFormat.ZeroZero => "00" + number,
            NumberFormat.E164 => "+" + number,
            _ => number,
        };
    }
}
