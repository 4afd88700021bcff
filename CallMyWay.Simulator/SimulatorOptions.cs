using System.Net;
using Microsoft.Extensions.Options;

namespace CallMyWay.Simulator;

/// <summary>
/// The settings, at the root of the configuration: <c>--Webhook http://…</c>, <c>Accounts__0__Username=…</c>.
/// </summary>
public sealed class SimulatorOptions
{
    /// <summary>
    /// Where notifications are posted. While it is empty, none are sent. It can be changed at run time.
    /// </summary>
    public Uri? Webhook { get; set; }

    /// <summary>How long to wait for a notification's answer.</summary>
    public double WebhookTimeoutSeconds { get; set; } = 10;

    /// <summary>The accounts; by default the demo's.</summary>
    public IList<AccountOptions> Accounts { get; } = [];

    /// <summary>The zone of the demo's account (an IANA name), where no accounts are given.</summary>
    public string TimeZone { get; set; } = "America/Costa_Rica";

    /// <summary>Addresses or networks whose requests are answered; by default only this machine.</summary>
    public IList<string> EnabledAddresses { get; } = [];

    /// <summary>The shortest time between two record queries. Earlier ones wait, and the waits add up.</summary>
    public double QuerySeconds { get; set; } = 4;

    /// <summary>
    /// The path for live calls. The operator's document names the service without an address, so by default there is
    /// none.
    /// </summary>
    public string LiveCallsPath { get; set; } = "";

    /// <summary>Prices that replace the built-in table.</summary>
    public IList<RouteOptions> Tariff { get; } = [];

    /// <summary>The choices where the operator's document leaves things open.</summary>
    public Shape Shape { get; set; } = new();

    /// <summary>How a click-to-dial call goes on.</summary>
    public ClickBehaviour Click { get; set; } = new();
}

/// <summary>An account at the operator.</summary>
public sealed class AccountOptions
{
    public string Username { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The values of <c>account_id</c>. The first one is sent; without any, the username is.</summary>
    public IList<string> AccountIds { get; } = [];

    /// <summary>The account's phones. Without any, every number counts as a phone.</summary>
    public IList<EndpointOptions> Endpoints { get; } = [];

    public string Currency { get; set; } = "CRC";

    /// <summary>The zone of the operator's times (an IANA name).</summary>
    public string TimeZone { get; set; } = "America/Costa_Rica";
}

/// <summary>A phone: its id in notifications, and the number and user name by which it is called.</summary>
public sealed class EndpointOptions
{
    public string Id { get; set; } = "";

    /// <summary>The phone's number; by default the id.</summary>
    public string Number { get; set; } = "";

    /// <summary>The phone's CallMyWay user, who can have one active call; by default the id.</summary>
    public string Username { get; set; } = "";

    /// <summary>True if its calls have a private caller id.</summary>
    public bool Private { get; set; }
}

/// <summary>
/// A line of the price table. The longest prefix of the number in international form (without a plus) wins.
/// </summary>
public sealed class RouteOptions
{
    public string Prefix { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>The price per minute, charged by the second, in the account's currency.</summary>
    public decimal Rate { get; set; }

    public decimal AccessFee { get; set; }
}

/// <summary>Adds the demo's account, so that the simulator runs without settings.</summary>
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
            TimeZone = options.TimeZone,
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

/// <summary>Checks the settings at the start, and names what is wrong.</summary>
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

/// <summary>The addresses that may use the operator's services.</summary>
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
