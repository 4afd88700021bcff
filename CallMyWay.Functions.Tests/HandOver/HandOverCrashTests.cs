using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.HandOver;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Tests.HandOver;

/// <summary>A hand-over whose process ends anywhere, below HTTP.</summary>
public sealed class HandOverCrashTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task Wherever_The_Process_Ends_All_Of_It_Is_The_Others_In_The_End_And_Once()
    {
        var (crashes, isDone) = (0, false);
        for (var writes = 0; !isDone; writes++)
        {
            var to = $"heir-{writes}";
            await AddAgentAsync(to);
            await OfficeAsync(writes);
            _features.Meter.CrashAfter(writes);
            isDone = await TryAsync(to) is not null;
            _features.Meter.Recover();
            crashes += isDone ? 0 : 1;
            if (!isDone)
            {
                // Nothing cleans up what is left; the queue delivers the step once more.
                (await TryAsync(to)).ShouldNotBeNull();
            }

            await ShouldHaveAllAsync(to, writes);
        }

        crashes.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Calls_Of_A_Week_Go_With_Their_Drafts_And_Older_Ones_Are_History()
    {
        await AddAgentAsync("eva");
        foreach (var (callId, days) in new[] { ("c-old", 8), ("c-week", 6), ("c-today", 0) })
        {
            var now = _features.Clock.Now;
            _features.Clock.Now = now.AddDays(-days);
            await TalkAsync(callId, "8888 7001");
            await DraftAsync(callId, $"Empezado: {callId}");
            _features.Clock.Now = now;
        }

        var done = (await TryAsync("eva")).ShouldNotBeNull();

        done.Count(HandOverJob.Calls).ShouldBe(2);
        (WorkKind, string?, string?)[] work =
            [(WorkKind.Draft, "c-week", "Empezado: c-week"), (WorkKind.Draft, "c-today", "Empezado: c-today")];
        (await WorkAsync("eva")).ShouldBe(work, ignoreOrder: true);
        (await WorkAsync("ana")).ShouldBeEmpty();
        (await _features.CallAsync("c-week")).ShouldNotBeNull().TalkerIds().ShouldBe(["ana"]);
    }

    [Fact]
    public async Task Who_Rang_Too_Is_Asked_For_The_Outcome_And_Did_Not_Talk()
    {
        await _features.ProcessAsync(Body("callStart", "c-both", "8888 7001"));
        await _features.ProcessAsync(
            Body("callStart", "c-both", "8888 7001").Replace("ep-1", "ep-2", StringComparison.Ordinal));
        await TalkAsync("c-both", "8888 7001");
        var call = (await _features.CallAsync("c-both")).ShouldNotBeNull();
        (call.LacksOutcomeOf("ana"), call.LacksOutcomeOf("luis")).ShouldBe((true, false));
        await _features.DecideAsync(call, new AgentDecision(DecisionKind.Dismissed, _features.Clock.Now, "luis"));

        await TryAsync("luis");

        call = (await _features.CallAsync("c-both")).ShouldNotBeNull();
        (call.LacksOutcomeOf("ana"), call.LacksOutcomeOf("luis")).ShouldBe((false, true));
        call.TalkerIds().ShouldBe(["ana"]);
        call.AgentOf("luis").ShouldNotBeNull().Endpoints.ShouldBe(["ep-2"]);
        (await WorkAsync("luis")).ShouldBe([(WorkKind.Undocumented, "c-both", null)]);

        // And back again.
        await TryAsync("ana", from: "luis");
        call = (await _features.CallAsync("c-both")).ShouldNotBeNull();
        (call.LacksOutcomeOf("ana"), call.LacksOutcomeOf("luis")).ShouldBe((true, false));
        call.FinisherOf("ana").ShouldBe("ana");
        await TryAsync("luis");
        call = (await _features.CallAsync("c-both")).ShouldNotBeNull();
        (call.LacksOutcomeOf("ana"), call.LacksOutcomeOf("luis")).ShouldBe((false, true));
        call.FinisherOf("ana").ShouldBe("luis");
    }

    /// <summary>
    /// What Ana has: a phone, a shift, a follow-up, a promise, and calls: without an outcome, with a draft, missed.
    /// </summary>
    private async Task OfficeAsync(int round)
    {
        var mappings = _features.Get<MappingStore>();
        var shift = new Shift("ana", [1], new TimeOnly(8, 0), new TimeOnly(12, 0));
        foreach (var (endpointId, agentId, shifts) in new (string, string, IReadOnlyList<Shift>?)[]
        {
            ("ep-1", "ana", null),
            ("ep-2", "luis", [shift]),
        })
        {
            await mappings.PutAsync(
                new Mapping
                {
                    EndpointId = endpointId,
                    Account = "8000001",
                    AgentId = agentId,
                    Phone = endpointId,
                    Shifts = shifts,
                },
                default);
        }

        var followed = await TalkAsync($"f-{round}", "8888 7001", outcome: "call-back");
        await PutAsync(
            _features.Get<FollowUpStore>(),
            followed,
            id => new FollowUp(id, followed, "ana", null, _features.Clock.Now, "Volver"));
        var promised = await TalkAsync($"p-{round}", "8888 7002", outcome: "promise-to-pay");
        await PutAsync(
            _features.Get<PromiseStore>(),
            promised,
            id => new PromiseToPay(id, promised, "ana", null, _features.Clock.Now, 500, "CRC"));
        await TalkAsync($"o-{round}", "8888 7003");
        await TalkAsync($"d-{round}", "8888 7004");
        await DraftAsync($"d-{round}", "A medias");
        await _features.ProcessAsync(Body("callStart", $"m-{round}", "8888 7005"));
        await _features.ProcessAsync(
            Body("callEnd", $"m-{round}", "8888 7005")
                .Replace(Connected(), "1970-01-01 00:00:00", StringComparison.Ordinal));
    }

    private async Task ShouldHaveAllAsync(string to, int round)
    {
        var belongings = _features.Get<Belongings>();
        (await belongings.CountAsync("ana", default)).ShouldBe(new BelongingsView(0, 0, 0, 0, 0), to);
        (await belongings.CountAsync(to, default)).ShouldBe(new BelongingsView(2, 1, 1, 3, 0), to);
        (WorkKind Kind, string? CallId, string? Note)[] work =
        [
            (WorkKind.Promise, $"p-{round}", null), (WorkKind.FollowUp, $"f-{round}", "Volver"),
            (WorkKind.Missed, $"m-{round}", null), (WorkKind.Undocumented, $"o-{round}", null),
            (WorkKind.Draft, $"d-{round}", "A medias"),
        ];
        (await WorkAsync(to)).ShouldBe(work, ignoreOrder: true, to);
        foreach (var callId in new[] { $"f-{round}", $"p-{round}" })
        {
            (await _features.CallAsync(callId)).ShouldNotBeNull().NextActions.ShouldNotBeNull()
                .ShouldHaveSingleItem().AgentId.ShouldBe(to);
        }

        // Earlier calls of a phone are looked for as after any change of its mapping.
        var jobs = await _features.Get<JobStore>().ListAsync(MappingTieJob.Name, new PageRequest(500, null), default);
        jobs.Items.Select(job => MappingTieWork.Read(job.Payload))
            .ShouldContain(tie => tie.EndpointId == "ep-1" && tie.AgentId == to, to);
    }

    private async Task<IReadOnlyList<(WorkKind Kind, string? CallId, string? Note)>> WorkAsync(string agentId)
    {
        var work = _features.Get<WorkList>();
        var visible = VisibleCalls.All(agentId);
        return
        [
            .. (await work.ReadMissedAsync(agentId, visible, default))
                .Concat(await work.ReadAsync(agentId, visible, default))
                .Select(entry => (entry.Kind, entry.CallId, entry.Note)),
        ];
    }

    private async Task<Call> TalkAsync(string callId, string number, string? outcome = null)
    {
        await _features.ProcessAsync(Body("callEnd", callId, number));
        var call = (await _features.CallAsync(callId)).ShouldNotBeNull();
        return outcome is null ? call : await _features.DecideAsync(
            call, new AgentDecision(DecisionKind.OutcomeRecorded, _features.Clock.Now, "ana", Outcome: outcome));
    }

    private async Task DraftAsync(string callId, string notes) => (await _features.Get<WrapUpStore>().SaveAsync(
        new CallKey(callId, "8000001"),
        null,
        new WrapUp { Draft = true, Notes = notes, AgentId = "ana", OwnerId = "ana", UpdatedAt = _features.Clock.Now },
        null,
        default)).ShouldNotBeNull();

    private async Task PutAsync<T>(DueItemStore<T> store, Call call, Func<string, T> item)
        where T : DueItem
    {
        var made = item(DueItemId.Of(call.Key, null));
        await store.PutAsync(made.Id, _ => made, default);
        await _features.Get<NextActions>().WriteAsync(store, made, default);
    }

    private async Task AddAgentAsync(string agentId) => await _features.Get<AgentStore>().PutAsync(
        new Agent { AgentId = agentId, Name = agentId, SignInName = agentId, Roles = [Role.Agent] }, default);

    /// <summary>Runs the job's steps to its end; null where the process ended in one of them.</summary>
    private async Task<Job?> TryAsync(string to, string from = "ana")
    {
        var kind = _features.GetAll<IJobKind>().Single(each => each.Kind == HandOverJob.Name);
        var job = new Job
        {
            JobId = $"hand-over-{to}",
            Kind = HandOverJob.Name,
            CreatedAt = _features.Clock.Now,
            MovedAt = _features.Clock.Now,
            CreatedBy = "admin",
            Payload = new HandOverWork(from, to).ToJson(),
        };
        try
        {
            // What a step has reached is stored when it ends.
            job = _reached.GetValueOrDefault(to) ?? job;
            JobStep step;
            do
            {
                step = await kind.RunAsync(job, default);
                _reached[to] = job = step.Progress;
            }
            while (step.State == JobState.Running);

            _reached.Remove(to);
            return job;
        }
        catch (CrashException)
        {
            return null;
        }
    }

    private readonly Dictionary<string, Job> _reached = new(StringComparer.Ordinal);

    private string Body(string action, string callId, string number) => $$"""
        {"action":"{{action}}","data":{"callid":"{{callId}}","account_id":"8000001","endpoint_id":"ep-1",
        "ani":"{{number.Replace(" ", "", StringComparison.Ordinal)}}","dnis":"40001000","detect_time":"{{Local(-20)}}",
        "connect_time":"{{(action == "callStart" ? "1970-01-01 00:00:00" : Connected())}}",
        "disconnect_time":"{{(action == "callStart" ? "" : Local(-1))}}","duration":"9","type":"in","cost":"0"}
        }
        """;

    private string Connected() => Local(-10);

    private string Local(int seconds) => _features.Clock.Now.ToOffset(TimeSpan.FromHours(-6)).AddSeconds(seconds)
        .ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
