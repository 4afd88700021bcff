using CallMyWay.Functions.Notifications;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Checks whether the worker can know the caller's address. Azure's front end appends it to <c>X-Forwarded-For</c>;
/// what stands before it, the caller may have written. With the setting <see cref="Switch"/> the Functions host keeps
/// only that last address in the header. Without it, the host writes the address of its own connection, which is the
/// same for every caller. A list of allowed addresses would then refuse every notification, or none if it has one of
/// Azure's own addresses. So with such a list the app does not start without the setting.
/// </summary>
internal sealed class CallerAddress(IConfiguration configuration) : IValidateOptions<WebhookOptions>
{
    /// <summary>
    /// https://learn.microsoft.com/aspnet/core/host-and-deploy/proxy-load-balancer#forward-the-scheme-for-linux-and-non-iis-reverse-proxies
    /// </summary>
    public const string Switch = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";

    // Only the word "true" enables it, in any case.
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
