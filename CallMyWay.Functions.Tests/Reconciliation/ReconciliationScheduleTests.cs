using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Tests.Operator;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Reconciliation;

/// <summary>When a day is worked out by itself, and which day a record belongs to that could not be read.</summary>
public sealed class ReconciliationScheduleTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    [Theory]
    [InlineData("America/Costa_Rica", "2026-03-03T12:00:00Z")]
    // The clocks are set forward at two in the morning of the next day, and back at two of the one before.
    [InlineData("America/New_York", "2026-03-03T11:00:00Z")]
    [InlineData("Asia/Kolkata", "2026-03-03T00:30:00Z")]
    public void A_Day_Is_Due_Six_Hours_After_Its_End(string zone, string due)
    {
        var account = new Account("8000001", "CRC", TimeZoneInfo.FindSystemTimeZoneById(zone));
        var date = new DateOnly(2026, 3, 2);
        var at = DateTimeOffset.Parse(due, CultureInfo.InvariantCulture);

        ReconciliationSchedule.DueAt(account, date).ShouldBe(at);
    }

    [Fact]
    public void Days_That_Were_Missed_Are_Caught_Up_Three_At_Once()
    {
        var account = new Account("8000001", "CRC", TimeZoneInfo.Utc);
        var next = new DateOnly(2026, 3, 2);
        var now = new DateTimeOffset(2026, 3, 10, 5, 0, 0, TimeSpan.Zero);

        var due = ReconciliationSchedule.DueBy(account, next, now);

        due.ShouldBe([next, next.AddDays(1), next.AddDays(2)]);
        ReconciliationSchedule.DueBy(account, new DateOnly(2026, 3, 9), now).ShouldBeEmpty();
        ReconciliationSchedule.DueBy(account, new DateOnly(2026, 3, 8), now).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_Day_That_Could_Not_Be_Worked_Out_Is_Begun_Again_A_Day_Later()
    {
        await using var features = await Features.StartAsync();
        var (account, days) = (features.Get<Accounts>().Home, features.Get<DayStore>());
        var schedule = ScheduleOf(features);
        await days.PutNextAsync(account.Username, Monday, default);
        features.Clock.Now = ReconciliationSchedule.DueAt(account, Monday);
        await schedule.RunDueAsync(default);
        (await days.GetAsync(account.Username, Monday, default)).AskedAt.ShouldBe(features.Clock.Now);
        // Nobody asked for the day before the schedule.
        (await days.GetAsync(account.Username, Monday.AddDays(-1), default)).AskedAt.ShouldBeNull();

        // Its job has failed.
        features.Clock.Now += TimeSpan.FromDays(1);
        await schedule.RunDueAsync(default);

        (await days.GetAsync(account.Username, Monday, default)).AskedAt.ShouldBe(features.Clock.Now);
    }

    [Theory]
    [InlineData("upsert jobs")]
    [InlineData("insert jobs")]
    public async Task A_Day_That_Was_Noted_As_Begun_And_Has_No_Job_Gets_One(string write)
    {
        await using var features = await Features.StartAsync();
        var (account, days) = (features.Get<Accounts>().Home, features.Get<DayStore>());
        var schedule = ScheduleOf(features);
        await days.PutNextAsync(account.Username, Monday, default);
        features.Clock.Now = ReconciliationSchedule.DueAt(account, Monday);
        features.Gate.Fail(write);
        await Should.ThrowAsync<AggregateException>(() => schedule.RunDueAsync(default));
        features.Gate.Open();
        (await days.GetAsync(account.Username, Monday, default)).AskedAt.ShouldBe(features.Clock.Now);
        (await JobsAsync()).ShouldBeEmpty();

        features.Clock.Now += TimeSpan.FromSeconds(59);
        await schedule.RunDueAsync(default);

        (await days.GetNextAsync(account.Username, default)).ShouldBe(Monday.AddDays(1));
        var job = (await JobsAsync()).ShouldHaveSingleItem();
        job.Payload.ShouldBe(ReconcileDay.PayloadOf(account.Username, Monday));
        // With its job it is not begun twice.
        (await features.Get<Reconciliations>().StartAsync(account, Monday, "ana", default)).State
            .ShouldBe(DayState.Pending);
        (await JobsAsync()).ShouldHaveSingleItem().JobId.ShouldBe(job.JobId);

        async Task<IReadOnlyList<Job>> JobsAsync() =>
            (await features.Get<JobStore>().ListAsync(ReconcileDay.Name, new PageRequest(10, null), default)).Items;
    }

    [Fact]
    public async Task Days_That_A_Clock_Ahead_Has_Worked_Out_Are_Pending_And_Are_Worked_Out_When_They_Are_Over()
    {
        await using var features = await Features.StartAsync();
        var (account, days) = (features.Get<Accounts>().Home, features.Get<DayStore>());
        var schedule = ScheduleOf(features);
        await days.PutNextAsync(account.Username, Monday, default);
        var now = ReconciliationSchedule.DueAt(account, Monday).AddHours(-12);
        features.Clock.Now = now.AddDays(30);
        for (var minute = 0; minute < 12; minute++)
        {
            await schedule.RunDueAsync(default);
        }

        foreach (var day in await days.ListAsync(account.Username, Monday, Monday.AddDays(29), default))
        {
            day.AskedAt.ShouldNotBeNull($"{day.Date}");
            await days.PutAsync(
                day with { State = DayState.Green, WorkedOutAt = features.Clock.Now }, default);
        }

        // The clock is put right a day later.
        features.Clock.Now = now.AddDays(1);
        (await days.GetAsync(account.Username, Monday, default)).At(features.Clock.Now).State
            .ShouldBe(DayState.Pending);
        for (var date = Monday; date < Monday.AddDays(5); date = date.AddDays(1))
        {
            await schedule.RunDueAsync(default);
            (await days.GetNextAsync(account.Username, default)).ShouldBe(date.AddDays(1));
            (await days.GetAsync(account.Username, date, default)).AskedAt.ShouldBe(features.Clock.Now);
            features.Clock.Now += TimeSpan.FromDays(1);
        }
    }

    [Fact]
    public async Task A_Day_That_A_Clock_Ahead_Has_Begun_And_Not_Worked_Out_Is_The_Next_Again()
    {
        await using var features = await Features.StartAsync();
        var (account, days) = (features.Get<Accounts>().Home, features.Get<DayStore>());
        var schedule = ScheduleOf(features);
        await days.PutNextAsync(account.Username, Monday, default);
        var now = ReconciliationSchedule.DueAt(account, Monday).AddHours(-12);
        features.Clock.Now = now.AddDays(30);
        await schedule.RunDueAsync(default);
        (await days.GetNextAsync(account.Username, default)).ShouldBe(Monday.AddDays(3));

        features.Clock.Now = now;
        await schedule.RunDueAsync(default);

        (await days.GetNextAsync(account.Username, default)).ShouldBe(Monday);
    }

    [Fact]
    public async Task A_Clock_That_Is_Behind_For_A_Moment_Begins_No_Day()
    {
        await using var features = await Features.StartAsync();
        var (account, days) = (features.Get<Accounts>().Home, features.Get<DayStore>());
        var schedule = ScheduleOf(features);
        await days.PutNextAsync(account.Username, Monday, default);
        features.Clock.Now = ReconciliationSchedule.DueAt(account, Monday).AddYears(-10);

        await schedule.RunDueAsync(default);

        (await days.GetNextAsync(account.Username, default)).ShouldBe(Monday);
    }

    [Fact]
    public async Task A_Moment_That_Was_Missed_Is_No_Failure_Of_The_Operator()
    {
        await using var features = await Features.StartAsync();
        var clock = new ImpatientClock(ReconciliationSchedule.DueAt(features.Get<Accounts>().Home, Monday));
        var began = clock.Now;
        var paced = OperatorPaceTests.Records(features, clock);
        // Each moment is over before it is stored.
        features.Gate.Before(() =>
        {
            clock.Now += TimeSpan.FromSeconds(30);
            return Task.CompletedTask;
        });
        var kind = ActivatorUtilities.CreateInstance<ReconcileDay>(
            features.Get<IServiceProvider>(),
            new RecordPages(paced, features.Get<RecordIntake>(), features.Get<AsideRecordStore>(), clock),
            paced,
            clock);
        var job = new Job
        {
            JobId = "one",
            Kind = ReconcileDay.Name,
            CreatedAt = began,
            MovedAt = began,
            Payload = ReconcileDay.PayloadOf(DemoHost.Account, Monday),
        };
        while (clock.Now - began < TimeSpan.FromHours(5))
        {
            var step = await kind.RunAsync(job, default);
            (step.State, step.Delay).ShouldBe((JobState.Running, PaceRule.OfTheOperator.Interval));
            job = step.Progress;
        }

        (WorkOf(job).Failures, WorkOf(job).IsRead).ShouldBe((0, false));
        // It does not go on for ever.
        clock.Now += TimeSpan.FromHours(1);
        for (var steps = 0; !WorkOf(job).IsRead; steps++)
        {
            steps.ShouldBeLessThan(3);
            job = (await kind.RunAsync(job, default)).Progress;
        }

        WorkOf(job).Error.ShouldNotBeNull();

        static DayWork WorkOf(Job job) =>
            new StoredJson<DayWork>(ReconciliationJson.Default).Deserialize(job.Payload);
    }

    [Theory]
    [InlineData("""{"callid":"1","detect_time":"2026-03-05 08:00:00"}""", "2026-03-05")]
    [InlineData("""{"connect_time":"1970-01-01 00:00:00","detect_time":"2026-03-05 08:00:00"}""", "2026-03-05")]
    [InlineData("""{"detect_time":"0000-00-00 00:00:00"}""", "2026-03-01")]
    [InlineData("""{"callid":"20260305-12-99-1"}""", "2026-03-01")]
    public void A_Record_Aside_Is_Of_The_Day_It_Names_Or_Was_Read_On(string raw, string day) => AsideDay.Of(
        new KeptAsideRecord(
            "8000001", new DateTimeOffset(2026, 3, 2, 5, 0, 0, TimeSpan.Zero), null, "", "", "", raw),
        TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"))
        .ShouldBe(DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture));

    private static ReconciliationSchedule ScheduleOf(Features features) => new(
        features.Get<Reconciliations>(),
        features.Get<DayStore>(),
        features.Get<Accounts>(),
        OperatorPaceTests.Records(features, features.Clock),
        features.Clock);
}
