using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.CallRecords;

/// <summary>
/// Asks the operator which calls go on, where the settings say at which path. A call of which nothing is known has lost
/// its start: it is put into the queue of notifications as if its start had been notified now, with a mark that it was
/// not. So its agent, its contact and its pop-up follow as those of any call. A known call is left as it is.
/// </summary>
public sealed class LiveCalls(
    PacedRecords paced, RecordIntake intake, IQueue queue, IOptions<CallMyWayOptions> options, TimeProvider clock)
{
    /// <summary>True where the settings have the path of the list.</summary>
    public bool IsOn => !string.IsNullOrEmpty(options.Value.LiveCallsPath);

    /// <summary>
    /// One request, in a moment of its own. The operator's answer; null where so many wait for the account that it was
    /// not asked.
    /// </summary>
    public async Task<RecordsAnswer?> AskAsync(Account account, CancellationToken cancellationToken)
    {
        var answer = await paced.AskAsync(account, RecordsQuery.Live, cancellationToken);
        if (answer?.Reading is not { } reading)
        {
            return answer;
        }

        var now = clock.GetUtcNow();
        // What goes on for longer has ended, and the list did not notice.
        List<CallRecord> fresh =
            [.. reading.Records.Where(record => now - account.ToInstant(record.BeganAt, now) < Call.Longest)];
        foreach (var (record, parties) in await intake.FindUnknownAsync(account, fresh, now, cancellationToken))
        {
            var body = StartOf(record, account, parties);
            if (CallEventReader.Read(Encoding.UTF8.GetBytes(body)).Event is not null)
            {
                await queue.SendAsync(
                    StorageNames.CallEvents,
                    new QueuedCallEvent(now, body) { IsLive = true }.ToMessage(),
                    null,
                    cancellationToken);
            }
        }

        return answer;
    }

    /// <summary>The notification that was lost, as far as the list tells.</summary>
    private static string StartOf(CallRecord record, Account account, CallParties parties) => new JsonObject
    {
        ["action"] = "callStart",
        ["data"] = new JsonObject
        {
            ["callid"] = account.CallIdOf(record.RecordId),
            ["account_id"] = account.Username,
            ["endpoint_id"] = parties.EndpointId,
            ["ani"] = record.Ani,
            ["dnis"] = record.Dnis,
            ["detect_time"] = Text(record.DetectTime),
            ["connect_time"] = Text(record.ConnectTime),
            ["type"] = parties.Direction switch
            {
                CallDirection.In => "in",
                CallDirection.Out => "out",
                _ => "internal",
            },
        },
    }.ToJsonString();

    private static string? Text(DateTime? time) =>
        time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
