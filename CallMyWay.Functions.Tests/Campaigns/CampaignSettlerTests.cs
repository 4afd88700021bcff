using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>What a campaign concludes of a person from the stored dial, its call and the call's outcome.</summary>
public sealed class CampaignSettlerTests : IAsyncLifetime
{
    private Features _features = null!;

    private Campaign _campaign = null!;

    private EntryStore Entries => _features.Get<EntryStore>();

    private CampaignStore Campaigns => _features.Get<CampaignStore>();

    private CampaignSettler Settler => _features.Get<CampaignSettler>();

    private DateTimeOffset Now => _features.Clock.Now;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        _campaign = await _features.AddCampaignAsync();
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task The_Gap_Counts_From_The_End_Of_The_Call_However_Late_It_Is_Heard_Of()
    {
        var ended = Now.AddMinutes(-20);
        await AddAsync(entry => entry with { State = EntryState.Dialling, OperatorRefusals = 3 });
        await DialAsync(DialState.Placed, ended.AddMinutes(-1), "c");
        await HearAsync("c", ended, isAnswered: false);

        await LookAsync("c");

        var entry = await EntryAsync();
        (entry.State, entry.NextAt).ShouldBe((EntryState.Waiting, ended.AddMinutes(60)));
        entry.OperatorRefusals.ShouldBe(0, "the operator has taken a dial since");
    }

    [Fact]
    public async Task A_Call_Says_That_The_Operator_Does_Not_Refuse_Any_More()
    {
        var refused = _campaign;
        for (var i = 0; i < 9; i++)
        {
            refused = refused.RefusedFor("ana");
        }

        await Campaigns.ChangeAsync(_campaign.CampaignId, found => refused with { ETag = found.ETag }, default);
        await AddAsync(entry => entry with { State = EntryState.Dialling });
        await DialAsync(DialState.Placed, Now.AddMinutes(-2), "c");
        await HearAsync("c", Now.AddMinutes(-1), isAnswered: true);

        await LookAsync("c");

        var campaign = await CampaignAsync();
        (campaign.RefusalsInARow, campaign.RefusalsFor("ana")).ShouldBe((0, 0));
    }

    [Theory]
    // The agent still writes: the campaign goes on for this person.
    [InlineData(CampaignState.Done, 30, EntryState.Waiting, CampaignState.Running)]
    [InlineData(CampaignState.Done, 61, EntryState.Done, CampaignState.Done)]
    // A person ended it for good.
    [InlineData(CampaignState.Stopped, 5, EntryState.Done, CampaignState.Stopped)]
    public async Task A_Late_No_Answer_Resumes_A_Campaign_That_Was_Done_Less_Than_An_Hour_Ago(
        CampaignState state, int minutesAgo, EntryState entryState, CampaignState after)
    {
        await AddAsync(entry => entry with { State = EntryState.Done, Calls = [new EntryCall("c", "8000001", null)] });
        await Campaigns.ChangeAsync(
            _campaign.CampaignId,
            found => found with { State = state, EndedAt = Now.AddMinutes(-minutesAgo) },
            default);
        await HearAsync("c", Now.AddMinutes(-minutesAgo), isAnswered: true, outcome: "no-answer");

        await LookAsync("c");

        var entry = await EntryAsync();
        (entry.State, entry.LastOutcome).ShouldBe((entryState, "no-answer"));
        (await CampaignAsync()).State.ShouldBe(after);
    }

    [Theory]
    [InlineData(EntryState.Waiting)]
    [InlineData(EntryState.Held)]
    [InlineData(EntryState.Exhausted)]
    public async Task Of_Whom_It_Is_Told_Late_That_The_Call_Was_Answered_Is_Reached(EntryState state)
    {
        await AddAsync(entry => entry with { State = state, Calls = [new EntryCall("c", "8000001", null)] });
        await HearAsync("c", Now.AddMinutes(-1), isAnswered: true);

        await LookAsync("c");

        (await EntryAsync()).State.ShouldBe(EntryState.Done);
    }

    [Fact]
    public async Task Who_Was_Reached_Has_The_Outcome_Of_That_Call_And_None_Of_An_Earlier_One()
    {
        await AddAsync(entry => entry with
        {
            State = EntryState.Dialling,
            Calls = [new EntryCall("first", "8000001", 10, Outcome: "no-answer")],
            LastOutcome = "no-answer",
        });
        await DialAsync(DialState.Placed, Now.AddMinutes(-2), "c");
        await HearAsync("c", Now.AddMinutes(-1), isAnswered: true);

        await LookAsync("c");

        var entry = await EntryAsync();
        (entry.State, entry.LastOutcome).ShouldBe((EntryState.Done, null));
        // The earlier call has it all the same.
        (await CountAsync("no-answer")).ShouldBe(1);
    }

