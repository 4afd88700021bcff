using CallMyWay.Functions.ExternalContacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ExternalContacts;

/// <summary>What is said of a contact that another application sends, and that is not taken.</summary>
public sealed class ExternalContactInputTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public void An_Id_Of_No_Or_Too_Many_Characters_Is_Told_How_Many_There_May_Be(int length)
    {
        var (field, error) = Of(new string('x', length)).Check(_features.Get<PhoneNumberParser>()).All
            .ShouldHaveSingleItem();

        field.ShouldBe("id");
        error.En.ShouldBe("Write the contact's id in the application, in 1 to 200 characters.");
        error.Es.ShouldBe("Escriba el código del contacto en la aplicación, de 1 a 200 caracteres.");
    }

    [Fact]
    public void An_Id_Of_As_Many_Characters_As_There_May_Be_Is_Taken() =>
        Of(new string('x', 200)).Check(_features.Get<PhoneNumberParser>()).Any.ShouldBeFalse();

    [Fact]
    public void A_Link_That_Is_Too_Long_Is_Told_How_Long_It_May_Be()
    {
        var link = "https://crm.example.com/".PadRight(2001, 'x');
        (Of("77") with { Link = link[..2000] }).Check(_features.Get<PhoneNumberParser>()).Any.ShouldBeFalse();

        var (field, error) = (Of("77") with { Link = link }).Check(_features.Get<PhoneNumberParser>()).All
            .ShouldHaveSingleItem();

        field.ShouldBe("link");
        error.En.ShouldBe("Write an address of 2000 characters at most.");
        error.Es.ShouldBe("Escriba una dirección de 2000 caracteres como máximo.");
    }

    private static ExternalContactInput Of(string id) =>
        new("crm", id, null, "Rosa Him", ["8888-1234"], null, null, null, null);
}
