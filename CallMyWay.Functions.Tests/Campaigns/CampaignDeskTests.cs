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
        (await TakeAsync(campaign, "ana")).ShouldNotBeNull();

        _features.Clock.Now += TimeSpan.FromMinutes(4);
        (await MineAsync(campaign, "ana")).ShouldNotBeNull().ClaimedUntil
            .ShouldBe(Now.AddMinutes(5));
        _features.Clock.Now += TimeSpan.FromMinutes(4);

        // Nobody looks at it meanwhile as at a card that was left.
        await _features.Get<CampaignSettler>().LookAsync(campaign, 10, default);
        (await TakeAsync(campaign, "luis")).ShouldBeNull();
        (await MineAsync(campaign, "ana")).ShouldNotBeNull();
    }

    [Theory]
    // The other window asks when this one is about to store its card: the first of the agent, or a later one.
    [InlineData("insert campaigns ana", false, true)]
    [InlineData("insert campaigns ana", false, false)]
    [InlineData("replace campaigns ana", true, true)]
    [InlineData("replace campaigns ana", true, false)]
    // When the card is stored, and its person is not claimed yet.
    [InlineData("batch campaigns", false, true)]
    [InlineData("batch campaigns", true, false)]
    public async Task Two_Windows_Of_An_Agent_That_Ask_At_Once_Get_The_Same_Card(
        string operation, bool hadCard, bool isThroughFirst)
    {
        var campaign = await AddAsync(CampaignState.Running, Now, Waiting(1), Waiting(2), Waiting(3));
        if (hadCard)
        {
            var before = (await TakeAsync(campaign, "ana")).ShouldNotBeNull();
            (await Desk.PutBackAsync(
                campaign.CampaignId, before.EntryId, "ana", Now.AddHours(2), CampaignPhrases.Skipped, default))
                .ShouldBeTrue();
        }

        CampaignEntry? second = null;
        AgentCard? card = null;
        var isToBeClaimed = false;
        _features.Gate.Before(operation, async () =>
        {
            _features.Gate.Open();
            card = await CardAsync("ana");
            var found = await Desk.FindMineAsync("ana", card, [campaign], default);
            (second, isToBeClaimed) = (found.Entry, found.IsToBeClaimed);
            if (isThroughFirst)
            {
                second ??= await NextAsync();
            }
        });
        var first = await TakeAsync(campaign, "ana");
        second ??= await NextAsync();

        second.ShouldNotBeNull().EntryId.ShouldBe(first.ShouldNotBeNull().EntryId);
        (first.Tries, second.Tries).ShouldBe((1, 1));
        (await Entries.CountAsync(campaign.CampaignId, default)).Of(EntryState.Offered).ShouldBe(1);
        (await MineAsync(campaign, "ana")).ShouldNotBeNull().EntryId.ShouldBe(first.EntryId);

        async Task<CampaignEntry?> NextAsync() =>
            (isToBeClaimed ? (await Desk.FindMineAsync("ana", card, [campaign], default, claims: true)).Entry : null)
            ?? await Desk.TakeFirstAsync("ana", card, [campaign], default);
    }

    [Fact]
    public async Task Whom_A_Window_Was_About_To_Claim_Is_No_Card_Of_Who_May_Get_None()
    {
        var campaign = await AddAsync(CampaignState.Running, Now, Waiting(1));
        AgentCard? card = null;
        FoundMine? seen = null;
        _features.Gate.Before("batch campaigns", async () =>
        {
            _features.Gate.Open();
            card = await CardAsync("ana");
            seen = await Desk.FindMineAsync("ana", card, [campaign], default);
        });
        await TakeAsync(campaign, "ana");

        seen.ShouldBe(new FoundMine(null) { IsToBeClaimed = true });
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

        var taken = await TakeAsync(campaign, "ana");

        taken.ShouldNotBeNull().EntryId.ShouldBe(CampaignEntry.IdOf(9));
    }

    [Fact]
    public async Task A_Contact_Whose_Number_Only_Ends_Alike_Is_Not_Who_Is_Called()
    {
        await _features.AddContactAsync("Otra", "688881001");
        var campaign = await AddAsync(CampaignState.Running, Now, Waiting(1) with { IsNumberAlone = true });

        var taken = (await TakeAsync(campaign, "ana")).ShouldNotBeNull();

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

    private async Task<CampaignEntry?> TakeAsync(Campaign campaign, string agentId) =>
        await Desk.TakeFirstAsync(agentId, await CardAsync(agentId), [campaign], default);

    private async Task<CampaignEntry?> MineAsync(Campaign campaign, string agentId) =>
        (await Desk.FindMineAsync(agentId, await CardAsync(agentId), [campaign], default)).Entry;

    private ValueTask<AgentCard?> CardAsync(string agentId) =>
        _features.Get<CampaignStore>().FindCardAsync(agentId, default);

    private Task<CampaignEntry> EntryAsync(Campaign campaign, int place) => _features.ReadEntryAsync(campaign, place);

    private static CampaignEntry Waiting(int place) => CampaignRows.Waiting(
        place, new NumberView($"+5068888{1000 + place}", $"8888-{1000 + place}", PhoneNumberKind.Number));
}
