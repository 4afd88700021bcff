using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Campaigns;

internal static class CampaignsServices
{
    public static IServiceCollection AddCampaigns(this IServiceCollection services) => services
        .AddSingleton<CampaignStore>()
        .AddSingleton<IAgentRemains>(provider => provider.GetRequiredService<CampaignStore>())
        .AddSingleton<EntryStore>()
        .AddSingleton<CoordinationStore>()
        .AddSingleton<CampaignPace>()
        .AddSingleton<CampaignViews>()
        .AddSingleton<ListReader>()
        .AddSingleton<ListBuilder>()
        .AddSingleton<CampaignPhones>()
        .AddSingleton<CallReach>()
        .AddSingleton<CampaignDesk>()
        .AddSingleton<HeldEntries>()
        .AddSingleton<ICampaignDials, CampaignDials>()
        .AddSingleton<CampaignSettler>()
        .AddSingleton<RestScreens>()
        .AddSingleton<ProgressiveDialler>()
        .AddSingleton<CampaignRunner>()
        .AddSingleton<ICallNews, CampaignNews>()
        .AddSingleton<IJobKind, BuildJob>()
        .AddSingleton<IScheduled, CampaignClock>()
        .AddSingleton<ISweep, CampaignSweep>();
}
