using System.Globalization;
using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Reports;
using CallMyWay.Functions.Retention;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.WrapUps;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.Reports;

/// <summary>Figures are worked out for what has changed, and for nothing else.</summary>
public sealed class FigureKeeperTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private Features _features = null!;

    private ReportReader Reader => _features.Get<ReportReader>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Process_Marks_An_Hour_Once_In_Five_Minutes()
    {
        foreach (var (minute, marks) in new[] { (0, 1), (2, 0), (4, 0), (6, 1), (7, 0) })
        {
            _features.Clock.Now = At("2026-03-02T15:00:01Z").AddMinutes(minute);
            _features.Meter.Reset();
            await RingAsync($"c-{minute}", "callStart");
            _features.Meter.Operations.Count(each => each == "upsert reports").ShouldBe(marks, $"minute {minute}");
        }
    }

    [Fact]
    public async Task What_Has_Not_Changed_Costs_Three_Queries()
    {
        await RingAsync("c-1", "callStart");
        await RingAsync("c-1", "callEnd");
        (await ReadAsync(ReportBy.Day)).Totals.Missed.ShouldBe(1);
        await SettleAsync();
        _features.Meter.Reset();

        var figures = await ReadAsync(ReportBy.Day);

        (figures.Rows["2026-03-02"].Missed, figures.Pending).ShouldBe((1, 0));
        figures.AsOf.ShouldBe(_features.Clock.Now);
        // The marks and the days.
        _features.Meter.Operations.ShouldBe(["query reports", "query reports"]);
    }

    [Fact]
    public async Task A_Mark_Stays_Until_All_That_Was_Saved_In_Reliance_On_It_Is_Stored()
    {
        await RingAsync("c-1", "callStart");
        await ReadAsync(ReportBy.Day);
        // The hour is marked already: this process stores no further mark.
        _features.Clock.Now += ChangedHours.Remembers - TimeSpan.FromSeconds(1);
        await RingAsync("c-2", "callStart");

        (await ReadAsync(ReportBy.Day)).Totals.In.ShouldBe(2);
        (await MarksAsync()).ShouldBe(1);
        _features.Clock.Now += ChangedHours.Settles;
        (await ReadAsync(ReportBy.Day)).Totals.In.ShouldBe(2);
        (await MarksAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_Mark_Of_A_Clock_That_Was_Set_Back_Counts_As_Of_Now()
    {
        await RingAsync("c-1", "callStart");
        _features.Clock.Now -= TimeSpan.FromHours(3);

        await ReadAsync(ReportBy.Day);
        (await MarksAsync()).ShouldBe(1);
        _features.Clock.Now += TimeSpan.FromMinutes(9);
        await ReadAsync(ReportBy.Day);
        (await MarksAsync()).ShouldBe(1);
        _features.Clock.Now += TimeSpan.FromMinutes(2);
        await ReadAsync(ReportBy.Day);
        (await MarksAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_Call_After_The_Clock_Was_Set_Ahead_Is_In_The_Figures()
    {
        await RingAsync("c-1", "callStart");
        _features.Clock.SetBy(ChangedHours.Settles + TimeSpan.FromSeconds(1));
        await ReadAsync(ReportBy.Day);
        (await MarksAsync()).ShouldBe(0);

        await RingAsync("c-2", "callStart");

        (await ReadAsync(ReportBy.Day)).Totals.In.ShouldBe(2);
    }

    [Fact]
    public async Task A_Mark_Stays_That_Was_Young_When_Its_Calls_Were_Read()
    {
        await RingAsync("c-1", "callStart");
        await ReadAsync(ReportBy.Day);
        var marks = await _features.Get<ChangedHours>().ListAsync(null, null, default);
        _features.Clock.Now += ChangedHours.Settles - TimeSpan.FromSeconds(1);
        var held = _features.Gate.Hold("replace reports 2026030215");
        var slow = _features.Get<FigureKeeper>().WorkOutAsync(
            marks, new WorkLimit(_features.Clock, TimeSpan.FromMinutes(1)), default);
        await held.Reached;

        // It would be old enough by now.
        _features.Clock.Now += TimeSpan.FromSeconds(5);
        held.Release();
        await slow;

        (await MarksAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Each_Call_Of_An_Hour_With_Hundreds_Of_Them_Is_Counted_Once()
    {
        const int count = (2 * FigureKeeper.PageSize) + 1;
        await TakeAsync([.. Enumerable.Range(0, count).Select(second => Record(
            $"r-{second}", new DateTime(2026, 3, 2, 9, 0, 0).AddSeconds(second)))]);

        var figures = await ReadAsync(ReportBy.Hour);

        (figures.Totals.Out, figures.Totals.Amounts.ShouldHaveSingleItem().Cost).ShouldBe((count, count * 6.5m));
        figures.Rows.ShouldHaveSingleItem().Value.Out.ShouldBe(count);
    }

    [Fact]
    public async Task A_Draft_Beside_A_Wrap_Up_That_Was_Sent_Counts_For_Nothing()
    {
        foreach (var (endpointId, action) in new[]
        {
            ("ep-1", "callStart"), ("ep-2", "callStart"), ("ep-1", "callEnd"), ("ep-2", "callEnd"),
        })
        {
            await RingAsync("c-1", action, endpointId: endpointId);
        }

        var call = (await _features.CallAsync("c-1")).ShouldNotBeNull();
        foreach (var (owner, isDraft) in new[] { ("ana", false), ("luis", true) })
        {
            await _features.Get<WrapUpStore>().SaveAsync(
                call.Key,
                owner,
                new WrapUp
                {
                    AgentId = owner,
                    UpdatedAt = _features.Clock.Now,
                    Outcome = "attended",
                    Draft = isDraft,
                    Charge = new Charge(2500m, "CRC", "visit"),
                },
                null,
                default);
        }

        await _features.DecideAsync(
            call, new AgentDecision(DecisionKind.OutcomeRecorded, _features.Clock.Now, "ana", Outcome: "attended"));

        var totals = (await ReadAsync(ReportBy.Day)).Totals;
        (totals.WrapUps, totals.Amounts.ShouldHaveSingleItem().Charges).ShouldBe((1, 2500m));
    }

    [Fact]
    public async Task A_Day_To_Which_An_Hour_Belongs_No_More_Is_Worked_Out_Without_It()
    {
        // The account was in a zone where this hour was of the day before.
        var yesterday = Today.AddDays(-1);
        var store = _features.Get<PeriodStore>();
        foreach (var (period, day) in new[]
        {
            (Period.OfHour(At("2026-03-02T15:00:00Z")), yesterday), (Period.OfDay(yesterday), default),
        })
        {
            var figures = new PeriodFigures();
            figures.Add(new CallFigures(day, 23, null, null, new Figures { In = 1 }, [], []));
            await store.SaveAsync(period, null, figures, _features.Clock.Now, default, default);
        }

        await RingAsync("c-1", "callStart");

        (await ReadAsync(ReportBy.Day)).Totals.In.ShouldBe(1);
        (await ReadAsync(ReportBy.Day, yesterday, yesterday)).Totals.In.ShouldBe(0);
    }

    [Theory]
    [InlineData("2026-03-02", "2026-03-02T05:00:00Z", "2026-03-03T06:00:00Z")]
    // The clocks of New York are set back on this day, and it has 25 hours.
    [InlineData("2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T06:00:00Z")]
    [InlineData("2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", "America/New_York")]
    public void The_Days_Of_All_Accounts_Are_Looked_At(
        string date, string from, string until, string home = "America/Costa_Rica")
    {
        var day = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

        KeeperOf(home, "America/New_York").SpanOf(day, day).ShouldBe((At(from), At(until)));
    }

    [Fact]
    public void Another_Zone_Of_Any_Account_Has_All_Calls_Counted_Anew()
    {
        string[] bases =
        [
            KeeperOf("America/Costa_Rica", "America/Costa_Rica").Basis,
            KeeperOf("America/Costa_Rica", "America/New_York").Basis,
            KeeperOf("America/Costa_Rica", "America/Panama").Basis,
            KeeperOf("America/New_York", "America/Costa_Rica").Basis,
        ];

        bases.ShouldBeUnique();
        KeeperOf("America/Costa_Rica", "America/New_York").Basis.ShouldBe(bases[1]);
    }

    [Fact]
    public async Task Whoever_Has_No_Time_Works_Out_One_Hour_All_The_Same()
    {
        await TakeAsync(
            Record("r-1", new DateTime(2026, 3, 2, 8, 0, 0)), Record("r-2", new DateTime(2026, 3, 2, 9, 0, 0)));
        var marks = await _features.Get<ChangedHours>().ListAsync(null, null, default);

        var done = await _features.Get<FigureKeeper>().WorkOutAsync(
            marks, new WorkLimit(_features.Clock, TimeSpan.Zero), default);

        (marks.Count, done).ShouldBe((2, 1));
    }

    [Fact]
    public async Task An_Hour_In_Which_A_Day_Ends_Is_One_Of_It()
    {
        // In Kolkata a day ends at half past six in the evening, by UTC.
        await _features.Get<ChangedHours>().MarkEarlierAsync([At("2026-03-02T18:00:00Z")], default);

        var marks = await _features.Get<ChangedHours>().ListAsync(
            At("2026-03-01T18:30:00Z"), At("2026-03-02T18:30:00Z"), default);

        marks.ShouldHaveSingleItem().Hour.ShouldBe(At("2026-03-02T18:00:00Z"));
    }

    [Fact]
    public async Task Hours_Are_Marked_For_A_Recount_Where_One_Of_Them_Is_Marked_Already()
    {
        var changed = _features.Get<ChangedHours>();
        await RingAsync("c-1", "callStart");
        var known = (await changed.ListAsync(null, null, default)).ShouldHaveSingleItem();

        await changed.MarkEarlierAsync([known.Hour.AddHours(-1), known.Hour, known.Hour.AddHours(1)], default);

        var marks = await changed.ListAsync(null, null, default);
        marks.Select(mark => mark.Hour).ShouldBe([known.Hour.AddHours(-1), known.Hour, known.Hour.AddHours(1)]);
        // A change may go on that was marked before.
        marks[1].ShouldBe(known);
        marks[0].IsSettledAt(_features.Clock.Now).ShouldBeTrue();
    }

    [Fact]
    public async Task A_Mark_That_Was_Set_Again_Stays()
    {
        await RingAsync("c-1", "callStart");
        var changed = _features.Get<ChangedHours>();
        var read = (await changed.ListAsync(null, null, default)).ShouldHaveSingleItem();
        _features.Clock.Now += ChangedHours.Settles + TimeSpan.FromSeconds(1);
        await RingAsync("c-2", "callStart");

        await changed.SettleAsync(read, _features.Clock.Now, default);

        (await MarksAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Wherever_A_Process_Ends_The_Figures_Are_Those_Of_The_Calls()
    {
        for (var writes = 0; writes < 24; writes++)
        {
            var callId = $"c-{writes}";
            // In turn where the call is stored, and where its hour is worked out.
            await CrashAsync(writes, () => RingAsync(callId, "callStart"));
            await RingAsync(callId, "callStart");
            await CrashAsync(writes % 12, () => ReadAsync(ReportBy.Agent));
            await RingAsync(callId, "callEnd");
            await CrashAsync(writes % 12, () => ReadAsync(ReportBy.Agent));

            await ShouldBeTheCallsAsync();
            if (writes % 5 == 0)
            {
                await SettleAsync();
                await ShouldBeTheCallsAsync();
            }
        }
    }

    [Fact]
    public async Task Several_Who_Work_Out_The_Same_While_Calls_Come_Store_Nothing_That_Is_Out_Of_Date()
    {
        await RingAsync("c-0", "callStart");
        var marks = await _features.Get<ChangedHours>().ListAsync(null, null, default);
        var work = Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var i = 0; i < 5; i++)
            {
                await _features.Get<FigureKeeper>().WorkOutAsync(
                    marks, new WorkLimit(_features.Clock, TimeSpan.FromMinutes(1)), default);
            }
        });
        var calls = Enumerable.Range(1, 8).Select(i => RingAsync($"c-{i}", "callStart"));
        await Task.WhenAll(work.Concat(calls));

        (await ReadAsync(ReportBy.Day)).Totals.In.ShouldBe(9);
        await ShouldBeTheCallsAsync();
    }

    [Fact]
    public async Task Who_Has_Read_Before_Another_Stored_Begins_Anew()
    {
        await RingAsync("c-1", "callStart");
        await ReadAsync(ReportBy.Day);
        var marks = await _features.Get<ChangedHours>().ListAsync(null, null, default);
        var held = _features.Gate.Hold("replace reports 2026030215");
        var slow = _features.Get<FigureKeeper>().WorkOutAsync(
            marks, new WorkLimit(_features.Clock, TimeSpan.FromMinutes(1)), default);
        await held.Reached;

        await RingAsync("c-2", "callStart");
        await ReadAsync(ReportBy.Day);
        held.Release();
        await slow;

        await ShouldBeTheCallsAsync();
    }

    [Fact]
    public async Task A_Year_Is_Read_By_Its_Months()
    {
        _features.Clock.Now = At("2026-03-02T15:00:00Z");
        await TakeAsync([.. Enumerable.Range(0, 60).Select(day => Record(
            $"r-{day}", new DateTime(2026, 1, 1, 9, 0, 0).AddDays(day)))]);
        await SettleAsync(new DateOnly(2026, 1, 1));
        _features.Meter.Reset();

        var figures = await ReadAsync(ReportBy.Hour, new DateOnly(2026, 1, 1));

        figures.Rows.ShouldHaveSingleItem().Key.ShouldBe("09");
        (figures.Totals.Out, figures.Rows["09"].Amounts.ShouldHaveSingleItem().Cost).ShouldBe((60, 60 * 6.5m));
        // The marks, the months, the days that no month has, and the detail of two months and of the first of March.
        _features.Meter.Operations.ShouldBe([
            .. Enumerable.Repeat("query reports", 3), .. Enumerable.Repeat("get reports", 3),
        ]);
        (await ReadAsync(ReportBy.Day, new DateOnly(2026, 1, 1))).Rows.Count.ShouldBe(60);
        (await ReadAsync(ReportBy.Contact, new DateOnly(2026, 1, 31))).Rows[PeriodFigures.NoContact].Out.ShouldBe(30);
    }

    [Theory]
    [InlineData("2026-02-01", "2026-02-09", 0)]
    [InlineData("2026-02-11", "2026-02-28", 0)]
    [InlineData("2026-01-31", "2026-02-10", 1)]
    [InlineData("2026-02-10", "2026-03-01", 1)]
    [InlineData("2026-02-01", "2026-02-28", 1)]
    public async Task Of_A_Month_That_Is_Over_The_Asked_Days_Alone_Are_Read(string from, string to, int calls)
    {
        await TakeAsync(Record("r-1", new DateTime(2026, 2, 10, 9, 0, 0)));
        await SettleAsync(new DateOnly(2026, 2, 1));
        (await MonthsAsync()).ShouldContain("202602");

        foreach (var by in Enum.GetValues<ReportBy>())
        {
            (await ReadAsync(by, DayOf(from), DayOf(to))).Totals.Out.ShouldBe(calls, $"{by}");
        }

        static DateOnly DayOf(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_Teams_Report_Has_No_Rows_Of_Other_Teams()
    {
        var figures = new PeriodFigures();
        foreach (var (team, hour) in new[] { ("north", 9), ("south", 10), ("", 11) })
        {
            var (name, one) = (team.Length > 0 ? team : null, new Figures { In = 1 });
            figures.Add(new CallFigures(
                default,
                hour,
                $"outcome of {team}",
                $"contact of {team}",
                one,
                [new TeamShare(name, one)],
                [new AgentShare($"agent of {team}", name, one)]));
        }

        await _features.Get<PeriodStore>().SaveAsync(
            Period.OfDay(Today), null, figures, _features.Clock.Now, default, default);

        var keys = new List<string>();
        foreach (var by in Enum.GetValues<ReportBy>())
        {
            var report = await Reader.ReadAsync(
                new ReportQuery(Today, Today, by), ReportScope.OfTeam("north"), default);
            report.Totals.In.ShouldBe(1);
            keys.Add(report.Rows.ShouldHaveSingleItem($"{by}").Key);
        }

        keys.ShouldBe(["2026-03-02", "09", "agent of north", "north", "outcome of north", "contact of north"]);
    }

    [Fact]
    public async Task The_Contacts_With_The_Most_Calls_Are_Shown_And_The_Others_Counted()
    {
        var figures = new PeriodFigures();
        for (var i = 0; i < 250; i++)
        {
            // In and out: the last have the most.
            var its = new Figures { In = 250 - i, Out = 2 * i };
            figures.Add(new CallFigures(default, 9, null, i == 249 ? null : $"contact-{i:000}", its, [], []));
        }

        await _features.Get<PeriodStore>().SaveAsync(
            Period.OfDay(Today), null, figures, _features.Clock.Now, default, default);

        var report = await _features.Get<ReportMaker>().MakeAsync(
            new ReportQuery(Today, Today, ReportBy.Contact), ReportScope.All, "es", default);

        (report.Items.Count, report.Left).ShouldBe((ReportMaker.MaxContacts, 50));
        (report.Items[0].Key, report.Items[0].Label).ShouldBe(("", "Sin contacto"));
        (report.Items[1].Key, report.Items[1].Label).ShouldBe(("contact-248", "Contacto eliminado"));
    }

    [Fact]
    public async Task A_Month_Is_Worked_Out_Again_Where_A_Record_Of_It_Comes_Late()
    {
        await TakeAsync(Record("r-1", new DateTime(2026, 2, 10, 9, 0, 0)));
        await SettleAsync(new DateOnly(2026, 2, 1));

        await TakeAsync(Record("r-1", new DateTime(2026, 2, 10, 9, 0, 0)) with { Cost = 7m });

        var figures = await ReadAsync(ReportBy.Agent, new DateOnly(2026, 2, 1));
        figures.Rows["ana"].Amounts.ShouldHaveSingleItem().Cost.ShouldBe(7m);
    }

    [Fact]
    public async Task A_Month_Without_News_Since_Its_End_Is_Closed_By_The_Clock()
    {
        _features.Clock.Now = At("2026-02-28T18:00:00Z");
        await TakeAsync(Record("r-1", new DateTime(2026, 2, 10, 9, 0, 0)));
        await ReadAsync(ReportBy.Hour, new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 28));
        _features.Clock.Now += TimeSpan.FromHours(1);
        await RunScheduleAsync();
        (await MonthsAsync()).ShouldBe(["202601"]);
        (await ReadAsync(ReportBy.Hour, new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 28))).Totals.Out.ShouldBe(1);

        _features.Clock.Now = At("2026-03-01T12:00:00Z");
        await RunScheduleAsync();

        (await MonthsAsync()).ShouldBe(["202601", "202602"]);
        (await ReadAsync(ReportBy.Hour, new DateOnly(2026, 2, 1), new DateOnly(2026, 3, 1))).Totals.Out.ShouldBe(1);
    }

    [Fact]
    public async Task Calls_From_Before_Are_Counted_By_A_Job()
    {
        await TakeAsync([.. Enumerable.Range(0, 20).Select(day => Record(
            $"r-{day}", new DateTime(2026, 2, 1, 9, 0, 0).AddDays(day)))]);
        // An earlier release has stored them, and marked nothing.
        foreach (var mark in await _features.RowsAsync(StorageNames.Reports, "changed"))
        {
            await _features.Get<ITables>()[StorageNames.Reports].DeleteAsync(mark.Partition, mark.Key, null, default);
        }

        await RunScheduleAsync();
        await RunScheduleAsync();
        var started = (await JobsAsync()).ShouldHaveSingleItem();
        // Until the job has marked all of them they are to be counted.
        (await _features.Get<PeriodStore>().GetStateAsync(default)).ShouldBeNull();
        for (var step = 0; (await JobsAsync())[0] is { IsOver: false } job; step++)
        {
            step.ShouldBeLessThan(10);
            await _features.Get<JobRunner>().RunAsync(JobMessage.Of(job), default);
        }

        var done = (await JobsAsync()).ShouldHaveSingleItem();
        (done.JobId, done.Count(FiguresJob.Calls), done.Count(FiguresJob.Hours), done.Count(FiguresJob.Left))
            .ShouldBe((started.JobId, 20, 20, 0));
        _features.Meter.Reset();
        (await ReadAsync(ReportBy.Team, new DateOnly(2026, 2, 1))).Totals.Out.ShouldBe(20);
        _features.Meter.Operations.ShouldNotContain("get calls");
        await RunScheduleAsync();
        (await JobsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task During_An_Import_Figures_Are_A_Minute_Old_At_Most_And_Say_So()
    {
        var from = new DateOnly(2026, 2, 1);
        await TakeAsync([.. Enumerable.Range(0, 28).Select(day => Record(
            $"r-{day}", new DateTime(2026, 2, 1, 9, 0, 0).AddDays(day)))]);
        var workedOutAt = _features.Clock.Now;
        (await ReadAsync(ReportBy.Day, from)).Totals.Out.ShouldBe(28);

        _features.Clock.Now += TimeSpan.FromSeconds(30);
        await TakeAsync(Record("late", new DateTime(2026, 2, 1, 9, 30, 0)));
        var soon = await ReadAsync(ReportBy.Day, from);
        _features.Clock.Now += TimeSpan.FromSeconds(31);
        var later = await ReadAsync(ReportBy.Day, from);

        (soon.Totals.Out, soon.AsOf).ShouldBe((28, workedOutAt));
        (later.Totals.Out, later.AsOf, later.Pending).ShouldBe((29, _features.Clock.Now, 0));
    }

    [Fact]
    public async Task A_Minute_Without_News_Costs_A_Query()
    {
        await RunScheduleAsync();
        _features.Meter.Reset();

        await RunScheduleAsync();

        _features.Meter.Operations.ShouldBe(["query reports"]);
    }

    [Fact]
    public async Task The_Figures_Of_Contacts_That_Were_Merged_Are_One_Row()
    {
        var keep = await _features.AddContactAsync("José Rodríguez", "8888-1111");
        var merge = await _features.AddContactAsync("Jose Rodriguez", "8888-7777");
        await _features.AddContactAsync("Rosa Mora", "8888-2222");
        await RingAsync("c-1", "callStart");
        await RingAsync("c-2", "callStart");
        await RingAsync("c-3", "callStart", "88881111");
        await RingAsync("c-4", "callStart", "88882222");
        (await MakeAsync()).Items.Select(row => (row.Label, row.In))
            .ShouldBe([("Jose Rodriguez", 2), ("José Rodríguez", 1), ("Rosa Mora", 1)], ignoreOrder: true);

        await _features.Get<ContactMerges>().MergeAsync(keep.ContactId, merge.ContactId, null, null, "sofia", default);

        var report = await MakeAsync();
        report.Items.Select(row => (row.Key, row.Label, row.In)).First()
            .ShouldBe((keep.ContactId, "José Rodríguez", 3));
        report.Items.Select(row => row.Label).ShouldBe(["José Rodríguez", "Rosa Mora"]);
        (report.Totals.In, report.Left).ShouldBe((4, 0));

        Task<ReportView> MakeAsync() => _features.Get<ReportMaker>().MakeAsync(
            new ReportQuery(Today, Today, ReportBy.Contact), ReportScope.All, "es", default);
    }

    [Fact]
    public async Task Figures_Stay_Where_Persons_Are_Taken_Out_Of_Their_Calls_And_Those_By_Contact_Go()
    {
        var contact = await _features.AddContactAsync("José Rodríguez", "8888-7777");
        await RingAsync("c-1", "callStart");
        await RingAsync("c-1", "callEnd");
        (await ReadAsync(ReportBy.Contact)).Rows.ShouldHaveSingleItem().Key.ShouldBe(contact.ContactId);
        _features.Clock.Now += TimeSpan.FromDays(400);
        var old = (await _features.CallAsync("c-1")).ShouldNotBeNull();

        await _features.Get<OldCalls>().TreatAsync(
            RetentionStage.Anonymize, CallIndex.KeyOf(old), old.Key, default);
        (await ReadAsync(ReportBy.Contact)).Rows.ShouldHaveSingleItem().Key.ShouldBe(PeriodFigures.NoContact);
        (await ReadAsync(ReportBy.Agent)).Rows["ana"].Missed.ShouldBe(1);

        // The hour is marked still when the call is removed.
        var call = (await _features.CallAsync("c-1")).ShouldNotBeNull();
        await _features.Get<RetentionStore>().PutAsync(
            new RetentionRules { CallDays = 365, CallAction = RetentionAction.Remove }, default);
        await _features.Get<OldCalls>().TreatAsync(RetentionStage.Remove, CallIndex.KeyOf(call), call.Key, default);
        await SettleAsync();
        (await ReadAsync(ReportBy.Day)).Totals.Missed.ShouldBe(1);
    }

    [Fact]
    public async Task Figures_Of_Removed_Calls_Stay_Where_The_Rule_Is_Taken_Back_Before_The_Hour_Is_Worked_Out()
    {
        var rules = _features.Get<RetentionStore>();
        await _features.AddContactAsync("José Rodríguez", "8888-7777");
        foreach (var callId in new[] { "c-1", "c-2" })
        {
            await RingAsync(callId, "callStart");
            await RingAsync(callId, "callEnd");
        }

        (await ReadAsync(ReportBy.Day)).Totals.Missed.ShouldBe(2);
        _features.Clock.Now += TimeSpan.FromDays(400);
        await rules.PutAsync(
            new RetentionRules { CallDays = 365, CallAction = RetentionAction.Remove }, default);
        foreach (var callId in new[] { "c-1", "c-2" })
        {
            var call = (await _features.CallAsync(callId)).ShouldNotBeNull();
            await _features.Get<OldCalls>().TreatAsync(RetentionStage.Remove, CallIndex.KeyOf(call), call.Key, default);
            await rules.PutAsync(new RetentionRules(), default);
            (await ReadAsync(ReportBy.Day)).Totals.Missed.ShouldBe(2, $"{callId} is removed");
        }

        await SettleAsync();
        (await ReadAsync(ReportBy.Agent)).Rows["ana"].Missed.ShouldBe(2);
        (await ReadAsync(ReportBy.Contact)).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_Hour_In_Which_A_Person_Was_Erased_Counts_What_Comes_Later()
    {
        await _features.AddContactAsync("José Rodríguez", "8888-7777");
        await RingAsync("c-1", "callStart");
        await RingAsync("c-1", "callEnd");
        var call = (await _features.CallAsync("c-1")).ShouldNotBeNull();
        var due = _features.Clock.Now.AddDays(1);
        await _features.Get<WrapUpStore>().SaveAsync(
            call.Key,
            null,
            new WrapUp
            {
                AgentId = "ana",
                UpdatedAt = _features.Clock.Now,
                Outcome = "promise",
                Promise = new Promise(5000m, "CRC", due),
            },
            null,
            default);
        call = await _features.DecideAsync(
            call, new AgentDecision(DecisionKind.OutcomeRecorded, _features.Clock.Now, "ana", Outcome: "promise"));
        var id = DueItemId.Of(call.Key, null);
        await _features.Get<PromiseStore>().PutAsync(
            id,
            _ => new PromiseToPay(id, call, "ana", null, due, 5000m, "CRC")
            {
                State = PromiseState.Kept,
                PaidAmount = 5000m,
            },
            default);
        PaidOf((await ReadAsync(ReportBy.Day)).Totals).ShouldBe((1, 1, 5000m));

        await _features.Get<OldCalls>().TreatAsync(
            RetentionStage.Anonymize, CallIndex.KeyOf(call), call.Key, default);
        await ReadAsync(ReportBy.Day);
        await RingAsync("c-2", "callStart", "88881111");
        await SettleAsync();

        PaidOf((await ReadAsync(ReportBy.Day)).Totals).ShouldBe((2, 1, 5000m));
        PaidOf((await ReadAsync(ReportBy.Agent)).Rows["ana"]).ShouldBe((2, 1, 5000m));
        var byContact = (await ReadAsync(ReportBy.Contact)).Rows.ShouldHaveSingleItem();
        (byContact.Key, byContact.Value.In).ShouldBe((PeriodFigures.NoContact, 2));

        static (int, int, decimal) PaidOf(Figures figures) =>
            (figures.In, figures.PromisesKept, figures.Amounts?.SingleOrDefault()?.Paid ?? 0);
    }

    [Theory]
    [InlineData(null, default(RetentionAction), 1)]
    // By these no call of the hour is removed, and so no figure is to be kept. A record of a call that would be made
    // anonymous is not taken.
    [InlineData(31, RetentionAction.Anonymize, 0)]
    [InlineData(60, RetentionAction.Remove, 1)]
    public async Task An_Old_Hour_In_Which_A_Person_Was_Erased_Counts_What_Comes_Of_Others(
        int? callDays, RetentionAction action, int records)
    {
        await _features.Get<RetentionStore>().PutAsync(
            new RetentionRules { CallDays = callDays, CallAction = action }, default);
        await _features.AddContactAsync("José Rodríguez", "8888-7777");
        var rosa = await _features.AddContactAsync("Rosa Mora", "8888-2222");
        foreach (var (callId, ani) in new[] { ("c-1", "88887777"), ("c-2", "88882222") })
        {
            await RingAsync(callId, "callStart", ani);
            await RingAsync(callId, "callEnd", ani);
            await PromiseAsync(callId, PromiseState.Open);
        }

        await SettleAsync();
        var erased = (await _features.CallAsync("c-1")).ShouldNotBeNull();
        await _features.Get<OldCalls>().TreatAsync(
            RetentionStage.Anonymize, CallIndex.KeyOf(erased), erased.Key, default);
        _features.Clock.Now += TimeSpan.FromDays(45);
        await SettleAsync();

        await PromiseAsync("c-2", PromiseState.Kept);
        await TakeAsync(Record("r-1", new DateTime(2026, 3, 2, 9, 30, 0)));

        PaidOf((await ReadAsync(ReportBy.Contact)).Rows[rosa.ContactId]).ShouldBe((1, 0, 1, 1, 5000m, 0));
        (ReportBy By, string Key)[] rows =
            [(ReportBy.Day, "2026-03-02"), (ReportBy.Agent, "ana"), (ReportBy.Hour, "09")];
        foreach (var (by, key) in rows)
        {
            var figures = await ReadAsync(by);
            PaidOf(figures.Rows[key]).ShouldBe((2, records, 2, 1, 5000m, records * 6.5m), $"{by}");
            PaidOf(figures.Totals).ShouldBe((2, records, 2, 1, 5000m, records * 6.5m), $"{by}");
        }

        async Task PromiseAsync(string callId, PromiseState state)
        {
            var call = (await _features.CallAsync(callId)).ShouldNotBeNull();
            var due = _features.Clock.Now.AddDays(1);
            if (state == PromiseState.Open)
            {
                await _features.Get<WrapUpStore>().SaveAsync(
                    call.Key,
                    null,
                    new WrapUp
                    {
                        AgentId = "ana",
                        UpdatedAt = _features.Clock.Now,
                        Outcome = "promise",
                        Promise = new Promise(5000m, "CRC", due),
                    },
                    null,
                    default);
                call = await _features.DecideAsync(
                    call,
                    new AgentDecision(DecisionKind.OutcomeRecorded, _features.Clock.Now, "ana", Outcome: "promise"));
            }

            var id = DueItemId.Of(call.Key, null);
            await _features.Get<ChangedHours>().MarkAsync(call, default);
            await _features.Get<PromiseStore>().PutAsync(
                id, _ => new PromiseToPay(id, call, "ana", null, due, 5000m, "CRC") { State = state }, default);
        }

        static (int, int, int, int, decimal, decimal) PaidOf(Figures figures) => (
            figures.In,
            figures.Out,
            figures.PromisesMade,
            figures.PromisesKept,
            figures.Amounts?.SingleOrDefault()?.Paid ?? 0,
            figures.Amounts?.SingleOrDefault()?.Cost ?? 0);
    }

    [Fact]
    public async Task Figures_Of_Removed_Calls_Stay_On_Their_Day_Where_The_Zone_Has_Changed()
    {
        // The first hour of the day in New York, where the account was then; here it is the evening before.
        var figures = new PeriodFigures();
        figures.Add(new CallFigures(Today, 0, null, null, new Figures { In = 1 }, [], []));
        await _features.Get<PeriodStore>().SaveAsync(
            Period.OfHour(At("2026-03-02T05:00:00Z")), null, figures, _features.Clock.Now, default, default);

        await RingAsync("c-1", "callStart");

        (await ReadAsync(ReportBy.Day)).Totals.In.ShouldBe(2);
        (await ReadAsync(ReportBy.Day, Today.AddDays(-1), Today.AddDays(-1))).Totals.In.ShouldBe(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("luis")]
    public async Task A_Promise_That_Was_Handed_Over_Counts_For_Who_Made_It(string? owner)
    {
        await RingAsync("c-1", "callStart");
        await RingAsync("c-1", "callStart", endpointId: "ep-2");
        await RingAsync("c-1", "callEnd");
        await RingAsync("c-1", "callEnd", endpointId: "ep-2");
        var call = (await _features.CallAsync("c-1")).ShouldNotBeNull();
        call.Agents.Count.ShouldBe(2);
        var due = _features.Clock.Now.AddDays(1);
        await _features.Get<WrapUpStore>().SaveAsync(
            call.Key,
            owner,
            new WrapUp
            {
                AgentId = "luis",
                UpdatedAt = _features.Clock.Now,
                Outcome = "promise",
                Promise = new Promise(7000m, "CRC", due),
            },
            null,
            default);
        call = await _features.DecideAsync(
            call, new AgentDecision(DecisionKind.OutcomeRecorded, _features.Clock.Now, "luis", Outcome: "promise"));
        var id = DueItemId.Of(call.Key, owner);
        await _features.Get<PromiseStore>().PutAsync(
            id,
            _ => new PromiseToPay(id, call, "ana", null, due, 7000m, "CRC") { State = PromiseState.Kept },
            default);

        var luis = (await ReadAsync(ReportBy.Agent)).Rows["luis"];

        (luis.PromisesMade, luis.PromisesKept, luis.Amounts?.SingleOrDefault()?.Paid).ShouldBe((1, 1, 7000m));
    }

    [Fact]
    public async Task Large_Figures_Stand_In_Several_Rows()
    {
        var store = _features.Get<PeriodStore>();
        var period = Period.OfDay(Today);
        for (var version = 1; version <= 2; version++)
        {
            var figures = new PeriodFigures();
            for (var i = 0; i < 3000; i++)
            {
                figures.Add(new CallFigures(
                    default, 9, null, $"contact-{i}", new Figures { In = version }, [], []));
            }

            (await store.SaveAsync(
                period, await store.GetAsync(period, default), figures, _features.Clock.Now, default, default))
                .ShouldBeTrue();

            var stored = (await store.GetAsync(period, default)).ShouldNotBeNull();
            (await store.ReadAsync([stored], PeriodPart.Contacts, default))[0].Sum(cell => cell.Figures.In)
                .ShouldBe(3000 * version);
            // The rows of the version before are gone: four of contacts, and the one of hours and outcomes.
            (await _features.RowsAsync(StorageNames.Reports, "parts")).Count.ShouldBe(5);
        }
    }

    [Fact]
    public async Task An_Hour_Whose_Figures_Have_Become_Small_Leaves_No_Rows_Of_The_Large_Ones()
    {
        var store = _features.Get<PeriodStore>();
        var period = Period.OfHour(At("2026-03-02T15:00:00Z"));
        foreach (var (contacts, rows) in new[] { (3000, 5), (1, 0) })
        {
            var figures = new PeriodFigures();
            for (var i = 0; i < contacts; i++)
            {
                figures.Add(new CallFigures(Today, 9, null, $"contact-{i}", new Figures { In = 1 }, [], []));
            }

            await store.SaveAsync(
                period, await store.GetAsync(period, default), figures, _features.Clock.Now, default, default);

            (await _features.RowsAsync(StorageNames.Reports, "parts")).Count.ShouldBe(rows);
            var stored = (await store.GetAsync(period, default)).ShouldNotBeNull();
            (await store.ReadAsync([stored], PeriodPart.Contacts, default))[0].Count.ShouldBe(contacts);
        }
    }

    [Fact]
    public async Task A_Reader_Whose_Rows_Are_Replaced_Meanwhile_Gets_The_Newer_Ones()
    {
        var store = _features.Get<PeriodStore>();
        var period = Period.OfDay(Today);
        await PutAsync(1);
        var read = (await store.GetAsync(period, default)).ShouldNotBeNull();
        await PutAsync(2);

        (await store.ReadAsync([read], PeriodPart.Detail, default))[0]
            .Single(cell => cell.Key == PeriodFigures.KeyOfHour(9)).Figures.In.ShouldBe(2);

        async Task PutAsync(int calls)
        {
            var figures = new PeriodFigures();
            figures.Add(new CallFigures(default, 9, null, null, new Figures { In = calls }, [], []));
            await store.SaveAsync(
                period, await store.GetAsync(period, default), figures, _features.Clock.Now, default, default);
        }
    }

    private FigureKeeper KeeperOf(string home, string other) => new(
        _features.Get<PeriodStore>(),
        _features.Get<ChangedHours>(),
        _features.Get<CallIndex>(),
        _features.Get<WrapUpStore>(),
        _features.Get<PromiseStore>(),
        new Accounts(Options.Create(new CallMyWayOptions
        {
            Accounts =
            {
                new AccountOptions { Username = "8000001", TimeZone = home },
                new AccountOptions { Username = "8000002", TimeZone = other },
            },
        })),
        _features.Get<RetentionStore>(),
        _features.Clock);

    private async Task ShouldBeTheCallsAsync()
    {
        var truth = new PeriodFigures();
        await foreach (var call in _features.Get<CallIndex>().ReadAsync(
            At("2026-03-02T06:00:00Z"), At("2026-03-03T06:00:00Z"), default))
        {
            truth.Add(ReportFacts.Of(call, [], _features.Get<Accounts>().Home));
        }

        var total = (await ReadAsync(ReportBy.Day)).Totals;
        JsonSerializer.Serialize(total).ShouldBe(JsonSerializer.Serialize(
            truth[PeriodPart.Totals].Single(cell => cell.Key.Scope == ReportScope.All).Value));
        foreach (var by in new[] { ReportBy.Agent, ReportBy.Hour })
        {
            var rows = (await ReadAsync(by)).Rows;
            foreach (var (key, sum) in truth[PeriodPart.Detail]
                .Where(cell => PeriodFigures.NameOf(cell.Key.Key, by) is not null
                    && (by == ReportBy.Agent || cell.Key.Scope == ReportScope.All)))
            {
                JsonSerializer.Serialize(rows[PeriodFigures.NameOf(key.Key, by)!])
                    .ShouldBe(JsonSerializer.Serialize(sum));
            }
        }
    }

    private async Task CrashAsync(int writes, Func<Task> what)
    {
        _features.Meter.CrashAfter(writes);
        try
        {
            await what();
        }
        catch (Exception)
        {
            // The process ended.
        }

        _features.Meter.Recover();
    }

    private async Task SettleAsync(DateOnly? from = null)
    {
        _features.Clock.Now += ChangedHours.Settles + TimeSpan.FromSeconds(1);
        await ReadAsync(ReportBy.Day, from);
        (await MarksAsync()).ShouldBe(0);
    }

    private async Task<IEnumerable<string>> MonthsAsync() =>
        (await _features.RowsAsync(StorageNames.Reports, "month")).Select(row => row.Key);

    private async Task<int> MarksAsync() => (await _features.RowsAsync(StorageNames.Reports, "changed")).Count;

    private async Task<IReadOnlyList<Job>> JobsAsync() => (await _features.Get<JobStore>().ListAsync(
        FiguresJob.Name, new Functions.Api.PageRequest(10, null), default)).Items;

    private Task RunScheduleAsync() =>
        _features.GetAll<IScheduled>().OfType<FiguresSchedule>().Single().RunDueAsync(default);

    private Task<ReportFigures> ReadAsync(ReportBy by, DateOnly? from = null, DateOnly? to = null) =>
        Reader.ReadAsync(new ReportQuery(from ?? Today, to ?? Today, by), ReportScope.All, default);

    private Task RingAsync(
        string callId, string action, string ani = "88887777", string endpointId = "ep-1") => _features.ProcessAsync(
        $$$"""{"action":"{{{action}}}","data":{"callid":"{{{callId}}}","account_id":"8000001","endpoint_id":"{{{endpointId}}}","ani":"{{{ani}}}","dnis":"40001000","type":"in","detect_time":"2026-03-02 09:15:00","connect_time":""}}""");

    private async Task TakeAsync(params IReadOnlyList<CallRecord> records) =>
        await _features.Get<RecordIntake>().TakeAsync(
            _features.Get<Accounts>().Home,
            records,
            _features.Clock.Now,
            record => Assert.Fail($"{record}"),
            _ => { },
            default);

    private static CallRecord Record(string id, DateTime at) => new()
    {
        RecordId = id,
        Ani = "ep-1",
        Dnis = "88881234",
        DetectTime = at,
        ConnectTime = at,
        Duration = 60,
        Cost = 6.5m,
    };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
