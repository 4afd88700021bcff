using CallMyWay.Functions.HandOver;
using CallMyWay.Functions.Mappings;

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
}
