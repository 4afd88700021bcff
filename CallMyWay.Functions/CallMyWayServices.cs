using System.Reflection;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.AuditTrail;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.ContactImports;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.ContactLookup;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.DoNotCall;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.ExternalContacts;
using CallMyWay.Functions.FirstSteps;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.HandOver;
using CallMyWay.Functions.History;
using CallMyWay.Functions.Homologation;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.Outgoing;
using CallMyWay.Functions.PersonalData;
using CallMyWay.Functions.Poison;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Reports;
using CallMyWay.Functions.Retention;
using CallMyWay.Functions.Statements;
using CallMyWay.Functions.Status;
using CallMyWay.Functions.Supervision;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Telemetry;
using CallMyWay.Functions.WrapUps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallMyWay.Functions;

/// <summary>
/// Adds all that the functions need, except the ports (<c>ITables</c>, <c>IQueue</c>, <c>IScreens</c>), which each host
/// adds.
/// </summary>
public static class CallMyWayServices
{
    /// <param name="services">The host's.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="ofTheHost">Assemblies with functions of the host itself, besides the features'.</param>
    public static IServiceCollection AddCallMyWay(
        this IServiceCollection services, IConfiguration configuration, params IEnumerable<Assembly> ofTheHost)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddApi(ofTheHost)
            .AddOutgoing()
            .AddAudit()
            .AddSingleton<MeterFlush>()
            .AddSingleton<IScheduled, WatchQueues>()
            .AddSingleton<IScheduled, KeepPoison>()
            .AddSweeping()
            .AddJobs()
            .AddOperator(configuration)
            .AddAuditTrail(configuration)
            .AddAgents()
            .AddEmbedding(configuration)
            .AddMappings()
            .AddContacts(configuration)
            .AddContactImports()
            .AddExternalContacts()
            .AddOutcomes()
            .AddCalls()
            .AddNotifications(configuration)
            .AddDiallingRules()
            .AddDoNotCall()
            .AddContactGuard()
            .AddPresence()
            .AddPopUps()
            .AddClickToDial()
            .AddDueItems()
            .AddFollowUps()
            .AddPromises()
            .AddWrapUps()
            .AddHandOver()
            .AddCallFlow()
            .AddCallRecords(configuration)
            .AddReconciliation()
            .AddStatements()
            .AddReports()
            .AddRetention()
            .AddFirstSteps()
            .AddDesk()
            .AddHistory()
            .AddEvents(configuration)
            .AddContactLookup(configuration)
            .AddSupervision()
            .AddCampaigns()
            .AddStatus()
            .AddHomologation()
            .AddPersonalData();
    }
}
