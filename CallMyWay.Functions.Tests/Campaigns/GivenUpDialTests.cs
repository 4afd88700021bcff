using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>Dials of which a campaign heard nothing for so long that it went on without.</summary>
public sealed class GivenUpDialTests : IAsyncLifetime
{
    private Features _features = null!;

    private Campaign _campaign = null!;

    private EntryStore Entries => _features.Get<EntryStore>();

    private CampaignSettler Settler => _features.Get<CampaignSettler>();

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        _campaign = await _features.AddCampaignAsync();
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData(335, EntryState.Unknown, 1)]
    [InlineData(336, EntryState.Exhausted, 0)]
    public async Task A_Dial_Of_Which_Nothing_Comes_To_Be_Known_Does_Not_Keep_The_Campaign_Open_For_Ever(
        int looks, EntryState state, long open)
    {
        var now = _features.Clock.Now;
        await AddAsync(entry => entry with
        {
            State = EntryState.Unknown,
            LastAt = now.AddDays(-14),
            LookAt = now.AddSeconds(-1),
            Looks = looks,
        });

        await Settler.LookAsync(_campaign, 10, default);

        (await EntryAsync()).State.ShouldBe(state);
        (await Entries.CountAsync(_campaign.CampaignId, default)).Open.ShouldBe(open);
    }

    [Fact]
    public async Task A_Call_That_Is_Heard_Of_After_It_Was_Given_Up_Reached_Its_Person()
    {
        await AddAsync(entry => entry);

        await HearAsync("late", "dial-1");

        var entry = await EntryAsync();
        (entry.State, entry.Calls.ShouldHaveSingleItem().CallId).ShouldBe((EntryState.Done, "late"));
    }

    [Theory]
    [InlineData(EntryState.Waiting)]
    [InlineData(EntryState.Offered)]
    [InlineData(EntryState.Dialling)]
    public async Task A_Call_That_Is_Heard_Of_After_The_Next_Dial_Counts_Beside_It(EntryState state)
    {
        await AddAsync(entry => entry with
        {
            State = state,
            LastDialId = "dial-2",
            Calls = [new EntryCall("next", "8000001", 10)],
        });

        await HearAsync("late", "dial-1");

        var entry = await EntryAsync();
        entry.State.ShouldBe(state);
        entry.Calls.Select(call => call.CallId).ShouldBe(["late", "next"]);
    }

    [Theory]
    [InlineData(-2, false, EntryState.Done)]
    [InlineData(5, false, EntryState.Done)]
    // It was the call of an earlier attempt.
    [InlineData(-2, true, EntryState.Waiting)]
    public async Task The_Call_Of_A_Dial_Is_Found_By_Its_Number_Where_The_Operators_Clock_Is_Off(
        int minutes, bool isKnown, EntryState state)
    {
        var requested = _features.Clock.Now.AddMinutes(-40);
        await AddAsync(entry => entry with
        {
            State = EntryState.Unknown,
            LookAt = _features.Clock.Now.AddSeconds(-1),
            Calls = isKnown ? [new EntryCall("untied", "8000001", 10)] : [],
        });
        await _features.Get<DialStore>().RestoreAsync(CampaignRows.DialOfAna(DialState.Placed, requested), default);
        var detected = requested.AddMinutes(minutes);
        await _features.ProcessAsync($$$"""
            {"action":"callEnd","data":{"callid":"untied","account_id":"8000001","endpoint_id":"ep-1",
            "ani":"40001001","dnis":"88887777","type":"out","detect_time":"{{{DemoHost.OperatorTime(detected)}}}",
            "connect_time":"{{{DemoHost.OperatorTime(detected.AddSeconds(10))}}}",
            "disconnect_time":"{{{DemoHost.OperatorTime(detected.AddSeconds(70))}}}"}}
            """);

        await Settler.LookAsync(_campaign, 10, default);

        var entry = await EntryAsync();
        (entry.State, entry.Calls.ShouldHaveSingleItem().CallId).ShouldBe((state, "untied"));
    }

    private Task AddAsync(Func<CampaignEntry, CampaignEntry> change) =>
        _features.AddListAsync(_campaign, change(CampaignRows.Called(_features.Clock.Now)));

    private Task<CampaignEntry> EntryAsync() => _features.ReadEntryAsync(_campaign);

    /// <summary>The notification of an answered call's end, and the news of it.</summary>
    private async Task HearAsync(string callId, string dialId)
    {
        await _features.ProcessAsync($$$"""
            {"action":"callEnd","data":{"callid":"{{{callId}}}","account_id":"8000001","endpoint_id":"ep-1",
            "ani":"40001001","dnis":"88887777","type":"out","detect_time":"2026-03-02 08:30:00",
            "connect_time":"2026-03-02 08:30:10","disconnect_time":"2026-03-02 09:10:00"}}
            """);
        var call = (await _features.CallAsync(callId)).ShouldNotBeNull();
        var dial = new DialFact(dialId, "ep-1", [new CallLeg(callId, IsContact: true)])
        {
            Campaign = new CampaignPerson(_campaign.CampaignId, CampaignEntry.IdOf(1)),
        };
        (await _features.Get<CallStore>().SaveAsync(call.With(call.Facts.With(dial)), default)).ShouldNotBeNull();
        await Settler.LookAsync(
            new ChangedCall(_campaign.CampaignId, CampaignEntry.IdOf(1), callId, "8000001"), default);
    }
}
