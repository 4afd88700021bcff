using CallMyWay.Functions.PopUps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.ContactLookup;

internal static class ContactLookupServices
{
    public static IServiceCollection AddContactLookup(
        this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ContactLookupOptions>()
            .Bind(configuration.GetSection(ContactLookupOptions.Section))
            .ValidateOnStart();
        return services
            .AddSingleton<LookupStore>()
            .AddSingleton<LookupClient>()
            .AddSingleton<LookupCircuit>()
            .AddSingleton<LookupReports>()
            .AddSingleton<LookupAsking>()
            .AddSingleton(provider => new Lazy<LookupAsking>(provider.GetRequiredService<LookupAsking>))
            .AddSingleton<ICallNews, CallLookup>();
    }
}
