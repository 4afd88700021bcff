namespace CallMyWay.Functions.Notifications;

/// <summary>
/// The latest notifications of this process word for word, in memory and only while somebody looks at them: nothing else
/// keeps them. What another process has received is not among them, nor what came before a restart.
/// </summary>
public sealed class LatestNotifications(TimeProvider clock)
{
    /// <summary>How many are kept, the latest of them.</summary>
    public const int Most = 200;

    /// <summary>The beginning of a body is kept.</summary>
    public const int Longest = 4096;

    private readonly Lock _gate = new();

    private readonly Queue<(DateTimeOffset ReceivedAt, string Mark, string Body)> _kept = [];

    private DateTimeOffset _until;

    /// <summary>Keeps what comes until then.</summary>
    public void KeepUntil(DateTimeOffset until)
    {
        lock (_gate)
        {
            _until = until > _until ? until : _until;
        }
    }

    /// <summary>Takes a notification, if somebody looks.</summary>
    /// <param name="queued">As it was received.</param>
    /// <param name="mark">By what it is known in the facts of its call.</param>
    public void Note(QueuedCallEvent queued, string mark)
    {
        lock (_gate)
        {
            if (clock.GetUtcNow() >= _until)
            {
                _kept.Clear();
                return;
            }

            var body = queued.Body ?? $"Base64: {queued.BodyBase64}";
            _kept.Enqueue((queued.ReceivedAt, mark, body.Length <= Longest ? body : body[..Longest]));
            if (_kept.Count > Most)
            {
                _kept.Dequeue();
            }
        }
    }

    /// <summary>The body of a notification, if it is known.</summary>
    public string? Find(DateTimeOffset receivedAt, string mark)
    {
        lock (_gate)
        {
            return _kept.FirstOrDefault(each => each.ReceivedAt == receivedAt && each.Mark == mark).Body;
        }
    }
}
