using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>The last check of a click, with input that the API would refuse earlier.</summary>
public sealed class DiallerTests
{
    [Theory]
    [InlineData("+5060068212345")]
    [InlineData("+50691100000")]
    [InlineData("+5068888888888")]
    public async Task A_Number_That_Would_Be_Dialled_As_Another_Is_Not_Sent(string e164)
    {
        await using var features = await Features.StartAsync();
        var endpoint = (await features.Get<MappingStore>().GetAsync("ep-1", CancellationToken.None)).ShouldNotBeNull();
        var number = new PhoneNumber { Kind = PhoneNumberKind.Number, Received = e164, E164 = e164 };

        var result = await features.Get<Dialler>().PlaceAsync(
            new CheckedClick("ana", "key", "mark", number, null, endpoint, DialOrder.AgentFirst, Force: false),
            CancellationToken.None);

        result.Refusal.ShouldBe(DialRefusal.NumberNotAllowed);
        result.Dial.ShouldBeNull();
    }
}
