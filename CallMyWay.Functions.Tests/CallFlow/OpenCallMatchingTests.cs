using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>What it costs to bring a saved contact to the open calls of its numbers, and what ends it halfway.</summary>
public sealed class OpenCallMatchingTests : IAsyncLifetime
{
    private static readonly string Start = Payload.Text("call-start-in.json");

    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task Wherever_The_Process_Ends_A_Repeated_Saving_Brings_The_Contact_To_The_Call()
    {
        var isDone = false;
        for (var writes = 0; !isDone; writes++)
        {
            var (callId, number) = ($"c-{writes}", $"7000{writes:D4}");
            await _features.ProcessAsync(Start.Replace("c-1001", callId).Replace("88887777", number));
            var contact = await _features.AddContactAsync($"Ana {writes}", number);
            _features.Meter.CrashAfter(writes);
            try
            {
                await _features.Get<IContactNews>().StoredAsync(contact, null);
                isDone = true;
            }
            catch (CrashException)
            {
                // Nothing cleans up what is left.
            }

            _features.Meter.Recover();
            await _features.Get<IContactNews>().StoredAsync(contact, null);

            (await _features.CallAsync(callId)).ShouldNotBeNull().ContactId.ShouldBe(contact.ContactId);
            _features.Screens.Sent.Last(sent => sent.PopUp.CallId == callId).PopUp.ContactId
                .ShouldBe(contact.ContactId);
            (await _features.ListAsync(VisibleCalls.All("sofia"), filter => filter with
            {
                ContactId = contact.ContactId,
            })).Items.ShouldHaveSingleItem().CallId.ShouldBe(callId);
            writes.ShouldBeLessThan(20);
        }
    }

    [Fact]
    public async Task It_Costs_A_Query_For_Each_Number_However_Many_Calls_There_Are()
    {
        for (var i = 0; i < 60; i++)
        {
            await _features.ProcessAsync(Start.Replace("c-1001", $"c-{i}").Replace("88887777", $"8888{i:D4}"));
        }

        var contact = await _features.AddContactAsync("Ana", "2222-3333", "2222-4444");
        _features.Meter.Reset();

        await _features.Get<IContactNews>().StoredAsync(contact, null);

        _features.Meter.Operations.ShouldBe(Enumerable.Repeat($"query {StorageNames.CallIndex}", 2));
        _features.Meter.Reset();
        await _features.Get<IContactNews>().StoredAsync(contact with { Email = "ana@example.com" }, contact);
        _features.Meter.Operations.ShouldBeEmpty("neither the name nor a number has changed");
    }

    [Fact]
    public async Task A_Storage_That_Fails_Then_Fails_Nobody()
    {
        await _features.ProcessAsync(Start);
        var contact = await _features.AddContactAsync("Ana", "8888-7777");
        _features.Gate.Fail($"query {StorageNames.CallIndex}");

        await _features.Get<IContactNews>().StoredAsync(contact, null);

        _features.Gate.Open();
        (await _features.CallAsync()).ShouldNotBeNull().ContactId.ShouldBeNull();
    }

    [Fact]
    public async Task What_The_Contacts_Said_Before_Does_Not_Take_The_Place_Of_What_They_Said_Last()
    {
        await _features.ProcessAsync(Start);
        var call = (await _features.CallAsync()).ShouldNotBeNull();
        var now = _features.Clock.Now;
        var last = new LaterMatch(now, call.Number, new ContactMatch(MatchKind.One, [], "last"));
        var facts = call.Facts.With(last);

        facts.With(last with { At = now.AddSeconds(-1), Match = new ContactMatch(MatchKind.None, [], null) })
            .ShouldBeSameAs(facts);
        facts.With(last with { At = now.AddSeconds(1), Match = new ContactMatch(MatchKind.None, [], null) })
            .ShouldNotBeSameAs(facts);
    }

