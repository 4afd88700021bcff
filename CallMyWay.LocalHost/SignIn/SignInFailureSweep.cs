using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>Failures to sign in that count no more.</summary>
internal sealed class SignInFailureSweep : ISweep
{
    /// <summary>Longer than any lock, and longer than failures count.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(2);

    // What failures are counted for, in the order of the names.
    private static readonly string[] Partitions = ["account", "address", "device", "pair"];

    public string Table => SignInGuard.Table;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            .. Partitions.Select(partition =>
                new SweepRange(new RowRange(partition), row => row.Time("lastFailure") < now - KeptFor)),
        ]);
}
