using System.Globalization;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Statements;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Statements;

/// <summary>The days of a statement are worked out when their records have changed, and only then.</summary>
public sealed class StatementStoreTests
{
    private static readonly DateOnly March = new(2026, 3, 1);

    [Fact]
    public async Task A_Month_That_Has_Not_Changed_Costs_Two_Queries()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        features.Clock.Now = At("2026-04-02T18:00:00Z");
        await TakeAsync(
            features,
            account,
            [.. Enumerable.Range(1, 31).Select(day => Record($"c-{day}", $"2026-03-{day:00} 12:00:00"))]);
        (await MonthAsync(features, account)).Count.ShouldBe(31);
        features.Clock.Now += ChangedDays.Settles + TimeSpan.FromSeconds(1);
        await MonthAsync(features, account);
        features.Meter.Reset();

        var days = await MonthAsync(features, account);

        days.Sum(day => day.Routes.Sum(route => route.Cost)).ShouldBe(31 * 6.5m);
        features.Meter.Operations.ShouldBe(["query callrecords", "query statements"]);
    }

    [Fact]
    public async Task A_Batch_Of_Records_Marks_Each_Of_Its_Days_Once()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        features.Meter.Reset();

        await TakeAsync(
            features,
            account,
            [.. Enumerable.Range(0, 20).Select(i => Record($"c-{i}", $"2026-03-0{1 + (i % 2)} 08:00:{i:00}"))]);

        // One row for each record, and one mark for each of the two days.
        features.Meter.Operations.Count(operation => operation == "upsert callrecords").ShouldBe(22);
    }

    [Fact]
    public async Task A_Record_After_The_Clock_Was_Set_Ahead_Is_In_The_Statement()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        await TakeAsync(features, account, Record("c-1", "2026-03-01 12:00:00"));
        features.Clock.SetBy(ChangedDays.Settles + TimeSpan.FromSeconds(1));
        await MonthAsync(features, account);
        (await features.RowsAsync(StorageNames.CallRecords, $"changed~{account.Username}")).ShouldBeEmpty();

        await TakeAsync(features, account, Record("c-2", "2026-03-01 13:00:00"));

        (await MonthAsync(features, account)).Single().Routes.Sum(route => route.Calls).ShouldBe(2);
    }

    [Fact]
    public async Task A_Corrected_Record_Moves_From_Its_Day_To_Another()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        await TakeAsync(features, account, Record("c-1", "2026-03-01 23:59:59"));
        (await MonthAsync(features, account)).Single().Date.ShouldBe(March);
        await SettleAsync(features, account);

        await TakeAsync(features, account, Record("c-1", "2026-03-02 00:00:01") with { Cost = 7m });

        var day = (await MonthAsync(features, account)).ShouldHaveSingleItem();
        day.Date.ShouldBe(new DateOnly(2026, 3, 2));
        day.Routes.ShouldHaveSingleItem().Cost.ShouldBe(7m);
    }

    [Theory]
    // The second correction is of something else than the cost.
    [InlineData(new[] { "2026-03-02", "2026-04-02", "2026-04-03" }, new[] { 100, 80, 80 }, 100)]
    [InlineData(new[] { "2026-03-02", "2026-04-02", "2026-04-03" }, new[] { 100, 90, 80 }, 100)]
    [InlineData(new[] { "2026-03-02", "2026-03-03", "2026-04-03" }, new[] { 100, 90, 80 }, 90)]
    // None came before the month's end.
    [InlineData(new[] { "2026-04-02", "2026-04-03", "2026-04-04" }, new[] { 100, 90, 80 }, 100)]
    public async Task However_Often_A_Record_Is_Corrected_Its_Cost_At_The_Months_End_Stays_Beside_It(
        string[] days, int[] costs, int former)
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        foreach (var (day, cost) in days.Zip(costs))
        {
            features.Clock.Now = At($"{day}T18:00:00Z");
            await TakeAsync(
                features, account, Record("c-1", "2026-03-01 12:00:00") with { Cost = cost, RouteName = day });
        }

        var records = new List<PricedRecord>();
        await foreach (var record in features.Get<RecordStore>().ReadAsync(
            account.Username, At("2026-03-01T06:00:00Z"), At("2026-04-01T06:00:00Z"), default))
        {
            records.Add(record);
        }

        (records.ShouldHaveSingleItem().Cost, records[0].FormerCost).ShouldBe((80m, former));
    }

    [Theory]
    // The evening of the month's last day in Costa Rica, and the first minute of the next month there.
    [InlineData("2026-04-01T05:59:00Z", 90, 2)]
    [InlineData("2026-04-01T06:00:00Z", 100, 1)]
    public async Task The_Months_End_Is_That_Of_The_Accounts_Zone(string corrected, int former, int formerFee)
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        foreach (var (at, cost, fee) in new[]
        {
            ("2026-03-02T18:00:00Z", 100m, 1m), (corrected, 90m, 2m), ("2026-04-03T18:00:00Z", 80m, 3m),
        })
        {
            features.Clock.Now = At(at);
            await TakeAsync(
                features, account, Record("c-1", "2026-03-01 12:00:00") with { Cost = cost, AccessFee = fee });
        }

        var record = (await RecordsAsync(features, account)).ShouldHaveSingleItem();
        (record.Cost, record.AccessFee, record.FormerCost, record.FormerFee)
            .ShouldBe((80m, 3m, (decimal?)former, (decimal?)formerFee));
    }

    [Fact]
    public async Task A_Record_Of_Another_Phone_Of_The_Call_Is_None_That_It_Corrects()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        foreach (var (at, ani, cost) in new[]
        {
            ("2026-03-02T18:00:00Z", "ep-1", 100m), ("2026-04-02T18:00:00Z", "ep-2", 90m),
            ("2026-04-03T18:00:00Z", "ep-2", 80m),
        })
        {
            features.Clock.Now = At(at);
            await TakeAsync(
                features, account, Record("c-1", "2026-03-01 12:00:00") with { Ani = ani, Cost = cost });
        }

        (await RecordsAsync(features, account)).Select(record => (record.Cost, record.FormerCost))
            .ShouldBe([(100m, null), (80m, 90m)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_Day_That_Was_Marked_Again_While_It_Was_Worked_Out_Stays_Marked()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        var changed = features.Get<ChangedDays>();
        await changed.MarkAsync(account, [March], features.Clock.Now, default);
        var read = (await changed.ListAsync(account.Username, March, March, default)).ShouldHaveSingleItem();
        features.Clock.Now += ChangedDays.Settles + TimeSpan.FromSeconds(1);
        await changed.MarkAsync(account, [March], features.Clock.Now, default);

        await changed.SettleAsync(account.Username, read, features.Clock.Now, default);

        (await changed.ListAsync(account.Username, March, March, default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_Record_Whose_Row_An_Earlier_Release_Wrote_Counts_Once_After_Its_Correction()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        var (call, at) = (new CallKey("c-1", account.Username), At("2026-03-01T18:00:00Z"));
        var former = new RecordFact
        {
            At = at,
            Mark = "a",
            CallId = "c-1",
            RecordId = "r-1",
            Ani = "ep-1",
            Dnis = "88881234",
            DetectedAt = at,
        };
        // It hashed the call too that the record was joined with.
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(former.Part)).AsSpan(0, 4));
        await features.Get<ITables>()[StorageNames.CallRecords].InsertAsync(
            new Row(account.Username, Keys.Join(Keys.NewestFirst(at), Keys.Encode("r-1"), hash)).Set("callId", "c-1"),
            default);
        (await RecordsAsync(features, account)).ShouldHaveSingleItem();

        await features.Get<RecordStore>().RemoveAsync(
            call, former, former with { DetectedAt = at.AddSeconds(1) }, default);

        (await RecordsAsync(features, account)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Corrected_Record_Counts_Once_Where_The_Process_Ended_Before_Its_Former_Row_Was_Removed()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        await TakeAsync(features, account, Record("c-1", "2026-03-01 23:59:59"));
        await SettleAsync(features, account);
        var corrected = Record("c-1", "2026-03-02 00:00:01") with { Cost = 7m };
        features.Meter.CrashAt($"delete {StorageNames.CallRecords}");
        try
        {
            await TakeAsync(features, account, corrected);
        }
        catch (Exception)
        {
            // The process ended.
        }

        features.Meter.Recover();
        await SettleAsync(features, account);

        // The page is read once more.
        await TakeAsync(features, account, corrected);

        var day = (await MonthAsync(features, account)).ShouldHaveSingleItem();
        (day.Date, day.Routes.ShouldHaveSingleItem().Cost).ShouldBe((new DateOnly(2026, 3, 2), 7m));
    }

    [Fact]
    public async Task Records_That_Are_Joined_With_Another_Call_Count_Once_Wherever_A_Process_Ends()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        var intake = features.Get<RecordIntake>();
        for (var writes = 0; writes < 12; writes++)
        {
            var (recordId, callId, at) = ($"rec-{writes}", $"c-{writes}", $"2026-03-01 {6 + writes:00}:00:00");
            features.Clock.Now = At($"2026-03-01T{12 + writes}:01:10Z");
            // The call rang at two phones.
            CallRecord[] parts =
            [
                Record(recordId, at),
                Record(recordId, at) with { Ani = "ep-2" },
            ];
            await TakeAsync(features, account, parts);
            // Its notifications came in the same moment.
            var fact = new NotificationFact
            {
                At = features.Clock.Now,
                Mark = "end",
                CallId = callId,
                Action = CallAction.End,
                Ani = "ep-1",
                Dnis = "88881234",
                Type = CallDirection.Out,
            };
            var told = CallDerivation.Derive(CallFacts.Begin(callId, account, fact).With(fact));
            (await features.Get<CallWriter>().Begin().SaveAsync(told, null, [], default)).ShouldNotBeNull();
            await SettleAsync(features, account);
            var recorded = (await features.CallAsync(recordId)).ShouldNotBeNull();
            features.Meter.CrashAfter(writes);
            try
            {
                await intake.JoinAsync(account, told, recorded, default);
            }
            catch (Exception)
            {
                // The process ended.
            }

            features.Meter.Recover();
            // The day is read once more.
            await TakeAsync(features, account, parts);

            (await MonthAsync(features, account)).Single().Routes.Sum(route => route.Calls).ShouldBe(2 * (writes + 1));
            await foreach (var record in features.Get<RecordStore>().ReadAsync(
                account.Username, At("2026-03-01T06:00:00Z"), At("2026-03-02T06:00:00Z"), default))
            {
                (await features.CallAsync(record.RecordId ?? record.Call.CallId)).ShouldNotBeNull().CallId
                    .ShouldBe(record.Call.CallId);
            }
        }

        (await features.CallAsync("rec-11")).ShouldNotBeNull().CallId.ShouldBe("c-11");
    }

    [Fact]
    public async Task What_A_Process_Leaves_When_It_Ends_Is_Worked_Out_Again()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        await TakeAsync(features, account, Record("c-1", "2026-03-01 08:00:00"));
        await SettleAsync(features, account);

        // Wherever it ends, the day's sum is that of the records that are stored when it is read.
        for (var writes = 0; writes < 12; writes++)
        {
            features.Meter.CrashAfter(writes);
            try
            {
                await TakeAsync(features, account, Record($"c-2{writes}", "2026-03-01 09:00:00"));
            }
            catch (Exception)
            {
                // The process ended.
            }

            features.Meter.Recover();
            var records = 0;
            await foreach (var _ in features.Get<RecordStore>().ReadAsync(
                account.Username, At("2026-03-01T06:00:00Z"), At("2026-03-02T06:00:00Z"), default))
            {
                records++;
            }

            (await MonthAsync(features, account)).Single().Routes.Sum(route => route.Calls).ShouldBe(records);
            await SettleAsync(features, account);
        }
    }

    [Theory]
    [InlineData("America/Costa_Rica", "2026-03-01T06:00:00Z", "2026-04-01T06:00:00Z")]
    // The clocks are set forward on the 8th, and the month is an hour shorter.
    [InlineData("America/New_York", "2026-03-01T05:00:00Z", "2026-04-01T04:00:00Z")]
    [InlineData("Asia/Kolkata", "2026-02-28T18:30:00Z", "2026-03-31T18:30:00Z")]
    public async Task A_Month_Is_That_Of_The_Accounts_Zone(string zone, string from, string until)
    {
        await using var features = await Features.StartAsync();
        var account = new Account("8000001", "USD", TimeZoneInfo.FindSystemTimeZoneById(zone));
        features.Clock.Now = At("2026-05-01T12:00:00Z");
        DateTimeOffset[] instants = [At(from).AddSeconds(-1), At(from), At(until).AddSeconds(-1), At(until)];
        await TakeAsync(
            features,
            account,
            [
                .. instants.Select((at, i) => Record(
                    $"c-{i}", account.LocalTime(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))),
            ]);

        var days = await MonthAsync(features, account);

        StatementMonth.SpanOf(account, March).ShouldBe((At(from), At(until)));
        days.Select(day => (day.Date, day.Routes.Sum(route => route.Calls))).ShouldBe(
            [(March, 1), (new DateOnly(2026, 3, 31), 1)]);
    }

    [Fact]
    public async Task The_Hour_That_Comes_Twice_Is_Counted_Once()
    {
        await using var features = await Features.StartAsync();
        var account = new Account("8000001", "USD", TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        features.Clock.Now = At("2026-11-02T12:00:00Z");
        await TakeAsync(
            features,
            account,
            Record("c-1", "2026-11-01 01:30:00"),
            Record("c-2", "2026-11-01 00:30:00"),
            Record("c-3", "2026-11-01 23:30:00"));

        var days = await features.Get<StatementStore>().ReadAsync(
            account, new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30), default);

        days.ShouldHaveSingleItem().Routes.Sum(route => route.Calls).ShouldBe(3);
    }

    [Fact]
    public async Task Another_Basis_In_The_Settings_Works_All_Days_Out_Again()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        features.Clock.Now = At("2026-04-02T18:00:00Z");
        // 22:00 in Costa Rica is a day later in UTC.
        await TakeAsync(features, account, Record("c-1", "2026-03-01 22:00:00") with { AccessFee = 0.5m });
        await SettleAsync(features, account);

        var days = await MonthAsync(
            features, account with { TimeZone = TimeZoneInfo.Utc, CostIncludesAccessFee = true });

        days.ShouldHaveSingleItem().Date.ShouldBe(new DateOnly(2026, 3, 2));
        days[0].Routes[0].BilledMinutes.ShouldBe(decimal.Round(6m / 6.5m, 4));
    }

    [Fact]
    public async Task Minutes_Are_Billed_Anew_Where_The_Settings_Say_That_The_Cost_Includes_The_Fee()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home with { CostIncludesAccessFee = false };
        features.Clock.Now = At("2026-04-02T18:00:00Z");
        await TakeAsync(
            features, account, Record("c-1", "2026-03-01 12:00:00") with { Cost = 7m, Rate = 2m, AccessFee = 1m });
        await SettleAsync(features, account);
        (await MonthAsync(features, account)).Single().Routes.Single().BilledMinutes.ShouldBe(3.5m);

        var days = await MonthAsync(features, account with { CostIncludesAccessFee = true });

        days.Single().Routes.Single().BilledMinutes.ShouldBe(3m);
    }

    [Theory]
    // 22:00 in Costa Rica is a day later in UTC.
    [InlineData("2026-03-07 22:00:00", 8)]
    [InlineData("2026-02-28 22:00:00", 1)]
    public async Task A_Zone_That_Is_Corrected_Before_The_Month_Is_First_Read_Loses_No_Record(string detected, int day)
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        features.Clock.Now = At("2026-04-02T18:00:00Z");
        await TakeAsync(features, account, Record("c-1", detected));
        account = account with { TimeZone = TimeZoneInfo.Utc };

        (await MonthAsync(features, account)).ShouldHaveSingleItem().Date.ShouldBe(new DateOnly(2026, 3, day));
        features.Clock.Now += ChangedDays.Settles + TimeSpan.FromSeconds(1);
        (await MonthAsync(features, account)).ShouldHaveSingleItem().Date.ShouldBe(new DateOnly(2026, 3, day));
    }

    [Fact]
    public async Task A_Zone_That_Is_Corrected_To_An_Earlier_One_Loses_No_Record_Of_The_Months_Last_Evening()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        features.Clock.Now = At("2026-04-02T18:00:00Z");
        // 21:00 of the day before in Costa Rica.
        await TakeAsync(features, account with { TimeZone = TimeZoneInfo.Utc }, Record("c-1", "2026-04-01 03:00:00"));

        (await MonthAsync(features, account)).ShouldHaveSingleItem().Date.ShouldBe(new DateOnly(2026, 3, 31));
    }

    private static async Task<IReadOnlyList<PricedRecord>> RecordsAsync(Features features, Account account)
    {
        var records = new List<PricedRecord>();
        await foreach (var record in features.Get<RecordStore>().ReadAsync(
            account.Username, At("2026-03-01T06:00:00Z"), At("2026-04-01T06:00:00Z"), default))
        {
            records.Add(record);
        }

        return records;
    }

    private static async Task SettleAsync(Features features, Account account)
    {
        features.Clock.Now += ChangedDays.Settles + TimeSpan.FromSeconds(1);
        await MonthAsync(features, account);
        (await features.RowsAsync(StorageNames.CallRecords, $"changed~{account.Username}")).ShouldBeEmpty();
    }

    private static Task<IReadOnlyList<DayStatement>> MonthAsync(Features features, Account account) =>
        features.Get<StatementStore>().ReadAsync(account, March, new DateOnly(2026, 3, 31), default);

    private static async Task TakeAsync(
        Features features, Account account, params IReadOnlyList<CallRecord> records) =>
        await features.Get<RecordIntake>().TakeAsync(
            account, records, features.Clock.Now, record => Assert.Fail($"{record}"), _ => { }, default);

    private static CallRecord Record(string id, string detected)
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
            Cost = 6.5m,
            Rate = 6.5m,
            RoutePattern = "506",
            RouteName = "Costa Rica",
        };
    }

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
