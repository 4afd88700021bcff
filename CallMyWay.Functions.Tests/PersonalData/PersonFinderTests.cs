using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.PersonalData;
using CallMyWay.Functions.Tests.Infrastructure;

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

    private async Task<Contact> AddAsync(string id, string number, string? email = null) =>
        (await Contacts.CreateAsync(
            new Contact { ContactId = id, Name = $"Zenobia {id}", Numbers = [number], Email = email }, default))
        .ShouldNotBeNull();
}
