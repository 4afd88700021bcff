using CallMyWay.Functions.Api;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Operator;

/// <summary>
/// The accounts by what the operator calls them. The document leaves open whether <c>account_id</c> is the username, so
/// a setting lists an account's ids. The calls tell what an id means that no account lists.
/// </summary>
public sealed class Accounts
{
    public const string DefaultTimeZone = "America/Costa_Rica";

    private static readonly Account Default = new("", "CRC", TimeZoneInfo.FindSystemTimeZoneById(DefaultTimeZone));

    private readonly Dictionary<string, Account> _byId = new(StringComparer.Ordinal);

    public Accounts(IOptions<CallMyWayOptions> options)
    {
        Currencies = [.. options.Value.Accounts.Select(account => account.Currency).Concat(
            options.Value.Currencies is { Count: > 0 } given ? given : ["CRC", "USD"]).Distinct()];
        foreach (var account in options.Value.Accounts)
        {
            var known =
                new Account(account.Username, account.Currency, TimeZoneInfo.FindSystemTimeZoneById(account.TimeZone))
                {
                    DialFormat = account.DialFormat
                };
            All = [.. All, known];
            foreach (var id in NamesOf(account))
            {
                _byId.TryAdd(id, known);
            }
        }
    }

    /// <summary>The accounts of the settings, in their order.</summary>
    public IReadOnlyList<Account> All { get; } = [];

    /// <summary>The currencies that charges and promises may be in, those of the accounts first.</summary>
    public IReadOnlyList<string> Currencies { get; }

    /// <summary>The account whose zone and currency hold where none is named: the first.</summary>
    public Account Home => All is [var first, ..] ? first : Default;

    /// <summary>
    /// The account of the settings that lists the id, or has it as its username; null where none does.
    /// </summary>
    public Account? Listed(string accountId) => _byId.GetValueOrDefault(accountId);

    /// <summary>
    /// The account of this username, or one with the defaults: one that calls are stored under stays one without its
    /// settings.
    /// </summary>
    public Account Find(string username) => Listed(username) ?? Home with { Username = username };

    /// <summary>All that the account is called by, each once.</summary>
    internal static IEnumerable<string> NamesOf(AccountOptions account) =>
        account.AccountIds.Append(account.Username).Distinct(StringComparer.Ordinal);
}

/// <summary>An account at the operator: its username, the currency of its costs, the zone of its times.</summary>
public sealed record Account(string Username, string Currency, TimeZoneInfo TimeZone)
{
    /// <summary>How the operator wants the other party's number: see <see cref="AccountOptions.DialFormat"/>.</summary>
    public string DialFormat { get; init; } = AccountOptions.NationalFormat;

    /// <summary>The time that the clocks of the account show.</summary>
    public DateTime LocalTime(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZone).DateTime;

    /// <summary>The instant that the operator's local time means.</summary>
    public DateTimeOffset ToInstant(DateTime local) => TimeZone.ToInstant(local);
}
