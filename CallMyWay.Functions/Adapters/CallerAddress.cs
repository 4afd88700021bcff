using CallMyWay.Functions.Notifications;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Whether the worker can know who calls. Azure's front end adds the caller's address at the end of
/// <c>X-Forwarded-For</c>; what stands before it is the caller's own word. Where its environment says so, the Functions
/// host writes that last address into the header as the only one, and the worker takes it. Otherwise the host writes
/// the address of its own connection, which is the same for everybody. A list of allowed addresses would then refuse
/// every notification; or none, where an address of Azure's own is in it. So an app with such a list does not start
/// without that setting.
/// </summary>
internal sealed class CallerAddress(IConfiguration configuration) : IValidateOptions<WebhookOptions>
{
    /// <summary>
    /// https://learn.microsoft.com/aspnet/core/host-and-deploy/proxy-load-balancer#forward-the-scheme-for-linux-and-non-iis-reverse-proxies
    /// </summary>
    public const string Switch = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";

    // Only the word "true" switches it on, in any case of letters.
    private bool IsKnown => string.Equals(configuration[Switch], "true", StringComparison.OrdinalIgnoreCase);

    public ValidateOptionsResult Validate(string? name, WebhookOptions options) =>
        options.AllowedAddresses.Count == 0 || IsKnown
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"{WebhookOptions.Section}:{nameof(options.AllowedAddresses)} can't work here: the Functions host passes the caller's address on only "
            + $"where the setting {Switch} of the app is true. Set that one, or take the addresses out.");
}

internal static class CallerAddressServices
{
    public static IServiceCollection AddCallerAddress(this IServiceCollection services) =>
        services.AddSingleton<IValidateOptions<WebhookOptions>, CallerAddress>();
}
