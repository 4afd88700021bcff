using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.ContactGuard;

internal static class ContactGuardServices
{
    public static IServiceCollection AddContactGuard(this IServiceCollection services) => services
        .AddSingleton<GuardStore>()
        .AddSingleton<ICallCounts>(provider => provider.GetRequiredService<GuardStore>())
        .AddSingleton<GuardZones>()
        .AddSingleton<PersonGuard>()
        .AddSingleton<ISweep, GuardSweep>();
}
