using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Notifications;
using Microsoft.Extensions.Configuration;

namespace CallMyWay.Functions.Tests.Adapters;

public sealed class CallerAddressTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("false")]
    [InlineData("1")]
    public void If_The_Functions_Host_Hides_The_Caller_Allowed_Addresses_Stop_The_Start(string? setting)
    {
        var result = Validate(setting, "203.0.113.0/24");

        result.Failed.ShouldBeTrue();
        result.FailureMessage.ShouldStartWith("Webhook:AllowedAddresses can't work here");
        result.FailureMessage.ShouldContain("ASPNETCORE_FORWARDEDHEADERS_ENABLED");
    }

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    public void If_The_Functions_Host_Passes_The_Caller_On_Allowed_Addresses_Are_Accepted(string setting) =>
        Validate(setting, "203.0.113.0/24").Succeeded.ShouldBeTrue();

    [Fact]
    public void Without_Allowed_Addresses_The_Setting_Is_Not_Needed() => Validate(null).Succeeded.ShouldBeTrue();

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(string? setting, params string[] allowed)
    {
        var options = new WebhookOptions();
        foreach (var address in allowed)
        {
            options.AllowedAddresses.Add(address);
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [CallerAddress.Switch] = setting }).Build();
        return new CallerAddress(configuration).Validate(null, options);
    }
}
