using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Presence;

/// <summary>What is known of agents who have not been there for long, and of pages that nobody looks at any more.</summary>
public sealed class PresenceSweep : ISweep
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private static readonly TimeSpan WatchesKeptFor = TimeSpan.FromDays(1);

    public string Table => StorageNames.Presence;

    public Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SweepRange>>(
        [
            Of(PresenceStore.BeatPartition, now - KeptFor),
            Of(PresenceStore.PausePartition, now - KeptFor),
            Of(PresenceStore.TalkPartition, now - KeptFor),
            Of(PresenceStore.WatchPartition, now - WatchesKeptFor),
        ]);

    private static SweepRange Of(string partition, DateTimeOffset oldest) =>
        new(new RowRange(partition), row => row.Time(PresenceStore.AtColumn) < oldest);
}
