using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Homologation;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Tests.Homologation;

/// <summary>What follows from notifications and records.</summary>
public sealed class WatchCaseTests
{
    private static readonly DateTimeOffset Began = new(2026, 5, 4, 18, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true, false, "ringing")]
    [InlineData(false, true, "answer")]
    [InlineData(true, true, "both")]
    public void A_Start_Is_Told_By_Its_Connect_Time(bool atRinging, bool atAnswer, string answer)
    {
        List<Notice> notices = [End("1", 10, connected: 4)];
        if (atAnswer)
        {
            notices.Insert(0, Start("1", 4) with { ConnectedAt = Began.AddSeconds(4) });
        }

        if (atRinging)
        {
            notices.Insert(0, Start("1", 0));
        }

        Answers("start-at", notices).ShouldBe([new("start-at", answer)]);
    }

    [Fact]
    public void An_End_Under_Another_Id_Is_Of_The_Start_With_The_Same_Phone_Numbers_And_Time()
    {
        Answers("start-at", [Start("1", 0), End("end-1", 10, connected: 4)]).ShouldBe([new("start-at", "ringing")]);
        Verdict("start-at", [Start("1", 0), End("end-1", 10, connected: 4) with { Ani = "22223333" }])
            .State.ShouldBe(CaseState.Open);
    }

    [Fact]
    public void A_Call_That_Nobody_Answered_Does_Not_Tell_When_Starts_Come() =>
        Verdict("start-at", [Start("1", 0), End("1", 10)]).State.ShouldBe(CaseState.Open);

    [Theory]
    [InlineData(6, "seconds")]
    [InlineData(6000, "milliseconds")]
    public void The_Unit_Is_Told_By_The_Times(int duration, string unit) =>
        Answers("duration-unit", [End("1", 10, connected: 4) with { Duration = duration }])
            .ShouldBe([new("duration-unit", unit)]);

    [Fact]
    public void A_Duration_Of_No_Unit_Leaves_The_Case_Open() =>
        Verdict("duration-unit", [End("1", 10, connected: 4) with { Duration = 77 }]).State.ShouldBe(CaseState.Open);

    [Fact]
    public void A_Ring_Group_Has_A_Start_For_Each_Phone_Or_One()
    {
        Answers("ring-group", [Start("1", 0), Start("1", 0, "1002"), End("1", 9)]).ShouldBe([new("start-per", "endpoint")]);
        Answers("ring-group", [Start("1", 0), End("1", 9)]).ShouldBe([new("start-per", "call")]);
        Answers("ring-group", [Start("1", 0), Start("2", 0, "1002"), End("1", 9)])
            .ShouldBe([new("start-per", "callIdPerEndpoint")]);
        // A call that began before the watch ends first.
        Answers("ring-group", [End("0", 1), Start("1", 2), Start("1", 2, "1002"), End("1", 9)])
            .ShouldBe([new("start-per", "endpoint")]);
        Verdict("ring-group", [End("0", 1)]).State.ShouldBe(CaseState.Open);
    }

    [Theory]
    [InlineData("1", "same")]
    [InlineData("2", "new")]
    public void A_Transfer_Keeps_Its_Id_Or_Has_Another(string id, string answer) =>
        Answers("transfer", [Start("1", 0), End("1", 10, connected: 2), Start(id, 10, "1002"), End(id, 20)])
            .ShouldBe([new("transfer-id", answer)]);

    [Fact]
    public void A_Caller_Who_Hides_Is_Shown_As_The_Operator_Names_It() =>
        Answers("private-caller", [Start("1", 0) with { Ani = "anonymous", Match = MatchKind.Private }])
            .ShouldBe([new("private-caller", "anonymous")]);

    [Theory]
    [InlineData("1", "same", null)]
    [InlineData("cdr-1", "prefix cdr-", "cdr-")]
    [InlineData("77", "other", null)]
    public void Ids_Join_By_Themselves_By_A_Prefix_Or_By_Likeness(string id, string answer, string? setting)
    {
        var answers = Answers("identifiers", [Start("1", 0), End("1", 10, connected: 4)], Record(id, 6));
        answers.ShouldContain(new CaseAnswer("call-id", answer, setting));
        answers.ShouldContain(new CaseAnswer("number-format", "national"));
        answers.ShouldContain(new CaseAnswer("account-id", "8000001"));
    }

    [Fact]
    public void The_Record_Of_The_Call_Before_Is_Not_This_Calls()
    {
        List<Notice> notices = [Start("1", 0), End("1", 10, connected: 4) with { Duration = 6, Cost = 30 }];
        var before = Record("0", 20, at: 5);
        before = before with { Record = before.Record with { DetectTime = before.Record.DetectTime!.Value.AddSeconds(-60) } };
        foreach (var code in new[] { "records-delay", "identifiers", "record-equals-events" })
        {
            Verdict(code, notices, before).State.ShouldBe(CaseState.Open, code);
        }

        var own = Record("1", 6, at: 45);
        own = own with { Record = own.Record with { Cost = 30 } };
        Answers("records-delay", notices, before, own).ShouldBe([new("records-delay", "20-35 s")]);
        Answers("identifiers", notices, before, own).ShouldContain(new CaseAnswer("call-id", "same"));
        Verdict("record-equals-events", notices, before, own).State.ShouldBe(CaseState.Passed);
        Answers("records-live", [Start("1", 0), End("1", 60, connected: 4)], before)
            .ShouldBe([new("records-live", "no")]);
    }

    [Fact]
    public void A_Record_With_The_Id_Of_Another_Known_Call_Is_That_Calls()
    {
        // A second later the same mobile called again, and only the id tells them apart.
        var evidence = new WatchEvidence("8000001", "America/Costa_Rica", Began.AddMinutes(5), [End("1", 10, connected: 4)])
        {
            Records = [Record("21", 6)],
            AskedAt = [Began.AddSeconds(62)],
        };
        WatchCases.Evaluate("identifiers", evidence).Answers.ShouldContain(new CaseAnswer("call-id", "prefix 2", "2"));
        WatchCases.Evaluate("identifiers", evidence with { OtherCallIds = ["21"] }).State.ShouldBe(CaseState.Open);
    }

    [Theory]
    [InlineData(6, 30, CaseState.Passed)]
    [InlineData(9, 30, CaseState.Failed)]
    [InlineData(6, 31, CaseState.Failed)]
    // It has begun minutes, or none.
    [InlineData(1, 30, CaseState.Failed)]
    [InlineData(0, 30, CaseState.Failed)]
    public void A_Record_Equals_Its_Notification_In_Duration_And_Cost(int seconds, int cost, CaseState state)
    {
        var record = Record("1", seconds);
        Verdict(
            "record-equals-events",
            [End("1", 10, connected: 4) with { Duration = 6, Cost = 30 }],
            record with { Record = record.Record with { Cost = cost } }).State.ShouldBe(state);
    }

    [Theory]
    [InlineData(6, CaseState.Passed)]
    [InlineData(1, CaseState.Failed)]
    public void A_Duration_In_Milliseconds_Is_Compared_As_Such(int seconds, CaseState state) =>
        Verdict("record-equals-events", [End("1", 10, connected: 4) with { Duration = 6000 }], Record("1", seconds))
            .State.ShouldBe(state);

    [Fact]
    public void Only_The_Phone_That_Was_Connected_Is_Compared_With_The_Record()
    {
        // The group's other phone stops ringing when this one answers.
        List<Notice> notices =
        [
            Start("1", 0),
            Start("1", 0, "1002"),
            End("1", 4) with { EndpointId = "1002", Duration = 0 },
            End("1", 34, connected: 4) with { Duration = 30, Cost = 30 },
        ];
        var record = Record("1", 30);
        record = record with { Record = record.Record with { Cost = 30 } };
        Verdict("record-equals-events", notices, record).State.ShouldBe(CaseState.Passed);
        Answers("records-delay", notices, record).ShouldBe([new("records-delay", "0-28 s")]);

        // The other phone may have a record of its own under the call's id.
        var connected = record with { Record = record.Record with { ConnectTime = new DateTime(2026, 5, 4, 12, 0, 4) } };
        Verdict("record-equals-events", notices, Record("1", 0), connected).State.ShouldBe(CaseState.Passed);
        // While the call goes on its record has no duration.
        Verdict("record-equals-events", [.. notices[..3], End("1", 90, connected: 4) with { Duration = 86 }], Record("1", 0))
            .State.ShouldBe(CaseState.Open);
    }

    [Theory]
    [InlineData("record-equals-events")]
    [InlineData("records-delay")]
    public void A_Call_That_Nobody_Answered_Is_No_Evidence_Of_Its_Record(string code) =>
        Verdict(code, [Start("1", 0), End("1", 10) with { Duration = 0 }], Record("1", 0)).State.ShouldBe(CaseState.Open);

    [Fact]
    public void A_Record_Before_The_End_Shows_Calls_Under_Way()
    {
        List<Notice> notices = [Start("1", 0), End("1", 60, connected: 4)];
        Answers("records-live", notices, Record("1", 0, at: 30)).ShouldBe([new("records-live", "yes")]);
        Answers("records-live", notices, Record("1", 56, at: 62)).ShouldBe([new("records-live", "no")]);
        Answers("records-delay", notices, Record("1", 56, at: 62)).ShouldBe([new("records-delay", "0-2 s")]);
    }

    [Fact]
    public void A_Record_On_A_Later_Page_Was_Perhaps_There_When_The_First_Was_Asked_For()
    {
        // Of the look that began in the 30th second the page with the record came in the 34th.
        var record = Record("1", 6, at: 34) with { RoundAt = Began.AddSeconds(30) };
        Verdict("records-live", [Start("1", 0), End("1", 32, connected: 4)], record).State.ShouldBe(CaseState.Open);
        Answers("records-delay", [Start("1", 0), End("1", 10, connected: 4)], record)
            .ShouldBe([new("records-delay", "0-24 s")]);
    }

    [Theory]
    [InlineData("1", "one")]
    [InlineData("2", "two")]
    public void A_Click_Has_One_Id_Or_Two(string second, string answer)
    {
        List<Notice> notices =
        [
            Start("1", 0) with { Type = CallDirection.Internal, DialId = "d" },
            Start(second, 2, "x") with { DialId = "d" },
            End("1", 10, connected: 4) with { DialId = "d" },
            End(second, 10, connected: 4) with { DialId = "d", IsContact = true },
        ];
        Answers("click-agent-first", notices).ShouldBe([new("click-ids", answer), new("agent-leg-type", "internal")]);
        // Another call of the time is not the click's.
        Verdict("click-agent-first", [.. notices.Select(notice => notice with { DialId = null })])
            .State.ShouldBe(CaseState.Open);
        // Nor is any call of a click that was never noted.
        WatchCases.Evaluate(
            "click-agent-first",
            new WatchEvidence(
                "8000001", "UTC", Began.AddMinutes(5), [.. notices.Select(notice => notice with { DialId = null })]))
            .State.ShouldBe(CaseState.Open);
    }

    [Theory]
    [InlineData("click-agent-first", "1", null, null)]
    [InlineData("click-agent-first", "2", 4, null)]
    [InlineData("click-contact-first", "1", null, null)]
    [InlineData("click-agent-first", null, null, null)]
    [InlineData("click-agent-first", null, 4, null)]
    public void A_Click_That_The_Contact_Did_Not_Answer_Tells_Nothing(
        string code, string? contactLeg, int? agentConnected, int? contactConnected)
    {
        List<Notice> notices = [Start("1", 0) with { DialId = "d" }, End("1", 10, agentConnected) with { DialId = "d" }];
        if (contactLeg is not null)
        {
            notices.Add(End(contactLeg, 10, contactConnected) with { DialId = "d", IsContact = true });
        }

        var verdict = Verdict(code, notices);
        (verdict.State, verdict.IsOver, verdict.Answers.Count).ShouldBe((CaseState.Open, true, 0));
        verdict.Advice!.Value.En.ShouldContain("PCMA");
    }

    [Theory]
    [InlineData(0, "America/Costa_Rica", "America/Costa_Rica", CaseState.Passed, null)]
    // Times in UTC, read as Costa Rica's.
    [InlineData(6, "America/Costa_Rica", "+6 h (America/Costa_Rica)", CaseState.Failed, "Etc/UTC")]
    [InlineData(-6, "Etc/UTC", "-6 h (Etc/UTC)", CaseState.Failed, "America/Costa_Rica")]
    // Several zones have the offset, and an offset of no zone is a wrong clock.
    [InlineData(1, "America/Costa_Rica", "+1 h (America/Costa_Rica)", CaseState.Failed, null)]
    [InlineData(0.5, "America/Costa_Rica", "+0.5 h (America/Costa_Rica)", CaseState.Failed, null)]
    public void The_Zone_Is_Told_By_When_A_Notification_Came(
        double hours, string read, string answer, CaseState state, string? setting)
    {
        Notice[] notices =
        [
            Start("1", 0) with { DetectedAt = Began.AddHours(hours) },
            Start("2", 0) with { DetectedAt = Began.AddHours(hours) },
        ];
        var verdict = WatchCases.Evaluate(
            "webhook-reachable", new WatchEvidence("8000001", read, Began.AddMinutes(5), notices));
        verdict.State.ShouldBe(state);
        verdict.Answers.ShouldBe([new("time-zone", answer, setting)]);
        (verdict.Advice is null).ShouldBe(state == CaseState.Passed);
        verdict.Seen.Count.ShouldBe(2);
    }

    [Fact]
    public void One_Call_That_Is_Told_Late_Tells_No_Zone()
    {
        Notice[] late = [Start("1", 0) with { DetectedAt = Began.AddHours(-6) }];
        var verdict = WatchCases.Evaluate(
            "webhook-reachable", new WatchEvidence("8000001", "Etc/UTC", Began.AddMinutes(5), late));
        (verdict.State, verdict.Answers.Count).ShouldBe((CaseState.Open, 0));
        verdict.Advice!.Value.Es.ShouldContain("Haga otra llamada");
    }

    [Fact]
    public void A_Notification_That_Came_Late_Does_Not_Make_Another_Zone() =>
        Answers("webhook-reachable", [Start("0", 3600), Start("1", 0)])
            .ShouldBe([new("time-zone", "America/Costa_Rica")]);

    [Fact]
    public void Evidence_That_Is_Too_Long_Is_Cut_And_Says_So()
    {
        var cut = HomologationRunner.Cut(
            [.. Enumerable.Repeat(new Sighting(Began, new("a", "a"), new string('x', 5000)), 40)]);
        cut.Sum(each => each.Raw?.Length ?? 0).ShouldBeInRange(1000, HomologationRunner.MostRaw);
        cut[^1].What.En.ShouldContain("more, which were not kept");
    }

    private static IReadOnlyList<CaseAnswer> Answers(string code, IReadOnlyList<Notice> notices, params SeenRecord[] records)
    {
        var verdict = Verdict(code, notices, records);
        verdict.State.ShouldBe(CaseState.Passed);
        return verdict.Answers;
    }

    private static Verdict Verdict(string code, IReadOnlyList<Notice> notices, params SeenRecord[] records) =>
        WatchCases.Evaluate(code, new WatchEvidence("8000001", "America/Costa_Rica", Began.AddMinutes(5), notices)
        {
            Records = records,
            AskedAt = [Began.AddSeconds(30), Began.AddSeconds(62)],
            DialId = "d",
            EndpointId = "1001",
        });

    private static Notice Start(string id, int at, string endpoint = "1001") =>
        new(Began.AddSeconds(at), CallAction.Start, id)
        {
            EndpointId = endpoint,
            Ani = "88887777",
            Dnis = "40001001",
            DetectedAt = Began,
            Type = CallDirection.In,
        };

    private static Notice End(string id, int at, int? connected = null) =>
        new(Began.AddSeconds(at), CallAction.End, id)
        {
            EndpointId = "1001",
            Ani = "88887777",
            Dnis = "40001001",
            DetectedAt = Began,
            Type = CallDirection.In,
            ConnectedAt = connected is { } after ? Began.AddSeconds(after) : null,
            DisconnectedAt = Began.AddSeconds(at),
        };

    // 18:00 in UTC is noon in Costa Rica.
    private static SeenRecord Record(string id, int seconds, int at = 62) => new(
        Began.AddSeconds(at),
        new CallRecord
        {
            RecordId = id,
            Ani = "88887777",
            Dnis = "40001001",
            DetectTime = new DateTime(2026, 5, 4, 12, 0, 0),
            Duration = seconds,
        });
}
