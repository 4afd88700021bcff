using CallMyWay.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.LocalHost.Functions;

/// <summary>
/// Stores when a timer last ran, so that a run that was missed while the host was down is made up for.
/// </summary>
internal sealed class TimerMonitor(ITable table, string function)
{
    private const string Partition = "timers";

    private readonly string _key = Keys.Encode(function);

    public async Task<ScheduleStatus?> ReadAsync(CancellationToken cancellationToken) =>
        await table.GetAsync(Partition, _key, cancellationToken) is not { } row
            ? null
            : new ScheduleStatus
            {
                Last = row.Time("last")?.UtcDateTime ?? default,
                Next = row.Time("next")?.UtcDateTime ?? default,
                LastUpdated = row.Time("updated")?.UtcDateTime ?? default,
            };

    public async Task WriteAsync(ScheduleStatus status, CancellationToken cancellationToken) => await table.UpsertAsync(
        new Row(Partition, _key)
            // Before the first run, the worker shows the last run as DateTime's default.
            .Set("last", status.Last == default ? (DateTimeOffset?)null : new DateTimeOffset(status.Last))
            .Set("next", new DateTimeOffset(status.Next))
            .Set("updated", new DateTimeOffset(status.LastUpdated)),
        cancellationToken);
}
