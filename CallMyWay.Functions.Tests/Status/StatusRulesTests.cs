using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.ContactLookup;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Status;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.Status;

/// <summary>What is good, what is bad, and that whatever is not good says what to do.</summary>
public sealed class StatusRulesTests
{
    private const long Gigabyte = 1L << 30;

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica");

    private static readonly DateOnly Today = new(2026, 3, 2);

    private readonly StatusRules _rules = new(Now, Language.Spanish);

    [Theory]
    [InlineData(null, Condition.Warning)]
    [InlineData(5, Condition.Good)]
    [InlineData(60 * 23, Condition.Good)]
    // It is Monday, nine o'clock: the weekend does not count.
    [InlineData(60 * 25, Condition.Good)]
    [InlineData(60 * 24 * 3, Condition.Good)]
    [InlineData((60 * 24 * 3) + 1, Condition.Warning)]
    [InlineData(60 * 24 * 30, Condition.Warning)]
    public void Notifications_Come_Each_Working_Day(int? minutesAgo, Condition state)
    {
        var last = minutesAgo is { } ago ? Now.AddMinutes(-ago) : (DateTimeOffset?)null;

        var webhook = _rules.Webhook([new WebhookKeyUse(1, null), new WebhookKeyUse(2, last)], Zone);

        Check(webhook, state);
        webhook.LastAt.ShouldBe(last);
    }

