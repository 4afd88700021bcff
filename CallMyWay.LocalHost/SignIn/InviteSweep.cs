using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>Deletes invitations that have expired.</summary>
internal sealed class InviteSweep : ISweep
{
    public string Table => LocalAccounts.Table;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            new SweepRange(new RowRange(Invites.Partition), row => row.Time(Invites.ExpiresAtColumn) < now),
        ]);
}
