using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Contacts;

internal static class ContactsServices
{
    public static IServiceCollection AddContacts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ContactFieldsOptions>()
            .Bind(configuration.GetSection(ContactFieldsOptions.Section))
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<ContactFieldsOptions>, ContactFieldsOptionsValidator>()
            .AddSingleton<ContactFieldStore>()
            .AddSingleton<ContactChoices>()
            .AddSingleton<ContactStore>()
            .AddSingleton<IIndexedTable>(services => services.GetRequiredService<ContactStore>().Indexed)
            .AddSingleton<ContactSearch>()
            .AddSingleton<ContactClaims>()
            .AddSingleton<ContactMerges>()
            .AddSingleton<ContactMatcher>()
            .AddSingleton<ContactDuplicates>();
    }
}
