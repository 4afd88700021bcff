using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>An administrator tries out the dial rules: stored ones, and others before they are stored.</summary>
public sealed class DialTryTests : IAsyncLifetime
{
    private const string Path = "/api/dial-rules/check";

    // Ten in the morning of a Monday in Costa Rica.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 16, 0, 0, TimeSpan.Zero));

    private TestHost _host = null!;

    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(TestStorage.Sqlite, new() { Time = _time });
        _admin = await _host.SignInAsync("admin");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("8888 1234", true, "88881234", null)]
    [InlineData("+1 212 555 0100", false, null, "Las reglas de marcado no permiten llamar a este número.")]
    [InlineData("900 1234567", false, null, "Las reglas de marcado no permiten llamar a este número.")]
    [InlineData("911", false, null, "Los números de emergencia y los códigos cortos se marcan en el teléfono mismo, no por clic.")]
    [InlineData("la casa", false, null, "No es un solo número de teléfono que se pueda marcar.")]
    [InlineData("88881234 y 88881235", false, null, "No es un solo número de teléfono que se pueda marcar.")]
    public async Task The_Stored_Rules_Say_Whether_And_As_What(string number, bool allowed, string? asked, string? reason)
    {
        var (status, check) = await TryAsync(new { number });

        status.ShouldBe(200);
        ((bool)check["allowed"]!, (string?)check["as"], (string?)check["reason"]).ShouldBe((allowed, asked, reason));
    }

    [Fact]
    public async Task Rules_That_Are_Not_Stored_Yet_Can_Be_Tried()
    {
        object Rules(bool enabled = true, string[]? denied = null, object? hours = null) =>
            new { enabled, allowedPrefixes = Array.Empty<string>(), deniedPrefixes = denied ?? [], hours };

        var abroad = (await TryAsync(new { number = "+1 212 555 0100", rules = Rules() })).Check;
        ((bool)abroad["allowed"]!, (string?)abroad["as"], (string?)abroad["reason"])
            .ShouldBe((true, "0012125550100", "Es una llamada internacional (US)."));
        await ShouldBeRefusedAsync(Rules(enabled: false), "apagadas");
        await ShouldBeRefusedAsync(Rules(denied: ["8888"]), "no permiten");
        await ShouldBeRefusedAsync(Rules(hours: new { from = "07:00", to = "09:00" }), "solo de 7:00 a. m. a 9:00 a. m.");
        var within = Rules(hours: new { from = "09:30", to = "10:30" });
        ((bool)(await TryAsync(new { number = "88881234", rules = within })).Check["allowed"]!).ShouldBeTrue();
        // What was tried is not stored.
        ((bool)(await TryAsync(new { number = "88881234" })).Check["allowed"]!).ShouldBeTrue();

        async Task ShouldBeRefusedAsync(object rules, string because)
        {
            var (_, check) = await TryAsync(new { number = "88881234", rules });
            ((bool)check["allowed"]!, check["as"]).ShouldBe((false, null));
            ((string?)check["reason"]).ShouldNotBeNull().ShouldContain(because);
        }
    }

    [Fact]
    public async Task What_Is_Wrong_Is_Said_Beside_Its_Field_And_An_Agent_May_Not_Ask()
    {
        var (status, problem) = await TryAsync(new
        {
            number = "88881234",
            endpointId = "none",
            rules = new { allowedPrefixes = new[] { "x" }, deniedPrefixes = Array.Empty<string>() },
        });

        status.ShouldBe(400);
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["endpointId", "rules.allowedPrefixes[0]"]);
        (await TryAsync(new { })).Status.ShouldBe(400);
        ((bool)(await TryAsync(new { number = "88881234", endpointId = "1001" })).Check["allowed"]!).ShouldBeTrue();
        using var ana = await _host.SignInAsync("ana");
        (await ana.SendJsonAsync(HttpMethod.Post, Path, new { number = "88881234" })).Status.ShouldBe(403);
    }

    private async Task<(int Status, JsonObject Check)> TryAsync(object input)
    {
        var (status, body) = await _admin.SendJsonAsync(HttpMethod.Post, Path, input);
        return (status, body!);
    }
}
