using System.Net;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>
/// What of a click does not show in its answer: whom it counts for, races, and the zones of hours and limits.
/// </summary>
public sealed class DialSettleTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Dial_That_Is_Sent_After_It_Was_Read_Is_Not_Stored_As_Not_Sent()
    {
        var dials = _features.Get<DialStore>();
        var dial = NewDial();
        (await dials.BeginAsync(dial, new AgentDials(), null)).ShouldBeTrue();
        _features.Clock.Now += TimeSpan.FromSeconds(21);
        await dials.ChangeAsync("ana", "d", known => known with { SendingAt = _features.Clock.Now }, default);

        (await _features.Get<DialSender>().SettleAsync(dial)).State.ShouldBe(DialState.Placing);

        (await dials.GetAsync("ana", "d", default)).ShouldNotBeNull().State.ShouldBe(DialState.Placing);
    }

    [Fact]
    public async Task A_Dial_That_Another_Request_Of_The_Same_Click_Has_Stored_Is_Not_Sent_Again()
    {
        var stored = NewDial() with
        {
            DialId = Dialler.Hash("ana\nkey")[..32],
            State = DialState.Placed,
            SendingAt = _features.Clock.Now,
        };
        (await _features.Get<DialStore>().BeginAsync(stored, new AgentDials(), null)).ShouldBeTrue();

        var result = await PlaceAsync("8000001");

        (result.Refusal, result.Dial?.State).ShouldBe((null, DialState.Placed));
        (await _features.Get<DialTotals>().GetAsync(default)).Count.ShouldBe(DialCount.None, "it was counted then");
    }

    [Theory]
    [InlineData(21)]
    [InlineData(-21)]
    public async Task A_Dial_That_Was_Left_Before_It_Was_Sent_Is_Not_Sent_Also_Where_The_Clock_Was_Set_Back(int seconds)
    {
        var dial = NewDial();
        (await _features.Get<DialStore>().BeginAsync(dial, new AgentDials(), null)).ShouldBeTrue();
        _features.Clock.Now += TimeSpan.FromSeconds(seconds);

        var settled = await _features.Get<DialSender>().SettleAsync(dial);

        (settled.State, settled.Problem).ShouldBe((DialState.Refused, DialProblem.NotSent));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_Dial_Without_An_Answer_Is_Unknown_Also_Where_The_Clock_Was_Set_Back(int hours)
    {
        var dial = NewDial() with { SendingAt = _features.Clock.Now };
        _features.Clock.Now += TimeSpan.FromHours(hours);

        (await _features.Get<DialSender>().SettleAsync(dial)).State.ShouldBe(DialState.Unknown);
    }

    [Fact]
    public async Task The_Time_For_An_Answer_Counts_From_The_Sending_And_Not_From_The_Click()
    {
        var dial = NewDial() with { SendingAt = _features.Clock.Now.AddSeconds(19) };
        _features.Clock.Now += TimeSpan.FromSeconds(19 + 10) + _features.Get<CallMyWayClient>().Timeout;
        (await _features.Get<DialSender>().SettleAsync(dial)).State.ShouldBe(DialState.Placing);

        _features.Clock.Now += TimeSpan.FromSeconds(6);

        (await _features.Get<DialSender>().SettleAsync(dial)).State.ShouldBe(DialState.Unknown);
    }

    [Theory]
    // The operator may have inserted it all the same.
    [InlineData(200, true)]
    [InlineData(409, false)]
    public async Task A_Refusal_Counts_For_The_Person_Unless_There_Was_Surely_No_Call(int status, bool isCounted)
    {
        var options = new CallMyWayOptions();
        options.Accounts.Add(new AccountOptions { Username = "8000001", Password = "secret" });
        using var network = new Answering((HttpStatusCode)status, """{"error":"saldo insuficiente"}""");
        var services = _features.Get<IServiceProvider>();
        var client = new CallMyWayClient(
            Options.Create(options), services.GetRequiredService<ILogger<CallMyWayClient>>(), network: network);
        var dial = NewDial();
        (await _features.Get<DialStore>().BeginAsync(dial, new AgentDials(), null)).ShouldBeTrue();

        var sent = await ActivatorUtilities.CreateInstance<DialSender>(services, client)
            .SendAsync(dial, "ep-1", "88881234", default, default);

        sent.State.ShouldBe(DialState.Refused);
        var (called, _) = await _features.Get<GuardStore>().GetCallsAsync(
            GuardStore.KeyOfNumber("+50688881234"), default);
        called.Calls.Select(call => call.DialId).ShouldBe(isCounted ? ["d"] : []);
    }

    [Fact]
    public async Task A_Dial_That_Another_Attempt_Has_Stored_Anew_Is_Not_Sent_By_The_First()
    {
        var options = new CallMyWayOptions();
        options.Accounts.Add(new AccountOptions { Username = "8000001", Password = "secret" });
        using var network = new Answering(HttpStatusCode.OK, """{"error":"saldo insuficiente"}""");
        var services = _features.Get<IServiceProvider>();
        var client = new CallMyWayClient(
            Options.Create(options), services.GetRequiredService<ILogger<CallMyWayClient>>(), network: network);
        var dial = NewDial();
        (await _features.Get<DialStore>().BeginAsync(dial with { Attempt = "second" }, new AgentDials(), null))
            .ShouldBeTrue();

        var sent = await ActivatorUtilities.CreateInstance<DialSender>(services, client)
            .SendAsync(dial, "ep-1", "88881234", default, default);

        sent.Problem.ShouldBe(DialProblem.NotSent);
        (await _features.Get<DialStore>().GetAsync("ana", "d", default)).ShouldNotBeNull().SendingAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_Person_Is_Erased_From_A_Dial_That_Counts_For_Them_And_From_None_Of_A_Colleagues()
    {
        var dials = _features.Get<DialStore>();
        (await dials.BeginAsync(NewDial() with { CountedContactId = "c-1" }, new AgentDials(), null)).ShouldBeTrue();
        var colleague = NewDial() with { DialId = "inside", Colleague = new ColleaguePhone("ep-2", "88881234") };
        var (recent, etag) = await dials.GetRecentAsync("ana", default);
        (await dials.BeginAsync(colleague, recent, etag)).ShouldBeTrue();

        foreach (var row in await _features.RowsAsync(StorageNames.Dials, "agent~ana"))
        {
            await dials.EraseAsync(row, (contactId, _) => contactId == "c-1", default);
            await dials.EraseAsync(row, (_, number) => number == "+50688881234", default);
        }

        var erased = (await dials.GetAsync("ana", "d", default)).ShouldNotBeNull();
        (erased.CountedContactId, erased.Number.E164, erased.Number.Display).ShouldBe((null, null, ""));
        (await dials.GetAsync("ana", "inside", default)).ShouldNotBeNull().Number.Display.ShouldBe("8888-1234");
    }

    [Theory]
    [InlineData(0, null, DialRefusal.AgentHour, "00:44:59")]
    [InlineData(null, 0, DialRefusal.AgentDay, "14:44:59")]
    public async Task A_Limit_Ends_With_The_Hour_Or_The_Day_Of_The_First_Account(
        int? hour, int? day, DialRefusal refusal, string wait)
    {
        await RulesAsync(rules => rules with { PerAgentHour = hour, PerAgentDay = day });

        var result = await PlaceAsync("kathmandu");

        (result.Refusal, result.Wait).ShouldBe((refusal, TimeSpan.Parse(wait, null)));
    }

    // A quarter past nine in the morning in Costa Rica, nine in the evening in Nepal.
    [Theory]
    [InlineData("8000001", 7, 19, null)]
    [InlineData("kathmandu", 7, 19, DialRefusal.OutsideHours)]
    [InlineData("8000001", 20, 22, DialRefusal.OutsideHours)]
    public async Task The_Allowed_Hours_Are_Those_Of_The_Account_That_Dials(
        string account, int from, int to, DialRefusal? refusal)
    {
        await RulesAsync(rules => rules with
        {
            Hours = new DialHours(new TimeOnly(from, 0), new TimeOnly(to, 0), null),
            // What is within the hours is refused all the same: nothing is sent.
            PerAgentHour = 0,
        });

        (await PlaceAsync(account)).Refusal.ShouldBe(refusal ?? DialRefusal.AgentHour);
    }

    private Dial NewDial() => new()
    {
        DialId = "d",
        AgentId = "ana",
        EndpointId = "ep-1",
        Account = "8000001",
        Number = new NumberView("+50688881234", "8888-1234", PhoneNumberKind.Number),
        Order = DialOrder.AgentFirst,
        State = DialState.Placing,
        RequestedAt = _features.Clock.Now,
        Mark = "mark",
        Attempt = "first",
    };

    private async Task RulesAsync(Func<DialRules, DialRules> change)
    {
        var store = _features.Get<DialRulesStore>();
        (await store.PutAsync(change(await store.GetAsync(default)), default)).ShouldNotBeNull();
    }

    private async Task<DialResult> PlaceAsync(string account)
    {
        var options = new CallMyWayOptions
        {
            Accounts =
            {
                new AccountOptions { Username = "8000001" },
                new AccountOptions { Username = "kathmandu", TimeZone = "Asia/Kathmandu" },
            },
        };
        var dialler = ActivatorUtilities.CreateInstance<Dialler>(
            _features.Get<IServiceProvider>(), new Accounts(Options.Create(options)));
        var endpoint = new Mapping { EndpointId = "ep-1", Account = account, AgentId = "ana", Phone = "ep-1" };
        var number = _features.Get<PhoneNumberParser>().Parse("88881234");
        return await dialler.PlaceAsync(
            new CheckedClick("ana", "key", "mark", number, null, endpoint, DialOrder.AgentFirst, Force: false),
            default);
    }
}
