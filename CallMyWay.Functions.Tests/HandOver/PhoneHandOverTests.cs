using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.HandOver;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.HandOver;

/// <summary>Whose a phone is after an agent's were handed over, as a rule by itself.</summary>
public sealed class PhoneHandOverTests
{
    [Theory]
    [InlineData("eva", null, "rosa", null)]
    [InlineData("luis", "eva", "luis", "rosa")]
    [InlineData("rosa", "eva", "rosa", null)]
    [InlineData("eva", "rosa", "rosa", null)]
    public void A_Phone_And_Its_Shifts_Get_The_Other_Agent(string agentId, string? shift, string then, string? shiftThen)
    {
        Shift Of(string id) => new(id, [1], new TimeOnly(8, 0), new TimeOnly(12, 0));
        var moved = PhoneHandOver.Moved(
            new Mapping { EndpointId = "1", Account = "a", Phone = "1", AgentId = agentId, Shifts = shift is null ? null : [Of(shift)] },
            "eva",
            "rosa");
        moved.AgentId.ShouldBe(then);
        (moved.Shifts?.Single().AgentId).ShouldBe(shiftThen);
    }

    [Fact]
    public async Task A_Shared_Phone_Stays_The_Main_One_Of_Whose_It_Is()
    {
        await using var features = await Features.StartAsync();
        var mappings = features.Get<MappingStore>();
        Mapping Of(string endpointId, string agentId, params Shift[] shifts) => new()
        {
            EndpointId = endpointId,
            Account = "8000001",
            Phone = endpointId,
            AgentId = agentId,
            Primary = true,
            Shifts = shifts.Length == 0 ? null : shifts,
        };
        var shift = new Shift("ana", [1], new TimeOnly(8, 0), new TimeOnly(12, 0));
        (await mappings.PutAsync(Of("ep-7", "rosa", shift), default)).ShouldNotBeNull();
        (await mappings.PutAsync(Of("ep-8", "luis"), default)).ShouldNotBeNull();
        var luis = (await features.Get<AgentStore>().GetAsync("luis", default)).ShouldNotBeNull();

        (await features.Get<PhoneHandOver>().MoveAsync("ana", luis, ["ep-7"], "admin", default)).ShouldBe(1);

        var moved = (await mappings.GetAsync("ep-7", default)).ShouldNotBeNull();
        (moved.AgentId, moved.Primary, moved.Shifts?.Single().AgentId).ShouldBe(("rosa", true, "luis"));
    }

    [Fact]
    public async Task Of_Two_Main_Phones_That_Are_Handed_Over_One_Stays_The_Main_One()
    {
        await using var features = await Features.StartAsync();
        var mappings = features.Get<MappingStore>();
        foreach (var endpointId in new[] { "ep-7", "ep-8" })
        {
            (await mappings.PutAsync(
                new Mapping
                {
                    EndpointId = endpointId,
                    Account = "8000001",
                    Phone = endpointId,
                    AgentId = "rosa",
                    Primary = true,
                },
                default)).ShouldNotBeNull();
        }

        var agent = (await features.Get<AgentStore>().GetAsync("luis", default)).ShouldNotBeNull();
        var eva = agent with { AgentId = "eva" };

        (await features.Get<PhoneHandOver>().MoveAsync("rosa", eva, ["ep-7", "ep-8"], "admin", default)).ShouldBe(2);

        (await mappings.ListForAgentAsync("eva", default)).OrderBy(phone => phone.EndpointId, StringComparer.Ordinal)
            .Select(phone => (phone.EndpointId, phone.Primary)).ShouldBe([("ep-7", true), ("ep-8", false)]);
    }

    [Fact]
    public async Task The_Lists_Of_Both_Are_Told_Of_A_Call_That_Is_Handed_Over()
    {
        await using var features = await Features.StartAsync();
        await features.ProcessAsync(Payload.Text("call-end-in.json"));
        var luis = (await features.Get<AgentStore>().GetAsync("luis", default)).ShouldNotBeNull();

        (await features.Get<CallHandOver>().MoveAsync("ana", luis, default)).Moved.ShouldBe(1);

        await Eventually.TrueAsync(() => Task.FromResult(new[] { "ana", "luis" }.All(
            agentId => features.Screens.Told.Any(told => told.AgentId == agentId))));
    }

    [Theory]
    [InlineData(true, "1 seguimiento")]
    [InlineData(false, "1 promesa")]
    public async Task Who_Has_A_Follow_Up_Or_A_Promise_Left_Is_Not_Removed_Unasked(bool isFollowUp, string words)
    {
        await using var features = await Features.StartAsync();
        await features.ProcessAsync(Payload.Text("call-end-in.json"));
        var call = (await features.CallAsync()).ShouldNotBeNull();
        var hold = features.GetAll<IAgentHold>().OfType<OpenWork>().Single();
        (await hold.FindHoldAsync("ana", default)).ShouldBeNull();

        var id = DueItemId.Of(call.Key, null);
        var due = features.Clock.Now.AddDays(1);
        await (isFollowUp
            ? features.Get<FollowUpStore>().PutAsync(id, _ => new FollowUp(id, call, "ana", null, due, null), default)
            : features.Get<PromiseStore>().PutAsync(id, _ => NewPromise(), default));

        var found = (await hold.FindHoldAsync("ana", default)).ShouldNotBeNull();
        found.CanBeLeft.ShouldBeTrue();
        found.Why.Es.ShouldContain(words);

        PromiseToPay NewPromise() => new()
        {
            PromiseId = id,
            AgentId = "ana",
            CallId = call.CallId,
            Account = call.Account,
            Number = call.Number,
            DueAt = due,
            Amount = 5000m,
            Currency = "CRC",
        };
    }

    [Fact]
    public async Task A_Call_That_Is_Handed_Over_Twice_Is_Finished_For_Who_Talked()
    {
        await using var features = await Features.StartAsync();
        await features.Get<AgentStore>().PutAsync(
            new Agent { AgentId = "rosa", Name = "rosa", SignInName = "rosa", Roles = [Role.Agent] }, default);
        await features.ProcessAsync(Payload.Text("call-start-in.json"));
        features.Clock.Now += TimeSpan.FromMinutes(3);
        await features.ProcessAsync(Payload.Text("call-end-in.json"));

        await MoveAsync("ana", "luis");
        await MoveAsync("luis", "rosa");

        var call = (await features.CallAsync()).ShouldNotBeNull();
        call.AgentOf("rosa").ShouldNotBeNull().HandedFrom.ShouldBe("ana");
        (call.LacksOutcomeOf("rosa"), call.LacksOutcomeOf("luis")).ShouldBe((true, false));

        async Task MoveAsync(string from, string to)
        {
            var agent = (await features.Get<AgentStore>().GetAsync(to, default)).ShouldNotBeNull();
            (await features.Get<CallHandOver>().MoveAsync(from, agent, default)).Moved.ShouldBe(1);
        }
    }
}
