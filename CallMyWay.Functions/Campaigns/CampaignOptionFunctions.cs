using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Campaigns;

/// <summary>What who makes a campaign has to know.</summary>
/// <param name="Coordination">What was agreed with the operator.</param>
/// <param name="Phones">The phones that can take part: a supervisor's team's; all, without a team.</param>
/// <param name="Defaults">What a new campaign has where nothing else is asked for.</param>
public sealed record CampaignOptions(
    CampaignAgreement Coordination, IReadOnlyList<CampaignPhone> Phones, CampaignDefaults Defaults);

/// <summary>What was agreed with the operator, as who supervises sees it.</summary>
/// <param name="Confirmed">True once campaigns were coordinated with the operator.</param>
/// <param name="PerMinute">The most dials in a minute over all campaigns.</param>
/// <param name="Until">When the agreement ends; missing for no end.</param>
/// <param name="WhyNot">A sentence: why no campaign may run now; missing where they may.</param>
public sealed record CampaignAgreement(bool Confirmed, int PerMinute, DateTimeOffset? Until, string? WhyNot);

/// <summary>A phone that can take part in a campaign.</summary>
/// <param name="EndpointId">The operator's name of the phone.</param>
/// <param name="AgentName">Whose it is.</param>
public sealed record CampaignPhone(string EndpointId, string? Label, string AgentId, string? AgentName);

/// <summary>
/// Shows to who supervises what stands for all campaigns. Only an administrator changes it: the agreement at
/// <c>campaign-coordination</c>, and the phones at <c>mappings</c>.
/// </summary>
[Tags("Campaigns")]
public sealed class CampaignOptionFunctions(
    CoordinationStore coordination, CampaignPhones phones, CallScope scope, TimeProvider clock)
{
    [Function("GetCampaignOptions"), Allow(Role.Supervisor)]
    [Answers(StatusCodes.Status200OK, typeof(CampaignOptions))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "campaign-options")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        var agreed = await coordination.GetAsync(cancellationToken);
        var open = await phones.ListOpenToAsync(visible, cancellationToken);
        return TypedResults.Ok(new CampaignOptions(
            new CampaignAgreement(
                agreed.Confirmed,
                agreed.PerMinute,
                agreed.Until,
                agreed.FindWhyNot(clock.GetUtcNow())?.In(request.Language())),
            [
                .. open.Select(each => new CampaignPhone(
                    each.Phone.EndpointId,
                    PlainText.Trimmed(each.Phone.Label),
                    each.Phone.AgentId,
                    each.AgentName)),
            ],
            CampaignDefaults.Standard));
    }
}
