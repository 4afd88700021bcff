using System.Net;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.Operator;

/// <summary>All instances and callers together keep the operator's pace.</summary>
public sealed class OperatorPaceTests
{
    private static readonly TimeSpan OperatorsRule = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Interval = PaceRule.OfTheOperator.Interval;

    private static readonly DateTimeOffset Start = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Three instances with a pull, live calls, homologation and a backfill each. Each is late by up to half a second in
    /// sending, and some end after they have reserved a moment. What is too late is not sent.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_Two_Requests_Of_A_Simulated_Day_Are_Sent_Within_Four_Seconds(int seed)
    {
        await using var features = await Features.StartAsync();
        var (clock, random) = (new FakeTimeProvider(Start), new Random(seed));
        var callers = new PriorityQueue<(int Instance, bool HasTime), DateTimeOffset>();
        var instances = Enumerable.Range(0, 3).Select(_ => Pace(features, clock)).ToList();
        foreach (var instance in Enumerable.Range(0, 3))
        {
            callers.EnqueueRange([(instance, false), (instance, false), (instance, false), (instance, true)], Start);
        }

        var sent = new List<(DateTimeOffset At, bool HasTime)>();
        var end = Start + TimeSpan.FromHours(TestLength.Of(2, 24));
        while (callers.TryDequeue(out var caller, out var at) && at < end)
        {
            clock.SetUtcNow(at > clock.GetUtcNow() ? at : clock.GetUtcNow());
            var now = clock.GetUtcNow();
            var moment = caller.HasTime
                ? await instances[caller.Instance].ReserveIfFreeAsync("a", TimeSpan.FromSeconds(1), default)
                : await instances[caller.Instance].ReserveAsync("a", TimeSpan.FromSeconds(1), default);
            var late = TimeSpan.FromMilliseconds(random.Next(100) < 90 ? random.Next(100) : random.Next(500));
            var isKilled = random.Next(20) == 0;
            if (moment is { } reserved && !isKilled && late <= OperatorPace.Window)
            {
                var onItsWay = TimeSpan.FromMilliseconds(random.Next(80));
                sent.Add((reserved + late + onItsWay, caller.HasTime));
            }

            var next = (moment ?? now) + TimeSpan.FromSeconds(caller.HasTime ? 4.2 : random.Next(20, 100));
            callers.Enqueue(caller, isKilled ? next + TimeSpan.FromSeconds(30) : next);
        }

        var times = sent.Select(each => each.At).Order().ToList();
        times.Zip(times.Skip(1), (a, b) => b - a).Min().ShouldBeGreaterThanOrEqualTo(OperatorsRule);
        // Nobody is kept out: most of the moments are used.
        times.Count.ShouldBeGreaterThan((int)((end - Start) / Interval * 0.6));
        sent.Count(each => each.HasTime).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Reservations_At_Once_Get_One_Moment_Each()
    {
        await using var features = await Features.StartAsync();
        var clock = new FakeTimeProvider(Start);

        var moments = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            _ => Task.Run(() => Pace(features, clock).ReserveAsync("a", TimeSpan.Zero, default))));

