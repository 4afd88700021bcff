using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Tests.WrapUps;

/// <summary>What a wrap-up leaves to be done, below HTTP.</summary>
public sealed class WrapUpDueItemsTests : IAsyncLifetime
{
    private Features _features = null!;

    private WrapUpDueItems DueItems => _features.Get<WrapUpDueItems>();

    private FollowUpStore FollowUps => _features.Get<FollowUpStore>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task What_Another_Request_Has_Asked_For_Meanwhile_Is_Not_Dropped()
    {
        var call = await CallAsync("ep-1");
        var wrapUp = new WrapUp
        {
            AgentId = "ana",
            UpdatedAt = _features.Clock.Now,
            FollowUp = new FollowUpNote(_features.Clock.Now.AddDays(1), "Llamar"),
            Promise = new Promise(100, "CRC", _features.Clock.Now.AddDays(1)),
        };
        await DueItems.WriteAsync(call, null, wrapUp, null, null, default);
        var saved = (await _features.Get<WrapUpStore>().SaveAsync(call.Key, null, wrapUp, null, default))
            .ShouldNotBeNull();
        // A request that asks for neither, and whose wrap-up does not stand.
        var unasked = await DueItems.WriteAsync(call, null, null, saved, null, default);

        await DueItems.DropAsync(call, null, unasked, default);

        var left = await DueItems.ReadAsync(call, null, default);
        left.FollowUp.Now.ShouldNotBeNull().Note.ShouldBe("Llamar");
        left.Promise.Now.ShouldNotBeNull().Amount.ShouldBe(100);
        (await _features.Get<WrapUpStore>().SaveAsync(
            call.Key, null, saved with { FollowUp = null, Promise = null }, null, default)).ShouldNotBeNull();
        await DueItems.DropAsync(call, null, unasked, default);
        left = await DueItems.ReadAsync(call, null, default);
        (left.FollowUp.Now, left.Promise.Now).ShouldBe((null, null));
    }

    [Fact]
    public async Task The_Follow_Up_Of_An_Agent_Who_Counts_As_A_Talker_No_More_Goes_To_The_Contact_Too()
    {
        await CallAsync("ep-2");
        var call = await CallAsync("ep-1");
        call.Agents.Count.ShouldBe(2);
        var id = DueItemId.Of(call.Key, "luis");
        var followUp = new FollowUp(id, call, "luis", null, _features.Clock.Now.AddDays(1), "Llamar");
        await FollowUps.PutAsync(id, _ => followUp, default);
        call = call.With(call.Facts.With(id, NextActionKind.FollowUp, followUp.ToNextAction()));
        call.TalkerIds().ShouldNotContain("luis");
        var contact = await _features.AddContactAsync("Zenobia", "6123-9874");

        await DueItems.TieAsync(call, contact, default);

        (await FollowUps.GetAsync(id, default)).ShouldNotBeNull().ContactId.ShouldBe(contact.ContactId);
    }

    [Fact]
    public async Task What_Is_Left_To_Do_Stays_With_The_Calls_Contact_Where_That_Was_Merged()
    {
        var merged = await _features.AddContactAsync("Zenobia", "6123-9874");
        var kept = await _features.AddContactAsync("Inés", "6123-9875");
        var call = await CallAsync("ep-1");
        call.ContactId.ShouldBe(merged.ContactId);
        var wrapUp = new WrapUp
        {
            AgentId = "ana",
            UpdatedAt = _features.Clock.Now,
            Promise = new Promise(100, "CRC", _features.Clock.Now.AddDays(1)),
        };
        (await _features.Get<WrapUpStore>().SaveAsync(call.Key, null, wrapUp, null, default)).ShouldNotBeNull();
        (await _features.Get<ContactMerges>().MergeAsync(
            kept.ContactId, merged.ContactId, null, null, "sofia", default)).Outcome.ShouldBe(MergeOutcome.Merged);
        var id = DueItemId.Of(call.Key, null);

        // What an earlier release has left in the wrap-up alone.
        await _features.Get<IEnumerable<IUpgrade>>().OfType<EarlierPromises>().Single()
            .RunAsync(_ => Task.FromResult(true), default);

        var promise = (await _features.Get<PromiseStore>().GetAsync(id, default)).ShouldNotBeNull();
        (promise.ContactId, promise.ContactName).ShouldBe((merged.ContactId, "Zenobia"));
        // An item that was tied to somebody else meanwhile.
        var followUp = new FollowUp(id, call, "ana", kept, _features.Clock.Now.AddDays(1), "Llamar");
        await FollowUps.PutAsync(id, _ => followUp, default);
        await DueItems.TieAsync(call, default);
        (await FollowUps.GetAsync(id, default)).ShouldNotBeNull().ContactId.ShouldBe(merged.ContactId);
    }

    private async Task<Call> CallAsync(string endpoint)
    {
        await _features.ProcessAsync($$"""
            {"action":"callStart","data":{"callid":"c1","account_id":"8000001","endpoint_id":"{{endpoint}}",
            "ani":"61239874","dnis":"40001000","type":"in","detect_time":"2026-03-02 09:15:00"} }
            """);
        return (await _features.CallAsync("c1")).ShouldNotBeNull();
    }
}
