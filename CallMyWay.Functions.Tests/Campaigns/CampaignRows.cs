using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>A campaign, its list and a dial, as they are stored.</summary>
internal static class CampaignRows
{
    private static readonly NumberView Number = new("+50688887777", "8888-7777", PhoneNumberKind.Number);

    /// <summary>Stores a campaign without a list.</summary>
    public static async Task<Campaign> AddCampaignAsync(
        this Features features,
        CampaignMode mode = CampaignMode.Preview,
        CampaignState state = CampaignState.Running,
        DateTimeOffset? createdAt = null)
    {
        var at = createdAt ?? features.Clock.Now;
        var campaign = new Campaign
        {
            CampaignId = Guid.CreateVersion7(at).ToString("N"),
            Name = "Noviembre",
            Mode = mode,
            Order = DialOrder.AgentFirst,
            State = state,
            Attempts = 3,
            GapMinutes = 60,
            PerMinute = 10,
            CreatedAt = at,
        };
        await features.Get<CampaignStore>().InsertAsync(campaign, default);
        return campaign;
    }

    /// <summary>Stores a campaign's whole list.</summary>
    public static async Task AddListAsync(
        this Features features, Campaign campaign, params IReadOnlyList<CampaignEntry> entries)
    {
        var store = features.Get<EntryStore>();
        (await store.AddAsync(
            campaign.CampaignId,
            [.. entries.Select(entry => entry with { CampaignId = campaign.CampaignId })],
            await store.GetBuiltAsync(campaign.CampaignId, default),
            new BuiltList { Next = entries.Count + 1, IsDone = true },
            default)).ShouldBeTrue();
    }

    public static async Task<CampaignEntry> ReadEntryAsync(this Features features, Campaign campaign, int place = 1) =>
        (await features.Get<EntryStore>().GetAsync(campaign.CampaignId, CampaignEntry.IdOf(place), default))
            .ShouldNotBeNull();

    /// <summary>Somebody who was not called yet, at this place of a list.</summary>
    public static CampaignEntry Waiting(int place = 1, NumberView? number = null) => new()
    {
        CampaignId = "",
        EntryId = CampaignEntry.IdOf(place),
        Number = number ?? Number,
        State = EntryState.Waiting,
    };

    /// <summary>Somebody whom ana called forty minutes ago, by <c>dial-1</c>.</summary>
    public static CampaignEntry Called(DateTimeOffset now) => Waiting() with
    {
        Attempts = 1,
        LastAt = now.AddMinutes(-40),
        LastDialId = "dial-1",
        LastDialBy = "ana",
    };

    /// <summary>The dial <c>dial-1</c> of ana to the person at the list's first place.</summary>
    public static Dial DialOfAna(DialState state, DateTimeOffset requestedAt) => new()
    {
        DialId = "dial-1",
        AgentId = "ana",
        EndpointId = "ep-1",
        Account = "8000001",
        Number = Number,
        Order = DialOrder.AgentFirst,
        State = state,
        RequestedAt = requestedAt,
        Mark = "",
    };
}
