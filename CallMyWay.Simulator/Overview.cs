namespace CallMyWay.Simulator;

/// <summary>A summary of the state in figures.</summary>
public sealed record Overview(
    int Calls,
    int Open,
    int Settled,
    int Notifications,
    int Deliveries,
    int Acked,
    Uri? Webhook,
    IReadOnlyList<string> Endpoints,
    IReadOnlyList<RecordTraffic> RecordRequests)
{
    public static Overview Of(CallBook book, Behaviour behaviour, Lines lines, RecordRequests requests)
    {
        var (settled, notifications, deliveries, acked) = (0, 0, 0, 0);
        var calls = book.All();
        foreach (var call in calls)
        {
            lock (call)
            {
                settled += call.Settled ? 1 : 0;
                notifications += call.Notifications.Count;
                deliveries += call.Notifications.Sum(notification => notification.Deliveries.Count);
                acked += call.Notifications.Sum(
                    notification => notification.Deliveries.Count(delivery => delivery.Acked));
            }
        }

        return new(
            calls.Count,
            book.OpenCount,
            settled,
            notifications,
            deliveries,
            acked,
            behaviour.Webhook,
            [.. lines.All.Select(line => line.EndpointId)],
            requests.Of(lines.Accounts));
    }
}
