using System.Diagnostics;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Tests.Storage;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// Azurite, the emulator of Azure's storage (https://github.com/Azure/Azurite): one process for all tests of the collection, on free ports, with its
/// data in memory. Tests are skipped where it is not installed, or where this build is without Azure's client libraries.
/// </summary>
public sealed partial class Azurite : IAsyncLifetime
{
    public const string Collection = "Azurite";

#if AZURE_CLIENTS
    private const bool HasClients = true;
#else
    private const bool HasClients = false;
#endif

    // Public knowledge, the same in every Azurite: https://learn.microsoft.com/azure/storage/common/storage-connect-azurite
    private const string Account = "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // It ends when its standard input does, so that no end of the tests, however bad, leaves it behind.
    private const string Script = "process.stdin.on('end', () => process.exit()).resume(); require(process.argv[1]);";

    private Process? _process;
    private string? _connectionString;
    private string? _whyNot;

    /// <summary>Its connection string; skips the test where it can't be had.</summary>
    public string ConnectionString
    {
        get
        {
            Skip.If(_whyNot is not null, _whyNot);
            return _connectionString!;
        }
    }

    public async Task InitializeAsync()
    {
        _whyNot = !HasClients ? "This build is without Azure's client libraries: run .ci/azure-clients, then build again."
            : Find() is null ? "Azurite is not installed: run .ci/azure-clients, or npm ci in eng/azurite."
            : null;
        if (_whyNot is null)
        {
            await StartAsync(Find()!);
        }
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    /// <summary>A table and a queue of their own.</summary>
    internal async ValueTask<IStorageUnderTest> OpenStorageAsync()
    {
#if AZURE_CLIENTS
        return await AzureStorageUnderTest.OpenAsync(ConnectionString);
#else
        await Task.CompletedTask;
        throw new InvalidOperationException(ConnectionString);
#endif
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

        // An npm that installs for the whole machine puts a link to the script there.
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => new FileInfo(Path.Combine(folder, "azurite")).ResolveLinkTarget(returnFinalTarget: true)?.FullName)
            .FirstOrDefault(target => target is not null && target.EndsWith(".js", StringComparison.Ordinal));
    }

    private async Task StartAsync(string azurite)
    {
        _process = Process.Start(new ProcessStartInfo(
            "node",
            ["-e", Script, azurite, "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        while (addresses.Count < 3)
        {
            var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("Azurite ended at its start.");
            if (Listening().Match(line) is { Success: true } match)
            {
                addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
            }
        }

        // It logs each request, and would stand still with nobody to read it.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _connectionString = $"{Account};TableEndpoint={addresses["Table"]}/devstoreaccount1;QueueEndpoint={addresses["Queue"]}/devstoreaccount1";
    }

    [GeneratedRegex("^Azurite (?<service>\\w+) service is successfully listening at (?<address>\\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}

/// <summary>What is tried on <see cref="Azurite"/> shares one process.</summary>
[CollectionDefinition(Azurite.Collection)]
public sealed class AzuriteCollection : ICollectionFixture<Azurite>;
