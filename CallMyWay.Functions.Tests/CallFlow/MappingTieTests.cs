using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>What a mapping that is made later does to the calls of its phone, step by step of its job.</summary>
public sealed class MappingTieTests : IAsyncLifetime
{
    private static readonly string Start = Payload.Text("call-start-in.json").Replace("ep-1", "ep-9");

    private static readonly string End = Payload.Text("call-end-in.json").Replace("ep-1", "ep-9");

    private static readonly string Missed = End.Replace("2026-03-02 09:15:08", "1970-01-01 00:00:00");

    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Call_Of_Today_Becomes_The_Agents_With_Its_Outcome_To_Be_Sent_And_Opens_No_Pop_Up()
    {
        await RingAsync(End);
        (await CallAsync()).Agents.ShouldBeEmpty();
        _features.Clock.Now += TimeSpan.FromHours(2);
        await _features.MapAsync("ep-9", "ana");

        var job = await TieAsync("ep-9", "ana");

        (job.Count(MappingTieJob.Calls), job.Count(MappingTieJob.Tied)).ShouldBe((1, 1));
        var call = await CallAsync();
        (call.AnsweredBy(), call.LacksOutcomeOf("ana")).ShouldBe(("ana", true));
        (await ListAsync(filter => filter)).ShouldBe(["c-1001"]);
        (await ListAsync(filter => filter with { AgentId = "ana", IsUndocumented = true })).ShouldBe(["c-1001"]);
        (await _features.RowsAsync(StorageNames.CallIndex, "nobody")).ShouldBeEmpty();
        _features.Screens.Sent.ShouldBeEmpty();
        (await _features.OpenAsync("ana")).ShouldBeEmpty();
        _features.Get<Functions.PopUps.PopUpStore>().IsOpen(call, "ana").ShouldBeFalse();
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(25, false)]
    public async Task An_Old_Call_Is_Nothing_That_The_Agent_Has_To_Do(int hours, bool isAsked)
    {
        await RingAsync(End);
        await RingAsync(OfAnother(Missed), OfAnother(Start));
        _features.Clock.Now += TimeSpan.FromHours(hours);
        await _features.MapAsync("ep-9", "ana");

        (await TieAsync("ep-9", "ana")).Count(MappingTieJob.Tied).ShouldBe(2);

        (await ListAsync(filter => filter)).Order().ShouldBe(["c-1001", "c-missed"]);
        (await CallAsync("c-missed")).IsMissed.ShouldBeTrue();
        (await ListAsync(filter => filter with { AgentId = "ana", IsUndocumented = true }))
            .ShouldBe(isAsked ? ["c-1001"] : []);
        (await ListAsync(filter => filter with { IsMissed = true })).ShouldBe(isAsked ? ["c-missed"] : []);
        (await _features.RowsAsync(StorageNames.CallIndex, "missed~nobody")).ShouldBeEmpty();

        // Whom nobody has reached.
        static string OfAnother(string body) => body.Replace("c-1001", "c-missed").Replace("88887777", "88886666");
    }

    [Fact]
    public async Task A_Call_That_Goes_On_Is_Left_To_Its_Notifications_Which_Open_The_Pop_Up()
    {
        await _features.ProcessAsync(Start);
        await _features.MapAsync("ep-9", "ana");

        (await TieAsync("ep-9", "ana")).Count(MappingTieJob.Tied).ShouldBe(0);
        (await CallAsync()).Agents.ShouldBeEmpty();

        await _features.ProcessAsync(Start.Replace("1970-01-01 00:00:00", "2026-03-02 09:15:08"));
        (await CallAsync()).Agents.ShouldHaveSingleItem().TiedAt.ShouldBeNull();
        _features.Screens.Sent.ShouldHaveSingleItem().AgentId.ShouldBe("ana");
    }

