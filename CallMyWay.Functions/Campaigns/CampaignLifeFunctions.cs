using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Campaigns;

/// <summary>Starts, pauses and stops campaigns.</summary>
[Tags("Campaigns")]
public sealed class CampaignLifeFunctions(
    CampaignStore campaigns,
    CampaignViews views,
    CoordinationStore coordination,
    CampaignRunner runner,
    AuditLog audit,
    TimeProvider clock)
{
    private static readonly Phrase CanNot = new("No se puede", "It can't be done");

    /// <summary>Starts a campaign that is ready, and goes on with a paused one.</summary>
    [Function("StartCampaign"), Allow(Role.Supervisor), Audits("campaign.started")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Answers(StatusCodes.Status200OK, typeof(CampaignView))]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "campaigns/{campaignId}/start")] HttpRequest request,
        string campaignId,
        CancellationToken cancellationToken)
    {
        if ((await coordination.GetAsync(cancellationToken)).FindWhyNot(clock.GetUtcNow()) is { } why)
        {
            return await campaigns.GetAsync(campaignId, cancellationToken) is null
                ? request.NotFound(CampaignPhrases.NoSuchCampaign)
                : request.Problem(StatusCodes.Status409Conflict, CanNot, why);
        }

        var answer = await ChangeAsync(
            request,
            campaignId,
            "campaign.started",
            CampaignState.Running,
            campaign => campaign.State is CampaignState.Ready or CampaignState.Paused
                ? campaign with
                {
                    State = CampaignState.Running,
                    Why = null,
                    RefusalsInARow = 0,
                    RefusalsByAgent = null,
                    StartedAt = campaign.StartedAt ?? clock.GetUtcNow(),
                }
                : null,
            cancellationToken);
        await runner.WakeAsync(CancellationToken.None);
        return answer;
    }

    /// <summary>No more calls until it is started again. Calls that go on are not ended.</summary>
    [Function("PauseCampaign"), Allow(Role.Supervisor), Audits("campaign.paused")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Answers(StatusCodes.Status200OK, typeof(CampaignView))]
    public Task<IResult> Pause(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "campaigns/{campaignId}/pause")] HttpRequest request,
        string campaignId,
        CancellationToken cancellationToken) => ChangeAsync(
            request,
            campaignId,
            "campaign.paused",
            CampaignState.Paused,
            campaign => campaign.State == CampaignState.Running
                ? campaign with { State = CampaignState.Paused, Why = null }
                : null,
            cancellationToken);

    /// <summary>Ends a campaign for good.</summary>
    [Function("StopCampaign"), Allow(Role.Supervisor), Audits("campaign.stopped")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Answers(StatusCodes.Status200OK, typeof(CampaignView))]
    public Task<IResult> Stop(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "campaigns/{campaignId}/stop")] HttpRequest request,
        string campaignId,
        CancellationToken cancellationToken) => ChangeAsync(
            request,
            campaignId,
            "campaign.stopped",
            CampaignState.Stopped,
            campaign => campaign.IsOver
                ? null
                : campaign with { State = CampaignState.Stopped, Why = null, EndedAt = clock.GetUtcNow() },
            cancellationToken);

    // What is so already is answered as the first time.
    private async Task<IResult> ChangeAsync(
        HttpRequest request,
        string campaignId,
        string what,
        CampaignState wanted,
        Func<Campaign, Campaign?> change,
        CancellationToken cancellationToken)
    {
        while (await campaigns.GetAsync(campaignId, cancellationToken) is { } before)
        {
            if (before.State == wanted)
            {
                return TypedResults.Ok(await views.OfAsync(request, before, cancellationToken));
            }

            if (change(before) is not { } after)
            {
                return request.Problem(StatusCodes.Status409Conflict, CanNot, StateOf(before));
            }

            var written = AuditChange.Of(
                what, campaignId, new CampaignStanding(before.State), new CampaignStanding(after.State));
            if (await audit.ChangeAsync(
                request,
                written,
                () => campaigns.ReplaceAsync(after, cancellationToken),
                made => made is not null) is { } stored)
            {
                return TypedResults.Ok(await views.OfAsync(request, stored, CancellationToken.None));
            }
        }

        return request.NotFound(CampaignPhrases.NoSuchCampaign);
    }

    private static Phrase StateOf(Campaign campaign) => campaign.State switch
    {
        CampaignState.Building => new(
            "La lista de la campaña todavía se está armando.", "The campaign's list is still being built."),
        CampaignState.Ready => new("La campaña no ha empezado.", "The campaign has not started."),
        CampaignState.Running => new("La campaña está en marcha.", "The campaign is running."),
        CampaignState.Paused => new("La campaña está en pausa.", "The campaign is paused."),
        _ => new("La campaña ya terminó.", "The campaign is over."),
    };
}

/// <summary>How a campaign stands, for the audit.</summary>
internal sealed record CampaignStanding(CampaignState State);
