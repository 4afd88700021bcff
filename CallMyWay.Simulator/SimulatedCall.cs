using System.Text.Json.Serialization;

namespace CallMyWay.Simulator;

public enum CallType { In, Out, Internal }

public enum CallState { Planned, Ringing, Answered, Ended }

/// <summary>One leg: it has a callid, and becomes one record.</summary>
public sealed class Leg(Line line)
{
    public required string CallId { get; init; }

    public required CallType Type { get; init; }

    public required string AccountId { get; init; }

    public required string Ani { get; set; }

    public required string Dnis { get; set; }

    public required string AniUser { get; set; }

    public required string DnisUser { get; set; }

    /// <summary>The phones that ring, or the one that calls.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary>The endpoint that answered.</summary>
    public string? AnsweredBy { get; set; }

    /// <summary>The phone that hands the call over to this one.</summary>
    [JsonIgnore]
    public Line? HandedOverBy { get; init; }

    public DateTimeOffset? DetectedAt { get; set; }

    public DateTimeOffset? ConnectedAt { get; set; }

    public DateTimeOffset? DisconnectedAt { get; set; }

    public int DurationSeconds { get; set; }

    public decimal Cost { get; set; }

    public decimal AccessFee { get; set; }

    public required decimal Rate { get; set; }

    public required string RoutePattern { get; set; }

    public required string RouteName { get; set; }

    [JsonIgnore]
    public Line Line => line;

    [JsonIgnore]
    public CallState State => DisconnectedAt is not null ? CallState.Ended : ConnectedAt is not null ? CallState.Answered : DetectedAt is not null ? CallState.Ringing : CallState.Planned;
}

/// <summary>One attempt to send a notification.</summary>
public sealed record Delivery(DateTimeOffset SentAt, int? Status, double Milliseconds, bool Acked, string? Error);

/// <summary>A notification, and the attempts to send it.</summary>
public sealed class Notification
{
    public required int Index { get; init; }

    public required string Action { get; init; }

    public required string CallId { get; init; }

    public required string EndpointId { get; init; }

    public required string Body { get; init; }

    public required string ContentType { get; init; }

    /// <summary>The faults that hit it.</summary>
    public IList<string> Faults { get; } = [];

    public IList<Delivery> Deliveries { get; } = [];
}

/// <summary>A call as it really happened: the truth to compare with.</summary>
public sealed class SimulatedCall(int number, string origin, IReadOnlyList<Leg> legs, bool notify)
{
    public const string ByClick = "click";

    private readonly TaskCompletionSource _hangUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The call's number since the truth was last cleared. Faults depend on it.</summary>
    public int Number => number;

    public string CallId => Legs[0].CallId;

    /// <summary><c>simulator</c> or <c>click</c>.</summary>
    public string Origin => origin;

    public CallState State => Legs[0].State == CallState.Planned ? CallState.Planned
        : Legs.Where(leg => leg.State != CallState.Planned).Min(leg => leg.State);

    public IReadOnlyList<Leg> Legs => legs;

    public bool Notify => notify;

    public IList<Notification> Notifications { get; } = [];

    /// <summary>True if the call is over and all its notifications were sent.</summary>
    public bool Settled => Done.IsCompleted;

    [JsonIgnore]
    public Task Done => _done.Task;

    [JsonIgnore]
    public Task HungUp => _hangUp.Task;

    public void HangUp() => _hangUp.TrySetResult();

    public void Settle() => _done.TrySetResult();

    /// <summary>
    /// True while the phone rings, talks or calls in this call. A click counts from when it was inserted.
    /// </summary>
    public bool Involves(Line line) => (Origin == ByClick || Legs[0].State != CallState.Planned)
        && Legs.Any(leg => leg.Line.Account == line.Account && leg.State != CallState.Ended
            && (leg.AniUser == line.Username || leg.DnisUser == line.Username || IsOnEndpoint(leg, line.EndpointId)));

    // When one phone of a ring group has answered, the others are free again.
    private static bool IsOnEndpoint(Leg leg, string endpointId) =>
        leg.State == CallState.Answered
            ? leg.AnsweredBy == endpointId
            : leg.Endpoints.Contains(endpointId, StringComparer.Ordinal);
}
