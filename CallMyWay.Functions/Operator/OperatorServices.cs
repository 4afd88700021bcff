using CallMyWay.Functions.Numbers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Operator;

internal static class OperatorServices
{
    public static IServiceCollection AddOperator(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(CallMyWayOptions.Section);
        services.AddOptions<CallMyWayOptions>()
            .Bind(section)
            .Configure(options => options.ReadShortForms(section))
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<CallMyWayOptions>, CallMyWayOptionsValidator>()
            .AddSingleton<Accounts>()
            .AddSingleton<AccountSettings>()
            .AddSingleton<CallMyWayClient>()
            .AddSingleton(PaceRule.OfTheOperator)
            .AddSingleton<OperatorPace>()
            .AddSingleton<PacedRecords>()
            .AddSingleton<AccountTestStore>()
            .AddSingleton(provider => new PhoneNumberParser(CountryOf(provider)));
    }

    private static string CountryOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<CallMyWayOptions>>().Value.Country;
}
