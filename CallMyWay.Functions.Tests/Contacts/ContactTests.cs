using CallMyWay.Functions.Contacts;

namespace CallMyWay.Functions.Tests.Contacts;

/// <summary>When two contacts say the same.</summary>
public sealed class ContactTests
{
    [Theory]
    [InlineData("crm", "77", "https://crm.example.com/77", true)]
    [InlineData("CRM", "77", "https://crm.example.com/77", true)]
    [InlineData("crm", "78", "https://crm.example.com/77", false)]
    [InlineData("crm", "77", "https://crm.example.com/78", false)]
    [InlineData("crm", "77", null, false)]
    public void Capitals_Of_The_Application_Change_Nothing(string source, string id, string? link, bool isSame)
    {
        var contact = Of(new ExternalRef("crm", "77", "https://crm.example.com/77"));

        contact.SaysTheSame(Of(new ExternalRef(source, id, link))).ShouldBe(isSame);
    }

    [Fact]
    public void A_Contact_That_Has_Left_Its_Application_Is_Another_Than_Before()
    {
        var contact = Of(new ExternalRef("crm", "77", null));

        contact.SaysTheSame(Of(null)).ShouldBeFalse();
        Of(null).SaysTheSame(contact).ShouldBeFalse();
        Of(null).SaysTheSame(Of(null)).ShouldBeTrue();
    }

    private static Contact Of(ExternalRef? external) =>
        new() { ContactId = "a", Name = "Rosa Him", Numbers = ["8888-1234"], External = external };
}
