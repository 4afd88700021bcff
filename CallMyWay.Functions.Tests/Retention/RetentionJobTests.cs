using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Retention;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Retention;

/// <summary>What a run of retention goes over and how far the runs have come, below HTTP.</summary>
public sealed class RetentionJobTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task Each_Stage_Of_A_Run_Goes_Over_All_Calls_However_Many_They_Are()
    {
        const int count = RetentionJob.PageSize + 1;
        for (var i = 0; i < count; i++)
        {
            await ProcessAsync("callEnd", $"old-{i}");
        }

        _features.Clock.Now += TimeSpan.FromDays(100);
        var rules = new RetentionRules { CallDays = 31, CallAction = RetentionAction.Anonymize, EventDays = 31 };
        (await _features.Get<RetentionStore>().PutAsync(rules, default)).ShouldNotBeNull();
        var spans = RetentionSpan.Of(rules, _features.Clock.Now, _ => null);
        spans.Select(span => span.Stage).ShouldBe([RetentionStage.Anonymize, RetentionStage.Events]);

        var step = await _features.GetAll<IJobKind>().Single(kind => kind.Kind == RetentionJob.Name).RunAsync(
            new Job
            {
                JobId = "job",
                Kind = RetentionJob.Name,
                CreatedAt = _features.Clock.Now,
                MovedAt = _features.Clock.Now,
                Payload = new RetentionWork { At = _features.Clock.Now, Spans = spans }.ToJson(),
            },
            default);

        (step.State, step.Progress.Count("calls")).ShouldBe((JobState.Done, 2 * count));
    }

    [Fact]
    public async Task A_Rule_That_Was_Taken_Back_Since_The_Run_Began_Touches_No_Call()
    {
        await ProcessAsync("callEnd", "old");
        _features.Clock.Now += TimeSpan.FromDays(100);
        var spans = RetentionSpan.Of(
            new RetentionRules { CallDays = 31, CallAction = RetentionAction.Remove }, _features.Clock.Now, _ => null);
        (await _features.Get<RetentionStore>().PutAsync(new RetentionRules(), default)).ShouldNotBeNull();

        var step = await _features.GetAll<IJobKind>().Single(kind => kind.Kind == RetentionJob.Name).RunAsync(
            new Job
            {
                JobId = "job",
                Kind = RetentionJob.Name,
                CreatedAt = _features.Clock.Now,
                MovedAt = _features.Clock.Now,
                Payload = new RetentionWork { At = _features.Clock.Now, Spans = spans }.ToJson(),
            },
            default);

        (step.State, step.Progress.Count("calls")).ShouldBe((JobState.Done, 0));
        (await _features.CallAsync("old")).ShouldNotBeNull();
        (await _features.Get<RetentionProgress>().GetAsync(RetentionStage.Remove, default)).ShouldBeNull();
    }

    [Theory]
    [InlineData(RetentionStage.Remove)]
    [InlineData(RetentionStage.Anonymize)]
    public async Task What_Each_Agent_Of_A_Call_Has_Promised_To_Do_Goes_With_It(RetentionStage stage)
    {
        await ProcessAsync("callStart", "shared");
        await ProcessAsync("callEnd", "shared");
        var call = (await _features.CallAsync("shared")).ShouldNotBeNull();
        var followUps = _features.Get<FollowUpStore>();
        string[] ids = [DueItemId.Of(call.Key, null), DueItemId.Of(call.Key, "ana")];
        foreach (var id in ids)
        {
            await followUps.PutAsync(
                id, _ => new FollowUp(id, call, "ana", null, _features.Clock.Now.AddDays(1), "Llamar"), default);
        }

        (await _features.Get<OldCalls>().TreatAsync(stage, CallIndex.KeyOf(call), call.Key, default)).ShouldBeTrue();

        foreach (var id in ids)
        {
            (await followUps.GetAsync(id, default)).ShouldBeNull(id);
        }
    }

    [Fact]
    public async Task How_Far_The_Runs_Have_Come_Follows_Looser_Rules()
    {
        var (progress, now) = (_features.Get<RetentionProgress>(), _features.Clock.Now);
        await progress.PutAsync(RetentionStage.Remove, now.AddDays(-400), default);

        (await LoosenedAsync(365)).ShouldBe(now.AddDays(-400), "these are stricter");
        (await LoosenedAsync(500)).ShouldBe(now.AddDays(-500));
        (await LoosenedAsync(null)).ShouldBeNull("the next rules go over all calls");

        async Task<DateTimeOffset?> LoosenedAsync(int? days)
        {
            var rules = new RetentionRules
            {
                CallDays = days,
                CallAction = days is null ? null : RetentionAction.Remove,
            };
            await progress.LoosenAsync(rules, now, default);
            return await progress.GetAsync(RetentionStage.Remove, default);
        }
    }

    private Task ProcessAsync(string action, string callId) => _features.ProcessAsync($$"""
        {"action":"{{action}}","data":{"callid":"{{callId}}","account_id":"8000001","endpoint_id":"ep-1",
        "ani":"61239874","dnis":"ep-1","type":"in","duration":"30","cost":"5"} }
        """);
}
