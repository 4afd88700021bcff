using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using CallMyWay.Functions.Tests.Storage;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// Azurite, the emulator of Azure's storage (https://github.com/Azure/Azurite): shared processes on free ports, with
/// data in memory. The tests' build installs it (eng/azurite/Azurite.targets). If that was not possible, its tests are
/// skipped.
/// </summary>
internal static partial class Azurite
{
    private const int MostAccounts = 2000;

    private const string Key = "a2V5";

    // No owner has it: the numbers of the others begin at 0.
    private static readonly string WarmUpAccount = $"tests{MostAccounts - 1}";

    // Azurite ends when its standard input closes. So it ends even if the tests are killed.
    private const string Script = "process.stdin.on('end', () => process.exit()).resume(); require(process.argv[1]);";

    // One process uses one processor, and tests run in parallel.
    private static readonly Lazy<Task<Func<string, string>>>[] Started =
        [new(() => StartAsync(Find()!)), new(() => StartAsync(Find()!))];

    // Kept, so that their standard inputs stay open until the tests end.
    private static readonly ConcurrentBag<Process> Running = [];

    private static readonly ConcurrentDictionary<string, int> Accounts = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> Requests =
        new(StringComparer.Ordinal);

    /// <summary>Why Azurite is missing, and how to get it; null if it is there.</summary>
    public static string? WhyNot { get; } = Find() is null
        ? "Azurite is not installed: the tests' build installs it where Node.js with npm is there, and so does npm ci in eng/azurite."
        : null;

    /// <summary>Opens a new table and a new queue.</summary>
    public static async ValueTask<IStorageUnderTest> OpenStorageAsync()
    {
        TestStorage.Azurite.SkipWhereMissing();
        return await AzureStorageUnderTest.OpenAsync(await ConnectionStringAsync("contracts"));
    }

    /// <summary>The connection string of an account for this owner alone.</summary>
    public static async Task<string> ConnectionStringAsync(string owner)
    {
        int number;
        lock (Accounts)
        {
            number = Accounts.GetOrAdd(owner, _ => Accounts.Count);
        }

        return number < MostAccounts - 1
            ? (await Started[number % Started.Length].Value)($"tests{number}")
            : throw new InvalidOperationException("More accounts are needed.");
    }

    /// <summary>The requests to the account from now on, from Azurite's log: method and address.</summary>
    public static IReadOnlyCollection<string> WatchRequests(string connectionString)
    {
        var account = connectionString.Split(';')
            .Single(part => part.StartsWith("AccountName=", StringComparison.Ordinal))["AccountName=".Length..];
        return Requests.GetOrAdd(account, _ => new());
    }

    private static string? Find()
    {
        var inTree = Path.Combine("eng", "azurite", "node_modules", "azurite", "dist", "src", "azurite.js");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, inTree)))
            {
                return Path.Combine(folder.FullName, inTree);
            }
        }

        // A machine-wide npm puts a link to the script there.
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => new FileInfo(Path.Combine(folder, "azurite")))
            .Where(file => file.Exists)
            .Select(file => file.ResolveLinkTarget(returnFinalTarget: true)?.FullName)
            .FirstOrDefault(target => target is not null && target.EndsWith(".js", StringComparison.Ordinal));
    }

    /// <summary>Starts Azurite. Returns a function that makes an account's connection string.</summary>
    private static async Task<Func<string, string>> StartAsync(string azurite)
    {
        var process = Process.Start(new ProcessStartInfo(
            "node",
            ["-e", Script, azurite, "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", "--inMemoryPersistence", "--disableTelemetry"])
        {
            Environment = { ["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(0, MostAccounts).Select(number => $"tests{number}:{Key}")) },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        Running.Add(process);
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        while (addresses.Count < 3)
        {
            var line = await process.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException("Azurite ended at its start.");
            if (Listening().Match(line) is { Success: true } match)
            {
                addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
            }
        }

        // If nobody read its log, Azurite would block.
        _ = ReadLogAsync(process.StandardOutput);
        string ConnectionString(string account) =>
            $"AccountName={account};AccountKey={Key};TableEndpoint={addresses["Table"]}/{account};QueueEndpoint={addresses["Queue"]}/{account}";
        await WarmUpAsync(ConnectionString(WarmUpAccount));
        return ConnectionString;
    }

    /// <summary>
    /// Waits for Azurite's first answers. They take seconds while the tests start, longer than a host waits for its
    /// storage.
    /// </summary>
    private static async Task WarmUpAsync(string connectionString)
    {
        var table = new TableClient(connectionString, "warmup");
        await table.CreateIfNotExistsAsync();
        await table.UpsertEntityAsync(new TableEntity("p", "r"));
        await foreach (var row in table.QueryAsync<TableEntity>())
        {
            row.RowKey.ShouldBe("r");
        }

        var queue = new QueueClient(
            connectionString, "warmup", new QueueClientOptions(QueueClientOptions.ServiceVersion.V2021_12_02));
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync("first");
        (await queue.ReceiveMessagesAsync()).Value.ShouldNotBeEmpty();
    }

    private static async Task ReadLogAsync(StreamReader log)
    {
        while (await log.ReadLineAsync() is { } line)
        {
            if (Requested().Match(line) is { Success: true } match
                && Requests.TryGetValue(match.Groups["account"].Value, out var requests))
            {
                requests.Enqueue(match.Groups["request"].Value);
            }
        }
    }

    [GeneratedRegex("\"(?<request>[A-Z]+ /(?<account>[^/ ]+)[^ ]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Requested();

    [GeneratedRegex("^Azurite (?<service>\\w+) service is successfully listening at (?<address>\\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}
