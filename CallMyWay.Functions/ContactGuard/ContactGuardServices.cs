using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.ContactGuard;

internal static class ContactGuardServices
{
    public static IServiceCollection AddContactGuard(this IServiceCollection services) => services
        .AddSingleton<GuardStore>()
        .AddSingleton<GuardZones>()
        .AddSingleton<PersonGuard>()
        .AddSingleton<ISweep, GuardSweep>();
}
