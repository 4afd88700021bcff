using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Slows down password guessing. Each failure counts for the account together with the address. A failure of an unknown
/// client also counts for the account and for the address, with larger limits. These larger limits don't lock out a
/// client that has signed in before, with this browser or from this address. The counts are stored in a table, so that
/// a restart does not reset them.
/// </summary>
/// <remarks>Tries run one after another (<see cref="SignInQueue"/>), so nothing else writes while a try runs.</remarks>
internal sealed class SignInGuard(ITables tables, IOptions<SignInOptions> options, TimeProvider time)
{
    /// <summary>
    /// The host's own table. Partitions <c>device</c> and <c>pair</c> have the keys account <c>~</c> browser and
    /// account <c>~</c> address. Partitions <c>account</c> and <c>address</c> have those keys alone. A row has no
    /// effect once its <see cref="LastFailure"/> is older than <see cref="FailureCount.Forgotten"/>.
    /// </summary>
    public const string Table = "signinfailures";

    /// <summary>The column with the time of the last failure.</summary>
    public const string LastFailure = "lastFailure";

    private const string Failures = "failures";

    private readonly ITable _table = tables[Table];

    private readonly SignInOptions _options = options.Value;

    /// <summary>
    /// Counts a try as a failure before its password is checked. If the client is locked out, returns for how long.
    /// </summary>
    public async Task<Attempt> BeginAsync(SignInClient client)
    {
        var now = time.GetUtcNow();
        var counts = await Task.WhenAll(CountersOf(client).Select(async counter => await ReadAsync(counter, now)));
        var lockedFor = counts.Max(count => count.LockedFor);
        // A count with a time in the future is stored as of now. If not, its lock would begin anew at each look.
        await Task.WhenAll(lockedFor > TimeSpan.Zero
            ? counts.Where(count => count.Before != count.Stored).Select(count => WriteAsync(count, count.Before))
            : counts.Select(count => WriteAsync(count, count.Before.Add(now))));
        return new Attempt(lockedFor, counts);
    }

    /// <summary>
    /// Undoes the count of a successful try. Earlier failures of the same client were typing errors, so they no longer
    /// count for the account or the address either. Failures of others stay.
    /// </summary>
    public Task SucceededAsync(Attempt attempt)
    {
        var own = attempt.Counts[0].Before.Failures;
        return Task.WhenAll(attempt.Counts.Select(count => WriteAsync(count, count.Before.Without(own))));
    }

    /// <summary>
    /// Until when accounts are locked for some client at least, by <see cref="KeyOf"/> of their names.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ListLocksAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var locks = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var (partition, allowed) in PartitionsOfAccounts())
        {
            await foreach (var row in _table.ReadAllAsync(new RowRange(partition), cancellationToken))
            {
                var lockedFor = CountOf(row).At(now).LockedFor(
                    now, allowed, _options.FirstLock, _options.LongestAccountLock);
                var account = AccountIn(row.Key);
                if (lockedFor > TimeSpan.Zero && now + lockedFor > locks.GetValueOrDefault(account))
                {
                    locks[account] = now + lockedFor;
                }
            }
        }

        return locks;
    }

    /// <summary>
    /// Forgets the failures of an account, from wherever they came. Those of an address, over all accounts, stay.
    /// </summary>
    public async Task UnlockAsync(string account, CancellationToken cancellationToken)
    {
        var key = KeyOf(account);
        foreach (var (partition, _) in PartitionsOfAccounts())
        {
            var rows = new List<Row>();
            await foreach (var row in _table.ReadAllAsync(
                new RowRange(partition) { From = key, Before = Keys.AfterPrefix(key) }, cancellationToken))
            {
                rows.Add(row);
            }

            await _table.DeleteManyAsync(
                rows.Where(row => AccountIn(row.Key) == key), cancellationToken);
        }
    }

    private (string Partition, int Allowed)[] PartitionsOfAccounts() =>
    [
        ("account", _options.FailuresPerAccount), ("device", _options.FailuresPerAccountAndAddress),
        ("pair", _options.FailuresPerAccountAndAddress),
    ];

    /// <summary>The part of the keys that is the account's.</summary>
    internal static string KeyOf(string account) => Keys.Encode(Folded(account));

    private static string AccountIn(string key) => Keys.Beginning(key) is { Length: > 0 } beginning
        ? beginning.TrimEnd('~')
        : key;

    private static FailureCount CountOf(Row? row) => row is null
        ? FailureCount.None
        : new FailureCount(row.Number(Failures) ?? 0, row.Time(LastFailure) ?? default);

    /// <summary>The name in small letters, under which it is counted: accounts don't differ by case.</summary>
    internal static string Folded(string account) => account.Trim().ToLowerInvariant();

    /// <summary>The client's own counter comes first.</summary>
    private IEnumerable<Counter> CountersOf(SignInClient client)
    {
        var account = KeyOf(client.Account);
        var (partition, of) = client.Device is { } device ? ("device", device) : ("pair", client.Address);
        var longest = _options.LongestAccountLock;
        yield return new(partition, Keys.Join(account, of), _options.FailuresPerAccountAndAddress, longest);
        if (!client.IsKnown)
        {
            yield return new("account", account, _options.FailuresPerAccount, longest);
            yield return new("address", client.Address, _options.FailuresPerAddress, _options.LongestAddressLock);
        }
    }

    private async Task<Count> ReadAsync(Counter counter, DateTimeOffset now)
    {
        var row = await _table.GetAsync(counter.Partition, counter.Key, default);
        var stored = CountOf(row);
        var before = stored.At(now);
        var lockedFor = before.LockedFor(now, counter.Allowed, _options.FirstLock, counter.Longest);
        return new Count(counter, stored, before, lockedFor);
    }

    private async Task WriteAsync(Count count, FailureCount now)
    {
        var (partition, key) = (count.Counter.Partition, count.Counter.Key);
        if (now.Failures == 0)
        {
            await _table.DeleteAsync(partition, key, null, default);
            return;
        }

        var row = new Row(partition, key).Set(Failures, now.Failures).Set(LastFailure, now.Last);
        await _table.UpsertAsync(row, default);
    }

    /// <summary>A try that has begun.</summary>
    internal sealed record Attempt(TimeSpan LockedFor, IReadOnlyList<Count> Counts);

    internal sealed record Counter(string Partition, string Key, int Allowed, TimeSpan Longest);

    internal sealed record Count(Counter Counter, FailureCount Stored, FailureCount Before, TimeSpan LockedFor);
}
