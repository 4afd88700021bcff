using System.Globalization;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Statements;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Statements;

/// <summary>
/// The clues of a month's difference are those of its records, its days and its invoice as they are now, though they
/// are kept.
/// </summary>
public sealed class MonthStatementTests
{
    private static readonly DateOnly March = new(2026, 3, 1);

    [Fact]
    public async Task Another_Total_Of_The_Invoice_Has_Other_Clues()
    {
        await using var features = await StartAsync(
            ("c-1", "2026-03-10 12:00:00", 4m), ("c-2", "2026-03-11 12:00:00", 9m));
        await EnterAsync(features, 9m);
        (await CluesAsync(features, ClueKind.OneCall)).ShouldHaveSingleItem().Calls.Single().CallId.ShouldBe("c-1");

        await EnterAsync(features, 4m);

        var clue = (await CluesAsync(features, ClueKind.OneCall)).ShouldHaveSingleItem();
        (clue.Calls.Single().CallId, clue.Amount).ShouldBe(("c-2", -9m));
    }

    [Fact]
    public async Task Records_That_Come_Later_And_Leave_The_Difference_As_It_Is_Are_Looked_Through_Too()
    {
        await using var features = await StartAsync(("c-1", "2026-03-10 12:00:00", 4m));
        await EnterAsync(features, 9m);
        (await CluesAsync(features, ClueKind.WithoutCost)).ShouldBeEmpty();
        features.Clock.Now = features.Clock.Now.AddMinutes(1);

        await TakeAsync(features, ("c-2", "2026-03-12 12:00:00", null));

        (await CluesAsync(features, ClueKind.WithoutCost)).ShouldHaveSingleItem().Calls.Single().CallId.ShouldBe("c-2");
    }

    [Fact]
    public async Task A_Day_That_Is_Reconciled_Later_Tells_Its_Clues()
    {
        await using var features = await StartAsync(("c-1", "2026-03-10 12:00:00", 4m));
        await EnterAsync(features, 9m);
        (await CluesAsync(features, ClueKind.WithoutRecord)).ShouldBeEmpty();

        await features.Get<DayStore>().PutAsync(
            new DayReconciliation("8000001", new DateOnly(2026, 3, 31))
            {
                State = DayState.Open,
                WorkedOutAt = features.Clock.Now.AddMinutes(1),
                Mismatches =
                [
                    new Mismatch("no record", MismatchKind.WebhookOnly, features.Clock.Now) { WebhookCost = 5m },
                    // Its record has come since, and is in the sum.
                    new Mismatch("healed", MismatchKind.WebhookOnly, features.Clock.Now)
                    {
                        HealedBy = HealedBy.Record,
                        WebhookCost = 5m,
                    },
                ],
            },
            default);

        var clue = (await CluesAsync(features, ClueKind.WithoutRecord)).ShouldHaveSingleItem();
        (clue.Count, clue.Amount, clue.IsExact, clue.Calls.Single().CallId).ShouldBe((1, 5m, true, "no record"));
    }

    [Fact]
    public async Task A_Call_That_Began_Before_The_Month_And_Goes_Into_It_Is_At_Its_Border()
    {
        await using var features = await StartAsync(
            ("c-0", "2026-02-28 23:59:30", 5m), ("c-1", "2026-03-10 12:00:00", 4m));
        await EnterAsync(features, 9m);

        var clue = (await CluesAsync(features, ClueKind.AtTheBorder)).ShouldHaveSingleItem();
        (clue.Amount, clue.IsExact, clue.Calls.Single().CallId).ShouldBe((5m, true, "c-0"));
    }

    [Fact]
    public async Task A_Call_Right_Behind_The_Month_s_End_Is_At_Its_Border()
    {
        await using var features = await StartAsync(
            ("c-1", "2026-03-10 12:00:00", 4m), ("c-2", "2026-04-01 00:00:01", 5m), ("c-3", "2026-04-01 00:05:00", 9m));
        await EnterAsync(features, 9m);

        var clue = (await CluesAsync(features, ClueKind.AtTheBorder)).ShouldHaveSingleItem();
        (clue.Amount, clue.IsExact, clue.Calls.Single().CallId).ShouldBe((5m, true, "c-2"));
    }

    private static async Task<Features> StartAsync(params (string Id, string Detected, decimal? Cost)[] records)
    {
        var features = await Features.StartAsync();
        features.Clock.Now = new DateTimeOffset(2026, 4, 2, 18, 0, 0, TimeSpan.Zero);
        await TakeAsync(features, records);
        return features;
    }

    private static Account AccountOf(Features features) => features.Get<Accounts>().Home;

    private static async Task EnterAsync(Features features, decimal total)
    {
        var store = features.Get<StatementStore>();
        var known = await store.GetInvoiceAsync("8000001", March, default);
        (await store.PutInvoiceAsync(
            new Invoice("8000001", March, total, features.Clock.Now, "admin", known?.ETag), default)).ShouldNotBeNull();
    }

    private static async Task<IReadOnlyList<ClueView>> CluesAsync(Features features, ClueKind kind) =>
    [
        .. ((await features.Get<MonthStatements>().ReadAsync(AccountOf(features), March, "es", default)).Clues ?? [])
            .Where(clue => clue.Kind == kind),
    ];

    private static async Task TakeAsync(
        Features features, params (string Id, string Detected, decimal? Cost)[] records) =>
        await features.Get<RecordIntake>().TakeAsync(
            AccountOf(features),
            [.. records.Select(record => Record(record.Id, record.Detected, record.Cost))],
            features.Clock.Now,
            record => Assert.Fail($"{record}"),
            _ => { },
            default);

    private static CallRecord Record(string id, string detected, decimal? cost)
    {
        var at = DateTime.ParseExact(detected, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return new CallRecord
        {
            RecordId = id,
            Ani = "ep-1",
            Dnis = "88881234",
            DetectTime = at,
            ConnectTime = at,
            Duration = 60,
            Cost = cost,
            Rate = cost,
            RoutePattern = "506",
            RouteName = "Costa Rica",
        };
    }
}
