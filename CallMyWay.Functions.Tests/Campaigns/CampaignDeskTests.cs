using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>Who is an agent's next, for how long, and by which phone; and which campaigns are kept.</summary>
public sealed class CampaignDeskTests : IAsyncLifetime
{
    private Features _features = null!;

    private CampaignDesk Desk => _features.Get<CampaignDesk>();

    private EntryStore Entries => _features.Get<EntryStore>();

    private DateTimeOffset Now => _features.Clock.Now;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        // Before the operator's client is made: it knows the accounts that have one.
        _features.Get<IOptions<CallMyWayOptions>>().Value.Accounts[0].Password = "demo";
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Card_That_Is_Asked_For_Again_Is_The_Agents_For_Five_Minutes_From_Then_On()
    {
        var campaign = await AddAsync(CampaignState.Running, Now, Waiting(1));
        (await Desk.TakeNextAsync(campaign, "ana", CampaignDesk.ClaimedFor, default)).Entry.ShouldNotBeNull();

        _features.Clock.Now += TimeSpan.FromMinutes(4);
        (await Desk.FindMineAsync("ana", [campaign], default)).ShouldNotBeNull().ClaimedUntil
            .ShouldBe(Now.AddMinutes(5));
        _features.Clock.Now += TimeSpan.FromMinutes(4);

        // Nobody looks at it meanwhile as at a card that was left.
        await _features.Get<CampaignSettler>().LookAsync(campaign, 10, default);
        (await Desk.TakeNextAsync(campaign, "luis", CampaignDesk.ClaimedFor, default)).Entry.ShouldBeNull();
        (await Desk.FindMineAsync("ana", [campaign], default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Many_Who_Were_Held_And_May_Not_Be_Called_Yet_Keep_Nobody_Else_Waiting()
    {
        // All of them are due, and have been called as often as is allowed by now.
        var held = Enumerable.Range(1, 8)
            .Select(place => Waiting(place) with
            {
                State = EntryState.Held,
                NextAt = Now.AddMinutes(-1),
                Attempts = 3,
            });
        var campaign = await AddAsync(CampaignState.Running, Now, [.. held, Waiting(9)]);

        var taken = await Desk.TakeNextAsync(campaign, "ana", CampaignDesk.ClaimedFor, default);

        taken.Entry.ShouldNotBeNull().EntryId.ShouldBe(CampaignEntry.IdOf(9));
    }

    [Fact]
    public async Task A_Contact_Whose_Number_Only_Ends_Alike_Is_Not_Who_Is_Called()
    {
        await _features.AddContactAsync("Otra", "688881001");
        var campaign = await AddAsync(CampaignState.Running, Now, Waiting(1) with { IsNumberAlone = true });

        var next = await Desk.TakeNextAsync(campaign, "ana", CampaignDesk.ClaimedFor, default);

        var taken = next.Entry.ShouldNotBeNull();
        (taken.ContactId, taken.Name).ShouldBe((null, null));
    }

    [Theory]
    // What is known of the one place, and of the other: which of them is called.
    [InlineData(EntryState.Waiting, 0, EntryState.Waiting, 0, null)]
    [InlineData(EntryState.Waiting, 0, EntryState.Waiting, 1, 2)]
    [InlineData(EntryState.Held, 1, EntryState.Waiting, 1, 1)]
    [InlineData(EntryState.Waiting, 1, EntryState.Offered, 0, 2)]
    [InlineData(EntryState.Offered, 0, EntryState.Offered, 0, 1)]
    [InlineData(EntryState.Offered, 1, EntryState.Dialling, 1, 2)]
    [InlineData(EntryState.Waiting, 0, EntryState.Exhausted, 3, 2)]
    [InlineData(EntryState.Waiting, 0, EntryState.Refused, 1, null)]
    public void Of_Two_Places_Of_One_Person_One_At_Most_Goes_Before_The_Other(
        EntryState first, int firstAttempts, EntryState second, int secondAttempts, int? before)
    {
        var one = Waiting(1) with { State = first, Attempts = firstAttempts };
        var other = Waiting(2) with { State = second, Attempts = secondAttempts };

        (one.GoesBefore(other), other.GoesBefore(one)).ShouldBe((before == 1, before == 2));
    }

    [Fact]
    public async Task New_Rules_Release_Nobody_Who_Waits_After_A_Refusal_Of_The_Operator()
    {
        var later = Now.AddMinutes(32);
        var campaign = await AddAsync(
            CampaignState.Running,
            Now,
            Waiting(1) with { State = EntryState.Held, NextAt = later, OperatorRefusals = 6 },
            Waiting(2) with { State = EntryState.Held, NextAt = later });

        await _features.Get<HeldEntries>().LookAgainAsync(campaign, default);

        (await EntryAsync(campaign, 1)).NextAt.ShouldBe(later);
        (await EntryAsync(campaign, 2)).NextAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Of_An_Agents_Phones_Their_Main_One_Calls_Where_It_Takes_Part()
    {
        var phones = _features.Get<CampaignPhones>();
        var campaign = await AddAsync(CampaignState.Running, Now);
        Mapping[] mine = [Phone("a"), Phone("b") with { Primary = true }, Phone("c")];

        phones.Choose(campaign, mine)?.EndpointId.ShouldBe("b");
        phones.Choose(campaign with { EndpointIds = ["c", "a"] }, mine)?.EndpointId.ShouldBe("a");
        phones.Choose(campaign with { EndpointIds = ["d"] }, mine).ShouldBeNull();

        static Mapping Phone(string endpointId) =>
            new() { EndpointId = endpointId, Account = "8000001", AgentId = "ana", Phone = endpointId };
    }

    [Theory]
    [InlineData(CampaignState.Done, 729, true)]
    [InlineData(CampaignState.Done, 731, false)]
    [InlineData(CampaignState.Paused, 731, false)]
    // It goes on to be called.
    [InlineData(CampaignState.Running, 731, true)]
    public async Task A_Campaign_Of_Two_Years_Ago_Goes_With_Its_List_Unless_It_Runs(
        CampaignState state, int daysAgo, bool stays)
    {
        var campaign = await AddAsync(state, Now.AddDays(-daysAgo), Waiting(1));

        await _features.SweepAsync<CampaignSweep>();

        (await _features.Get<CampaignStore>().GetAsync(campaign.CampaignId, default) is not null).ShouldBe(stays);
        (await Entries.GetAsync(campaign.CampaignId, CampaignEntry.IdOf(1), default) is not null).ShouldBe(stays);
    }

    [Theory]
    // The clock of each minute goes on with its list, should the process that builds it end.
    [InlineData(CampaignState.Building, true)]
    [InlineData(CampaignState.Running, true)]
    [InlineData(CampaignState.Paused, false)]
    [InlineData(CampaignState.Stopped, false)]
    public async Task A_Campaign_Of_Which_Something_Is_Awaited_Stays_Among_The_Active(CampaignState state, bool stays)
    {
        var campaign = await AddAsync(state, Now, Waiting(1));
        await _features.Get<CampaignStore>().MarkActiveAsync(campaign.CampaignId, default);

        await _features.Get<CampaignRunner>().BeatAsync(0, default);

        (await _features.Get<CampaignStore>().ListActiveAsync(default)).Count.ShouldBe(stays ? 1 : 0);
    }

    private async Task<Campaign> AddAsync(
        CampaignState state, DateTimeOffset createdAt, params IReadOnlyList<CampaignEntry> entries)
    {
        var campaign = await _features.AddCampaignAsync(state: state, createdAt: createdAt);
        await _features.AddListAsync(campaign, entries);
        return (await _features.Get<CampaignStore>().GetAsync(campaign.CampaignId, default)).ShouldNotBeNull();
    }

    private Task<CampaignEntry> EntryAsync(Campaign campaign, int place) => _features.ReadEntryAsync(campaign, place);

    private static CampaignEntry Waiting(int place) => CampaignRows.Waiting(
        place, new NumberView($"+5068888{1000 + place}", $"8888-{1000 + place}", PhoneNumberKind.Number));
}
