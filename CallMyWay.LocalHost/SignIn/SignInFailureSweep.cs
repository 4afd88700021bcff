using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>Deletes sign-in failures that no longer count.</summary>
internal sealed class SignInFailureSweep : ISweep
{
    /// <summary>Longer than any lock, and longer than failures count.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(2);

    // The kinds of counters, in key order.
    private static readonly string[] Partitions = ["account", "address", "device", "pair"];

    public string Table => SignInGuard.Table;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            .. Partitions.Select(partition =>
                new SweepRange(new RowRange(partition), row => row.Time("lastFailure") < now - KeptFor)),
        ]);
}
