using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>Notifications with an empty or unlisted account id, with several accounts in the settings.</summary>
public abstract class UnlistedAccountTests(TestStorage storage) : IAsyncLifetime
{
    private const string Other = "8000002";

    private TestHost _host = null!;

    private HttpClient _admin = null!;

    private HttpClient _operator = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(storage, new()
        {
            Settings = ["--CallMyWay:Accounts:0:Username", DemoHost.Account, "--CallMyWay:Accounts:1:Username", Other],
        });
        _admin = await _host.SignInAsync("admin");
        _operator = _host.Anonymous();
        await MapAsync("2002", Other);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableTheory]
    [InlineData("")]
    [InlineData("unlisted")]
    public async Task The_Phones_Mapping_Decides_The_Account_And_The_Log_Says_Once_What_To_Add(string accountId)
    {
        foreach (var callId in new[] { "one", "two" })
        {
            await NotifyAsync("callStart", callId, accountId, "2002");
            await NotifyAsync("callEnd", callId, accountId, "2002");
            var call = await CallAsync(callId, call => call.Text("state") == "ended");
            (call.Text("account"), call.Text("agentId")).ShouldBe((Other, "luis"));
        }

        var told = Told().ShouldHaveSingleItem();
        told.ShouldContain(
            accountId.Length == 0 ? "without an account id" : "'unlisted', which no account of the settings");
        told.ShouldContain($"Their calls count for the account {Other}.");
        if (accountId.Length > 0)
        {
            told.ShouldContain("Add the id to CallMyWay:Accounts:1:AccountIds.");
        }

        told.ShouldNotContain("88881234");
    }

    [SkippableTheory]
    [InlineData("", Other)]
    [InlineData(Other, "")]
    [InlineData("", "")]
    public async Task A_Call_Stays_One_Whatever_Account_Id_Or_Mapping_Its_Later_Notifications_Have(
        string first, string second)
    {
        await NotifyAsync("callStart", "same", first, "2002");
        await CallAsync("same");
        await MapAsync("2002", DemoHost.Account);
        await NotifyAsync("callEnd", "same", second, "2002");
        await CallAsync("same", call => call.Text("state") == "ended");
        // It stays so if the mapping is deleted, or the phone is not named.
        await _admin.AskAsync(HttpMethod.Delete, "/api/mappings/2002");
        await NotifyAsync("callEnd", "same", "", null);

        var call = await CallAsync("same", call => call.GetProperty("timeline").GetArrayLength() == 3);
        call.Text("account").ShouldBe(Other);
        (await _admin.ItemsAsync("/api/calls")).Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task Calls_With_One_Id_In_Two_Accounts_Stay_Separate()
    {
        await NotifyAsync("callStart", "shared", DemoHost.Account, "1001");
        await CallAsync("shared");
        await NotifyAsync("callStart", "shared", "", "2002");
        await Eventually.TrueAsync(async () => (await _admin.ItemsAsync("/api/calls")).Count == 2);
        await NotifyAsync("callEnd", "shared", "", "2002");

        await Eventually.TrueAsync(async () => await StateAsync(Other) == "ended");
        (await StateAsync(DemoHost.Account)).ShouldBe("ringing");

        async Task<string?> StateAsync(string account) =>
            (await _admin.ReadAsync($"/api/calls/shared?account={account}")).ShouldNotBeNull().Text("state");
    }

    [SkippableTheory]
    [InlineData(null)]
    [InlineData("9009")]
    public async Task If_The_Endpoint_Is_Unknown_The_Phones_Number_Decides_The_Account(string? endpointId)
    {
        await NotifyAsync("callStart", "by-number", "unlisted", endpointId);

        var call = await CallAsync("by-number");
        (call.Text("account"), call.Text("agentId")).ShouldBe((DemoHost.Account, "ana"));
        (await _admin.ItemsAsync("/api/unmapped-endpoints")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Notification_Of_An_Unknown_Account_Is_Stored_And_Its_Phone_Listed_As_Unmapped()
    {
        await NotifyAsync("callStart", "whose", "unlisted", "9009", dnis: "40009009");

        await Eventually.TrueAsync(async () => (await _admin.ItemsAsync("/api/refused-events")).Count == 1);
        var kept = (await _admin.ItemsAsync("/api/refused-events"))[0];
        kept.Text("body").ShouldNotBeNull().ShouldContain("whose");
        kept.Text("reason").ShouldNotBeNull().ShouldContain("account");
        (await _admin.ItemsAsync("/api/calls")).ShouldBeEmpty();
        await Eventually.TrueAsync(async () =>
            (await _admin.ItemsAsync("/api/unmapped-endpoints")).Any(phone => phone.Text("endpointId") == "9009"));
        Told().ShouldHaveSingleItem().ShouldContain("'unlisted'");
    }

    [SkippableFact]
    public async Task A_Phone_Whose_Number_Is_Mapped_In_Another_Account_Is_Listed_As_Unmapped()
    {
        await NotifyAsync("callStart", "others", Other, null, dnis: "40001001");

        await Eventually.TrueAsync(async () => (await _admin.ItemsAsync("/api/unmapped-endpoints")).Count == 1);
        var phone = (await _admin.ItemsAsync("/api/unmapped-endpoints"))[0];
        (phone.Text("endpointId"), phone.Text("account")).ShouldBe(("40001001", Other));

        await MapAsync("40001001", Other);
        (await _admin.ItemsAsync("/api/unmapped-endpoints")).ShouldBeEmpty();
        await NotifyAsync("callStart", "others-again", Other, null, dnis: "40001001");
        (await CallAsync("others-again")).Text("agentId").ShouldBe("luis");
    }

    private IReadOnlyList<string> Told() =>
    [
        .. _host.Log.Entries(LogLevel.Warning)
            .Where(entry => entry.StartsWith("Notifications", StringComparison.Ordinal)),
    ];

    private async Task MapAsync(string endpointId, string account)
    {
        var mapping = new { agentId = "luis", account };
        var (status, _) = await _admin.AskAsync(HttpMethod.Put, $"/api/mappings/{endpointId}", mapping);
        status.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.OK);
    }

    private async Task NotifyAsync(
        string action, string callId, string accountId, string? endpointId, string dnis = "40001001")
    {
        var body = DemoHost.Notification(
            action, callId, ("account_id", accountId), ("endpoint_id", endpointId), ("dnis", dnis));
        using var response = await _operator.PostAsJsonAsync(_host.Webhook, body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<JsonElement> CallAsync(string callId, Func<JsonElement, bool>? until = null)
    {
        JsonElement found = default;
        await Eventually.TrueAsync(
            async () =>
            {
                found = await _admin.ReadAsync($"/api/calls/{callId}") ?? default;
                return found.ValueKind != JsonValueKind.Undefined && (until is null || until(found));
            },
            () => callId);
        return found;
    }
}

public sealed class UnlistedAccountTestsOnSqlite() : UnlistedAccountTests(TestStorage.Sqlite);

public sealed class UnlistedAccountTestsOnAzurite() : UnlistedAccountTests(TestStorage.Azurite);
