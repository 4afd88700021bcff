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

    private readonly IReadOnlyList<AccountOptions> _given;

    private readonly Lock _taking = new();

    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _taken = new(StringComparer.Ordinal);

    private volatile KnownAccounts _known;

    public Accounts(IOptions<CallMyWayOptions> options)
    {
        Currencies = [.. options.Value.Accounts.Select(account => account.Currency).Concat(
            options.Value.Currencies is { Count: > 0 } given ? given : ["CRC", "USD"]).Distinct()];
        _given = [.. options.Value.Accounts];
        _known = new KnownAccounts(_given, []);
    }

    /// <summary>The accounts of the settings, in their order.</summary>
    public IReadOnlyList<Account> All => _known.All;

    /// <summary>The currencies that charges and promises can be in; those of the accounts come first.</summary>
    public IReadOnlyList<string> Currencies { get; }

    /// <summary>The first account: its zone and currency are used where no account is named.</summary>
    public Account Home => All is [var first, ..] ? first : Default;

    /// <summary>
    /// The account of the settings that lists this id, or has it as its username; null if there is none.
    /// </summary>
    public Account? Listed(string accountId) => _known.ById.GetValueOrDefault(accountId);

    /// <summary>
    /// The accounts that the settings had once, with the values that they had last. Their calls stay theirs.
    /// </summary>
    public IReadOnlyList<Account> Former => _known.Former;

    /// <summary>
    /// The account that lists this id, or has it as its username: of the settings, else of those that they had once.
    /// </summary>
    public Account? Known(string accountId) =>
        Listed(accountId) ?? _known.FormerById.GetValueOrDefault(accountId);

    /// <summary>
    /// The account with this username. Where the settings never had it, its calls are stored under it all the same:
    /// then an account with default values.
    /// </summary>
    public Account Find(string username) => Known(username) ?? Home with { Username = username };

    /// <summary>All ids of the account, each once; none where the settings have no such account.</summary>
    public IReadOnlyList<string> IdsOf(Account account) =>
        OptionsOf(account.Username) is { } its ? [.. NamesOf(its)] : [];

    /// <summary>
    /// A setting of an account as it is in force; null where the settings have no such account, or where it is none that
    /// can be taken over.
    /// </summary>
    /// <param name="username">The account's.</param>
    /// <param name="setting">The setting's name below its account.</param>
    public CurrentSetting? SettingOf(string username, string setting)
    {
        if (OptionsOf(username) is not { } its || AccountSetting.Find(setting) is not { } found)
        {
            return null;
        }

        lock (_taking)
        {
            return new CurrentSetting(
                $"{its.Path ?? $"{CallMyWayOptions.Section}:Accounts"}:{setting}",
                found.Read(its),
                its.Given.Contains(setting) ? SettingSource.Deployment
                    : _taken.GetValueOrDefault(username)?.ContainsKey(setting) == true ? SettingSource.Taken
                    : SettingSource.Default);
        }
    }

    /// <summary>Puts in force what was taken over for an account, and nothing else that was taken over for it before.</summary>
    /// <param name="username">The account's.</param>
    /// <param name="values">By the names of the settings.</param>
    /// <param name="refused">Is told the settings and values that can't be in force.</param>
    internal void Take(
        string username, IReadOnlyDictionary<string, string> values, Action<string, string>? refused = null)
    {
        lock (_taking)
        {
            if (AreSame(_taken.GetValueOrDefault(username), values))
            {
                return;
            }

            _taken[username] = values.ToDictionary(StringComparer.Ordinal);
            _known = new KnownAccounts(
                [
                    .. _given.Select(given => AccountSetting.Apply(
                        given, TakenOf(given), given.Username == username ? refused : null)),
                ],
                _known.FormerOptions);
        }
    }

    /// <summary>Keeps in mind the accounts that the settings had once.</summary>
    internal void Remember(IReadOnlyList<AccountOptions> former)
    {
        lock (_taking)
        {
            _known = new KnownAccounts(_known.Options, former);
        }
    }

    /// <summary>
    /// The settings of an account with values that are taken over; null where the settings have no such account.
    /// </summary>
    internal AccountOptions? With(
        string username, IReadOnlyDictionary<string, string> values, Action<string, string>? refused = null) =>
        _given.FirstOrDefault(each => each.Username == username) is { } given
            ? AccountSetting.Apply(given, values, refused)
            : null;

    /// <summary>True where an account can have the values: each is valid, and no id is another account's.</summary>
    internal bool Accepts(string username, IReadOnlyDictionary<string, string> values)
    {
        var others = _known.Options.Where(its => its.Username != username).SelectMany(NamesOf)
            .ToHashSet(StringComparer.Ordinal);
        var isValid = true;
        var its = With(username, values, (_, _) => isValid = false);
        return its is not null && isValid && !NamesOf(its).Any(others.Contains);
    }

    /// <summary>All ids of the account, each once.</summary>
    internal static IEnumerable<string> NamesOf(AccountOptions account) =>
        account.AccountIds.Append(account.Username).Distinct(StringComparer.Ordinal);

    private AccountOptions? OptionsOf(string username) =>
        _known.Options.FirstOrDefault(its => its.Username == username);

    private IReadOnlyDictionary<string, string> TakenOf(AccountOptions given) =>
        _taken.GetValueOrDefault(given.Username) ?? new Dictionary<string, string>();

    private static bool AreSame(IReadOnlyDictionary<string, string>? before, IReadOnlyDictionary<string, string> after) =>
        (before?.Count ?? 0) == after.Count
        && after.All(each => before?.GetValueOrDefault(each.Key) == each.Value);

    /// <summary>The accounts with the values that are in force, all of one moment.</summary>
    private sealed class KnownAccounts
    {
        public KnownAccounts(IReadOnlyList<AccountOptions> options, IReadOnlyList<AccountOptions> former)
        {
            (Options, FormerOptions) = (options, former);
            All = Read(options, ById);
            Former = Read(former, FormerById);
        }

        public IReadOnlyList<AccountOptions> Options { get; }

        public IReadOnlyList<AccountOptions> FormerOptions { get; }

        public IReadOnlyList<Account> All { get; }

        public IReadOnlyList<Account> Former { get; }

        public Dictionary<string, Account> ById { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Account> FormerById { get; } = new(StringComparer.Ordinal);

        private static List<Account> Read(IReadOnlyList<AccountOptions> options, Dictionary<string, Account> byId)
        {
            List<Account> accounts =
            [
                .. options.Select(its =>
                    new Account(its.Username, its.Currency, TimeZoneInfo.FindSystemTimeZoneById(its.TimeZone))
                    {
                        DialFormat = its.DialFormat,
                        RecordIdPrefix = its.RecordIdPrefix,
                        RecordsPage = its.RecordsPage,
                        CostIncludesAccessFee = its.CostIncludesAccessFee,
                        RecordsHaveLive = its.RecordsHaveLive,
                    }),
            ];
            // No account's username leads to another that has listed it once.
            foreach (var account in accounts)
            {
                byId.TryAdd(account.Username, account);
            }

            foreach (var (account, its) in accounts.Zip(options))
            {
                foreach (var id in NamesOf(its))
                {
                    byId.TryAdd(id, account);
                }
            }

            return accounts;
        }
    }
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

    /// <summary>See <see cref="AccountOptions.RecordsHaveLive"/>.</summary>
    public bool RecordsHaveLive { get; init; }

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
