using CallMyWay.LocalHost;
using CallMyWay.LocalHost.Functions;
using Microsoft.AspNetCore.Builder;

namespace CallMyWay.Benchmarks;

/// <summary>The servers that a <see cref="ServerProcess"/> runs: the host, or one of the floors.</summary>
internal static class Servers
{
    public const string WebhookKey = "benchmark-key-00000000000000";

    public const string WebhookPath = "/api/webhooks/callmyway/" + WebhookKey;

    public const string Account = "8000001";

    /// <summary>The password of the account with which clicks are measured.</summary>
    public const string Password = "benchmark";

    /// <summary>The id and the sign-in name of the one who reads an office's history.</summary>
    public const string Administrator = "administrator";

    public const string AgentPassword = "benchmark of clicks";

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["floor", var folder]:
                await ServeAsync(AckFloor.Build(folder), _ => Task.FromResult(""));
                return 0;
            case ["hub"]:
                await ServeAsync(HubFloor.Build(), _ => Task.FromResult(""));
                return 0;
            case ["click-floor", var address]:
                await ServeAsync(ClickFloor.Build(address), _ => Task.FromResult(""));
                return 0;
            case ["host", var folder, .. var rest]:
                await HostAsync(
                    folder,
                    isPaused: rest is ["paused"],
                    rest is ["operator", var url] ? url : null,
                    rest switch
                    {
                        ["events"] => ["--Events:AllowPrivateAddresses", "true"],
                        ["lookup"] => ["--ContactLookup:AllowPrivateAddresses", "true"],
                        _ => [],
                    });
                return 0;
            default:
                return 1;
        }
    }

    private static async Task HostAsync(
        string folder, bool isPaused, string? operatorAddress, IReadOnlyList<string> more)
    {
        var app = LocalHostApp.Build(
            [
                "--demo", "false", "--urls", "http://127.0.0.1:0", "--DataPath", folder,
                "--Webhook:Keys:0", WebhookKey, "--CallMyWay:Accounts:0:Username", Account, "--CallMyWay:Accounts:0:Password", Password,
                // Nobody is asked for call records: that port has no listener.
                "--CallMyWay:BaseUrl", operatorAddress ?? "http://127.0.0.1:9",
                .. more,
            ],
            builder =>
            {
                if (isPaused)
                {
                    builder.Services.Remove(
                        builder.Services.Single(service => service.ImplementationType == typeof(QueuePumps)));
                }
            });
        await ServeAsync(app, command => new HostCommands(app.Services).RunAsync(command));
    }

    private static async Task ServeAsync(WebApplication app, Func<string[], Task<string>> run)
    {
        await using (app)
        {
            await app.StartAsync();
            Console.WriteLine(ServerProcess.Answer + app.Urls.First());
            while (await Console.In.ReadLineAsync() is { } line)
            {
                Console.WriteLine(ServerProcess.Answer + await run(line.Split(' ')));
            }

            using var shortly = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await app.StopAsync(shortly.Token);
        }
    }
}
