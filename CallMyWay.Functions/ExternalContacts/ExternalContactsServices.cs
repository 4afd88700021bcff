using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.ExternalContacts;

internal static class ExternalContactsServices
{
    public static IServiceCollection AddExternalContacts(this IServiceCollection services) =>
        services.AddSingleton<ContactPush>();
}
