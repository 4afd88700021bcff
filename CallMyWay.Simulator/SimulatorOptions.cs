using System.Net;
using Microsoft.Extensions.Options;

namespace CallMyWay.Simulator;

/// <summary>
/// The settings, at the root of the configuration: <c>--Webhook http://…</c>, <c>Accounts__0__Username=…</c>.
/// </summary>
public sealed class SimulatorOptions
{
    /// <summary>
    /// Where notifications are posted. Nothing is sent while it is empty; it can be changed at run time.
    /// </summary>
    public Uri? Webhook { get; set; }

    /// <summary>How long a notification's answer is waited for.</summary>
    public double WebhookTimeoutSeconds { get; set; } = 10;

    /// <summary>The accounts; the demo's where none is given.</summary>
    public IList<AccountOptions> Accounts { get; } = [];

    /// <summary>Addresses or networks whose requests are answered; this machine alone where none is given.</summary>
    public IList<string> EnabledAddresses { get; } = [];

    /// <summary>The least time between two record queries; earlier ones wait, and the waits add up.</summary>
    public double QuerySeconds { get; set; } = 4;

    /// <summary>
    /// A path for live calls. The operator's document names the service and no address, so there is none unless this is
    /// set.
    /// </summary>
    public string LiveCallsPath { get; set; } = "";

    /// <summary>Prices that replace the built-in table.</summary>
    public IList<RouteOptions> Tariff { get; } = [];

    /// <summary>How the operator does what its document leaves open.</summary>
    public Shape Shape { get; set; } = new();

    /// <summary>How a click-to-dial goes on.</summary>
    public ClickBehaviour Click { get; set; } = new();
}

/// <summary>An account at the operator.</summary>
public sealed class AccountOptions
{
    public string Username { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>
    /// The values of <c>account_id</c>; the first is sent, and it is the username where none is given.
    /// </summary>
    public IList<string> AccountIds { get; } = [];

    /// <summary>The account's phones. Where none is given, any number is taken for one.</summary>
    public IList<EndpointOptions> Endpoints { get; } = [];

    public string Currency { get; set; } = "CRC";

    /// <summary>The zone of the times that the operator tells (IANA name).</summary>
    public string TimeZone { get; set; } = "America/Costa_Rica";
}

/// <summary>A phone: the id of notifications, and the number and user name that it is called by.</summary>
public sealed class EndpointOptions
{
    public string Id { get; set; } = "";

    /// <summary>Its number; the id where none is given.</summary>
    public string Number { get; set; } = "";

    /// <summary>Its CallMyWay user, who has one active call; the id where none is given.</summary>
    public string Username { get; set; } = "";

    /// <summary>Its calls go out with a private caller id.</summary>
    public bool Private { get; set; }
}

/// <summary>A line of the price table: the longest prefix of the number in international form (no plus) wins.</summary>
public sealed class RouteOptions
{
    public string Prefix { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>Per minute, charged by the second, in the account's currency.</summary>
    public decimal Rate { get; set; }

    public decimal AccessFee { get; set; }
}

/// <summary>Fills in the demo's account, so that the simulator runs without any setting.</summary>
internal sealed class DemoAccount : IPostConfigureOptions<SimulatorOptions>
{
    public void PostConfigure(string? name, SimulatorOptions options)
    {
        if (options.EnabledAddresses.Count == 0)
        {
            options.EnabledAddresses.Add("127.0.0.0/8");
            options.EnabledAddresses.Add("::1");
        }

        if (options.Accounts.Count > 0)
        {
            return;
        }

        options.Accounts.Add(new AccountOptions
        {
            Username = "8000001",
            Password = "demo",
            Endpoints =
            {
                new() { Id = "1001", Number = "40001001", Username = "8000001" },
                new() { Id = "1002", Number = "40001002", Username = "8000002" },
                new() { Id = "1003", Number = "40001003", Username = "8000003" },
                new() { Id = "1004", Number = "40001004", Username = "8000004", Private = true },
            },
        });
    }
}

/// <summary>Says which setting is wrong before anything starts.</summary>
internal sealed class SimulatorOptionsValidator : IValidateOptions<SimulatorOptions>
{
    public ValidateOptionsResult Validate(string? name, SimulatorOptions options)
    {
        var failures = new List<string>();
        if (options.Webhook is { } webhook && !IsWebAddress(webhook))
        {
            failures.Add("Webhook must be an http or https address.");
        }

        if (options.QuerySeconds is not (>= 0 and <= 3600))
        {
            failures.Add("QuerySeconds must be between 0 and 3600.");
        }

        if (options.WebhookTimeoutSeconds is not (> 0 and <= 600))
        {
            failures.Add("WebhookTimeoutSeconds must be more than 0 and at most 600.");
        }

        failures.AddRange(options.EnabledAddresses
            .Where(address => !Simulator.EnabledAddresses.TryParse(address, out _))
            .Select(address => $"EnabledAddresses has '{address}', which is neither an address nor a network such as 203.0.113.0/24."));
        failures.AddRange(options.Accounts.SelectMany((account, i) => Failures($"Accounts:{i}", account)));
        failures.AddRange(options.Accounts.GroupBy(account => account.Username, StringComparer.Ordinal).Where(same => same.Count() > 1)
            .Select(same => $"Accounts name the username '{same.Key}' more than once."));
        failures.AddRange(options.Tariff.Select((route, i) => (route, i))
            .Where(line => !line.route.Prefix.All(char.IsAsciiDigit) || line.route.Rate < 0 || line.route.AccessFee < 0)
            .Select(line => $"Tariff:{line.i} needs a Prefix of digits and a Rate and AccessFee that are not negative."));
        failures.AddRange(options.Shape.Failures().Concat(options.Click.Failures()).Select(
            failure => failure.Setting + " " + failure.Message));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    internal static bool IsWebAddress(Uri address) => address.IsAbsoluteUri && address.Scheme is "http" or "https";

    private static IEnumerable<string> Failures(string setting, AccountOptions account)
    {
        if (string.IsNullOrWhiteSpace(account.Username))
        {
            yield return $"{setting}:Username is missing.";
        }

        if (string.IsNullOrEmpty(account.Password))
        {
            yield return $"{setting}:Password is missing.";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(account.TimeZone, out _))
        {
            yield return $"{setting}:TimeZone '{account.TimeZone}' is not known on this machine; an example is America/Costa_Rica.";
        }

        for (var i = 0; i < account.Endpoints.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(account.Endpoints[i].Id))
            {
                yield return $"{setting}:Endpoints:{i}:Id is missing.";
            }
        }
    }
}

/// <summary>The addresses that the operator has enabled for its services.</summary>
public sealed class EnabledAddresses(IOptions<SimulatorOptions> options)
{
    private readonly IPNetwork[] _networks =
        [.. options.Value.EnabledAddresses.Select(text => TryParse(text, out var network) ? network : default)];

    public bool Contain(IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && _networks.Any(network => network.Contains(plain));
    }

    internal static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
