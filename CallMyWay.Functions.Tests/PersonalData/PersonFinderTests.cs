using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DoNotCall;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.PersonalData;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using System.Text;

namespace CallMyWay.Functions.Tests.PersonalData;

/// <summary>By what a person is known, below HTTP.</summary>
public sealed class PersonFinderTests : IAsyncLifetime
{
    private Features _features = null!;

    private ContactStore Contacts => _features.Get<ContactStore>();

    private PersonFinder Finder => _features.Get<PersonFinder>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task An_Address_In_Other_Capitals_Is_Another_s_Too()
    {
        var zenobia = await AddAsync("a", "6123-9874", "zenobia@correo.test");
        (await Finder.FindAsync(zenobia, default)).Emails.ShouldBe(["zenobia@correo.test"]);

        await AddAsync("b", "6000-1122", "ZENOBIA@correo.test");

        (await Finder.FindAsync(zenobia, default)).Emails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Number_Of_A_Merged_File_Is_The_Person_s_Also_Where_It_Has_Left_The_Kept_One()
    {
        await AddAsync("a", "6123-9874");
        await AddAsync("b", "6000-1122");
        (await _features.Get<ContactMerges>().MergeAsync("a", "b", null, null, "sofia", default)).Outcome
            .ShouldBe(MergeOutcome.Merged);
        var kept = (await Contacts.GetAsync("a", default)).ShouldNotBeNull();
        kept = (await Contacts.ReplaceAsync(kept with { Numbers = ["6123-9874"] }, kept, default)).ShouldNotBeNull();

        var person = await Finder.FindAsync(kept, default);

        person.ContactIds.ShouldBe(["a", "b"]);
        person.Numbers.ShouldBe(["+50661239874", "+50660001122"]);
    }

    [Fact]
    public async Task A_Wish_Not_To_Be_Called_That_Names_The_Contact_Loses_It_Also_At_Another_Number()
    {
        var store = _features.Get<DoNotCallStore>();
        const string formerNumber = "+50670001122";
        await store.AddAsync(
            formerNumber,
            new DoNotCallWish
            {
                Id = "call",
                Reason = "Pidió no ser llamada",
                AddedAt = _features.Clock.Now,
                AddedBy = "ana",
                Source = DoNotCallSource.Outcome,
                ContactId = "a",
            },
            default);
        var row = (await _features.RowsAsync(StorageNames.DoNotCall, "numbers"))[0];
        var rule = _features.Get<ErasedTables>().RuleOf(StorageNames.DoNotCall);

        var outcome = await rule.EraseAsync(
            StorageNames.DoNotCall, row, new PersonText(new Person { ContactIds = ["a"] }), default);

        outcome.ShouldBe(RowErasure.Erased);
        (await store.FindAsync(formerNumber, default)).ShouldNotBeNull("the wish stays").Wishes.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(wish => wish.ContactId.ShouldBeNull(), wish => wish.Reason.ShouldBeNull());
    }

    [Fact]
    public async Task A_Message_Set_Aside_That_Is_No_Text_Is_Erased_With_The_Person()
    {
        var queue = _features.Get<IQueueReceiver>();
        foreach (var ani in new[] { "61239874", "60001122" })
        {
            var body = new QueuedCallEvent(
                _features.Clock.Now, null, BodyBase64: Convert.ToBase64String([0xFF, .. Encoding.UTF8.GetBytes(ani)]));
            await _features.Get<IQueue>().SendAsync(StorageNames.CallEvents, body.ToMessage(), null, default);
        }

        foreach (var message in await queue.ReceiveAsync(StorageNames.CallEvents, 10, TimeSpan.FromMinutes(1), default))
        {
            (await queue.MoveToPoisonAsync(message, default)).ShouldBeTrue();
        }

        var person = new PersonText(await Finder.FindAsync(await AddAsync("a", "6123-9874"), default));

        (await _features.Get<PoisonErasure>().FindAsync(person, default)).Count.ShouldBe(1);
        (await _features.Get<PoisonErasure>().EraseAsync(person, default)).ShouldBe((1, false));
    }

    private async Task<Contact> AddAsync(string id, string number, string? email = null) =>
        (await Contacts.CreateAsync(
            new Contact { ContactId = id, Name = $"Zenobia {id}", Numbers = [number], Email = email }, default))
        .ShouldNotBeNull();
}
