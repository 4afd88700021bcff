using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Provider;
using FsCheck;
using FsCheck.Fluent;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>The notifications of one call, in any order and any number of times, make the same call.</summary>
public sealed class CallOrderProperties
{
    private static readonly Account CostaRican = new("8000001", "CRC", TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));

    private static readonly DateTimeOffset Received = new(2026, 3, 2, 15, 45, 0, TimeSpan.Zero);

    private static readonly DateTime Base = new(2026, 3, 2, 9, 15, 0);

    private static readonly Gen<CallEvent> Events =
        from action in Gen.Elements(CallAction.Start, CallAction.End)
        from endpoint in Gen.Elements("ep-1", "ep-2", "ep-3")
        from detect in Time(0)
        from connect in Time(10)
        from disconnect in Time(60)
        from duration in Gen.Elements<int?>(null, 0, 40, 70)
        from cost in Gen.Elements<decimal?>(null, 0m, 12.5m, 20m)
        select new CallEvent
        {
            Action = action,
            CallId = "c",
            AccountId = "8000001",
            EndpointId = endpoint,
            Ani = "88887777",
            Dnis = "40001000",
            DetectTime = detect,
            ConnectTime = connect,
            DisconnectTime = disconnect,
            Duration = duration,
            Type = CallDirection.In,
            Cost = cost,
        };

    [Fact]
    public void Any_Order_And_Any_Repetition_Make_The_Same_Call()
    {
        var cases =
            // Fewer than a timeline holds: of more the oldest fall out.
            from count in Gen.Choose(1, 8)
            from some in Events.ListOf(count)
            // Every phone's ringing comes to an end some time.
            let events = some.Concat(some.Select(callEvent => callEvent with { Action = CallAction.End })).ToList()
            from again in Gen.Elements<CallEvent>(events).ListOf()
            from order in Gen.Shuffle<CallEvent>([.. events, .. again])
            select (events, order);

        Prop.ForAll(cases.ToArbitrary(), sample => Of(sample.events) == Of(sample.order)).QuickCheckThrowOnFailure();
    }

    private static Gen<DateTime?> Time(int from) =>
        Gen.Elements<int?>(null, 0, 1, 2).Select(seconds => seconds is { } s ? Base.AddSeconds(from + s) : (DateTime?)null);

    // All that an order could change, but for the order of what was heard and the key that the first one sets.
    private static string Of(IEnumerable<CallEvent> events)
    {
        Call? call = null;
        foreach (var callEvent in events)
        {
            var number = new NumberView("+50688887777", "8888 7777", PhoneNumberKind.Number);
            var other = new PhoneNumber { Kind = PhoneNumberKind.Number, Received = callEvent.Ani, E164 = number.E164 };
            var parties = new CallParties(CallDirection.In, other, number, callEvent.EndpointId, [new CallAgent($"agent of {callEvent.EndpointId}", callEvent.EndpointId!)], null);
            call = CallProgress.Apply(call, callEvent, Received, CostaRican, parties, call is null ? new ContactMatch(MatchKind.None, [], null) : null);
        }

        var agents = string.Join(',', call!.Agents.Select(agent => agent.AgentId).Order(StringComparer.Ordinal));
        var marks = string.Join(',', call.Timeline.Select(entry => entry.Mark).Order(StringComparer.Ordinal));
        return $"{call.State} {call.StartedAt:O} {call.ConnectedAt:O} {call.EndedAt:O} {call.DurationSeconds} {call.Cost} {agents} {marks}";
    }
}
