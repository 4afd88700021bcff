using System.Reflection;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Provider;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.WrapUps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions;

/// <summary>All that the functions need but the ports (<c>ITables</c>, <c>IQueue</c>, <c>IScreens</c>), which each host brings.</summary>
public static class CallMyWayServices
{
    /// <param name="services">The host's.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="ofTheHost">Where functions of the host's own are, beside the features'.</param>
    public static IServiceCollection AddCallMyWay(this IServiceCollection services, IConfiguration configuration, params IEnumerable<Assembly> ofTheHost)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        return services
            .AddSingleton(new OpenApiDocument(ofTheHost))
            .AddSingleton<StorageProbe>()
            .AddProvider(configuration)
            .AddAgents()
            .AddContacts(configuration)
            .AddMappings()
            .AddCalls()
            .AddClickToDial()
            .AddPopUps()
            .AddWrapUps()
            .AddSweeping();
    }

    private static IServiceCollection AddProvider(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(CallMyWayOptions.Section);
        services.AddOptions<CallMyWayOptions>().Bind(section).Configure(options => options.ReadShortForms(section)).ValidateOnStart();
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection(WebhookOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<CallMyWayOptions>, CallMyWayOptionsValidator>()
            .AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>()
            .AddSingleton<Accounts>()
            .AddSingleton<CallMyWayClient>()
            .AddSingleton<WebhookKeys>();
    }

    private static IServiceCollection AddAgents(this IServiceCollection services) => services
        .AddSingleton<AgentStore>();

    private static IServiceCollection AddContacts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ContactFieldsOptions>().Bind(configuration.GetSection(ContactFieldsOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<ContactFieldsOptions>, ContactFieldsOptionsValidator>()
            .AddSingleton<PhoneNumberParser>()
            .AddSingleton<ContactStore>()
            .AddSingleton<ContactMatcher>();
    }

    private static IServiceCollection AddMappings(this IServiceCollection services) => services
        .AddSingleton<MappingStore>();

    private static IServiceCollection AddCalls(this IServiceCollection services) => services
        .AddSingleton<CallStore>()
        .AddSingleton<CallIndex>()
        .AddSingleton<CallFinder>()
        .AddSingleton<CallScope>()
        .AddSingleton<CallRouter>()
        .AddSingleton<CallAccounts>()
        .AddSingleton<RefusedEventStore>();

    private static IServiceCollection AddClickToDial(this IServiceCollection services) => services
        .AddSingleton<DialStore>()
        .AddSingleton<DialTotals>()
        .AddSingleton<DialRulesStore>()
        .AddSingleton<DialGuard>()
        .AddSingleton<DialIntents>()
        .AddSingleton<DialSender>()
        .AddSingleton<Dialler>();

    private static IServiceCollection AddPopUps(this IServiceCollection services) => services
        .AddSingleton<PopUpStore>()
        .AddSingleton<ScreensCircuit>()
        .AddSingleton<PopUpScreens>();

    private static IServiceCollection AddWrapUps(this IServiceCollection services) => services
        .AddSingleton<OutcomeStore>()
        .AddSingleton<WrapUpStore>()
        .AddSingleton<WrapUpFollowUp>()
        .AddSingleton<FollowUpStore>();

    private static IServiceCollection AddSweeping(this IServiceCollection services) => services
        .AddSingleton<Sweeper>()
        .AddSingleton<ISweep, PopUpSweep>()
        .AddSingleton<ISweep, DialSweep>()
        .AddSingleton<ISweep, UnmappedEndpointSweep>()
        .AddSingleton<ISweep, DeletedAgentSweep>();
}
