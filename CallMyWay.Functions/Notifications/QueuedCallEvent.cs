using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Notifications;

/// <summary>A notification in the queue: as it was received, so that a better reader can read it again.</summary>
/// <param name="Body">The body as text if it is UTF-8; otherwise null.</param>
/// <param name="TraceParent">
/// The trace that began when it was received (https://www.w3.org/TR/trace-context); null if nothing is traced.
/// </param>
/// <param name="BodyBase64">The body's bytes if they are not UTF-8.</param>
public sealed record QueuedCallEvent(DateTimeOffset ReceivedAt, string? Body, string? TraceParent = null, string? BodyBase64 = null)
{
    /// <summary>
    /// True where nobody notified it: it is the start of a call that the operator's list of calls that go on has.
    /// </summary>
    public bool? IsLive { get; init; }

    /// <summary>
    /// When an administrator had it processed again; null where nobody has. Where it is refused again it is another
    /// message, which is stored beside the one that it was sent from.
    /// </summary>
    public DateTimeOffset? ReplayedAt { get; init; }

    private static readonly StoredJson<QueuedCallEvent> Stored = new(NotificationsJson.Default);

    /// <summary>The queue message, for <see cref="Read"/>.</summary>
    public string ToMessage() => Stored.Serialize(this);

    public static QueuedCallEvent Read(string message) => Stored.Deserialize(message);
}