    [Theory]
    // A whole working day has passed before the Saturday that it is.
    [InlineData("2026-02-26T23:00", "2026-02-28T12:00", Condition.Warning)]
    [InlineData("2026-02-27T06:00", "2026-02-28T12:00", Condition.Good)]
    // The last one came on a Saturday: of that day the rest alone does not count.
    [InlineData("2026-02-28T12:00", "2026-03-03T00:30", Condition.Warning)]
    [InlineData("2026-02-28T12:00", "2026-03-02T23:30", Condition.Good)]
    // The Sunday on which the clocks of New York are set back has 25 hours.
    [InlineData("2026-10-30T09:00", "2026-11-02T08:30", Condition.Good, "America/New_York")]
    [InlineData("2026-10-30T09:00", "2026-11-02T09:30", Condition.Warning, "America/New_York")]
    public void Saturdays_And_Sundays_Do_Not_Count(
        string last, string now, Condition state, string zone = "America/Costa_Rica")
    {
        var its = TimeZoneInfo.FindSystemTimeZoneById(zone);

        Check(new StatusRules(At(now), Language.Spanish).Webhook([new WebhookKeyUse(1, At(last))], its), state);

        DateTimeOffset At(string local)
        {
            var time = DateTime.ParseExact(
                local, "yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
            return new DateTimeOffset(time, its.GetUtcOffset(time));
        }
    }

    [Fact]
    public void The_Key_That_Was_Used_Last_Counts()
    {
        var webhook = _rules.Webhook(
            [new WebhookKeyUse(1, Now.AddDays(-30)), new WebhookKeyUse(2, Now.AddMinutes(-5))], Zone);

        Check(webhook, Condition.Good);
        webhook.LastAt.ShouldBe(Now.AddMinutes(-5));
    }

    [Fact]
    public void An_Endpoint_That_Takes_No_Events_Says_Since_When_And_Why()
    {
        var endpoint = new EventEndpoint
        {
            EndpointId = "e-1",
            Url = "https://crm.example.org/events?key=secret",
            Events = ["call.ended"],
            Secret = "whsec_",
            CreatedAt = Now.AddDays(-90),
        };
        var failing = endpoint with { Health = new EndpointHealth { FailingSince = Now.AddDays(-2), Error = default } };
        var paused = failing with { Health = failing.Health! with { PausedAt = Now.AddDays(-1) } };

        Check(_rules.Events(endpoint), Condition.Good);
        Check(_rules.Events(failing), Condition.Warning);
        Check(_rules.Events(paused), Condition.Bad);
        (_rules.Events(endpoint).Since, _rules.Events(failing).Since, _rules.Events(paused).Since)
            .ShouldBe((null, Now.AddDays(-2), Now.AddDays(-1)));
        var refusing = failing with { Health = failing.Health with { Error = DeliveryError.Status, Status = 500 } };
        var gone = paused with { Health = paused.Health with { Error = DeliveryError.Gone, Status = 410 } };
        (_rules.Events(endpoint).LastError, _rules.Events(refusing).LastError, _rules.Events(gone).LastError).ShouldBe((
            null, "El sistema contestó 500.", "El sistema contestó que ya no quiere recibir eventos (410)."));
        // The address can hold a secret.
        _rules.Events(endpoint).Name.ShouldBe("crm.example.org");
    }

    [Fact]
    public void A_Look_Up_That_Is_Off_Fails_No_More()
    {
        var health = new LookupHealth
        {
            FailedAt = Now,
            Error = default,
            FailingSince = Now.AddDays(-1),
        };
        var settings = new LookupSettings { Url = "https://crm.example.org/who", Enabled = true, Secret = "whsec_" };

        Check(_rules.Lookup(new LookupState(settings, health, null)), Condition.Warning);
        Check(_rules.Lookup(new LookupState(settings, health with { FailingSince = null }, null)), Condition.Good);
        Check(_rules.Lookup(new LookupState(settings with { Enabled = false }, health, null)), Condition.Good);
    }

    [Fact]
    public void Without_A_Key_No_Notification_Can_Come() => Check(_rules.Webhook([], Zone), Condition.Bad);

    [Fact]
    public void The_Pull_Is_Good_While_It_Goes_On()
    {
        var pull = new RecordPull { Account = "a", TriedAt = Now, SucceededAt = Now, Watermark = Now.AddMinutes(-3) };

        Check(_rules.Records("a", pull, isOff: false), Condition.Good);
        Check(_rules.Records("a", new RecordPull { Account = "a" }, isOff: false), Condition.Good);
        Check(_rules.Records("a", pull, isOff: true), Condition.Warning);
        Check(_rules.Records("a", pull with { Watermark = Now.AddHours(-2) }, isOff: false), Condition.Warning);
        Check(_rules.Records("a", pull with { TriedAt = Now.AddMinutes(-11) }, isOff: false), Condition.Bad);
        var failing = _rules.Records(
            "a", pull with { Failure = new PullFailure(RecordsResult.Refused, 401, "no") }, isOff: false);
        Check(failing, Condition.Bad);
        failing.LastError.ShouldBe("El operador rechaza el usuario o la contraseña");
        (failing.SecondsBehind, failing.LastSuccess).ShouldBe((180, Now));
    }

    [Theory]
    [InlineData(0, null, Condition.Good)]
    [InlineData(0, 59, Condition.Good)]
    [InlineData(0, 60, Condition.Warning)]
    [InlineData(0, 900, Condition.Bad)]
    [InlineData(1, null, Condition.Bad)]
    // The storage's clock can be ahead of ours.
    [InlineData(0, -5, Condition.Good)]
    public void A_Queue_Moves(long poison, int? secondsAgo, Condition state)
    {
        var since = secondsAgo is { } ago ? Now.AddSeconds(-ago) : (DateTimeOffset?)null;

        var queue = _rules.Queue("jobs", 7, new QueueState(poison, since));

        Check(queue, state);
        (queue.Name, queue.Waiting, queue.Poison).ShouldBe(("jobs", 7, poison));
        queue.OldestSeconds.ShouldBe(secondsAgo is { } seconds ? Math.Max(0, seconds) : null);
    }

    [Fact]
    public void A_Refused_Notification_Is_Looked_At()
    {
        Check(_rules.Refused(0), Condition.Good);
        Check(_rules.Refused(1), Condition.Warning);
    }

    [Fact]
    public void Open_Days_Are_Looked_At_And_Pending_Ones_Once_Two_Nights_Have_Passed()
    {
        Check(Days(isOff: false, (1, DayState.Pending), (2, DayState.Green), (3, DayState.Healed)), Condition.Good);
        Check(Days(isOff: false, (2, DayState.Pending)), Condition.Warning);
        // Without records no day can be worked out: the pull says so.
        Check(Days(isOff: true, (2, DayState.Pending)), Condition.Good);
        var open = Days(isOff: false, (5, DayState.Open), (3, DayState.Open), (1, DayState.Pending));
        Check(open, Condition.Warning);
        (open.Open, open.Pending, open.OpenDay).ShouldBe((2, 1, Today.AddDays(-3)));

        ReconciliationStatus Days(bool isOff, params (int Ago, DayState State)[] days) => _rules.Reconciliation(
            "a",
            [.. days.Select(day => new DayReconciliation("a", Today.AddDays(-day.Ago)) { State = day.State })],
            Today,
            isOff);
    }

    [Theory]
    [InlineData(500, 1000, Condition.Good)]
    [InlineData(25, 1000, Condition.Good)]
    [InlineData(15, 1000, Condition.Warning)]
    [InlineData(15, 100, Condition.Good)]
    [InlineData(1, 10, Condition.Warning)]
    [InlineData(0, 10, Condition.Bad)]
    public void A_Disk_Has_Room(long freeGigabytes, long totalGigabytes, Condition state) =>
        Check(_rules.Disk(new HostDisk(freeGigabytes * Gigabyte, totalGigabytes * Gigabyte, 1)), state);

    [Theory]
    [InlineData(null, false, Condition.Good)]
    [InlineData(30, false, Condition.Good)]
    [InlineData(49, false, Condition.Warning)]
    [InlineData(30, true, Condition.Bad)]
    [InlineData(null, true, Condition.Bad)]
    public void A_Backup_Is_Made_Each_Day(int? hoursAgo, bool hasFailed, Condition state)
    {
        var made = hoursAgo is { } ago ? Now.AddHours(-ago) : (DateTimeOffset?)null;

        var backups = _rules.Backups(new HostBackups(made, hasFailed ? Now.AddHours(-1) : null));

        Check(backups, state);
        backups.LastAt.ShouldBe(made);
    }

    [Theory]
    [InlineData(StorageState.Writable, Condition.Good)]
    [InlineData(StorageState.Silent, Condition.Bad)]
    [InlineData(StorageState.Refusing, Condition.Bad)]
    public void The_Storage_Takes_What_Is_Written(StorageState storage, Condition state) =>
        Check(_rules.Storage(storage), state);

    [Fact]
    public void The_Worst_Part_Counts_And_What_Could_Not_Be_Read_Is_Bad()
    {
        StatusPart good = _rules.Refused(0), warning = _rules.Refused(2);

        StatusRules.Worst([good, good]).ShouldBe(Condition.Good);
        StatusRules.Worst([good, warning]).ShouldBe(Condition.Warning);
        StatusRules.Worst([good, null]).ShouldBe(Condition.Bad);
    }

    [Fact]
    public void The_Advice_Speaks_The_Callers_Language()
    {
        _rules.Refused(1).Advice.ShouldNotBeNull().ShouldContain("avisos");
        new StatusRules(Now, Language.English).Refused(1).Advice.ShouldNotBeNull().ShouldContain("notifications");
    }

    private static void Check(StatusPart part, Condition state)
    {
        part.State.ShouldBe(state);
        (part.Advice is null).ShouldBe(state == Condition.Good);
    }
}
