using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>For whom a campaign dials next, and what is against a dial in the last instant.</summary>
public sealed class ProgressiveDiallerTests : IAsyncLifetime
{
    private Features _features = null!;

    private Campaign _campaign = null!;

    private EntryStore Entries => _features.Get<EntryStore>();

    private DateTimeOffset Now => _features.Clock.Now;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        // Before the operator's client is made: it knows the accounts that have one.
        _features.Get<IOptions<CallMyWayOptions>>().Value.Accounts[0].Password = "demo";
        await _features.Get<CoordinationStore>().PutAsync(
            new Coordination { Confirmed = true, PerMinute = 1 }, default);
        _campaign = await _features.AddCampaignAsync(CampaignMode.Progressive);
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData("ana", "luis")]
    [InlineData("luis", "ana")]
    public async Task Of_Two_Agents_Who_Are_Free_The_One_Who_Waits_Longer_Gets_The_Call(string longer, string shorter)
    {
        await AddAsync(entry => entry);
        var presence = _features.Get<PresenceStore>();
        foreach (var (agentId, minutes) in new[] { (longer, 10), (shorter, 1) })
        {
            await presence.PutBeatAsync(agentId, Now, default);
            await presence.PutPauseAsync(new Pause(agentId, false, null, Now.AddMinutes(-minutes)), default);
        }

        (await _features.Get<ProgressiveDialler>().OrderAsync([_campaign], 0, default)).ShouldBe(DialsOrdered.Some);

        (await EntryAsync()).AgentId.ShouldBe(longer);
    }

    [Theory]
    [InlineData(CampaignMode.Progressive, true, false)]
    [InlineData(CampaignMode.Progressive, false, true)]
    // Who presses is there.
    [InlineData(CampaignMode.Preview, true, true)]
    public async Task Who_Pauses_Before_The_Dial_Leaves_Is_Not_Dialled_For(
        CampaignMode mode, bool isPaused, bool isDialled)
    {
        await _features.Get<CampaignStore>().ChangeAsync(
            _campaign.CampaignId, found => found with { Mode = mode }, default);
        await AddAsync(entry => entry with
        {
            State = EntryState.Offered,
            AgentId = "ana",
            ClaimedUntil = Now.AddMinutes(1),
            Tries = 1,
        });
        await _features.Get<PresenceStore>().PutPauseAsync(new Pause("ana", isPaused, null, Now), default);

        var why = await _features.Get<ICampaignDials>().BeginAsync(CampaignRows.DialOfAna(DialState.Placing, Now) with
        {
            Campaign = new CampaignDial(_campaign.CampaignId, CampaignEntry.IdOf(1), 1),
        });

        (why is null).ShouldBe(isDialled);
        var entry = await EntryAsync();
        (entry.State, entry.Attempts).ShouldBe(isDialled ? (EntryState.Dialling, 1) : (EntryState.Offered, 0));
    }

    private Task AddAsync(Func<CampaignEntry, CampaignEntry> change) =>
        _features.AddListAsync(_campaign, change(CampaignRows.Waiting()));

    private Task<CampaignEntry> EntryAsync() => _features.ReadEntryAsync(_campaign);
}
