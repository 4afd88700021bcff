using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.ContactLookup;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Supervision;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Status;

/// <summary>
/// Reads how the system is. The number of storage requests depends on how many accounts, queues and webhook keys there
/// are, and on how many thousands of agents, never on the calls. See docs/storage.md.
/// </summary>
public sealed partial class StatusReader(
    StorageProbe storage,
    WebhookUse webhook,
    RecordPullStore pulls,
    PacedRecords paced,
    IQueueAdmin queues,
    RefusedEventStore refused,
    PresenceStore presence,
    DayStore days,
    EventEndpointStore events,
    LookupStore lookup,
    Accounts accounts,
    IHostStatus host,
    IOptions<CallRecordsOptions> records,
    TimeProvider clock,
    ILogger<StatusReader> logger)
{
    /// <summary>More refused notifications are not counted.</summary>
    public const int MostRefused = 100;

    /// <summary>How many days of the reconciliation are looked at.</summary>
    private const int Days = 7;

    public async Task<StatusView> ReadAsync(string language, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rules = new StatusRules(now, language);
        var state = await storage.FindStateAsync(cancellationToken);
        // What gives no answer to one request gives none to the others.
        var isSilent = state == StorageState.Silent;
        var own = ReadHost();
        var disk = own.Disk is { } found ? rules.Disk(found) : null;
        var backups = host.ReadBackups() is { } made ? rules.Backups(made) : null;
        var view = new StatusView
        {
            State = Condition.Good,
            At = now,
            Version = ProductVersion.Text,
            Storage = rules.Storage(state),
            // One after the other: this page is no reason to ask the storage for many things at once.
            Webhook = await PartAsync(async () => rules.Webhook(
                await webhook.ListAsync(cancellationToken), accounts.Home.TimeZone)),
            Records = await PartAsync(() => RecordsAsync(rules, cancellationToken)),
            Queues = await PartAsync(() => QueuesAsync(rules, cancellationToken)),
            Refused = await PartAsync(
                async () => rules.Refused(await CountRefusedAsync(now, cancellationToken))),
            Screens = await PartAsync(() => ScreensAsync(now, own, cancellationToken)),
            Reconciliation = await PartAsync(() => ReconciliationAsync(rules, now, cancellationToken)),
            Events = await PartAsync(() => EventsAsync(rules, cancellationToken)),
            Lookup = await PartAsync(async () => rules.Lookup(await lookup.GetRecentAsync(cancellationToken))),
            Disk = disk,
            Backups = backups,
        };
        return view with
        {
            State = StatusRules.Worst(
            [
                view.Storage, view.Webhook, view.Refused, view.Screens, view.Lookup,
                .. view.Records ?? Unread,
                .. view.Queues ?? Unread,
                .. view.Reconciliation ?? Unread,
                .. view.Events ?? Unread,
                .. disk is null ? Array.Empty<StatusPart>() : [disk],
                .. backups is null ? Array.Empty<StatusPart>() : [backups],
            ]),
        };

        // A part that can't be read must not hide the others.
        async Task<T?> PartAsync<T>(Func<Task<T>> read)
            where T : class
        {
            if (isSilent)
            {
                return null;
            }

            try
            {
                return await read();
            }
            catch (StorageException exception)
            {
                Log.NotRead(logger, typeof(T).Name, exception);
                return null;
            }
        }
    }

    // In the place of a list that could not be read.
    private static IEnumerable<StatusPart?> Unread => [null];

    private async Task<IReadOnlyList<RecordsStatus>> RecordsAsync(
        StatusRules rules, CancellationToken cancellationToken) =>
        await AtOnce.DoAsync(accounts.All, async account => rules.Records(
            account.Username, await pulls.GetAsync(account.Username, cancellationToken), IsOff(account)));

    private async Task<IReadOnlyList<QueueStatus>> QueuesAsync(
        StatusRules rules, CancellationToken cancellationToken)
    {
        var found = new List<QueueStatus>();
        foreach (var queue in StorageNames.Queues)
        {
            var state = await queues.StateAsync(queue, cancellationToken);
            found.Add(rules.Queue(queue, await queues.CountAsync(queue, cancellationToken), state));
        }

        return found;
    }

    private async Task<int> CountRefusedAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        (await refused.ListAsync(
            now.AddDays(-1), now.AddMinutes(1), new PageRequest(MostRefused, null), cancellationToken)).Items.Count;

    /// <summary>A disk that is gone must not hide the other parts: that of the storage says it.</summary>
    private HostStatus ReadHost()
    {
        try
        {
            return host.Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotRead(logger, nameof(HostStatus), error);
            return new HostStatus(null, null);
        }
    }

    private async Task<ScreensStatus> ScreensAsync(
        DateTimeOffset now, HostStatus own, CancellationToken cancellationToken)
    {
        var agents = (await presence.ListBeatsAsync(cancellationToken)).Values
            .Count(beat => !beat.HasLeft && now - beat.At <= AgentState.OnlineFor);
        var connected = own.Screens ?? agents;
        return new ScreensStatus
        {
            State = Condition.Good,
            Connected = connected,
            // Whoever has gone without a word counts as there for a while. Nobody is there without a screen.
            Agents = Math.Min(agents, connected),
        };
    }

    private async Task<IReadOnlyList<ReconciliationStatus>> ReconciliationAsync(
        StatusRules rules, DateTimeOffset now, CancellationToken cancellationToken) =>
        await AtOnce.DoAsync(accounts.All, async account =>
        {
            var today = account.TimeZone.DayOf(now);
            // Days before the first one of the schedule are never worked out. What comes next is read before the days:
            // a day that the schedule begins meanwhile would not be seen otherwise.
            var next = await days.GetNextAsync(account.Username, cancellationToken);
            var found = await days.ListAsync(
                account.Username, today.AddDays(-Days), today.AddDays(-1), cancellationToken);
            return rules.Reconciliation(
                account.Username,
                [.. found.Where(day => day.IsExpected(next)).Select(day => day.At(now))],
                today,
                IsOff(account));
        });

    private async Task<IReadOnlyList<EventsStatus>> EventsAsync(
        StatusRules rules, CancellationToken cancellationToken) =>
    [
        .. (await events.ListRecentAsync(cancellationToken)).Where(endpoint => endpoint.Enabled).Select(rules.Events),
    ];

    private bool IsOff(Account account) => !records.Value.Enabled || !paced.Knows(account);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Part} of the status could not be read.")]
        public static partial void NotRead(ILogger logger, string part, Exception exception);
    }
}
