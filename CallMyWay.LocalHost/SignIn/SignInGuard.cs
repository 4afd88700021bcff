using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Holds up who guesses passwords. Failures count for the account together with the address. A stranger's count for the
/// account and for the address as well, with larger limits; who signed in before with this browser or from this address
/// is not held up by those. Kept in a table, so that a restart forgives nothing.
/// </summary>
/// <remarks>
/// Tries are made one after the other (<see cref="SignInQueue"/>): nobody else writes between the beginning of one and
/// its end.
/// </remarks>
internal sealed class SignInGuard(ITables tables, IOptions<SignInOptions> options, TimeProvider time)
{
    /// <summary>
    /// The host's own table. Partitions <c>device</c> and <c>pair</c>, keys account <c>~</c> browser or address;
    /// <c>account</c> and <c>address</c>. Each row has <see cref="LastFailure"/>, and means nothing once that is
    /// <see cref="FailureCount.Forgotten"/> ago.
    /// </summary>
    public const string Table = "signinfailures";

    /// <summary>The column with the time of the last failure.</summary>
    public const string LastFailure = "lastFailure";

    private const string Failures = "failures";

    private readonly ITable _table = tables[Table];

    private readonly SignInOptions _options = options.Value;

    /// <summary>Counts a try as a failure, before its password is checked; or says how long none is taken.</summary>
    public async Task<Attempt> BeginAsync(SignInClient client)
    {
        var now = time.GetUtcNow();
        var counts = await Task.WhenAll(CountersOf(client).Select(async counter => await ReadAsync(counter, now)));
        var lockedFor = counts.Max(count => count.LockedFor);
        // A count that the clock has left in the future is written as of now: each look would begin its lock anew.
        await Task.WhenAll(lockedFor > TimeSpan.Zero
            ? counts.Where(count => count.Before != count.Stored).Select(count => WriteAsync(count, count.Before))
            : counts.Select(count => WriteAsync(count, count.Before.Add(now))));
        return new Attempt(lockedFor, counts);
    }

    /// <summary>
    /// The try was no failure, and those before it by the same client were typing errors: none of them counts for the
    /// account or the address any longer. What others have failed at stays.
    /// </summary>
    public Task SucceededAsync(Attempt attempt)
    {
        var own = attempt.Counts[0].Before.Failures;
        return Task.WhenAll(attempt.Counts.Select(count => WriteAsync(count, count.Before.Without(own))));
    }

    /// <summary>A name, as it is counted: case does not tell accounts apart.</summary>
    internal static string Folded(string account) => account.Trim().ToLowerInvariant();

    /// <summary>The client's own comes first.</summary>
    private IEnumerable<Counter> CountersOf(SignInClient client)
    {
        var account = Keys.Encode(Folded(client.Account));
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
        var stored = row is null
            ? FailureCount.None
            : new FailureCount(row.Number(Failures) ?? 0, row.Time(LastFailure) ?? default);
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
