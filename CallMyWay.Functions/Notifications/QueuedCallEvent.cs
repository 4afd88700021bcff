using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Notifications;

/// <summary>
/// A notification as it waits in the queue: as it was received, so that it can be read again by a better reader.
/// </summary>
/// <param name="Body">The body, as text where it is UTF-8; null where it is not.</param>
/// <param name="TraceParent">
/// The trace that began with its receipt (https://www.w3.org/TR/trace-context); null where nothing is traced.
/// </param>
/// <param name="BodyBase64">The body's bytes, where they are not UTF-8.</param>
public sealed record QueuedCallEvent(DateTimeOffset ReceivedAt, string? Body, string? TraceParent = null, string? BodyBase64 = null)
{
    private static readonly StoredJson<QueuedCallEvent> Stored = new(NotificationsJson.Default);

    /// <summary>The message that <see cref="Read"/> reads.</summary>
    public string ToMessage() => Stored.Serialize(this);

    public static QueuedCallEvent Read(string message) => Stored.Deserialize(message);
}