    [Fact]
    public async Task A_Number_That_A_Contact_Does_Not_Have_Any_More_Takes_The_Contact_Off_Its_Open_Call()
    {
        var contact = await _features.AddContactAsync("Ana", "8888-7777");
        await _features.ProcessAsync(Start);
        (await _features.CallAsync()).ShouldNotBeNull().ContactId.ShouldBe(contact.ContactId);

        var moved = (await _features.Get<ContactStore>().ReplaceAsync(
            contact with { Numbers = ["2222-3333"] }, contact, default)).ShouldNotBeNull();
        await _features.Get<IContactNews>().StoredAsync(moved, contact);

        (await _features.CallAsync()).ShouldNotBeNull().ContactId.ShouldBeNull();
    }

    [Fact]
    public async Task What_The_Call_Left_To_Be_Done_Gets_The_Contact_That_Is_Found_Later()
    {
        await _features.ProcessAsync(Start);
        var call = (await _features.CallAsync()).ShouldNotBeNull();
        var id = DueItemId.Of(call.Key, null);
        await _features.Get<FollowUpStore>().PutAsync(
            id, _ => new FollowUp(id, call, "ana", null, _features.Clock.Now.AddDays(1), "Llamar"), default);
        var contact = await _features.AddContactAsync("Ana", "8888-7777");

        await _features.Get<IContactNews>().StoredAsync(contact, null);

        (await _features.Get<FollowUpStore>().GetAsync(id, default)).ShouldNotBeNull().ContactId
            .ShouldBe(contact.ContactId);
    }

    [Fact]
    public async Task A_Call_That_Was_Dialled_To_A_Contact_Stays_With_That_One()
    {
        var clicked = await _features.AddContactAsync("Ana", "8888-7777");
        var dials = _features.Get<DialStore>();
        var intent = new DialIntent
        {
            DialId = "clicked",
            EndpointId = "ep-1",
            Account = "8000001",
            Number = "+50688887777",
            ContactId = clicked.ContactId,
            Order = DialOrder.AgentFirst,
            RequestedAt = _features.Clock.Now,
        };
        (await dials.SaveAsync("ana", new AgentDials { Recent = [intent] }, null, default)).ShouldBeTrue();
        await _features.ProcessAsync(Start.Replace("\"ani\": \"88887777\"", "\"ani\": \"ep-1\"")
            .Replace("\"dnis\": \"40001000\"", "\"dnis\": \"88887777\"").Replace("\"in\"", "\"out\""));
        var call = (await _features.CallAsync()).ShouldNotBeNull();
        (call.Match, call.ContactId).ShouldBe((MatchKind.Dialled, clicked.ContactId));

        // Nobody but the new one has the number in the end.
        var moved = (await _features.Get<ContactStore>().ReplaceAsync(
            clicked with { Numbers = ["2222-3333"] }, clicked, default)).ShouldNotBeNull();
        await _features.Get<IContactNews>().StoredAsync(moved, clicked);
        await _features.Get<IContactNews>().StoredAsync(await _features.AddContactAsync("Eva", "8888-7777"), null);

        var now = (await _features.CallAsync()).ShouldNotBeNull();
        (now.Match, now.ContactId).ShouldBe((MatchKind.Dialled, clicked.ContactId));
    }

    [Fact]
    public async Task An_Old_Call_Is_Not_Looked_For()
    {
        await _features.ProcessAsync(Start);
        _features.Clock.Now += TimeSpan.FromHours(13);
        var contact = await _features.AddContactAsync("Ana", "8888-7777");

        await _features.Get<IContactNews>().StoredAsync(contact, null);

        (await _features.CallAsync()).ShouldNotBeNull().ContactId.ShouldBeNull();
    }

    [Fact]
    public async Task The_End_Of_The_Call_Leaves_The_Contact_That_Was_Found_Later()
    {
        await _features.ProcessAsync(Start);
        var contact = await _features.AddContactAsync("Ana", "8888-7777");
        await _features.Get<OpenCallMatching>().StoredAsync(contact, null);

        await _features.ProcessAsync(Payload.Text("call-end-in.json"));

        var call = (await _features.CallAsync()).ShouldNotBeNull();
        (call.State, call.ContactId, call.Match).ShouldBe((CallState.Ended, contact.ContactId, MatchKind.One));
    }
}