    [Fact]
    public async Task A_Call_That_Comes_Again_Rings_At_The_Agent_It_Was_Tied_To()
    {
        await RingAsync(Missed);
        await _features.MapAsync("ep-9", "ana");
        await TieAsync("ep-9", "ana");
        _features.Screens.Sent.ShouldBeEmpty();

        await _features.ProcessAsync(Start.Replace("09:15:00", "09:18:00"));

        var call = await CallAsync();
        call.Agents.ShouldHaveSingleItem().TiedAt.ShouldBeNull();
        _features.Get<Functions.PopUps.PopUpStore>().IsOpen(call, "ana").ShouldBeTrue();
        (await _features.OpenAsync("ana")).ShouldHaveSingleItem().CallId.ShouldBe("c-1001");
    }

    [Fact]
    public async Task A_Second_Run_Changes_Nothing_And_What_An_Agent_Decided_Stays()
    {
        await RingAsync(End);
        var contact = await _features.AddContactAsync("Ana", "8888-7777");
        await _features.DecideAsync(
            await CallAsync(),
            new AgentDecision(DecisionKind.OutcomeRecorded, _features.Clock.Now, "sofia", Outcome: "paid"));
        await _features.DecideAsync(
            await CallAsync(),
            new AgentDecision(
                DecisionKind.ContactChosen,
                _features.Clock.Now,
                "sofia",
                new Functions.Contacts.Candidate(
                    contact.ContactId, contact.Title, Functions.Contacts.MatchReason.Chosen)));
        await _features.MapAsync("ep-9", "ana");

        await TieAsync("ep-9", "ana");
        var tied = await CallAsync();
        (tied.Outcome, tied.ContactId, tied.LacksOutcomeOf("ana")).ShouldBe(("paid", contact.ContactId, false));
        var again = await TieAsync("ep-9", "ana");
        // Nor does it take the call from the agent who has it, when the phone becomes another's.
        await _features.MapAsync("ep-9", "luis");
        var luis = await TieAsync("ep-9", "luis");

        (again.Count(MappingTieJob.Calls), luis.Count(MappingTieJob.Calls)).ShouldBe((0, 0));
        var now = await CallAsync();
        (now.ETag, now.Agents.ShouldHaveSingleItem().AgentId).ShouldBe((tied.ETag, "ana"));
        now.Facts.With(new HeardAgent(_features.Clock.Now, tied.Agents[0])).ShouldBeSameAs(now.Facts);
    }

    [Theory]
    [InlineData("luis")]
    [InlineData(null)]
    public async Task A_Phone_That_Was_Assigned_By_Mistake_Takes_The_Calls_Along_That_Nobody_Has_Touched(string? to)
    {
        foreach (var callId in new[] { "c-1001", "c-done", "c-draft", "c-own" })
        {
            await RingAsync(End.Replace("c-1001", callId), Start.Replace("c-1001", callId));
        }

        await _features.MapAsync("ep-8", "ana");
        var own = Start.Replace("c-1001", "c-rang").Replace("ep-9", "ep-8");
        await RingAsync(End.Replace("c-1001", "c-rang").Replace("ep-9", "ep-8"), own);
        await _features.MapAsync("ep-9", "ana");
        (await TieAsync("ep-9", "ana")).Count(MappingTieJob.Tied).ShouldBe(4);
        await _features.DecideAsync(
            await CallAsync("c-done"),
            new AgentDecision(DecisionKind.OutcomeRecorded, _features.Clock.Now, "ana", Outcome: "paid"));
        await _features.Get<WrapUpStore>().SaveAsync(
            (await CallAsync("c-draft")).Key,
            null,
            new WrapUp { Draft = true, Notes = "Dice que", AgentId = "ana", UpdatedAt = _features.Clock.Now },
            null,
            default);

        _features.Clock.Now += TimeSpan.FromMinutes(1);
        await CorrectAsync(to);

        foreach (var callId in new[] { "c-1001", "c-own" })
        {
            (await CallAsync(callId)).Agents.Select(agent => agent.AgentId).ShouldBe(to is null ? [] : [to]);
        }

        (await ListAsync(filter => filter)).Order().ShouldBe(["c-done", "c-draft", "c-rang"]);
        (await _features.RowsAsync(StorageNames.CallIndex, "nobody")).Count.ShouldBe(to is null ? 2 : 0);
    }

