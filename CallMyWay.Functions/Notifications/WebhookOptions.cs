using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Notifications;

/// <summary>The webhook for the operator's notifications: the section <c>Webhook</c> of the settings.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhook";

    /// <summary>The shortest key: 22 characters of a random base64url text are more than 128 bits.</summary>
    public const int ShortestKey = 22;

    /// <summary>The accepted keys, at most two: so one can be replaced without a gap.</summary>
    public IList<string> Keys { get; } = [];

    /// <summary>If set, only these addresses or networks (CIDR) may post.</summary>
    public IList<string> AllowedAddresses { get; } = [];
}

/// <summary>Checks the settings at the start, and names what is wrong.</summary>
public sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var failures = new List<string>();
        if (options.Keys.Count > 2)
        {
            failures.Add(
                "Webhook:Keys holds at most two keys: the one in use, and the next one while it is being replaced.");
        }

        for (var i = 0; i < options.Keys.Count; i++)
        {
            if (options.Keys[i].Length < WebhookOptions.ShortestKey
                || !options.Keys[i].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                failures.Add($"Webhook:Keys:{i} must be at least {WebhookOptions.ShortestKey} letters, digits, '-' or '_', drawn at random.");
            }
        }

        failures.AddRange(options.AllowedAddresses
            .Where(address => !WebhookKeys.TryParseNetwork(address, out _))
            .Select(address => $"Webhook:AllowedAddresses has '{address}', which is neither an address nor a network such as 203.0.113.0/24."));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
