using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Audit;

internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditStore>()
        .AddSingleton<AuditLog>();
}
