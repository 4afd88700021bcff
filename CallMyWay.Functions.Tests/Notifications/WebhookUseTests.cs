using System.Net.Http.Json;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.Notifications;

/// <summary>Of two keys of the webhook an administrator sees which was used last, and the address to give out.</summary>
public abstract class WebhookUseTests(TestStorage storage) : IAsyncLifetime
{
    private const string First = "demo-key-0000000000000000";

    private const string Second = "next-key-0000000000000000";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 16, 0, 0, TimeSpan.Zero));

    private TestHost _host = null!;

    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(storage, new()
        {
            Time = _time,
            Settings = ["--Webhook:Keys:0", First, "--Webhook:Keys:1", Second],
        });
        _admin = await _host.SignInAsync("admin");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task Each_Key_Has_The_Time_Of_Its_Last_Use_To_A_Minute()
    {
        (await TimesAsync()).ShouldBe([null, null]);
        var began = _time.GetUtcNow();
        await NotifyAsync(First, "{}");
        await Eventually.TrueAsync(async () => (await TimesAsync())[0] == began);

        _time.Advance(TimeSpan.FromSeconds(40));
        await NotifyAsync(First, "{}");
        _time.Advance(TimeSpan.FromSeconds(20));
        await NotifyAsync(Second, "{}");
        await Eventually.TrueAsync(async () => (await TimesAsync())[1] == _time.GetUtcNow());
        (await TimesAsync())[0].ShouldBe(began, "a row is written at most once a minute");
        await NotifyAsync(First, "{}");
        await Eventually.TrueAsync(async () => (await TimesAsync())[0] == _time.GetUtcNow());

        await NotifyAsync("wrong-key-000000000000000", "{}");
        (await _host.Get<ITables>()[StorageNames.WebhookUse].ReadAsync(new RowRange("key"), default)).Count.ShouldBe(2);
    }

    [SkippableFact]
    public async Task An_Administrator_Alone_Is_Shown_The_Address_And_It_Is_Written_Down()
    {
        using var response = await _admin.PostAsync("/api/webhook-keys/2/address", null);
        response.EnsureSuccessStatusCode();
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var shown = await response.Content.ReadFromJsonAsync<WebhookAddressView>();
        shown!.Address.ShouldBe(new Uri(_host.Address, $"/api/webhooks/callmyway/{Second}").ToString());

        foreach (var other in new[] { "0", "3", "x", "-1" })
        {
            (await _admin.SendJsonAsync(HttpMethod.Post, $"/api/webhook-keys/{other}/address", null))
                .Status.ShouldBe(404, other);
        }

        var entry = (await _admin.GetItemsAsync("/api/audit?what=webhook-key.shown")).ShouldHaveSingleItem();
        ((string?)entry["who"], (string?)entry["id"]).ShouldBe(("admin", "2"));
        entry.ToJsonString().ShouldNotContain(Second);
        using var sofia = await _host.SignInAsync("sofia");
        (await sofia.SendJsonAsync(HttpMethod.Post, "/api/webhook-keys/2/address", null)).Status.ShouldBe(403);
        (await sofia.SendJsonAsync(HttpMethod.Get, "/api/webhook-keys", null)).Status.ShouldBe(403);
    }

    private async Task NotifyAsync(string key, string body)
    {
        using var nobody = _host.Anonymous();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await nobody.PostAsync($"/api/webhooks/callmyway/{key}", content);
    }

    private async Task<IReadOnlyList<DateTimeOffset?>> TimesAsync() =>
        [.. (await _admin.GetItemsAsync("/api/webhook-keys")).Select(key => (DateTimeOffset?)key["lastUsedAt"])];
}

/// <summary>The way from one key of the webhook to the next, over a restart.</summary>
public sealed class WebhookRotationTests
{
    private const string Old = "old-key-00000000000000000";

    private const string New = "new-key-00000000000000000";

    [Fact]
    public async Task After_The_Old_Key_Is_Removed_It_Is_Unknown_And_The_New_One_Goes_On()
    {
        var folder = TestFolder.Create("callmyway-rotation-");
        try
        {
            await using (var host = await StartAsync(folder, Old, New))
            {
                using var admin = await host.SignInAsync("admin");
                await NotifyAsync(host, Old, 200);
                await NotifyAsync(host, New, 200);
                await Eventually.TrueAsync(async () => (await UsedAsync(admin)).All(at => at is not null));
                var keys = await UsedAsync(admin);
                (keys[1] > keys[0]).ShouldBeTrue("it shows which one the operator has used last");
            }

            await using (var host = await StartAsync(folder, New))
            {
                using var admin = await host.SignInAsync("admin");
                (await UsedAsync(admin)).ShouldHaveSingleItem().ShouldNotBeNull("it is the same key in another place");
                await NotifyAsync(host, Old, 404);
                await NotifyAsync(host, New, 200);
                await Eventually.TrueAsync(async () => (await admin.GetItemsAsync("/api/calls?take=50"))
                    .Count(call => ((string)call["callId"]!).StartsWith($"by-{New}", StringComparison.Ordinal)) == 2);
                (await admin.GetItemsAsync("/api/calls?take=50"))
                    .Count(call => ((string)call["callId"]!).StartsWith($"by-{Old}", StringComparison.Ordinal))
                    .ShouldBe(1, "of the time when it was one");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<TestHost> StartAsync(string folder, params string[] keys) => TestHost.StartAsync(
        TestStorage.Sqlite,
        new()
        {
            DataPath = folder,
            Settings = [.. keys.Index().SelectMany(key => new[] { $"--Webhook:Keys:{key.Index}", key.Item })],
        });

    private static async Task NotifyAsync(TestHost host, string key, int status)
    {
        using var nobody = host.Anonymous();
        using var response = await nobody.PostAsJsonAsync(
            $"/api/webhooks/callmyway/{key}",
            DemoHost.Notification("callStart", $"by-{key}-{Guid.NewGuid():N}"));
        ((int)response.StatusCode).ShouldBe(status);
    }

    private static async Task<IReadOnlyList<DateTimeOffset?>> UsedAsync(HttpClient admin) =>
        [.. (await admin.GetItemsAsync("/api/webhook-keys")).Select(key => (DateTimeOffset?)key["lastUsedAt"])];
}

public sealed class WebhookUseTestsOnSqlite() : WebhookUseTests(TestStorage.Sqlite);

public sealed class WebhookUseTestsOnAzurite() : WebhookUseTests(TestStorage.AzuriteInTheLongRun);