    [Theory]
    // As this release stores it, and as one before, which counted the last outcome alone.
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Campaigns_Outcomes_Are_Those_Of_Its_Calls(bool isOfThisRelease)
    {
        await AddAsync(entry => entry with
        {
            State = EntryState.Dialling,
            Attempts = 2,
            Calls = [new EntryCall("first", "8000001", 10, Outcome: "no-answer")],
            LastOutcome = "no-answer",
            CountsEachCall = isOfThisRelease,
        });
        await DialAsync(DialState.Placed, Now.AddMinutes(-2), "c");
        await HearAsync("c", Now.AddMinutes(-1), isAnswered: true, outcome: "attended");
        await LookAsync("c");
        (await CountAsync("no-answer"), await CountAsync("attended")).ShouldBe((1, 1));

        // Corrected, and then taken back.
        await SayAsync("c", "no-answer");
        await LookAsync("c");
        (await CountAsync("no-answer"), await CountAsync("attended")).ShouldBe((2, 0));
        await SayAsync("c", null);
        await LookAsync("c");
        (await CountAsync("no-answer"), await CountAsync("attended")).ShouldBe((1, 0));
    }

    [Theory]
    // The operator took the dial, and nothing has told of a call.
    [InlineData(DialState.Placed, 29, null, EntryState.Unknown)]
    [InlineData(DialState.Placed, 31, null, EntryState.Waiting)]
    [InlineData(DialState.Placed, 31, 25, EntryState.Unknown)]
    [InlineData(DialState.Placed, 40, 31, EntryState.Waiting)]
    // Its answer is not known: only the record of the longest call would tell.
    [InlineData(DialState.Unknown, 31, null, EntryState.Unknown)]
    [InlineData(DialState.Unknown, 120, 119, EntryState.Unknown)]
    [InlineData(DialState.Unknown, 24 * 60, 23 * 60, EntryState.Waiting)]
    public async Task A_Person_Is_Called_Again_Only_Once_It_Is_Sure_That_There_Was_No_Call(
        DialState state, int minutesAgo, int? recordsUntil, EntryState after)
    {
        var requested = Now.AddMinutes(-minutesAgo);
        await AddAsync(entry => entry with
        {
            State = EntryState.Dialling,
            LastAt = requested,
            LookAt = Now.AddSeconds(-1),
        });
        await DialAsync(state, requested, callId: null);
        if (recordsUntil is { } minutes)
        {
            await _features.Get<RecordPullStore>().PutAsync(
                new RecordPull { Account = "8000001", Watermark = requested.AddMinutes(minutes) }, default);
        }

        await Settler.LookAsync(_campaign, 10, default);

        (await EntryAsync()).State.ShouldBe(after);
    }

    private Task AddAsync(Func<CampaignEntry, CampaignEntry> change) =>
        _features.AddListAsync(_campaign, change(CampaignRows.Called(Now)));

    private Task<Dial> DialAsync(DialState state, DateTimeOffset requestedAt, string? callId) =>
        _features.Get<DialStore>().RestoreAsync(
            CampaignRows.DialOfAna(state, requestedAt) with { CallId = callId }, default);

    /// <summary>The notification of a call's end, and what the agent says of it.</summary>
    private async Task HearAsync(string callId, DateTimeOffset endedAt, bool isAnswered, string? outcome = null)
    {
        var begun = endedAt.AddSeconds(-40);
        var connected = isAnswered ? DemoHost.OperatorTime(begun.AddSeconds(10)) : "";
        await _features.ProcessAsync($$$"""
            {"action":"callEnd","data":{"callid":"{{{callId}}}","account_id":"8000001","endpoint_id":"ep-1",
            "ani":"40001001","dnis":"88887777","type":"out","detect_time":"{{{DemoHost.OperatorTime(begun)}}}",
            "connect_time":"{{{connected}}}","disconnect_time":"{{{DemoHost.OperatorTime(endedAt)}}}"}}
            """);
        var call = (await _features.CallAsync(callId)).ShouldNotBeNull();
        var dial = new DialFact("dial-1", "ep-1", [new CallLeg(callId, IsContact: true)])
        {
            Campaign = new CampaignPerson(_campaign.CampaignId, CampaignEntry.IdOf(1)),
        };
        call = (await _features.Get<CallStore>().SaveAsync(call.With(call.Facts.With(dial)), default))
            .ShouldNotBeNull();
        if (outcome is not null)
        {
            await SayAsync(callId, outcome);
        }
    }

    /// <summary>What the agent says of a call; null takes it back.</summary>
    private async Task SayAsync(string callId, string? outcome)
    {
        _features.Clock.Now += TimeSpan.FromSeconds(1);
        await _features.DecideAsync(
            (await _features.CallAsync(callId)).ShouldNotBeNull(),
            new AgentDecision(DecisionKind.OutcomeRecorded, Now, "ana", Outcome: outcome));
    }

    private async Task<long> CountAsync(string outcome) =>
        (await Entries.CountAsync(_campaign.CampaignId, default)).Outcomes.GetValueOrDefault(outcome);

    private Task LookAsync(string callId) => Settler.LookAsync(
        new ChangedCall(_campaign.CampaignId, CampaignEntry.IdOf(1), callId, "8000001"), default);

    private Task<CampaignEntry> EntryAsync() => _features.ReadEntryAsync(_campaign);

    private async Task<Campaign> CampaignAsync() =>
        (await Campaigns.GetAsync(_campaign.CampaignId, default)).ShouldNotBeNull();
}
