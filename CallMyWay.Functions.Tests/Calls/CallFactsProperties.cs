using System.Text.Json;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Builder = CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>
/// Facts of one call, whatever they say, in any order and any number of times: all that follows from them is the same,
/// also where there are more of them than are kept.
/// </summary>
public sealed class CallFactsProperties
{
    private static readonly Gen<int?> Seconds = Gen.Elements<int?>(null, 0, 3, 8, 20, 60);

    // Also of calls that are handed over, and of phones that ring again.
    private static readonly Gen<CallFact> Notifications =
        from at in Gen.Choose(0, 90)
        from phone in Gen.Choose(0, 4)
        from isEnd in Gen.Elements(true, false)
        from connect in Seconds
        from disconnect in Seconds
        from duration in Gen.Elements<int?>(null, 0, 12, 44)
        from cost in Gen.Elements<decimal?>(null, 0m, 5m, 12.5m)
        from detect in Gen.Elements<int?>(null, 0, 2, 9, 21, 61)
        from type in Gen.Elements(CallDirection.In, CallDirection.In, CallDirection.Internal, CallDirection.Out)
        from hides in Gen.Elements(true, false, false)
        let endpoint = $"ep-{phone}"
        let fact = isEnd ? Builder.End(at, connect, disconnect, cost, endpoint) : Builder.Start(at, connect, endpoint)
        select (CallFact)(fact with
        {
            Mark = $"{at} {phone} {isEnd} {connect} {disconnect} {duration} {cost} {detect} {type}",
            EndpointId = phone == 4 ? null : endpoint,
            Duration = duration,
            Type = type,
            DetectedAt = detect is { } second ? Builder.Began.AddSeconds(second) : null,
            Ani = hides ? "" : fact.Ani,
            Number = hides ? Builder.Number with { E164 = null, Kind = PhoneNumberKind.Private } : fact.Number,
        });

    private static readonly Gen<CallFact> Records =
        from at in Gen.Choose(100, 400)
        from connect in Seconds
        from duration in Gen.Elements<int?>(null, 0, 30)
        from cost in Gen.Elements<decimal?>(null, 0m, 7m)
        let fact = Builder.Record(at, connect, duration, cost)
        select (CallFact)(fact with { Mark = $"{at} {connect} {duration} {cost}" });

    [Fact]
    public void Any_Order_And_Any_Repetition_Make_The_Same_Call() =>
        Check(notifications: 8, records: 2, tests: 1000);

    // The records that are kept are the last, whichever were read first.
    [Fact]
    public void So_Do_More_Facts_Than_Are_Kept() =>
        Check(notifications: 90, records: 8, TestLength.Of(plain: 200, whole: 1000));

    [Fact]
    public void What_Is_No_Longer_Kept_One_By_One_Counts_As_Before()
    {
        var cases = Notifications.ListOf(120).Select(facts => facts.DistinctBy(fact => fact.Mark).ToList());
        Prop.ForAll(cases.ToArbitrary(), sample =>
            {
                var bounded = Builder.Of(sample);
                var all = Builder.Of(sample[0]) with
                {
                    Notifications = [.. sample.Cast<NotificationFact>().Order(Order)],
                };
                return bounded.Notifications.Count <= CallFacts.MaxNotifications && Text(bounded) == Text(all);
            })
            .Check(Properties.Config(200));
    }

    [Fact]
    public void The_Times_Of_A_Call_Of_One_Id_Are_Those_That_Its_Legs_Say() =>
        Prop.ForAll(
            (from facts in Notifications.NonEmptyListOf() select facts).ToArbitrary(),
            facts =>
            {
                var known = Builder.Of(facts);
                return CallDerivation.TimesOfOneLeg(known) is not { } times
                    || times == CallDerivation.TimesOfLegs(known);
            })
            .Check(Properties.Config(500));

    [Fact]
    public void Most_Calls_Are_Of_One_Id()
    {
        var call = Builder.Of([Builder.Start(0, 8, "ep-1"), Builder.End(60, 8, 60, 12.5m, "ep-1")]);
        CallDerivation.TimesOfOneLeg(call).ShouldBe(CallDerivation.TimesOfLegs(call));
    }

    private static readonly Comparer<NotificationFact> Order =
        Comparer<NotificationFact>.Create(NotificationFact.Compare);

    private static void Check(int notifications, int records, int tests)
    {
        var cases =
            from heard in Notifications.ListOf(notifications)
            from read in Records.ListOf(records)
            let facts = heard.Concat(read).DistinctBy(fact => (fact.GetType(), fact.Mark)).ToArray()
            from again in Gen.Elements(facts).ListOf()
            from order in Gen.Shuffle<CallFact>([.. facts, .. again])
            select (facts, order);

        Prop.ForAll(cases.ToArbitrary(), sample => Text(Builder.Of(sample.facts)) == Text(Builder.Of(sample.order)))
            .Check(Properties.Config(tests));
    }

    private static string Text(CallFacts facts) => JsonSerializer.Serialize(CallDerivation.Derive(facts));
}
