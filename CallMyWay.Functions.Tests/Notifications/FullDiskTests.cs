using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Notifications;

/// <summary>
/// A host on a small disk that gets full and empty again: a file system in memory that only its process sees.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Enough = 4096;

    private static readonly string[] OwnDisk =
        ["unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=16m tmpfs \"$0\" && exec \"$@\""];

    private readonly string _disk = Directory.CreateTempSubdirectory("callmyway-disk-").FullName;

    public void Dispose() => Directory.Delete(_disk, recursive: true);

    [SkippableFact]
    public async Task On_A_Full_Disk_Nothing_Is_Acked_The_Health_Page_Says_Down_And_Both_Recover()
    {
        Skip.IfNot(
            await HasOwnDisksAsync(),
            "A disk of its own takes Linux, unshare, and the right to mount (which some containers don't give).");
        // Short delays, so that what fails while the disk is full is soon tried again.
        await using var host = await HostProcess.StartAsync(
            [.. OwnDisk, _disk],
            ["--DataPath", Path.Combine(_disk, "data"), "--Queues:Visibility", "00:00:02", "--Queues:RetryDelay", "00:00:00.1", "--Queues:MaxTries", "50"]);
        using var client = new HttpClient();
        var acked = new List<string>();
        (await PostAsync("before")).ShouldBe(HttpStatusCode.OK);
        await HealthAsync(HttpStatusCode.OK);

        var filler = $"/proc/{host.Id}/root{_disk}/filler";
        await FillAsync(filler);
        // The log still has room that was allocated before the disk was full.
        var last = HttpStatusCode.OK;
        for (var i = 0; last == HttpStatusCode.OK && i < Enough; i++)
        {
            last = await PostAsync($"full-{i}");
        }

        last.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await HealthAsync(HttpStatusCode.ServiceUnavailable);

        File.Delete(filler);
        await HealthAsync(HttpStatusCode.OK);
        (await PostAsync("after")).ShouldBe(HttpStatusCode.OK);
        using var admin = new HttpClient(new SocketsHttpHandler()) { BaseAddress = host.Address };
        admin.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        (await admin.PostAsJsonAsync("/api/session", new { agent = "admin", password = "demo" }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Eventually.TrueAsync(async () =>
        {
            var calls = (await admin.AllItemsAsync("/api/calls")).Select(call => call.Text("callId")).ToHashSet();
            return acked.TrueForAll(calls.Contains);
        });

        async Task<HttpStatusCode> PostAsync(string callId)
        {
            using var answer = await client.PostAsJsonAsync(
                host.Webhook, DemoHost.Notification("callStart", callId, ("filler", new string('x', 12_000))));
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                acked.Add(callId);
            }

            return answer.StatusCode;
        }

        Task HealthAsync(HttpStatusCode expected) => Eventually.TrueAsync(
            async () =>
            {
                using var answer = await client.GetAsync(new Uri(host.Address, "/api/health"));
                return answer.StatusCode == expected;
            },
            () => $"the health page to answer {expected}");
    }

    private async Task<bool> HasOwnDisksAsync()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/unshare"))
        {
            return false;
        }

        var start = new ProcessStartInfo(OwnDisk[0], [.. OwnDisk[1..], _disk, "true"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    private static async Task FillAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var size = 1024 * 1024;
        while (size > 0)
        {
            try
            {
                await file.WriteAsync(new byte[size]);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }
}
