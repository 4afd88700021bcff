using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Campaigns;

/// <summary>Creates campaigns, shows and changes them.</summary>
public sealed class CampaignFunctions(
    CampaignStore campaigns,
    EntryStore entries,
    CampaignViews views,
    ListBuilder builder,
    JobQueue jobs,
    CampaignPhones phones,
    CallScope scope,
    Accounts accounts,
    AuditLog audit,
    TimeProvider clock)
{
    private static readonly TimeSpan BuildAtMost = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PreviewAtMost = TimeSpan.FromSeconds(10);

    [Function("CreateCampaign"), Allow(Role.Supervisor), Audits("campaign.created")]
    [Asks("preview")]
    [Takes(typeof(CampaignInput))]
    [Answers(StatusCodes.Status201Created, typeof(CampaignView)), Answers(StatusCodes.Status200OK, typeof(CampaignView))]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "campaigns")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<CampaignInput>(CampaignReader.MaxBytes, cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var now = clock.GetUtcNow();
        var errors = new FieldErrors();
        var isPreview = FlagQuery.Read(request, "preview", errors);
        var (read, source) = CampaignReader.ReadNew(
            input, Guid.CreateVersion7(now).ToString("N"), now, errors);
        read = read with { EndpointIds = await ReadPhonesAsync(request, read, null, errors, cancellationToken) };
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var campaign = read with
        {
            CreatedBy = request.HttpContext.User.RequiredAgentId(),
            Parts = source.Parts(EntryStore.MostAdded),
        };
        if (isPreview)
        {
            var (counts, refused, isDone) = await builder.PreviewAsync(
                source, CampaignViews.ShownRefusals, PreviewAtMost, cancellationToken);
            return TypedResults.Ok(CampaignView.Of(
                campaign with { State = isDone ? CampaignState.Ready : CampaignState.Building },
                counts,
                refused,
                accounts.Home.Currency,
                request.Language()));
        }

        await audit.WriteAsync(
            request,
            AuditChange.Of("campaign.created", campaign.CampaignId, null, CampaignSettings.Of(campaign)),
            cancellationToken);
        // Before the list: a process that ends in between leaves a campaign that the clock finds, and no rows without
        // one. From here on it is built to its end, also if the caller goes away.
        await campaigns.MarkActiveAsync(campaign.CampaignId, cancellationToken);
        await campaigns.InsertAsync(campaign, cancellationToken);
        await AtOnce.DoAsync(Enumerable.Range(0, campaign.Parts), async part =>
        {
            await entries.PutSourcesAsync(
                campaign.CampaignId, part, source.PartAt(part, EntryStore.MostAdded)!, CancellationToken.None);
            return true;
        });
        if (!await builder.BuildAsync(campaign, ListBuilder.InRequest, BuildAtMost, CancellationToken.None))
        {
            await jobs.StartAsync(
                BuildJob.Name,
                new BuildWork(campaign.CampaignId).ToJson(),
                account: null,
                campaign.CreatedBy,
                CancellationToken.None);
        }

        var stored = await campaigns.GetAsync(campaign.CampaignId, CancellationToken.None) ?? campaign;
        return TypedResults.Created(
            $"/api/campaigns/{campaign.CampaignId}", await views.OfAsync(request, stored, CancellationToken.None));
    }

    [Function("ListCampaigns"), Allow(Role.Supervisor)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<CampaignView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "campaigns")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var listed = await campaigns.ListAsync(page, cancellationToken);
        var shown = await AtOnce.DoAsync(listed.Items, async campaign => CampaignView.Of(
            campaign,
            await entries.CountAsync(campaign.CampaignId, cancellationToken),
            [],
            accounts.Home.Currency,
            request.Language()));
        return TypedResults.Ok(new Page<CampaignView>(shown, listed.Next));
    }

    [Function("GetCampaign"), Allow(Role.Supervisor)]
    [Answers(StatusCodes.Status200OK, typeof(CampaignView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "campaigns/{campaignId}")] HttpRequest request,
        string campaignId,
        CancellationToken cancellationToken) =>
        await campaigns.GetAsync(campaignId, cancellationToken) is { } campaign
            ? TypedResults.Ok(await views.OfAsync(request, campaign, cancellationToken))
            : request.NotFound(CampaignPhrases.NoSuchCampaign);

    [Function("PutCampaign"), Allow(Role.Supervisor), Audits("campaign.changed")]
    [TakesIfMatch]
    [Takes(typeof(CampaignInput)), Answers(StatusCodes.Status200OK, typeof(CampaignView))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "campaigns/{campaignId}")] HttpRequest request,
        string campaignId,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<CampaignInput>(CampaignReader.MaxBytes, cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        return await LastOneWins.ChangeAsync(
            request, () => ChangeAsync(request, campaignId, input, cancellationToken));
    }

    private async Task<IResult?> ChangeAsync(
        HttpRequest request, string campaignId, CampaignInput input, CancellationToken cancellationToken)
    {
        if (await campaigns.GetAsync(campaignId, cancellationToken) is not { } before)
        {
            return request.NotFound(CampaignPhrases.NoSuchCampaign);
        }

        var errors = new FieldErrors();
        var put = CampaignReader.ReadSettings(input, before, errors);
        if ((input.Mode is { } mode && mode != before.Mode) || (input.Order is { } order && order != before.Order)
            || input.Contacts is not null)
        {
            errors.Add(
                input.Contacts is not null ? "contacts" : input.Mode is { } m && m != before.Mode ? "mode" : "order",
                "Eso ya no se cambia. Haga otra campaña.",
                "That can't be changed any more. Make another campaign.");
        }

        put = put with { EndpointIds = await ReadPhonesAsync(request, put, before, errors, cancellationToken) };
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if (put.IsSetAs(before))
        {
            // The request is repeated: it is answered as the first time.
            return TypedResults.Ok(await views.OfAsync(request, before, cancellationToken));
        }

        if (LastOneWins.NamesAnother(request, before.ETag))
        {
            return request.Changed();
        }

        var change = AuditChange.Of(
            "campaign.changed", campaignId, CampaignSettings.Of(before), CampaignSettings.Of(put));
        return await audit.ChangeAsync(
            request, change, () => campaigns.ReplaceAsync(put, cancellationToken), made => made is not null) is { } stored
            ? TypedResults.Ok(await views.OfAsync(request, stored, cancellationToken))
            : null;
    }

    /// <summary>
    /// The phones that call for it. A supervisor of a team puts in phones of that team alone; those that were in it
    /// before stay.
    /// </summary>
    private async Task<IReadOnlyList<string>?> ReadPhonesAsync(
        HttpRequest request,
        Campaign campaign,
        Campaign? before,
        FieldErrors errors,
        CancellationToken cancellationToken)
    {
        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        var wanted = campaign.EndpointIds;
        if (wanted is null && (visible.IsAll || before is { EndpointIds: null }))
        {
            return null;
        }

        List<string> open =
            [.. (await phones.ListOpenToAsync(visible, cancellationToken)).Select(each => each.Phone.EndpointId)];
        wanted ??= [.. (before?.EndpointIds ?? []).Union(open, StringComparer.Ordinal)];
        if (wanted.Count == 0 || wanted.Except(before?.EndpointIds ?? [], StringComparer.Ordinal)
            .Except(open, StringComparer.Ordinal).Any())
        {
            var (es, en) = visible.IsAll
                ? (
                    "Elija teléfonos que estén asignados, o ninguno para que llamen todos.",
                    "Choose phones that are somebody's, or leave it out so that all call.")
                : (
                    "Elija teléfonos de su equipo, o ninguno para que llamen todos los del equipo.",
                    "Choose phones of your team, or leave it out so that all of the team's call.");
            errors.Add("endpointIds", es, en);
        }

        return wanted;
    }
}

/// <summary>What the audit keeps of a campaign: nobody of its list.</summary>
internal sealed record CampaignSettings(
    string Name,
    CampaignMode Mode,
    ClickToDial.DialOrder Order,
    IReadOnlyList<string>? EndpointIds,
    DiallingRules.DialHours? Hours,
    int Attempts,
    int GapMinutes,
    int PerMinute,
    decimal? Budget)
{
    public static CampaignSettings Of(Campaign campaign) => new(
        campaign.Name,
        campaign.Mode,
        campaign.Order,
        campaign.EndpointIds,
        campaign.Hours,
        campaign.Attempts,
        campaign.GapMinutes,
        campaign.PerMinute,
        campaign.Budget);
}
