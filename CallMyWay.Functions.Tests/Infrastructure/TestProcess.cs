using System.Diagnostics;
using CallMyWay.Functions.Tests.Storage;
using CallMyWay.Functions.Tests.Upgrades;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>Runs this assembly as a program, for tests that kill a process, and for generating test data.</summary>
internal static class TestProcess
{
    /// <summary>Sends to the folder's queue endlessly, 16 at a time, and prints each body once it is acked.</summary>
    public const string AckLoop = "ack-loop";

    public static async Task<int> Main(string[] args)
    {
        if (args is [OfficeFile.Command, var release])
        {
            await OfficeFile.WriteAsync(release);
            return 0;
        }

        if (args is not [AckLoop, var folder])
        {
            return 1;
        }

        await using var storage = new SqliteStorageUnderTest(folder: folder);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; ; i++)
            {
                var body = $"{sender}.{i}";
                await storage.Queue.SendAsync(storage.QueueName, body, null, CancellationToken.None);
                await Console.Out.WriteLineAsync(body);
            }
        })));
        return 0;
    }

    public static Process Start(params string[] args)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return Process.Start(new ProcessStartInfo(dotnet, [typeof(TestProcess).Assembly.Location, .. args]) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }
}
