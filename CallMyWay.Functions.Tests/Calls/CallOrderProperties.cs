using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>The notifications of one call, in any order and any number of times, make the same call.</summary>
public sealed class CallOrderProperties
{
    private static readonly Account CostaRican = new(
        "8000001", "CRC", TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));

    private static readonly DateTimeOffset Received = new(2026, 3, 2, 15, 45, 0, TimeSpan.Zero);

    private static readonly DateTime Base = new(2026, 3, 2, 9, 15, 0);

    // A call as it really happened: some phones rang, and one or none answered. Each notification tells a part of it.
    private static readonly Gen<List<CallEvent>> Calls =
        from phones in Gen.Choose(1, 3)
        from answered in Gen.Elements(true, false)
        from startsAtAnswer in Gen.Elements(true, false)
        from tellsDuration in Gen.Elements(true, false)
        from tellsEnd in Gen.Elements(true, false)
        from talk in Gen.Choose(0, 300)
        from cost in Gen.Elements<decimal?>(null, 0m, 12.5m)
        select Notifications(phones, answered, startsAtAnswer, tellsDuration, tellsEnd, talk, cost);

    [Fact]
    public void Any_Order_And_Any_Repetition_Make_The_Same_Call()
    {
        var cases =
            from events in Calls
            from again in Gen.Elements<CallEvent>(events).ListOf()
            from order in Gen.Shuffle<CallEvent>([.. events, .. again])
            select (events, order);

        Prop.ForAll(cases.ToArbitrary(), sample => Of(sample.events) == Of(sample.order))
            .Check(Properties.Config(2000));
    }

    private static List<CallEvent> Notifications(
        int phones, bool answered, bool startsAtAnswer, bool tellsDuration, bool tellsEnd, int talk, decimal? cost)
    {
        var connect = Base.AddSeconds(8);
        var disconnect = connect.AddSeconds(talk);
        var notifications = new List<CallEvent>();
        for (var phone = 0; phone < phones; phone++)
        {
            // The first phone answers, if any does. For the others, the ringing ends at that moment.
            var talks = answered && phone == 0;
            var start = new CallEvent
            {
                Action = CallAction.Start,
                CallId = "c",
                AccountId = "8000001",
                EndpointId = $"ep-{phone}",
                Ani = "88887777",
                Dnis = "40001000",
                DetectTime = Base,
                ConnectTime = talks && startsAtAnswer ? connect : null,
                Duration = 0,
                Type = CallDirection.In,
                Cost = 0,
            };
            notifications.Add(start);
            notifications.Add(start with
            {
                Action = CallAction.End,
                ConnectTime = talks ? connect : null,
                DisconnectTime = !tellsEnd ? null : talks ? disconnect : connect,
                Duration = !tellsDuration ? null : talks ? talk : 0,
                Cost = talks ? cost : 0,
            });
        }

        return notifications;
    }

    // All that the order could change, except the order of the timeline, and the key, which the first notification
    // sets.
    private static string Of(IEnumerable<CallEvent> events)
    {
        Call? call = null;
        foreach (var callEvent in events)
        {
            var number = new NumberView("+50688887777", "8888 7777", PhoneNumberKind.Number);
            var other = new PhoneNumber { Kind = PhoneNumberKind.Number, Received = callEvent.Ani, E164 = number.E164 };
            var parties = new CallParties(
                CallDirection.In,
                other,
                number,
                callEvent.EndpointId,
                [new CallAgent($"agent of {callEvent.EndpointId}", callEvent.EndpointId!)],
                null);
            call = CallProgress.Apply(
                call,
                callEvent,
                Received,
                CostaRican,
                parties,
                call is null ? new ContactMatch(MatchKind.None, [], null) : null);
        }

        var agents = string.Join(',', call!.Agents.Select(agent => agent.AgentId).Order(StringComparer.Ordinal));
        var marks = string.Join(',', call.Timeline.Select(entry => entry.Mark).Order(StringComparer.Ordinal));
        return $"{call.State} {call.StartedAt:O} {call.ConnectedAt:O} {call.EndedAt:O} {call.DurationSeconds} {call.Cost} {agents} {marks}";
    }
}
