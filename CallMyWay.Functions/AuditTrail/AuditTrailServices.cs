using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.AuditTrail;

internal static class AuditTrailServices
{
    public static IServiceCollection AddAuditTrail(
        this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuditOptions>()
            .Bind(configuration.GetSection(AuditOptions.Section))
            .Validate(
                options => options.KeptDays is >= AuditOptions.LeastDays and <= AuditOptions.MostDays,
                $"{AuditOptions.Section}:{nameof(AuditOptions.KeptDays)} is a number of days, "
                    + $"{AuditOptions.LeastDays} to {AuditOptions.MostDays}.")
            .ValidateOnStart();
        return services
            .AddSingleton<AuditExport>()
            .AddSingleton<ISweep, AuditSweep>();
    }
}
