using System.Net;
using System.Net.Http.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Notifications;

/// <summary>
/// A host whose webhook accepts only some addresses. It trusts the proxy on this machine, as the worker trusts the
/// Functions host.
/// </summary>
public sealed class LimitedHost : IAsyncLifetime
{
    public TestHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await TestHost.StartAsync(
        TestStorage.Sqlite,
        new() { Settings = ["--Webhook:AllowedAddresses:0", "203.0.113.0/24", "--Webhook:AllowedAddresses:1", "2001:db8::/32"] });

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

/// <summary>Which address counts as the caller's if <c>Webhook:AllowedAddresses</c> is set.</summary>
public sealed class WebhookAddressTests(LimitedHost limited) : IClassFixture<LimitedHost>
{
    [Theory]
    // As the Functions host passes it on with the setting: the caller's address alone.
    [InlineData("203.0.113.9")]
    [InlineData("2001:db8::7")]
    [InlineData("::ffff:203.0.113.9")]
    // As Azure's front end writes it: first what the caller wrote, then the caller's address with a port.
    [InlineData("203.0.113.9:51234")]
    [InlineData("[2001:db8::7]:51234")]
    [InlineData("198.51.100.1, 203.0.113.9:51234")]
    [InlineData("unknown, 203.0.113.9")]
    public async Task The_Last_Address_That_A_Proxy_Names_Is_The_Callers(string forwarded) =>
        (await NotifyAsync(forwarded)).ShouldBe(HttpStatusCode.OK);

    [Theory]
    // As the Functions host passes it on without the setting: its own address, for every caller.
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("198.51.100.1")]
    [InlineData("2001:db9::7")]
    // Writing an allowed address does not help: the proxy adds the real one after it.
    [InlineData("203.0.113.9, 198.51.100.1:51234")]
    [InlineData("203.0.113.9, 127.0.0.1")]
    [InlineData("203.0.113.9, unknown")]
    [InlineData("203.0.113.9.")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Another_Address_Gets_The_Answer_Of_A_Wrong_Key_And_The_Log_Says_Why(string? forwarded)
    {
        (await NotifyAsync(forwarded)).ShouldBe(HttpStatusCode.NotFound);

        limited.Host.Log.Entries(LogLevel.Warning)
            .ShouldContain(entry => entry.Contains("is not in Webhook:AllowedAddresses", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_Headers_That_Name_An_Address_Do_Not_Count()
    {
        using var nobody = limited.Host.Anonymous();
        foreach (var header in new[] { "X-Client-IP", "Client-IP", "X-Real-IP", "X-Azure-ClientIP", "X-Original-For", "True-Client-IP", "Forwarded" })
        {
            nobody.DefaultRequestHeaders.TryAddWithoutValidation(
                header, header == "Forwarded" ? "for=203.0.113.9" : "203.0.113.9");
        }

        using var answer = await nobody.PostAsJsonAsync(
            limited.Host.Webhook, DemoHost.Notification("callStart", "address-headers"));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<HttpStatusCode> NotifyAsync(string? forwarded)
    {
        using var nobody = limited.Host.Anonymous();
        if (forwarded is not null)
        {
            nobody.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", forwarded);
        }

        using var answer = await nobody.PostAsJsonAsync(
            limited.Host.Webhook, DemoHost.Notification("callStart", $"address {forwarded}"));
        return answer.StatusCode;
    }
}
