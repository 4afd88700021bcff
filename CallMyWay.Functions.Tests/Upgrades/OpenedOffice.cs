using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.SignIn;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Functions.Tests.Upgrades;

/// <summary>A copy of an earlier release's office, opened by this release, with its people signed in.</summary>
internal sealed class OpenedOffice : IAsyncDisposable
{
    /// <summary>Signs everybody in on a storage account, which holds no passwords.</summary>
    public const string Opener = "opener";

    private static readonly string[] Names = ["jefa", "ana", "luis", "sofia", "marta", "pablo"];

    private readonly string _folder;

    private readonly ScriptedOperator _operator;

    private OpenedOffice(string folder, ScriptedOperator scripted, TestHost host, SetClock clock)
    {
        (_folder, _operator, Host, Clock) = (folder, scripted, host, clock);
        Webhook = host.Anonymous();
    }

    public TestHost Host { get; }

    /// <summary>Set to a minute after the earlier release was stopped.</summary>
    public SetClock Clock { get; }

    public Dictionary<string, HttpClient> People { get; } = new(StringComparer.Ordinal);

    public HttpClient Webhook { get; }

    /// <summary>The calls that the operator was asked for.</summary>
    public IReadOnlyList<(string First, string Second)> Asked => _operator.Asked;

    public static async Task<OpenedOffice> OpenAsync(TestStorage storage, string zip)
    {
        storage.SkipWhereMissing();
        var folder = Directory.CreateTempSubdirectory("callmyway-upgrade-").FullName;
        await ZipFile.ExtractToDirectoryAsync(zip, folder);
        // With a storage account, the host's folder holds only keys.
        var data = Path.Combine(folder, storage == TestStorage.Sqlite ? OfficeFile.Data : "host");
        if (storage != TestStorage.Sqlite)
        {
            await new AccountRows(await Azurite.ConnectionStringAsync(data))
                .WriteAsync(await File.ReadAllLinesAsync(Path.Combine(folder, OfficeFile.Account)));
        }

        var scripted = await ScriptedOperator.StartAsync();
        var clock = new SetClock(WrittenOffice.End.AddMinutes(1));
        var host = await TestHost.StartAsync(storage, new()
        {
            Demo = false,
            DataPath = data,
            Time = clock,
            Settings = [.. WrittenOffice.Settings, "--CallMyWay:BaseUrl", scripted.Address.ToString()],
        });
        var office = new OpenedOffice(folder, scripted, host, clock);
        if (storage != TestStorage.Sqlite)
        {
            await office.SetPasswordsAsync();
        }

        foreach (var name in Names)
        {
            office.People[name] = await host.SignInAsync(
                name == "luis" ? "luis.mora@example.com" : name, WrittenOffice.Password);
        }

        return office;
    }

    /// <summary>
    /// Waits until the messages of the earlier release are processed, the delayed one after its hour.
    /// </summary>
    public async Task WorkOffAsync()
    {
        Clock.Now += TimeSpan.FromHours(1);
        foreach (var left in new[] { HeldMessages.Unfinished + "1", HeldMessages.Delayed + "1" })
        {
            await Eventually.TrueAsync(
                async () => await People["jefa"].ReadAsync($"/api/calls/{left}") is not null, () => left);
        }
    }

    /// <summary>The version that the storage has now, which every release compares with its own.</summary>
    public async Task<long> SchemaVersionAsync()
    {
        var database = Path.Combine(_folder, OfficeFile.Data, SqliteDatabase.FileName);
        if (Host.Get<ITables>() is SqliteTables)
        {
            using var session = SqliteSession.Open(database, cacheKilobytes: 1024);
            return session.Scalar("PRAGMA user_version");
        }

        var row = await Host.Get<ITables>()[AzureSchema.Table].GetAsync(AzureSchema.Name, AzureSchema.Name, default);
        return row.ShouldNotBeNull().Number(AzureSchema.Column).ShouldNotBeNull();
    }

    public Task<JsonObject> ReadAsync(IReadOnlyDictionary<string, string[]> dials) =>
        ReadOffice.ReadAsync(People, dials);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _operator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SetPasswordsAsync()
    {
        using var opener = Host.Browser();
        var token = Host.Get<Setup>().Token.ShouldNotBeNull();
        var setUp = new { token, agentId = Opener, name = Opener, password = WrittenOffice.Password };
        (await opener.PostAsJsonAsync("/api/setup", setUp)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        foreach (var name in Names)
        {
            var (status, problem) = await opener.AskAsync(
                HttpMethod.Put, $"/api/agents/{name}/password", new { password = WrittenOffice.Password });
            status.ShouldBe(HttpStatusCode.NoContent, problem.ToString());
        }
    }
}