    [Fact]
    public async Task A_Phone_That_Goes_To_Another_Agent_Days_Later_Leaves_Its_Calls()
    {
        await RingAsync(End);
        await _features.MapAsync("ep-9", "ana");
        await TieAsync("ep-9", "ana");

        _features.Clock.Now += TimeSpan.FromHours(25);
        await CorrectAsync("luis");

        (await CallAsync()).Agents.ShouldHaveSingleItem().AgentId.ShouldBe("ana");
    }

    [Fact]
    public async Task Calls_Are_Taken_Back_Once_The_Job_Of_The_Mistake_Has_Ended_And_Not_Where_It_Was_None()
    {
        await RingAsync(End);
        await _features.MapAsync("ep-9", "ana");
        await TieAsync("ep-9", "ana");
        // Nothing is taken back where the phone is the first agent's again.
        await TieAsync("ep-9", null, "ana");
        (await CallAsync()).Agents.ShouldHaveSingleItem();

        var under = NewJob("ep-9", "ana", null);
        await _features.Get<JobStore>().InsertAsync(under, default);
        _features.Clock.Now += TimeSpan.FromMinutes(1);
        await _features.MapAsync("ep-9", "luis");
        var job = NewJob("ep-9", "luis", "ana");
        var step = await Kind.RunAsync(job, default);
        (step.State, step.Delay > TimeSpan.Zero, step.Progress.Payload).ShouldBe((JobState.Running, true, job.Payload));
        (await CallAsync()).Agents.ShouldHaveSingleItem().AgentId.ShouldBe("ana");
    }

    [Theory]
    [InlineData("luis")]
    [InlineData(null)]
    public async Task A_Job_That_Is_Ahead_Of_Its_Mapping_Waits_For_It_For_A_Minute(string? to)
    {
        await RingAsync(End);
        await _features.MapAsync("ep-9", "ana");
        await TieAsync("ep-9", "ana");
        _features.Clock.Now += TimeSpan.FromMinutes(1);
        var job = NewJob("ep-9", to, "ana", isAhead: true);

        var step = await Kind.RunAsync(job, default);
        (step.State, step.Delay > TimeSpan.Zero, step.Progress.Payload).ShouldBe((JobState.Running, true, job.Payload));
        await CorrectAsync(to, isAhead: true);
        (await CallAsync()).Agents.Select(agent => agent.AgentId).ShouldBe(to is null ? [] : [to]);

        // One that was never stored.
        var inVain = NewJob("ep-2", to is null ? null : "ana", "luis", isAhead: true);
        _features.Clock.Now += TimeSpan.FromMinutes(1);
        (await Kind.RunAsync(inVain, default)).State.ShouldBe(JobState.Done);
    }

    [Theory]
    [InlineData("40009999", "endpoint", false)]
    [InlineData("4000-1000", "by-number", true)]
    [InlineData("8888-7777", "caller", false)]
    public async Task A_Phone_Is_Found_By_Its_Number_On_Its_Own_Side(string phone, string endpointId, bool isTied)
    {
        await RingAsync(End.Replace("\"ep-9\"", "null"), Start.Replace("\"ep-9\"", "null"));
        await _features.MapAsync(endpointId, "ana", phone);

        await TieAsync(endpointId, "ana");

        (await CallAsync()).Agents.Select(agent => agent.EndpointId).ShouldBe(isTied ? [endpointId] : []);
    }

