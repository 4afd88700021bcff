using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Events;

/// <summary>A message of the queue <c>events-out</c>. It has one of its parts.</summary>
public sealed record EventMessage
{
    private static readonly StoredJson<EventMessage> Stored = new(EventsJson.Default);

    /// <summary>Something happened to a call.</summary>
    public ToldCall? Call { get; init; }

    /// <summary>A promise is due.</summary>
    public ToldPromise? Promise { get; init; }

    /// <summary>A delivery is to be tried.</summary>
    public DueTry? Try { get; init; }

    public string ToMessage() => Stored.Serialize(this);

    public static EventMessage Read(string message) => Stored.Deserialize(message);
}

/// <param name="Looks">How often the call was read in vain: what was told was not stored yet.</param>
public sealed record ToldCall(
    CallKey Key, IReadOnlyList<CallHappening> Happened, DateTimeOffset At, int Looks);

/// <param name="Day">The day at which it is due, in the office's zone.</param>
public sealed record ToldPromise(string PromiseId, DateOnly Day, DateTimeOffset At);

/// <param name="Turn">The <see cref="Delivery.Turn"/> that is due.</param>
public sealed record DueTry(string EndpointId, string DeliveryId, int Turn);
