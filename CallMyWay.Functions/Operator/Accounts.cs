using CallMyWay.Functions.Api;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Operator;

/// <summary>
/// The accounts, found by the ids that the operator uses. The document leaves open whether <c>account_id</c> is the
/// username, so the settings can list an account's ids. For an id that no account lists, see CallAccounts.
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
                    DialFormat = account.DialFormat,
                    RecordIdPrefix = account.RecordIdPrefix,
                    RecordsPage = account.RecordsPage,
                    CostIncludesAccessFee = account.CostIncludesAccessFee,
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

    /// <summary>The currencies that charges and promises can be in; those of the accounts come first.</summary>
    public IReadOnlyList<string> Currencies { get; }

    /// <summary>The first account: its zone and currency are used where no account is named.</summary>
    public Account Home => All is [var first, ..] ? first : Default;

    /// <summary>
    /// The account of the settings that lists this id, or has it as its username; null if there is none.
    /// </summary>
    public Account? Listed(string accountId) => _byId.GetValueOrDefault(accountId);

    /// <summary>
    /// The account with this username. If the settings no longer have it, its calls are still stored under it: then an
    /// account with default values.
    /// </summary>
    public Account Find(string username) => Listed(username) ?? Home with { Username = username };

    /// <summary>All ids of the account, each once.</summary>
    internal static IEnumerable<string> NamesOf(AccountOptions account) =>
        account.AccountIds.Append(account.Username).Distinct(StringComparer.Ordinal);
}

/// <summary>An account at the operator: its username, the currency of its costs, the zone of its times.</summary>
public sealed record Account(string Username, string Currency, TimeZoneInfo TimeZone)
{
    /// <summary>How far the operator's clock may be ahead of ours in the hour that comes twice.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The form in which the operator wants the other party's number: see <see cref="AccountOptions.DialFormat"/>.
    /// </summary>
    public string DialFormat { get; init; } = AccountOptions.NationalFormat;

    /// <summary>What the ids of records have before the call ids: see <see cref="AccountOptions.RecordIdPrefix"/>.</summary>
    public string RecordIdPrefix { get; init; } = "";

    /// <summary>How many records are asked for at once.</summary>
    public int RecordsPage { get; init; } = 500;

    /// <summary>See <see cref="AccountOptions.CostIncludesAccessFee"/>.</summary>
    public bool CostIncludesAccessFee { get; init; }

    /// <summary>The call id that a record's id stands for.</summary>
    public string CallIdOf(string recordId) =>
        RecordIdPrefix.Length > 0 && recordId.Length > RecordIdPrefix.Length
        && recordId.StartsWith(RecordIdPrefix, StringComparison.Ordinal) ? recordId[RecordIdPrefix.Length..] : recordId;

    /// <summary>The instant as the account's local time.</summary>
    public DateTime LocalTime(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZone).DateTime;

    /// <summary>
    /// The instant of a local time that the operator sent. Where the clock is set back and the hour comes twice, it is
    /// the last before the message reached us.
    /// </summary>
    public DateTimeOffset ToInstant(DateTime local, DateTimeOffset receivedAt)
    {
        var (earlier, later) = InstantsOf(local, receivedAt);
        return later ?? earlier!.Value;
    }

    /// <summary>The earliest instant that a local time can be; null for none.</summary>
    public DateTimeOffset? FirstInstantOf(DateTime? local, DateTimeOffset receivedAt) =>
        InstantsOf(local, receivedAt).Earlier;

    /// <summary>
    /// The instant of a local time that the operator sent, and a later one where the clock is set back and the hour
    /// comes twice. The later one must have come when the message reached us.
    /// </summary>
    public (DateTimeOffset? Earlier, DateTimeOffset? Later) InstantsOf(DateTime? local, DateTimeOffset receivedAt)
    {
        if (local is not { } time)
        {
            return (null, null);
        }

        var instants = TimeZone.InstantsOf(time);
        return (instants[0], instants.Count > 1 && instants[^1] <= receivedAt + ClockTolerance ? instants[^1] : null);
    }
}
