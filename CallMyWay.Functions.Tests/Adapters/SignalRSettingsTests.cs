using CallMyWay.Functions.Adapters;
using Microsoft.Extensions.Configuration;

namespace CallMyWay.Functions.Tests.Adapters;

public sealed class SignalRSettingsTests
{
    [Theory]
    [InlineData("AzureSignalRConnectionString", "Endpoint=https://calls.service.signalr.net;AccessKey=a2V5;Version=1.0;")]
    [InlineData("AzureSignalRConnectionString", "Endpoint=http://localhost;Port=8888;AccessKey=a2V5;Version=1.0;")]
    [InlineData("AzureSignalRConnectionString:serviceUri", "https://calls.service.signalr.net")]
    public void A_Connection_String_Or_An_Address_Is_Enough(string setting, string value) =>
        Should.NotThrow(() => Check(setting, value));

    [Theory]
    [InlineData("AzureSignalRConnectionString", "")]
    [InlineData("AzureSignalRConnectionString:credential", "managedidentity")]
    [InlineData("AzureSignalRConnectionString", "AccessKey=c2VjcmV0")]
    [InlineData("AzureSignalRConnectionString", "Endpoint=http://calls.service.signalr.net;AccessKey=c2VjcmV0")]
    [InlineData("AzureSignalRConnectionString:serviceUri", "calls.service.signalr.net")]
    [InlineData("AzureSignalRConnectionString:serviceUri", "http://calls.service.signalr.net")]
    public void A_Wrong_Setting_Is_Named_Without_Showing_The_Key(string setting, string value)
    {
        var error = Should.Throw<InvalidOperationException>(() => Check(setting, value));

        error.Message.ShouldContain("AzureSignalRConnectionString");
        error.Message.ShouldNotContain("c2VjcmV0");
    }

    private static void Check(string setting, string value) =>
        SignalRSettings.Check(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { [setting] = value }).Build());
}
