using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>The campaigns, as dialling knows them. Their folder implements it.</summary>
public interface ICampaignDials
{
    /// <summary>The card of a campaign that is on this agent's screen and has this number or contact.</summary>
    /// <param name="e164">The number that is dialled; null where a contact without a number was pressed.</param>
    /// <param name="contactId">The contact that is dialled; null for a number of nobody.</param>
    /// <param name="endpointIds">The phones from which it may be dialled.</param>
    ValueTask<CampaignCard> FindCardAsync(
        string agentId,
        string campaignId,
        string? e164,
        string? contactId,
        IReadOnlyList<string> endpointIds,
        CancellationToken cancellationToken);

    /// <summary>
    /// Stores the attempt, in the instant before the operator is asked. It is told once of each dial. A phrase says why
    /// the person is not to be called any more: then nothing is sent, and nothing is stored.
    /// </summary>
    Task<Phrase?> BeginAsync(Dial dial);

    /// <summary>
    /// Gives the attempt back: there was surely no call. It can be told again, and of a dial that never began.
    /// </summary>
    Task NotSentAsync(Dial dial);

    /// <summary>
    /// Counts that the operator refused in words where there may be a call all the same: the attempt stands.
    /// </summary>
    Task RefusedAsync(Dial dial);
}

/// <summary>A card that may be dialled, or why it may not.</summary>
public sealed record CampaignCard(CampaignDial? Dial, Phrase? Refusal)
{
    /// <summary>The order in which the campaign calls.</summary>
    public DialOrder Order { get; init; }

    /// <summary>Those of the phones that call for the campaign.</summary>
    public IReadOnlyList<string> EndpointIds { get; init; } = [];
}

/// <summary>A host without campaigns.</summary>
internal sealed class NoCampaigns : ICampaignDials
{
    private static readonly Phrase None = new("No hay una campaña con ese código.", "There is no campaign with that id.");

    public ValueTask<CampaignCard> FindCardAsync(
        string agentId,
        string campaignId,
        string? e164,
        string? contactId,
        IReadOnlyList<string> endpointIds,
        CancellationToken cancellationToken) => new(new CampaignCard(null, None));

    public Task<Phrase?> BeginAsync(Dial dial) => Task.FromResult<Phrase?>(None);

    public Task NotSentAsync(Dial dial) => Task.CompletedTask;

    public Task RefusedAsync(Dial dial) => Task.CompletedTask;
}