        moments.OfType<DateTimeOffset>().Order().ShouldBe(
            Enumerable.Range(0, 10).Select(i => Start + (i * Interval)));
    }

    [Fact]
    public async Task Each_Account_Has_A_Pace_Of_Its_Own_Unless_The_Operator_Counts_By_Address()
    {
        await using var features = await Features.StartAsync();
        var clock = new FakeTimeProvider(Start);
        foreach (var (by, second) in new[] { ("account", Start), ("address", Start + Interval) })
        {
            var pace = Pace(features, clock, by);
            (await pace.ReserveAsync("a", TimeSpan.Zero, default)).ShouldBe(Start);
            (await pace.ReserveAsync("b", TimeSpan.Zero, default)).ShouldBe(second);
            clock.SetUtcNow(Start);
            await features.Get<ITables>()[StorageNames.OperatorPace].DeleteAsync("a", "slot", null, default);
        }
    }

    [Fact]
    public async Task Who_Has_Time_Gives_Way_To_Who_Waits()
    {
        await using var features = await Features.StartAsync();
        var clock = new FakeTimeProvider(Start);
        var pace = Pace(features, clock);
        (await pace.ReserveIfFreeAsync("a", TimeSpan.Zero, default)).ShouldBe(Start);

        (await pace.ReserveIfFreeAsync("a", TimeSpan.Zero, default)).ShouldBeNull();
        (await pace.ReserveAsync("a", TimeSpan.Zero, default)).ShouldBe(Start + Interval);
        clock.Advance(Interval);

        (await pace.ReserveIfFreeAsync("a", TimeSpan.Zero, default)).ShouldBeNull("the moment that begins is another's");
        clock.Advance(Interval);
        (await pace.ReserveIfFreeAsync("a", TimeSpan.Zero, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Nobody_Waits_For_Long_And_Nobody_Waits_For_A_Clock_That_Was_Set_Back()
    {
        await using var features = await Features.StartAsync();
        var clock = new FakeTimeProvider(Start);
        var pace = Pace(features, clock);
        while (await pace.ReserveAsync("a", TimeSpan.Zero, default) is { } moment)
        {
            (moment - Start).ShouldBeLessThanOrEqualTo(OperatorPace.LongestWait);
        }

        var setBack = new FakeTimeProvider(Start.AddHours(-1));
        (await Pace(features, setBack).ReserveAsync("a", TimeSpan.Zero, default))
            .ShouldBe(Start.AddHours(-1) + Interval, "the last request may have been sent just now");
    }

    [Fact]
    public async Task Who_Has_Time_And_Misses_A_Moment_Gets_Another_Where_Nobody_Else_Waits()
    {
        await using var features = await Features.StartAsync();
        var clock = new ImpatientClock(Start);
        var records = Records(features, clock);
        // Until the moment is stored it is over.
        features.Gate.Before($"insert {StorageNames.OperatorPace}", () =>
        {
            clock.Now += TimeSpan.FromSeconds(2);
            return Task.CompletedTask;
        });

        var answer = await records.AskIfFreeAsync(features.Get<Accounts>().Home, RecordsQuery.Recent, default);

        answer.ShouldNotBeNull().Result.ShouldBe(RecordsResult.Read);
        clock.Now.ShouldBe(Start + PaceRule.OfTheOperator.Ahead + Interval);
        // Others wait for the account: it is asked again later.
        await Pace(features, clock).ReserveAsync(DemoHost.Account, TimeSpan.Zero, default);
        (await records.AskIfFreeAsync(features.Get<Accounts>().Home, RecordsQuery.Recent, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_Request_That_Never_Gets_Its_Turn_Is_Too_Late_And_Was_Not_Sent()
    {
        await using var features = await Features.StartAsync();
        var clock = new ImpatientClock(Start);
        var records = Records(features, clock);
        features.Gate.Before(() =>
        {
            clock.Now += TimeSpan.FromSeconds(5);
            return Task.CompletedTask;
        });

        var answer = await records.AskAsync(features.Get<Accounts>().Home, RecordsQuery.Recent, default);

        (answer.ShouldNotBeNull().Result, answer.MayBeSent).ShouldBe((RecordsResult.TooLate, false));
    }

    /// <summary>Asks for records of an operator who has none.</summary>
    internal static PacedRecords Records(Features features, TimeProvider clock) => new(
        new CallMyWayClient(
            Options.Create(new CallMyWayOptions
            {
                Accounts = { new AccountOptions { Username = DemoHost.Account, Password = "secret" } },
            }),
            NullLogger<CallMyWayClient>.Instance,
            network: new Answering(HttpStatusCode.OK, "[]")),
        Pace(features, clock),
        PaceRule.OfTheOperator,
        clock);

    private static OperatorPace Pace(Features features, TimeProvider clock, string by = "account") => new(
        features.Get<ITables>(),
        PaceRule.OfTheOperator,
        Options.Create(new CallMyWayOptions { PaceBy = by }),
        clock);
}
