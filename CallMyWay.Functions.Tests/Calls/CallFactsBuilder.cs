using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>Facts of one call for tests; all times in seconds after <see cref="Began"/>.</summary>
internal static class CallFactsBuilder
{
    public static readonly DateTimeOffset Began = new(2026, 3, 2, 15, 15, 0, TimeSpan.Zero);

    public static readonly NumberView Number = new("+50688887777", "8888 7777", PhoneNumberKind.Number);

    private static readonly Account CostaRican = new(
        "8000001", "CRC", TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));

    public static CallFacts Of(params IEnumerable<CallFact> facts) => facts.Aggregate(
        CallFacts.Begin("c", CostaRican, new RecordFact { At = Began, Mark = "", CallId = "c" }), With);

    public static CallFacts With(CallFacts facts, CallFact fact) => fact switch
    {
        NotificationFact notification => facts.With(notification),
        RecordFact record => facts.With(record),
        _ => throw new NotSupportedException(fact.GetType().Name),
    };

    /// <summary>A start, which names the phone's agent.</summary>
    public static NotificationFact Start(
        int at,
        int? connect = null,
        string endpoint = "ep-1",
        CallDirection type = CallDirection.In,
        int? detect = 0) => new()
        {
            At = Began.AddSeconds(at),
            Mark = $"start {endpoint} {connect} {detect} {type}",
            CallId = "c",
            Action = CallAction.Start,
            EndpointId = endpoint,
            Ani = "88887777",
            Dnis = "40001000",
            DetectedAt = Time(detect),
            ConnectedAt = Time(connect),
            Type = type,
            Agents = [new CallAgent(endpoint == "ep-1" ? "ana" : $"agent of {endpoint}", endpoint)],
            Number = Number,
            Match = new ContactMatch(MatchKind.None, [], null),
        };

    public static NotificationFact End(
        int at,
        int? connect = null,
        int? disconnect = null,
        decimal? cost = null,
        string endpoint = "ep-1",
        CallDirection type = CallDirection.In,
        int? detect = 0) =>
        Start(at, connect, endpoint, type, detect) with
        {
            Mark = $"end {endpoint} {connect} {disconnect} {cost} {detect} {type}",
            Action = CallAction.End,
            DisconnectedAt = Time(disconnect),
            Cost = cost,
        };

    public static RecordFact Record(int at, int? connect, int? duration, decimal? cost, int detect = 0) => new()
    {
        At = Began.AddSeconds(at),
        Mark = $"record {connect} {duration} {cost}",
        CallId = "c",
        Ani = "88887777",
        Dnis = "40001000",
        DetectedAt = Time(detect),
        ConnectedAt = Time(connect),
        Duration = duration,
        Cost = cost,
    };

    private static DateTimeOffset? Time(int? seconds) => seconds is { } s ? Began.AddSeconds(s) : null;
}