    [Fact]
    public async Task The_Job_Of_A_Mapping_That_Was_Changed_Or_Deleted_Ties_Nothing()
    {
        await RingAsync(End);
        await _features.MapAsync("ep-9", "luis");

        (await TieAsync("ep-9", "ana")).Count(MappingTieJob.Calls).ShouldBe(0);
        (await TieAsync("ep-8", "ana")).Count(MappingTieJob.Calls).ShouldBe(0);

        (await CallAsync()).Agents.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_Calls_Without_An_Agent_Are_Read_Page_By_Page()
    {
        for (var i = 0; i < 5; i++)
        {
            var callId = $"c-{i}";
            await RingAsync(End.Replace("c-1001", callId), Start.Replace("c-1001", callId));
        }

        var read = new List<string>();
        var pages = 0;
        Functions.Api.PageToken? last = null;
        do
        {
            (var calls, last) = await _features.Get<CallIndex>().ReadWithoutAgentAsync(last, 2, default);
            read.AddRange(calls.Select(call => call.CallId));
            pages++;
        }
        while (last is not null);

        (pages, read.Order()).ShouldSatisfyAllConditions(
            each => each.pages.ShouldBe(3),
            each => each.Item2.ShouldBe(["c-0", "c-1", "c-2", "c-3", "c-4"]));
    }

    [Fact]
    public async Task Wherever_The_Process_Ends_The_Repeated_Step_Ties_The_Call()
    {
        await _features.MapAsync("ep-9", "ana");
        var isDone = false;
        for (var writes = 0; !isDone; writes++)
        {
            var callId = $"c-{writes}";
            await _features.Get<MappingStore>().DeleteAsync(
                (await _features.Get<MappingStore>().GetAsync("ep-9", default)).ShouldNotBeNull(), null, default);
            await RingAsync(End.Replace("c-1001", callId), Start.Replace("c-1001", callId));
            await _features.MapAsync("ep-9", "ana");
            _features.Meter.CrashAfter(writes);
            try
            {
                await TieAsync("ep-9", "ana");
                isDone = true;
            }
            catch (CrashException)
            {
                // Nothing cleans up what is left.
            }

            _features.Meter.Recover();
            await TieAsync("ep-9", "ana");

            (await CallAsync(callId)).Agents.ShouldHaveSingleItem().AgentId.ShouldBe("ana");
            (await ListAsync(filter => filter)).ShouldContain(callId);
            writes.ShouldBeLessThan(20);
        }
    }

    /// <summary>A call without an agent, from its start to its end.</summary>
    private async Task RingAsync(string end, string? start = null)
    {
        await _features.ProcessAsync(start ?? Start);
        _features.Clock.Now += TimeSpan.FromMinutes(3);
        await _features.ProcessAsync(end);
        _features.Clock.Now -= TimeSpan.FromMinutes(3);
    }

    private async Task<Call> CallAsync(string callId = "c-1001") =>
        (await _features.CallAsync(callId)).ShouldNotBeNull();

    private async Task<IReadOnlyList<string>> ListAsync(Func<CallFilter, CallFilter> narrow) =>
        [.. (await _features.ListAsync(VisibleCalls.Own("ana"), narrow)).Items.Select(call => call.CallId)];

    private IJobKind Kind => _features.GetAll<IJobKind>().Single(each => each.Kind == MappingTieJob.Name);

    private Job NewJob(string endpointId, string? agentId, string? former, bool isAhead = false) => new()
    {
        JobId = Guid.CreateVersion7(_features.Clock.Now).ToString("N"),
        Kind = MappingTieJob.Name,
        CreatedAt = _features.Clock.Now,
        MovedAt = _features.Clock.Now,
        Payload = new MappingTieWork(endpointId, agentId)
        {
            Former = former,
            IsAhead = isAhead ? true : null,
        }.ToJson(),
    };

    /// <summary>The phone of ana becomes another's, or nobody's.</summary>
    private async Task CorrectAsync(string? to, bool isAhead = false)
    {
        if (to is null)
        {
            await _features.Get<MappingStore>().DeleteAsync(
                (await _features.Get<MappingStore>().GetAsync("ep-9", default)).ShouldNotBeNull(), null, default);
        }
        else
        {
            await _features.MapAsync("ep-9", to);
        }

        await TieAsync("ep-9", to, "ana", isAhead);
    }

    /// <summary>The job to its end, step by step.</summary>
    private async Task<Job> TieAsync(
        string endpointId, string? agentId, string? former = null, bool isAhead = false)
    {
        var job = NewJob(endpointId, agentId, former, isAhead);
        while (true)
        {
            var step = await Kind.RunAsync(job, default);
            job = step.Progress;
            if (step.State == JobState.Done)
            {
                await _features.Get<JobStore>().InsertAsync(job with { State = JobState.Done }, default);
                return job;
            }

            step.State.ShouldBe(JobState.Running);
        }
    }
}
