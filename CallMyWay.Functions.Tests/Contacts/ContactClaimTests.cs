using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Contacts;

/// <summary>Who creates the contact of a number, where several do.</summary>
public sealed class ContactClaimTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task Of_Many_At_Once_All_Get_One_Id()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => ClaimAsync($"id-{i}", "María Rojas", call: $"c-{i}", agent: $"agent-{i}")));

        ids.Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("maria  ROJAS", "c-2", "luis", "+506 8888-7777", true)]
    [InlineData("María", "c-1", "luis", "88887777", true)]
    [InlineData("María", "c-2", "luis", "88887777", false)]
    [InlineData("María", "c-1", "ana", "88887777", false)]
    [InlineData("María Rojas", "c-1", "luis", "+34688887777", false)]
    public async Task Another_Takes_The_Id_For_The_Same_Caller_Alone(
        string name, string call, string agent, string number, bool takes)
    {
        await ClaimAsync("first", "María Rojas", "c-1", "ana");

        (await ClaimAsync("second", name, call, agent, number)).ShouldBe(takes ? "first" : "second");
        (await ClaimAsync("first", "María Rojas", "c-1", "ana")).ShouldBe("first", "it is the same request once more");
    }

    [Fact]
    public async Task A_Minute_Later_It_Is_Another_Creation()
    {
        await ClaimAsync("first", "María Rojas", "c-1", "ana");
        _features.Clock.Now += TimeSpan.FromSeconds(59);
        (await ClaimAsync("second", "María Rojas", "c-1", "luis")).ShouldBe("first");

        _features.Clock.Now += TimeSpan.FromSeconds(1);
        (await ClaimAsync("second", "María Rojas", "c-1", "luis")).ShouldBe("second");
    }

    [Fact]
    public async Task It_Is_No_Contact_And_No_Choice_Of_The_Number()
    {
        var contact = await _features.AddContactAsync("Ana", "8888-7777");
        await ClaimAsync("nobody", "María Rojas", "c-1", "ana");

        var match = await _features.Get<ContactMatcher>().MatchAsync(Parse("88887777"), CancellationToken.None);

        match.Candidates.ShouldHaveSingleItem().ContactId.ShouldBe(contact.ContactId);
        await _features.Get<ContactStore>().ReplaceAsync(
            contact with { Numbers = [] }, contact, CancellationToken.None);
        (await ClaimAsync("second", "María Rojas", "c-1", "luis")).ShouldBe("nobody");
    }

    [Theory]
    [InlineData("1-0987-0654", "0109870654", true)]
    [InlineData("1-0987-0654", "1-987-654", true)]
    [InlineData("C01234567", "c01234567", true)]
    [InlineData("1-0987-0654", "", true)]
    [InlineData("1-0987-0654", "2-0987-0654", false)]
    public async Task Two_People_Of_One_Name_Differ_By_Their_Document(string document, string other, bool takes)
    {
        await ClaimAsync("father", "José Mora", "c-1", "ana", document: document);

        (await ClaimAsync("son", "José Mora", "c-2", "luis", document: other)).ShouldBe(takes ? "father" : "son");
    }

    [Fact]
    public async Task It_Goes_With_The_Contact()
    {
        var contact = await _features.AddContactAsync("María Rojas", "8888-7777");
        await ClaimAsync(contact.ContactId, "María Rojas", "c-1", "ana");

        (await _features.Get<ContactStore>().DeleteAsync(contact, null, CancellationToken.None)).ShouldBeTrue();

        (await _features.RowsAsync(StorageNames.ContactNumbers, "88887777")).ShouldBeEmpty();
    }

    private Task<string> ClaimAsync(
        string contactId, string name, string call, string agent, string number = "88887777", string document = "") =>
        _features.Get<ContactClaims>().ClaimAsync(
            Parse(number),
            new ContactClaim(contactId, name, document, call, agent, _features.Clock.Now),
            CancellationToken.None);

    private PhoneNumber Parse(string text) => _features.Get<PhoneNumberParser>().Parse(text);
}
