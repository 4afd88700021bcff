using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ContactGuard;

public sealed class GuardZonesTests
{
    [Theory]
    [InlineData("+50688881234", "America/Costa_Rica")]
    [InlineData("+12125550142", "America/New_York")]
    [InlineData("+34612345678", "Atlantic/Canary,Europe/Madrid")]
    public async Task A_Number_Has_The_Zones_Of_Its_Place_Or_Of_Its_Country(string e164, string zones)
    {
        await using var features = await Features.StartAsync();

        var found = features.Get<GuardZones>().Of(e164).Select(zone => zone.Id).Order(StringComparer.Ordinal);

        string.Join(',', found).ShouldBe(zones);
    }

    [Fact]
    public async Task A_Mobile_Of_A_Large_Country_Has_All_Its_Zones()
    {
        await using var features = await Features.StartAsync();

        features.Get<GuardZones>().Of("+79161234567").Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_Number_Of_No_Country_Has_The_Offices_Zone()
    {
        await using var features = await Features.StartAsync();

        features.Get<GuardZones>().Of("+800").Select(zone => zone.Id).ShouldBe(["America/Costa_Rica"]);
    }
}
