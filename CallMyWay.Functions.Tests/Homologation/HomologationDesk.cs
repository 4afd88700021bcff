using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.CallRecords;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Homologation;

/// <summary>A run against the simulator, as an administrator.</summary>
internal sealed class HomologationDesk(RecordDesk desk) : IAsyncDisposable
{
    public RecordDesk Desk { get; } = desk;

    public HttpClient Admin => Desk.Admin;

    public static async Task<HomologationDesk> StartAsync(TestStorage storage) =>
        new(await RecordDesk.StartAsync(storage));

    public async Task<string> BeginAsync()
    {
        var (status, run) = await Admin.SendJsonAsync(HttpMethod.Post, "/api/homologation", new { });
        status.ShouldBe(201, run?.ToJsonString());
        return (string)run!["runId"]!;
    }

    public async Task<(int Status, JsonObject? Body)> DoAsync(string run, string code, object body)
    {
        var (status, answer) = await Admin.SendJsonAsync(
            HttpMethod.Post, $"/api/homologation/{run}/cases/{code}", body);
        return ((int)status, answer);
    }

    /// <summary>Starts a case that goes on by itself, and waits until it has begun to look.</summary>
    public async Task StartAsync(string run, string code)
    {
        var (status, body) = await DoAsync(run, code, new { @do = "start" });
        status.ShouldBe(202, body?.ToJsonString());
    }

    public async Task<JsonObject> CaseAsync(string run, string code)
    {
        var (status, body) = await Admin.SendJsonAsync(HttpMethod.Get, $"/api/homologation/{run}", null);
        status.ShouldBe(200, body?.ToJsonString());
        return body!["cases"]!.AsArray().Single(each => (string)each!["case"]! == code)!.AsObject();
    }

    /// <summary>The case once nothing goes on by itself any more.</summary>
    public async Task<JsonObject> SettledAsync(string run, string code)
    {
        JsonObject? found = null;
        await Eventually.TrueAsync(
            async () => (found = await CaseAsync(run, code))["working"] is null, () => $"{code}: {found?.ToJsonString()}");
        return found!;
    }

    public async Task<JsonObject> PassedAsync(string run, string code)
    {
        var settled = await SettledAsync(run, code);
        ((string)settled["state"]!).ShouldBe("passed", settled.ToJsonString());
        return settled;
    }

    public static string? AnswerOf(JsonObject settled, string question) => (string?)settled["answers"]?.AsArray()
        .FirstOrDefault(answer => (string)answer!["question"]! == question)?["answer"];

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
